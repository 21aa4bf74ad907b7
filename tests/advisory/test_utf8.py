"""What a request says about its encoding: nothing that could break a page."""

import pytest
from django.test import Client

WRONG = ("rot13", "hex", "idna", "undefined", "utf-16", "unicode_escape", "nonsense")
KINDS = (
    "application/x-www-form-urlencoded; charset={}",
    "multipart/form-data; boundary=x; charset={}",
)
BODY = b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n\\ud800\r\n--x--\r\n"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("charset", WRONG)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("address", "status"),
    [("/contact/", 403), ("/contact/confirm/x/", 404), ("/admin/login/", 403)],
)
def test_no_form_breaks_by_the_encoding_that_it_names(address, status, kind, charset):
    client = Client(enforce_csrf_checks=True)
    response = client.generic("POST", address, BODY, content_type=kind.format(charset))
    assert response.status_code == status


def test_no_address_breaks_by_the_encoding_that_it_names(client):
    response = client.generic("GET", "/search/?q=caf%C3%A9", content_type="text/plain; charset=hex")
    assert response.status_code == 200
    assert "café" in response.content.decode()
