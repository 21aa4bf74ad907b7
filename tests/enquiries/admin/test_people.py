"""Advisers, shifts, kept texts and opinions: leads keep them, advisers do not."""

import pytest
from django.utils import timezone

from enquiries.models import Adviser, CallAttempt, CallOpinion, CannedReply, Shift

PARTS = ("adviser", "shift", "cannedreply", "callopinion")


@pytest.mark.parametrize("part", PARTS)
def test_leads_open_every_list(lead, part):
    assert lead.client.get(f"/admin/enquiries/{part}/").status_code == 200


def test_an_adviser_changes_none_of_them(adviser):
    for part in PARTS:
        assert adviser.client.get(f"/admin/enquiries/{part}/add/").status_code == 403


def test_a_lead_puts_an_adviser_in_turn_and_on_shift(lead, adviser):
    typed = {"user": adviser.pk, "is_in_turn": "on", "most_open": 9, "marn": "1234567"}
    lead.client.post("/admin/enquiries/adviser/add/", typed)
    kept = Adviser.objects.get()
    assert (kept.user, kept.is_in_turn, kept.most_open, kept.marn) == (adviser, True, 9, "1234567")
    wrong = lead.client.post("/admin/enquiries/adviser/add/", typed | {"marn": "12"})
    assert b"A MARN has seven digits." in wrong.content
    shift = {"staff": adviser.pk, "weekday": 0, "starts": "09:00", "ends": "17:00"}
    lead.client.post("/admin/enquiries/shift/add/", shift)
    assert Shift.objects.get().staff == adviser
    assert "Mia Chen" in lead.client.get("/admin/enquiries/shift/").content.decode()
    assert "Mia Chen" in lead.client.get("/admin/enquiries/adviser/").content.decode()
    assert lead.client.get(f"/admin/enquiries/adviser/{kept.pk}/change/").status_code == 200


def test_a_kept_text_says_what_is_filled_in(lead):
    page = lead.client.get("/admin/enquiries/cannedreply/add/").content.decode()
    assert "{reference}" in page
    lead.client.post(
        "/admin/enquiries/cannedreply/add/",
        {"title": "Fees of visas", "subject": "Fees", "text": "Dear {name}", "is_offered": "on"},
    )
    assert CannedReply.objects.filter(title="Fees of visas", is_offered=True).exists()


def test_opinions_are_read_and_never_altered(lead, adviser, make_enquiry):
    now = timezone.now()
    enquiry = make_enquiry()
    attempt = CallAttempt.objects.create(enquiry=enquiry, by=adviser, at=now, outcome="reached")
    CallOpinion.objects.create(
        enquiry=enquiry, attempt=attempt, helped="partly", words="A bit", at=now
    )
    page = lead.client.get("/admin/enquiries/callopinion/").content.decode()
    assert all(told in page for told in ("A bit", "Partly", "Mia Chen", enquiry.reference))
    assert lead.client.get("/admin/enquiries/callopinion/add/").status_code == 403
