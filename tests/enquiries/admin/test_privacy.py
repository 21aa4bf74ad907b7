"""Leads look after periods, words and requests; advisers do not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from enquiries.data_requests import ask_for_deletion
from enquiries.models import Enquiry, Erasure, RetentionPeriod, Wording

pytestmark = pytest.mark.django_db
PERIODS = reverse("admin:enquiries_retentionperiod_changelist")
WORDINGS = reverse("admin:enquiries_wording_changelist")
REQUESTS = reverse("admin:enquiries_datarequest_changelist")
PAGES = (PERIODS, WORDINGS, REQUESTS, reverse("admin:enquiries_erasure_changelist"))


def test_only_leads_look_after_privacy(adviser, lead):
    assert [lead.client.get(page).status_code for page in PAGES] == [200] * 4
    assert [adviser.client.get(page).status_code for page in PAGES] == [403] * 4


def test_a_lead_changes_a_period_and_sees_what_it_ends(lead, make_enquiry):
    make_enquiry(state="withdrawn", closed_at=timezone.now(), date_of_birth=None)
    period = RetentionPeriod.objects.get(what="enquiry")
    address = reverse("admin:enquiries_retentionperiod_change", args=[period.pk])
    asked = lead.client.post(address, {"days": "0"})
    assert "With 0 days it ends at the next run for 1 enquiry." in asked.content.decode()
    period.refresh_from_db()
    assert period.days > 0
    assert lead.client.post(address, {"days": "365"}).status_code == 302  # ends nothing
    assert lead.client.post(address, {"days": "0", "is_sure": "on"}).status_code == 302
    period.refresh_from_db()
    assert period.days == 0
    assert "1 enquiry<" in lead.client.get(PERIODS).content.decode()


def test_a_child_without_a_guardian_is_never_kept_longer(lead):
    period = RetentionPeriod.objects.get(what="unconfirmed_guardian")
    address = reverse("admin:enquiries_retentionperiod_change", args=[period.pk])
    answer = lead.client.post(address, {"days": "15"})
    assert "14 days at most" in answer.content.decode()


def test_new_words_are_added_and_old_ones_stay(lead):
    address = reverse("admin:enquiries_wording_add")
    words = {"purpose": "privacy", "version": "2027-01", "text": "I agree to the new words."}
    yesterday = timezone.localdate() - timedelta(days=1)
    assert (
        "day to come"
        in lead.client.post(address, words | {"in_force_on": yesterday}).content.decode()
    )
    assert (
        lead.client.post(address, words | {"in_force_on": timezone.localdate()}).status_code == 302
    )
    old = Wording.objects.get(purpose="privacy", version="2026-11")
    change = reverse("admin:enquiries_wording_change", args=[old.pk])
    assert lead.client.post(change, words).status_code == 403
    delete = reverse("admin:enquiries_wording_delete", args=[old.pk])
    assert lead.client.post(delete, {"post": "yes"}).status_code == 403


def test_a_lead_erases_what_a_person_asked_to_have_deleted(lead, adviser, make_enquiry, now):
    asked = ask_for_deletion(make_enquiry(), now=now)
    address = reverse("admin:enquiries_datarequest_erase", args=[asked.pk])
    assert "Erase now" in lead.client.get(REQUESTS).content.decode()
    assert adviser.client.post(address).status_code == 403
    lead.client.get(address)
    assert Enquiry.objects.exists()
    lead.client.post(address)
    assert not Enquiry.objects.exists()
    assert Erasure.objects.get().by == lead


def test_a_lead_says_again_who_they_are_before_it_is_erased(lead, make_enquiry, now):
    asked = ask_for_deletion(make_enquiry(), now=now)
    address = reverse("admin:enquiries_datarequest_erase", args=[asked.pk])
    lead.set_password("the-right-password")
    lead.save()
    lead.client.force_login(lead)
    again = lead.client.post(address)["Location"]
    assert again.startswith(reverse("account_reauthenticate"))
    assert Enquiry.objects.exists()
    sent = {"password": "the-right-password", "next": address}
    assert lead.client.post(again, sent | {"password": "x"}).status_code == 200
    assert Enquiry.objects.exists()
    lead.client.post(again, sent)
    assert not Enquiry.objects.exists()
    assert Erasure.objects.get().by == lead


def test_a_legal_hold_is_said(lead, make_enquiry, now):
    asked = ask_for_deletion(make_enquiry(legal_hold_since=now.date()), now=now)
    address = reverse("admin:enquiries_datarequest_erase", args=[asked.pk])
    answer = lead.client.post(address, follow=True)
    assert "on legal hold" in answer.content.decode()
    assert Enquiry.objects.exists()
