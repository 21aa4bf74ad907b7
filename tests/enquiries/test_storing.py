"""Storing new rows of several tables at once: as whole as one by one, and in one question."""

import pytest
from django.db import IntegrityError, transaction

from enquiries.models import Callback, ChangeRecord, Event, FollowUp, OccupationOfInterest
from enquiries.storing import store_together

pytestmark = pytest.mark.django_db


def test_new_rows_of_several_tables_are_stored_by_one_question(
    make_enquiry, now, django_assert_num_queries
):
    one = {"enquiry": make_enquiry()}
    call = Callback(**one, zone="Asia/Kolkata", tzdata_version="2026a", created_at=now)
    promise = FollowUp(**one, reason="first_call", due_at=now, created_at=now)
    kinds = ["submitted", "follow_up_scheduled"]
    events = [Event(**one, kind=kind, at=now) for kind in kinds]
    with django_assert_num_queries(1):
        store_together([*events, call, promise])
    assert list(Event.objects.values_list("kind", flat=True)) == kinds
    assert (Callback.objects.get().zone, FollowUp.objects.get().due_at) == ("Asia/Kolkata", now)
    recorded = ChangeRecord.objects.filter(kind="insert").values_list("table", flat=True)
    assert {"enquiries_callback", "enquiries_followup"} <= set(recorded)


def test_nothing_at_all_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        store_together([])


def test_what_one_table_refuses_none_of_them_keeps(make_enquiry, now):
    one = {"enquiry": make_enquiry()}
    wanted = OccupationOfInterest(**one, edition="anzsco-2022", code="541111", title="Leader")
    again = OccupationOfInterest(**one, edition="anzsco-2022", code="541111", title="Leader")
    with pytest.raises(IntegrityError, match="once_an_enquiry"), transaction.atomic():
        store_together([Event(**one, kind="submitted", at=now), wanted, again])
    assert not Event.objects.exists()
    assert not OccupationOfInterest.objects.exists()
