"""A child's phone and e-mail are in no table, whatever was typed, by whom, and what it became."""

import unicodedata
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from enquiries import letters, selfservice
from enquiries.models import Enquiry, GuardianRequest, OutboxMessage, PendingUpload, Resume
from enquiries.redaction import REMOVED
from enquiries.resumes import ResumeFormat
from tests.enquiries.contact_page import CHILDS, clock
from tests.enquiries.views.form_samples import a_file

ARABIC = "٠٤٩١٥٧٠١٥٦"
CONTACT = {"email": "Cleo.Own@Example.org", "phone": "0491 570 156"}
DIGITS, ADDRESS = "491570156", "cleo.own@example.org"
WRITINGS = "0491 570 156, (0491) 570-156, +61 491.570.156, 0061491570156, CLEO.OWN@example.org"
FORMER, THIRD = "cleo.before@example.org", "cleo.third@example.org"
MINORS = {"date_of_birth_day": "17", "date_of_birth_month": "5", "date_of_birth_year": "2012"}


def holders():
    """Name the tables in which a child's contact stands in any writing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT table_name FROM information_schema.columns "
            "JOIN information_schema.tables USING (table_schema, table_name) "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        tables = sorted(name for (name,) in cursor.fetchall())
        assert {"enquiries_event", "enquiries_enquiry", "django_admin_log"} < set(tables)
        found = set()
        for table in tables:
            cursor.execute(
                f'SELECT t::text FROM "{table}" t WHERE t::text ~* %s OR %s',  # noqa: S608
                ["cleo[.]", not table.startswith("occupations_")],
            )
            found |= {table for (row,) in cursor.fetchall() if holds(row)}
        cursor.execute("SELECT count(*) FROM occupations_missedsearch")
    if any(holds(str(session.get_decoded())) for session in Session.objects.all()):
        found.add("what a session keeps")
    return found


def holds(text):
    digits = "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())
    plain = text.casefold()
    return DIGITS in digits or any(each in plain for each in (ADDRESS, FORMER, THIRD))


@pytest.fixture
def staff():
    """Sign a member of staff in, who may do everything to an enquiry."""
    user = get_user_model().objects.create_superuser("mia", "mia@example.org", "secret")
    browser = Client()
    browser.force_login(user)

    def act(name, enquiry, **typed):
        url = reverse("admin:enquiries_enquiry_act", args=[enquiry.pk, name])
        return browser.post(url, typed)

    return act


def test_the_search_finds_what_it_looks_for(make_enquiry):
    for text in (WRITINGS, ARABIC, "cleo.BEFORE@example.org"):
        Enquiry.objects.all().delete()
        make_enquiry(message=text)
        assert holders() == {"enquiries_enquiry"}


def test_what_a_child_typed_before_a_guardian_took_over_is_nowhere(
    send, staff, stored, django_capture_on_commit_callbacks
):
    as_an_adult = {"given_name": "Cleo", "privacy_accepted": None, "resume": a_file()}
    assert send(**CONTACT, **as_an_adult).status_code == 422
    assert PendingUpload.objects.count() == len(stored()) == 1
    own = CONTACT | MINORS | {"given_name": "Cleo", "about": "me", "message": f"Ring {WRITINGS}"}
    with django_capture_on_commit_callbacks(execute=True):
        assert send(**own, resume=a_file()).status_code == 422
    assert not PendingUpload.objects.exists()
    assert stored() == []
    back = CHILDS | own | {"accessibility_needs": f"Text {ARABIC}", "language": "0491570156"}
    back |= {"guardian_name": "Gina Guardian (or Cleo, 0491 570 156)"}
    assert send(**back, resume=a_file()).status_code == 303
    minor = Enquiry.objects.get()
    assert minor.is_minor
    assert minor.guardian_email == "gina@example.org"
    assert minor.message.startswith(f"Ring {REMOVED}")
    assert minor.guardian_name.startswith(f"Gina Guardian (or Cleo, {REMOVED}")
    assert holders() == set()
    assert stored() == []

    for name, typed in {
        "note": {"text": f"The girl's own number: {ARABIC}"},
        "call": {"outcome": "minor_answered", "remark": "She has 0491 570 156"},
        "to_withdrawn": {"why": "Write to CLEO.own@example.org"},
        "ask_for_information": {"why": WRITINGS},
    }.items():
        assert staff(name, minor, **typed).status_code == 422, name
    assert staff("note", minor, text="Gina: 0400 000 002, gina@example.org").status_code == 302
    words = {"agreed": "on", "script_version": "2026-11"}
    assert staff("confirm_guardian", minor, **words).status_code == 302
    minor.refresh_from_db()
    assert minor.guardian_confirmed_at
    name, kind = "Cleo 0491 570 156.txt", ResumeFormat.TXT
    selfservice.add_resume(minor, file=a_file(), name=name, kind=kind, now=clock())
    assert Resume.objects.get().original_name == f"Cleo {REMOVED}.txt"
    assert holders() == set()


def test_of_an_adult_who_turns_out_to_be_a_child_one_address_waits_for_one_letter(
    send, staff, stored
):
    texts = {"message": f"Ring {WRITINGS}", "accessibility_needs": ARABIC}
    before = CONTACT | {
        "email": FORMER,
        "given_name": "Cleo",
        "resume": a_file(name="0491570156.txt"),
    }
    assert send(**before, **texts).status_code == 303
    adult = Enquiry.objects.get()
    selfservice.correct_contact(
        adult, email=CONTACT["email"], phone="", phone_typed="", now=clock()
    )
    assert staff("claim", adult).status_code == 302
    assert staff("note", adult, text=f"{WRITINGS}; {ARABIC}").status_code == 302
    called = {"outcome": "no_answer", "remark": "Rang 0491-570-156"}
    assert staff("call", adult, **called).status_code == 302
    assert staff("ask_for_information", adult, why=f"Wrote to {FORMER}").status_code == 302
    assert holders() > {"enquiries_enquiry", "enquiries_note", "enquiries_event"}

    born = MINORS | {"why": f"{FORMER} said so, or {THIRD}"}
    assert staff("change_birth_date", adult, **born).status_code == 302
    adult.refresh_from_db()
    assert adult.is_minor
    assert holders() == {"enquiries_guardianrequest"}
    assert GuardianRequest.objects.get().email == CONTACT["email"]
    assert adult.resume.sealed_at
    assert len(stored()) == 1

    message = OutboxMessage.objects.get(topic="guardian_request")
    letters.send_letter(message, now=datetime.now(UTC))
    assert mail.outbox[-1].to == [CONTACT["email"]]
    assert holders() == set()
