"""The page of one enquiry: what it tells, to whom, and that it changes nothing by itself."""

import pytest
from django.urls import reverse

from enquiries.models import OccupationOfInterest, QualificationOfInterest


@pytest.fixture
def read(page_of):
    def read(user, enquiry):
        answer = user.client.get(page_of(enquiry))
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def test_an_adult_is_called_on_their_own_number(adviser, make_enquiry, read):
    text = read(adviser, make_enquiry(message="Where do I start?", language="Tagalog"))
    assert 'href="tel:+61400000001"' in text
    assert "+61 400 000 001" in text
    assert "ann@example.org" in text
    assert "born 17 May 1990" in text
    assert "Where do I start?" in text
    assert "Tagalog" in text
    assert "Working in Australia" in text
    assert "Under 18" not in text


def test_of_a_minor_only_the_guardian_is_called(adviser, make_enquiry, read):
    text = read(adviser, make_enquiry(minor=True))
    assert "Ann Example is under 18" in text
    assert "Call only <strong>Gina Guardian</strong>" in text
    assert "Not confirmed yet" in text
    assert text.count("tel:") == 1
    assert 'href="tel:+61400000002"' in text


def test_a_confirmed_guardian_is_told_as_such(adviser, make_enquiry, read, now):
    text = read(adviser, make_enquiry(minor=True, guardian_confirmed_at=now))
    assert "Confirmed on 23 November 2026, 13:00" in text
    assert "Not confirmed yet" not in text
    assert "do-confirm_guardian" not in text


def test_without_a_guardian_there_is_nobody_to_call(adviser, make_enquiry, read):
    empty = dict.fromkeys(
        [
            "guardian_name",
            "guardian_relationship",
            "guardian_email",
            "guardian_phone",
            "guardian_phone_typed",
        ],
        "",
    )
    text = read(adviser, make_enquiry(minor=True, hold="needs_guardian", **empty))
    assert "A parent or guardian is missing." in text
    assert "tel:" not in text


def test_what_they_ask_about_links_to_the_pages_of_the_site(adviser, make_enquiry, read):
    enquiry = make_enquiry()
    OccupationOfInterest.objects.create(
        enquiry=enquiry, edition="anzsco-2022", code="541111", title="Team Leader"
    )
    OccupationOfInterest.objects.create(
        enquiry=enquiry, edition="1999!", code="1/2", title="Lamplighter"
    )
    QualificationOfInterest.objects.create(
        enquiry=enquiry, code="BSB40307", title="Customer Contact"
    )
    text = read(adviser, enquiry)
    assert '<a href="/occupations/anzsco-2022/541111/">Team Leader</a>' in text
    assert "ANZSCO 2022" in text
    assert '<a href="/qualifications/BSB40307/">Customer Contact</a>' in text
    assert "Lamplighter" in text


def test_what_was_typed_cannot_act_on_the_page(adviser, make_enquiry, read):
    text = read(
        adviser,
        make_enquiry(given_name="<b>Bob", message="<script>alert(1)</script>", language='"><i>'),
    )
    assert "<script>alert" not in text
    assert "<b>Bob" not in text
    assert "<i>" not in text


def test_a_resume_is_shown_as_not_virus_checked(adviser, make_enquiry, make_resume, read):
    enquiry = make_enquiry()
    resume = make_resume(enquiry, name="Mon résumé.pdf")
    text = read(adviser, enquiry)
    assert "Mon résumé.pdf" in text
    assert "Not virus-checked" in text
    assert reverse("admin:enquiries_resume_download", args=[resume.pk]) in text


def test_the_page_itself_takes_no_changes(adviser, make_enquiry, page_of):
    enquiry = make_enquiry()
    adviser.client.post(page_of(enquiry), {"given_name": "Other", "state": "done"})
    enquiry.refresh_from_db()
    assert (enquiry.given_name, enquiry.state) == ("Ann", "new")


@pytest.mark.parametrize(
    "path", ["999999/change/", "x/change/", "999999/change/claim/", f"{10**20}/change/claim/"]
)
def test_an_unknown_enquiry_is_not_found_or_leads_home(adviser, path):
    answer = adviser.client.get(f"/admin/enquiries/enquiry/{path}")
    assert answer.status_code == 404


def test_staff_without_a_role_do_not_see_an_enquiry(make_staff, make_enquiry, page_of):
    assert make_staff(role=None).client.get(page_of(make_enquiry())).status_code == 403


def test_a_superuser_sees_every_action(admin_client, make_enquiry, page_of):
    offers = admin_client.get(page_of(make_enquiry())).context["offers"]
    assert {"claim", "assign", "note", "call", "follow_up", "to_spam"} <= set(offers)
