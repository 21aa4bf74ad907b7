"""Who may upload, decide and look: each is refused the rest."""

import pytest
from django.test import Client

from enquiries.roles import ADVISER
from occupations.models import TableUpload
from tests.occupations.admin.editors import (
    ADD,
    UPLOADS,
    decide,
    page,
    shipped,
    text_of,
    upload,
    uploaded,
)

pytestmark = pytest.mark.django_db


class TestWhoMay:
    def test_an_adviser_looks_and_changes_nothing(self, editor, sign_in):
        row = uploaded(editor)
        adviser = sign_in("adviser", ADVISER)

        assert "You may look at it." in text_of(adviser.get(page(row)))
        assert adviser.get(UPLOADS).status_code == 200
        assert "Upload a table" not in text_of(adviser.get(UPLOADS))
        assert upload(adviser, shipped()).status_code == 403
        assert adviser.get(ADD).status_code == 403
        assert decide(adviser, row, "approve").status_code == 403
        assert decide(adviser, row, "refuse").status_code == 403

    def test_staff_without_a_role_see_nothing(self, editor, sign_in):
        row = uploaded(editor)
        nobody = sign_in("nobody", None)

        for address in (UPLOADS, ADD, page(row), f"{UPLOADS}{row.pk}/file/",
                        f"{UPLOADS}copy/visas/"):  # fmt: skip
            assert nobody.get(address).status_code == 403
        assert decide(nobody, row, "approve").status_code == 403

    def test_visitors_are_asked_to_sign_in(self, editor, client):
        row = uploaded(editor)

        for address in (UPLOADS, ADD, page(row), f"{UPLOADS}{row.pk}/file/"):
            assert client.get(address)["Location"].startswith("/admin/login/")
        assert "/admin/login/" in decide(client, row, "approve").redirect_chain[0][0]

    def test_a_decision_needs_a_token_and_is_never_made_by_following_a_link(self, editor, second):
        row = uploaded(editor)
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(second.user)
        address = f"{UPLOADS}{row.pk}/decide/approve/"

        assert strict.post(address, {"approve-has_compared": "on"}).status_code == 403
        assert second.get(address)["Location"] == page(row)

        row.refresh_from_db()
        assert row.state == TableUpload.State.PROPOSED

    def test_an_upload_is_neither_changed_nor_deleted(self, editor, admin_client):
        row = uploaded(editor)

        for browser in (editor, admin_client):
            assert browser.post(page(row), {"table": "visas"}).status_code == 403
            deletion = browser.post(f"{UPLOADS}{row.pk}/delete/", {"post": "yes"})
            assert deletion.status_code == 403
        assert TableUpload.objects.get().table == "shortage_ratings"

    def test_what_is_not_there_is_not_found(self, editor):
        for address in (
            "copy/auth_user/",
            "copy/official_texts/",
            "99/file/",
            "99/decide/approve/",
        ):
            assert editor.get(f"{UPLOADS}{address}").status_code == 404
        assert editor.get(f"{UPLOADS}{uploaded(editor).pk}/decide/shred/").status_code == 404
