"""Auditors read the records, find who opened what, and open nothing themselves."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from enquiries.models import AccessRecord, Enquiry, FollowUp
from enquiries.records import MOST_SHOWN, note_opened
from enquiries.roles import EDITOR

pytestmark = pytest.mark.django_db
ACCESSES = reverse("admin:enquiries_accessrecord_changelist")
CHANGES = reverse("admin:enquiries_changerecord_changelist")
OF_PERSON = reverse("admin:enquiries_accessrecord_of_person")
OF_ENQUIRY = reverse("admin:enquiries_accessrecord_of_enquiry")
PAGES = (ACCESSES, CHANGES, OF_PERSON, OF_ENQUIRY)
MORE_LOGS = ("resumeaccess", "erasure")


def test_only_auditors_read_the_records(auditor, adviser, lead, make_staff):
    assert [auditor.client.get(page).status_code for page in PAGES] == [200] * 4
    for other in (adviser, lead, make_staff(EDITOR)):
        assert [other.client.get(page).status_code for page in PAGES] == [403] * 4


def test_the_index_of_an_auditor_says_what_each_record_answers(read, lead, adviser):
    index = read(reverse("admin:index"))
    for page in (*PAGES, *(reverse(f"admin:enquiries_{log}_changelist") for log in MORE_LOGS)):
        assert f'<dt><a href="{page}">' in index
        assert all(tab in read(page) for tab in ("Whose data a person opened", "Erasures"))
    assert "viewlink" not in index.partition('id="content-main"')[2]
    for other in (lead, adviser):
        assert "What is on record" not in other.client.get(reverse("admin:index")).content.decode()
    of_lead = lead.client.get(reverse("admin:enquiries_erasure_changelist")).content.decode()
    assert "Résumés opened" in of_lead
    assert "Whose data a person opened" not in of_lead


def test_an_auditor_who_is_an_editor_too_finds_both_on_the_index(read, auditor):
    auditor.groups.add(Group.objects.get(name=EDITOR))
    index = read(reverse("admin:index"))
    assert "What is on record" in index
    assert "model-notice" in index.partition('id="content-main"')[2]


def test_an_auditor_opens_and_edits_nothing_else_and_each_try_is_recorded(
    auditor, make_enquiry, make_resume, page_of
):
    enquiry = make_enquiry()
    resume = make_resume(enquiry)
    closed = [
        page_of(enquiry),
        reverse("admin:enquiries_enquiry_changelist"),
        reverse("admin:enquiries_followup_changelist"),
        reverse("admin:enquiries_resume_download", args=[resume.pk]),
        reverse("admin:enquiries_retentionperiod_changelist"),
        reverse("admin:occupations_notice_changelist"),
        reverse("admin:occupations_notice_add"),
        reverse("admin:occupations_occupation_changelist"),
    ]
    assert [auditor.client.get(page).status_code for page in closed] == [403] * len(closed)
    refused = AccessRecord.objects.filter(by=auditor, kind="refused").order_by("id")
    assert [each.what.rpartition(" ")[2] for each in refused] == closed
    assert "Was refused" in auditor.client.get(ACCESSES).content.decode()


def test_a_change_is_told_with_its_values_or_by_its_column_alone(read, adviser, make_enquiry, do):
    enquiry = make_enquiry(given_name="Ann")
    do(adviser, "claim", enquiry)
    Enquiry.objects.update(given_name="Annabel")
    page = read(CHANGES, q=enquiry.reference)
    assert "State: New → Assigned" in page
    claimed_at = timezone.localtime(Enquiry.objects.get().claimed_at)
    assert f"Claimed at: nothing → {claimed_at.day} {claimed_at:%b %Y, %H:%M:%S}" in page
    assert adviser.username in page
    assert "The site" in page
    assert "Given name (values not kept)" in page
    assert "given_name" not in page
    assert "Annabel" not in page
    assert "No change records match" in read(CHANGES, way="hand")


def test_what_was_written_past_the_site_is_told_apart(read, make_enquiry):
    by_site, by_hand = make_enquiry(), make_enquiry()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL application_name = 'psql'")
        Enquiry.objects.filter(pk=by_hand.pk).update(country="NZ")
        cursor.execute("SET LOCAL application_name = 'advisory'")
    page = read(CHANGES, way="hand")
    assert "By hand, past the site, as " in page
    assert (by_hand.reference in page, by_site.reference in page) == (True, False)


def test_lists_are_narrowed_by_person_kind_day_and_reference(
    read, adviser, lead, make_enquiry, now
):
    mine, other = make_enquiry(), make_enquiry()
    today = timezone.now()
    note_opened(mine, by=adviser, now=today)
    note_opened(other, by=lead, now=today - timedelta(days=2))

    def shown(**asked):
        page = read(ACCESSES, **asked)
        return [each.reference for each in (mine, other) if each.reference in page]

    assert shown() == [mine.reference, other.reference]
    assert shown(person=adviser.pk) == [mine.reference]
    assert shown(day="today") == [mine.reference]
    assert shown(day="week") == [mine.reference, other.reference]
    assert shown(kind__exact="refused") == []
    assert shown(q=other.reference) == [other.reference]
    assert shown(q="NOTHERE3") == []
    assert "No change records match" in read(CHANGES, person="nobody", table="enquiries_note")


def test_whose_data_an_account_opened(read, auditor, adviser, lead, make_enquiry):
    enquiry, now = make_enquiry(), timezone.now()
    note_opened(enquiry, by=adviser, now=now)
    today = timezone.localdate().isoformat()
    asked = {"person": adviser.pk, "since": today, "until": today}
    page = read(OF_PERSON, **asked)
    assert "1 enquiry opened or taken out, 0 seen in a list" in page
    assert enquiry.reference in page
    assert "Mia Chen" in page
    assert "Nothing is on record" in read(OF_PERSON, **asked | {"person": lead.pk})
    backwards = auditor.client.get(OF_PERSON, asked | {"until": "2020-01-01"})
    assert backwards.status_code == 422
    assert "before the first one" in backwards.content.decode()
    assert auditor.client.get(OF_PERSON, {"person": "x"}).status_code == 422


def test_who_opened_an_enquiry(read, auditor, adviser, lead, make_enquiry):
    enquiry = make_enquiry()
    for person in (adviser, lead):
        note_opened(enquiry, by=person, now=timezone.now())
    page = read(OF_ENQUIRY, reference=enquiry.reference.lower())
    assert "2 times" in page
    assert "1 enquiry opened or taken out" in page
    assert "Mia Chen" in page
    assert "Tom Okafor" in page
    unknown = auditor.client.get(OF_ENQUIRY, {"reference": "NOTHERE3"})
    assert "No enquiry has or had this reference" in unknown.content.decode()


def test_whoever_is_named_in_a_list_is_on_record_as_seen_there(
    read, adviser, make_claimed, make_callback, django_assert_max_num_queries
):
    now = timezone.now()
    enquiry = make_claimed(adviser, given_name="Wanda", hold="needs_info")  # nobody to call
    make_callback(enquiry, starts_at=now.replace(minute=30, second=0, microsecond=0))
    FollowUp.objects.create(enquiry=enquiry, reason="call_again", due_at=now, created_at=now)
    queue = reverse("admin:enquiries_enquiry_changelist")
    release = reverse("admin:enquiries_enquiry_bulk", args=["release"])
    pages = {
        queue: "Queue",
        f"{queue}?q={enquiry.reference}": "Search",
        reverse("admin:desk"): "Desk",
        reverse("admin:desk_calendar"): "Calendar",
        reverse("admin:enquiries_followup_changelist"): "Follow-ups",
        f"{release}?of={enquiry.pk}": "Put back among the new ones",
    }
    for page, name in pages.items():
        adviser.client.get(page)
        with django_assert_max_num_queries(10):
            assert "Wanda" in adviser.client.get(page).content.decode(), name
    told = read(OF_ENQUIRY, reference=enquiry.reference, look="listed")
    assert [name for name in pages.values() if f"<td>{name}</td>" not in told] == []
    assert f"{len(pages)} times" in told
    assert "0 enquiries opened or taken out, 1 seen in a list" in told
    assert "Nothing is on record" in read(OF_ENQUIRY, reference=enquiry.reference, look="opened")


def test_a_long_answer_goes_on_page_by_page(auditor, adviser, make_enquiry, now):
    enquiry = make_enquiry()
    AccessRecord.objects.bulk_create(
        AccessRecord(at=now, by=adviser, kind="opened", enquiry_number=enquiry.pk)
        for _ in range(MOST_SHOWN + 3)
    )
    first = auditor.client.get(OF_ENQUIRY, {"reference": enquiry.reference})
    rest = auditor.client.get(f"{OF_ENQUIRY}?{first.context['more']}")
    assert (len(first.context["found"]), len(rest.context["found"])) == (MOST_SHOWN, 3)
    assert not rest.context["more"]


def test_the_number_of_queries_does_not_grow_with_the_records(
    auditor, adviser, make_enquiry, django_assert_max_num_queries
):
    for number in range(30):
        note_opened(make_enquiry(), by=adviser, now=timezone.now() - timedelta(minutes=number))
    for page in (ACCESSES, CHANGES):
        with django_assert_max_num_queries(10):
            auditor.client.get(page)
    with django_assert_max_num_queries(10):
        today = timezone.localdate().isoformat()
        asked = {"person": adviser.pk, "since": today, "until": today}
        auditor.client.get(OF_PERSON, asked)
