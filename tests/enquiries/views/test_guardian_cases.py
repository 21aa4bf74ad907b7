"""The guardian rule through the real form: who must complete it, and whose contact is stored."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from enquiries import abuse
from enquiries.models import Enquiry, Wording
from tests.enquiries.contact_page import CHILDS, MINE, Page
from tests.enquiries.views.form_samples import ADDRESS
from tests.enquiries.views.guardian_cases import ADULT, CASES, MINOR

OWN = {"email": "own@example.org", "phone": "+61 400 000 001"}
GUARDIANS = ("gina@example.org", "+61400000002")


@pytest.mark.no_cover  # a sweep over lines that other tests run too
def test_every_case_of_the_guardian_rule(client, settings, monkeypatch):
    settings.ENQUIRY_BUDGET_PER_ADDRESS = settings.ENQUIRY_BUDGET_PER_CONTACT = 0
    for purpose in ("privacy", "guardian_declaration"):
        long_ago = {"version": "2000", "in_force_on": date(2000, 1, 1)}
        Wording.objects.create(purpose=purpose, text="I agree.", **long_ago)
    wrong = []
    for case in CASES:
        monkeypatch.setattr("enquiries.views.contact.read_clock", lambda at=case.now: at)
        before = Enquiry.objects.count()
        response = client.post(ADDRESS, typed(case))
        stored = Enquiry.objects.order_by("-pk").first()
        if stored is None or Enquiry.objects.count() == before:
            came = Page(response).error("date_of_birth") or str(Page(response).summary)
        elif (stored.contact_email, stored.contact_phone) == GUARDIANS and not own(stored):
            came = MINOR if stored.is_minor else "an adult with a guardian's contact"
        elif own(stored) == {"own@example.org", "+61400000001"} and not guardians(stored):
            came = "a minor with their own contact" if stored.is_minor else ADULT
        else:
            came = f"{own(stored)}, {guardians(stored)}"
        is_right = (
            came == case.expected if case.expected in {MINOR, ADULT} else (case.expected in came)
        )
        is_named = case.expected != MINOR or (stored and stored.given_name == case.name)
        if not (is_right and is_named):
            wrong.append(f"{case.what}: {came}, not {case.expected}")
    assert wrong == []
    assert len(CASES) >= 60
    assert len({case.what for case in CASES}) == len(CASES)


def typed(case):
    day, month, year = case.born
    country, zone = case.place
    return MINE | CHILDS | OWN | {
        "submission_key": str(uuid4()),
        "opened": abuse.sign_time(case.now - timedelta(minutes=3)),
        "about": case.about,
        "given_name": case.name,
        "date_of_birth_day": day,
        "date_of_birth_month": month,
        "date_of_birth_year": year,
        "country": country,
        "time_zone": zone,
    }  # fmt: skip


def own(enquiry):
    return {enquiry.own_email, enquiry.own_phone} - {""}


def guardians(enquiry):
    return {enquiry.guardian_email, enquiry.guardian_phone, enquiry.guardian_name} - {""}
