"""Whatever staff change in the admin is recorded as theirs, and whatever they are refused."""

from typing import cast

import pytest
from django.db import DatabaseError, connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.http import HttpResponse

from advisory.desk_records import DeskRecordsMiddleware
from enquiries.models import AccessRecord, ChangeRecord, Enquiry
from enquiries.roles import AUDITOR

pytestmark = pytest.mark.django_db


def staff_in_session():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('advisory.staff', true)")
        return cursor.fetchone()[0]


def refusals():
    found = AccessRecord.objects.filter(kind="refused").order_by("id")
    return list(found.values_list("by", "what", "enquiry_number"))


def test_a_change_from_the_admin_is_by_the_one_who_made_it(adviser, lead, make_enquiry, do):
    enquiry, other = make_enquiry(), make_enquiry()
    ChangeRecord.objects.all()
    do(adviser, "claim", enquiry)
    do(lead, "claim", other)
    by = dict(
        ChangeRecord.objects.filter(kind="update").values_list("enquiry_number", "by").distinct()
    )
    assert by == {enquiry.pk: adviser.pk, other.pk: lead.pk}
    assert not staff_in_session()
    Enquiry.objects.update(country="NZ")
    assert ChangeRecord.objects.filter(by=None, kind="update").count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_request_that_fails_leaves_nobody_in_the_session(adviser, make_enquiry, page_of):
    enquiry = make_enquiry()
    with connection.cursor() as cursor:  # the verb's own transaction breaks
        cursor.execute("ALTER TABLE enquiries_note ADD CHECK (length(text) > 99)")
    adviser.client.raise_request_exception = False
    answer = adviser.client.post(f"{page_of(enquiry)}note/", {"text": "Short"})
    assert answer.status_code == 500
    assert not staff_in_session()


@pytest.fixture
def _one_connection_for_all(transactional_db, monkeypatch):
    """Keep one connection in a pool, so that the next to ask is given the one before."""
    pool = {"min_size": 1, "max_size": 1}
    options = {**connection.settings_dict["OPTIONS"], "pool": pool}
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
    yield
    connection.close()
    cast("DatabaseWrapper", connection).close_pool()


@pytest.mark.usefixtures("_one_connection_for_all")
def test_a_connection_that_cannot_be_told_that_the_work_is_over_serves_nobody_else(adviser, rf):
    def leave_it_broken(_request):
        assert staff_in_session() == str(adviser.pk)
        with connection.cursor() as cursor:
            cursor.execute("BEGIN")
            with pytest.raises(DatabaseError):
                cursor.execute("SELECT 1 / 0")
        return HttpResponse()

    request = rf.post("/admin/")
    request.user = adviser
    assert DeskRecordsMiddleware(leave_it_broken)(request).status_code == 200
    assert not staff_in_session()


def test_an_opened_page_is_noted_and_looking_changes_nothing(adviser, make_enquiry, page_of):
    enquiry = make_enquiry()
    for _ in range(2):
        assert adviser.client.get(page_of(enquiry)).status_code == 200
    opened = AccessRecord.objects.get()
    assert (opened.kind, opened.by, opened.enquiry_number) == ("opened", adviser, enquiry.pk)


def test_each_refusal_is_recorded_with_the_permission_that_was_missing(
    adviser, make_staff, make_enquiry, page_of
):
    auditor, enquiry = make_staff(AUDITOR), make_enquiry()
    page = page_of(enquiry)
    asked = [
        (auditor, "get", page, "enquiries.view_enquiry", enquiry.pk),
        (auditor, "post", f"{page}claim/", "", enquiry.pk),
        (auditor, "get", "/admin/enquiries/enquiry/", "enquiries.view_enquiry", None),
        (auditor, "post", "/admin/occupations/notice/add/", "occupations.add_notice", None),
        (adviser, "get", "/admin/enquiries/accessrecord/", "enquiries.view_accessrecord", None),
        (adviser, "post", f"{page}assign/", "", enquiry.pk),
    ]
    for person, method, address, _, _ in asked:
        answer = getattr(person.client, method)(f"{address}?q=Ann")
        assert answer.status_code == 403, address
    assert refusals() == [
        (person.pk, f"{permission} {address}".strip(), number)
        for person, _, address, permission, number in asked
    ]
    assert not AccessRecord.objects.filter(kind="opened").exists()


def test_a_refusal_of_a_form_without_its_token_is_recorded_too(adviser, make_enquiry, page_of):
    enquiry = make_enquiry()
    adviser.client.handler.enforce_csrf_checks = True
    assert adviser.client.post(f"{page_of(enquiry)}claim/").status_code == 403
    assert refusals() == [(adviser.pk, f"{page_of(enquiry)}claim/", enquiry.pk)]


def test_what_no_row_can_hold_is_refused_all_the_same(make_staff):
    auditor = make_staff(AUDITOR)
    for odd in ("%00", "9" * 300, "%E2%91%A0"):
        answer = auditor.client.get(f"/admin/enquiries/enquiry/{odd}/change/")
        assert answer.status_code == 403
    assert [number for *_, number in refusals()] == [None] * 3
