"""What editors do with tables: upload one, look at it, decide on it."""

from datetime import date

from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from occupations.catalogue.load import EMBEDDED
from occupations.models import TableUpload

AS_AT = date(2026, 9, 30)
UPLOADS = "/admin/occupations/tableupload/"
ADD = f"{UPLOADS}add/"
SHORTAGES = "anzsco-2022,1492,nsw,none,"
OCCUPATION = "/occupations/anzsco-2022/149212/"


class Staff(Client):
    """The browser of somebody who is signed in."""

    def __init__(self, user):
        super().__init__()
        self.user = user
        self.force_login(user)


def shipped(table="shortage_ratings", *, old=SHORTAGES, new="anzsco-2022,1492,nsw,shortage,"):
    """Give the bytes of a shipped table with one part of it replaced."""
    text = (EMBEDDED / f"{table}.csv").read_text(encoding="utf-8")
    assert text.count(old) == 1
    return text.replace(old, new).encode()


def upload(browser, content, *, table="shortage_ratings", name="table.csv", **typed):
    given = {"table": table, "as_at_on": AS_AT, "note": "The agency's page."}
    file = {"file": SimpleUploadedFile(name, content)} if content is not None else {}
    return browser.post(ADD, given | typed | file)


def uploaded(browser, content=None, **typed):
    """Upload a table, and give its row."""
    assert upload(browser, content or shipped(), **typed).status_code == 302
    return TableUpload.objects.first()


def page(upload):
    return f"{UPLOADS}{upload.pk}/change/"


def decide(browser, upload, name, **typed):
    given = {"approve-has_compared": "on", "refuse-reason": "It is not what they publish."}
    address = f"{UPLOADS}{upload.pk}/decide/{name}/"
    return browser.post(address, given | typed, follow=True)


def newest_log_entry():
    return LogEntry.objects.all()[0].get_change_message()


def text_of(answer):
    return " ".join(answer.content.decode().split())
