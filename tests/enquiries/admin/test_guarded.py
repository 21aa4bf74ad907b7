"""Export, legal hold and erasure: for leads, for a reason, and after saying again who one is."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import timezone

from enquiries.models import AccessRecord, ChangeRecord, Enquiry, Erasure, Event

pytestmark = pytest.mark.django_db
EXPORT = reverse("admin:enquiries_enquiry_export")


def address(name, enquiry):
    return reverse(f"admin:enquiries_enquiry_{name}", args=[enquiry.pk])


def confirm(user, *, ago=0):
    """Have a member of staff have said again who they are, so many seconds ago."""
    session = user.client.session
    session["account_authentication_methods"] = [
        {"method": "password", "reauthenticated": True, "at": time.time() - ago}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


@pytest.fixture
def sure(lead):
    confirm(lead)
    return lead


def a_period(**more):
    today = timezone.localdate().isoformat()
    return {"since": today, "until": today, "part": "open", "why": "For the report"} | more


def test_an_adviser_may_do_none_of_it_and_each_try_is_recorded(adviser, make_enquiry):
    enquiry = make_enquiry()
    confirm(adviser)
    pages = {
        EXPORT: "export", address("hold", enquiry): "hold", address("erase", enquiry): "erase",
    }  # fmt: skip
    for page in pages:
        assert adviser.client.get(page).status_code == 403
        assert adviser.client.post(page, a_period()).status_code == 403
    refused = AccessRecord.objects.filter(by=adviser, kind="refused").order_by("id")
    assert [each.what for each in refused[::2]] == [
        f"enquiries.{verb}_enquiry {page}" for page, verb in pages.items()
    ]
    assert Enquiry.objects.exists()


@pytest.mark.parametrize("ago", [None, 301])
def test_a_lead_says_first_again_who_they_are(lead, make_enquiry, ago):
    enquiry = make_enquiry()
    lead.set_password("the-right-password")
    lead.save()
    lead.client.force_login(lead)
    if ago:
        confirm(lead, ago=ago)
    for page in (EXPORT, address("erase", enquiry)):
        answer = lead.client.post(page, a_period())
        asked = urlsplit(answer["Location"])
        assert asked.path == reverse("account_reauthenticate")
        assert parse_qs(asked.query)["next"] == [page]
    assert Enquiry.objects.exists()
    assert not AccessRecord.objects.filter(kind="exported").exists()


def test_the_password_is_asked_and_leads_back(lead, make_enquiry):
    lead.set_password("the-right-password")
    lead.save()
    lead.client.force_login(lead)
    page = address("erase", make_enquiry())
    asked = lead.client.get(page)["Location"]
    assert "is wrong" in lead.client.post(asked, {"password": "x"}).content.decode()
    answer = lead.client.post(asked, {"password": "the-right-password", "next": page})
    assert answer["Location"] == page
    assert lead.client.get(page).status_code == 200


def test_an_export_needs_a_reason_and_is_on_record(sure, make_enquiry):
    enquiry = make_enquiry(created_at=timezone.now())
    assert sure.client.get(EXPORT).status_code == 200
    refused = sure.client.post(EXPORT, a_period(why=" "))
    assert refused.status_code == 422
    assert "Say what the export is for" in refused.content.decode()
    answer = sure.client.post(EXPORT, a_period())
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith('"reference",')
    assert lines[1].startswith(f'"{enquiry.reference}",')
    assert answer["Content-Disposition"].startswith("attachment")
    record = AccessRecord.objects.get(kind="exported")
    assert (record.by, record.enquiry_number, record.why) == (sure, enquiry.pk, "For the report")


def test_those_that_were_chosen_are_exported_and_too_many_refused(sure, make_enquiry, monkeypatch):
    wanted, _other = make_enquiry(), make_enquiry()
    assert "1 enquiry" in sure.client.get(EXPORT, {"chosen": str(wanted.pk)}).content.decode()
    answer = sure.client.post(EXPORT, a_period(chosen=str(wanted.pk)))
    assert len(b"".join(answer.streaming_content).splitlines()) == 2
    assert sure.client.post(EXPORT, a_period(chosen="1;2")).status_code == 422
    monkeypatch.setattr("enquiries.exporting.MOST", 1)
    both = ",".join(map(str, Enquiry.objects.values_list("pk", flat=True)))
    assert "Choose fewer" in sure.client.post(EXPORT, a_period(chosen=both)).content.decode()


def test_a_legal_hold_begins_and_ends_for_a_reason(sure, make_enquiry):
    enquiry = make_enquiry()
    page = address("hold", enquiry)
    assert "Hold it" in sure.client.get(page).content.decode()
    assert sure.client.post(page, {"why": "", "to": "hold"}).status_code == 422
    for _ in range(2):  # a button that is pressed twice does not end what it began
        sure.client.post(page, {"why": "A court asked", "to": "hold"})
    enquiry.refresh_from_db()
    assert enquiry.legal_hold_since == timezone.localdate()
    erase = sure.client.post(address("erase", enquiry), {"why": "Asked for"})
    assert "on legal hold" in erase.content.decode()
    assert "End the hold" in sure.client.get(page).content.decode()
    foretold = sure.client.get(address("erase", enquiry)).content.decode()
    assert "It is on legal hold, so it cannot be erased." in foretold
    sure.client.post(page, {"why": "It is over", "to": "end"})
    enquiry.refresh_from_db()
    assert enquiry.legal_hold_since is None
    told = list(Event.objects.order_by("id").values_list("kind", "why", "by"))
    assert told == [
        ("held_by_law", "A court asked", sure.pk), ("released_by_law", "It is over", sure.pk),
    ]  # fmt: skip
    assert ChangeRecord.objects.filter(by=sure.pk, changed__has_key="legal_hold_since").count() == 2


def test_an_erasure_is_shown_first_then_done_with_its_reason(sure, submit_whole):
    enquiry = submit_whole()
    page = address("erase", enquiry)
    shown = sure.client.get(page).content.decode()
    for goes in ("Calls booked: 1", "Follow-ups: 1", "Résumés: 1"):
        assert goes in shown
    assert sure.client.post(page, {"why": ""}).status_code == 422
    assert Enquiry.objects.exists()
    sure.client.post(page, {"why": "They asked on the phone"})
    assert not Enquiry.objects.exists()
    erasure = Erasure.objects.get()
    assert (erasure.by, erasure.why) == (sure, "They asked on the phone")


def test_the_ways_to_all_of_it_are_shown_to_leads_alone(sure, adviser, make_enquiry, page_of):
    enquiry, other = make_enquiry(), make_enquiry()
    queue = reverse("admin:enquiries_enquiry_changelist")
    for person, shown in [(sure, True), (adviser, False)]:
        pages = person.client.get(queue).content.decode()
        pages += person.client.get(page_of(enquiry)).content.decode()
        for way in (EXPORT, address("hold", enquiry), address("erase", enquiry)):
            assert (f'href="{way}"' in pages) is shown
    ticked = {"action": "export", "_selected_action": [enquiry.pk, other.pk], "index": "0"}
    answer = sure.client.post(queue, ticked)
    assert set(answer["Location"].partition("?chosen=")[2].split(",")) == {
        str(enquiry.pk),
        str(other.pk),
    }
    refused = adviser.client.post(queue, ticked)
    assert EXPORT not in refused.get("Location", "")
