"""Bodies that are not our form: a clear answer and never a fault."""

import io

import pytest
from django.core.handlers.wsgi import WSGIRequest

from enquiries.views import streaming
from tests.enquiries.views.form_samples import ADDRESS, a_file

pytestmark = pytest.mark.django_db


class TestBodiesThatAreNotOurForm:
    def test_one_over_25_mb_gets_a_page_that_says_what_to_do(self, send):
        response = send(resume=a_file(b"a" * (26 * 1024 * 1024), "huge.txt"))
        assert response.status_code == 413
        assert "Choose one file only, up to 5 MB" in response.content.decode()

    def test_too_much_text(self, send):
        assert send(message="x" * 3_000_000).status_code == 413

    def test_too_much_text_as_a_plain_form(self, client):
        body = b"message=" + b"x" * 3_000_000
        response = client.post(ADDRESS, body, content_type="application/x-www-form-urlencoded")
        assert response.status_code == 413

    def test_too_many_fields(self, client):
        response = client.post(ADDRESS, {f"field{number}": "x" for number in range(1100)})
        assert response.status_code == 413

    def test_too_many_files(self, client):
        response = client.post(ADDRESS, {f"f{number}": a_file() for number in range(120)})
        assert response.status_code == 413

    @pytest.mark.parametrize(
        ("body", "content_type"),
        [
            (b"--x\r\n", "multipart/form-data"),
            (b"--x\r\n", "multipart/form-data; boundary=\xe9"),
        ],
    )
    def test_damaged(self, client, body, content_type):
        response = client.generic("POST", ADDRESS, body, content_type=content_type)
        assert response.status_code == 400
        assert "could not read" in response.content.decode()

    def test_a_body_that_ends_early(self, client):
        body = (
            b'--x\r\nContent-Disposition: form-data; name="resume"; filename="a.txt"\r\n\r\nhello'
        )
        response = client.generic(
            "POST", ADDRESS, body, content_type="multipart/form-data; boundary=x"
        )
        assert response.status_code in {400, 422}

    def test_a_length_that_is_no_number(self, client):
        response = client.generic("POST", ADDRESS, b"about=me", CONTENT_LENGTH="many")
        assert response.status_code == 400

    def test_json_is_an_empty_form(self, client):
        response = client.generic("POST", ADDRESS, b"{}", content_type="application/json")
        assert response.status_code == 422

    def test_a_line_that_breaks_while_we_drain_it(self, rf):
        class BrokenLine(io.RawIOBase):
            def read(self, _size=-1):
                raise OSError

        request = rf.post(ADDRESS)
        request.environ["wsgi.input"] = BrokenLine()
        request = WSGIRequest(request.environ | {"CONTENT_LENGTH": str(26 * 1024 * 1024)})
        with pytest.raises(streaming.BodyRefused) as refused:
            streaming.read_body(request)
        assert refused.value.status == 413

    def test_put_is_not_a_way_in(self, client):
        assert client.put(ADDRESS).status_code == 405
