"""Files, times and stored rows that the tests of the contact form look at."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from tests.enquiries.contact_page import Page

ADDRESS = "/contact/"
ARABIC = "0400000001".translate({ord("0") + n: 0x660 + n for n in range(10)})


def a_file(content=b"I worked in a call centre.", name="resume.txt"):
    return SimpleUploadedFile(name, content)


def a_day(client, **place):
    """Give the value of the second day on offer, of which every time is still to come."""
    page = Page(client.get(f"{ADDRESS}times/", place))
    days = [
        each["value"] for each in page.within(page.one("select", **{"data-of": "callback_day"}))
    ]
    return next(day for day in days[2:] if day.startswith("20"))


def times_of(client, day, **place):
    """Give the values of the times on offer of a day."""
    page = Page(client.get(f"{ADDRESS}times/", place | {"day": day}))
    return [
        each["value"]
        for each in page.within(page.one("select", **{"data-of": "callback"}))
        if each["value"]
    ]


def a_slot(client, **place):
    """Give the value of the first time of that day."""
    return times_of(client, a_day(client, **place), **place)[0]


SET_UP = {
    "enquiries_cannedreply",  # rows that a new site starts with
    "enquiries_callbackpolicy",
    "enquiries_officehours",
    "enquiries_retentionperiod",
    "enquiries_wording",
}


def everything():
    """Give every row about enquiries, as text; not what the office set up."""
    with connection.cursor() as cursor:
        tables = [
            each
            for each in connection.introspection.table_names(cursor)
            if each.startswith("enquiries_") and each not in SET_UP
        ]
        rows = []
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608 - our own tables
            rows += [f"{table}: {row}" for (row,) in cursor.fetchall()]
    return rows
