"""The queue: what stands in it, in which order, how it is narrowed and searched."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from enquiries.admin.queue_rows import COLUMNS, call, read_rows
from enquiries.followups import schedule_follow_up
from enquiries.models import Callback, FollowUpReason
from enquiries.roles import LEAD
from enquiries.triage import claim

QUEUE = "/admin/enquiries/enquiry/"


@pytest.fixture
def listed():
    """Give the given names in the queue, in their order."""

    def listed(user, **query):
        answer = user.client.get(QUEUE, query)
        assert answer.status_code == 200
        return [enquiry.given_name for enquiry in answer.context["cl"].result_list]

    return listed


def test_open_enquiries_stand_oldest_first_and_closed_ones_do_not(
    adviser, make_enquiry, listed, now
):
    make_enquiry(given_name="New", created_at=now)
    make_enquiry(given_name="Old", created_at=now - timedelta(days=2))
    make_enquiry(given_name="Spam", state="spam", closed_at=now)
    assert listed(adviser) == ["Old", "New"]
    assert listed(adviser, state="closed") == ["Spam"]
    assert listed(adviser, state="new") == ["Old", "New"]
    assert listed(adviser, state="all") == ["Old", "New", "Spam"]
    assert listed(adviser, state="nonsense") == ["Old", "New"]


def test_a_row_says_whom_to_call_and_when_in_both_zones(adviser, make_enquiry, make_callback, now):
    enquiry = make_enquiry(minor=True, country="PH", time_zone="Asia/Manila", flags=["honeypot"])
    starts_at = now.replace(hour=5)
    make_callback(enquiry, starts_at=starts_at, zone="Asia/Manila")
    text = adviser.client.get(QUEUE).content.decode()
    assert "Ann Example" in text
    assert "Under 18" in text
    assert "Gina Guardian" in text
    assert f"{timezone.now() + timedelta(hours=8):%H:}" in text
    assert "in Manila" in text
    assert "Mon 23 Nov, 13:00\u201313:30 in Manila" in text
    assert "Mon 23 Nov, 16:00\u201316:30 in Sydney" in text
    assert "Filled in a hidden field" in text


def test_a_wish_without_a_time_is_told_as_any_time(adviser, make_enquiry, now):
    enquiry = make_enquiry()
    Callback.objects.create(enquiry=enquiry, zone="Australia/Sydney", created_at=now)
    assert "Any time" in adviser.client.get(QUEUE).content.decode()


def test_a_zone_gone_wrong_hides_no_row(adviser, make_enquiry, now):
    enquiry = make_enquiry(time_zone="Mars/Olympus")
    Callback.objects.create(enquiry=enquiry, zone="Mars/Olympus", created_at=now)
    assert "Time unknown in Olympus" in adviser.client.get(QUEUE).text
    assert "Time unknown" in adviser.client.get(f"{QUEUE}{enquiry.pk}/change/").text


def test_a_row_has_its_columns_in_order_and_leads_to_its_enquiry(adviser, make_enquiry):
    enquiry = make_enquiry()
    text = adviser.client.get(QUEUE).text
    heads, cells = (re.findall(rf'"{kind}-([a-z]+)"', text) for kind in ("column", "field"))
    assert heads == cells == list(COLUMNS)
    assert f'name="_selected_action" class="action-select" value="{enquiry.pk}"' in text
    assert f'<a href="{QUEUE}{enquiry.pk}/change/">{enquiry.reference}</a>' in text


def test_what_people_wrote_is_shown_as_they_wrote_it_and_is_no_markup(make_staff, make_enquiry):
    name = "<script>alert(1)</script>\u202e\u05e2\u05d1\u05e8"
    lead = make_staff(LEAD, first_name="<b>", last_name="&")
    shown = {"given_name": name, "family_name": "N" * 100, "time_zone": "Mars/<i>"}
    enquiry = make_enquiry(minor=True, guardian_name='"><img src=x>', **shown)
    claim(enquiry, by=lead, now=enquiry.created_at)
    text = lead.client.get(QUEUE).text
    assert f"&lt;script&gt;alert(1)&lt;/script&gt;\u202e\u05e2\u05d1\u05e8 {'N' * 100}<" in text
    assert "&quot;&gt;&lt;img src=x&gt;" in text
    assert "&lt;b&gt; &amp;" in text
    assert not {"<script>alert", "<img src=x", "<b>", "<i>"} & set(re.findall(r"<[^>]*>", text))


def test_a_row_that_went_meanwhile_leaves_the_others_in_their_order(make_enquiry):
    first, gone, last = (make_enquiry() for _ in range(3))
    numbers = [last.pk, gone.pk, first.pk]
    gone.delete()
    assert read_rows(numbers) == [last, first]


@pytest.mark.parametrize("query", ["q=%00", "given_name=%00", "state=%00", "p=%00"])
def test_a_sign_that_postgresql_does_not_take_leads_back_to_the_queue(adviser, query):
    answer = adviser.client.get(f"{QUEUE}?{query}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{QUEUE}?e=1")
    assert adviser.client.get(answer.headers["Location"]).status_code == 200


def test_a_minor_without_a_guardian_has_nobody_to_call(make_enquiry, now):
    empty = dict.fromkeys(
        ["guardian_name", "guardian_email", "guardian_phone", "guardian_phone_typed"], ""
    )
    enquiry = make_enquiry(minor=True, hold="needs_guardian", **empty, guardian_relationship="")
    assert "a guardian is missing" in call(enquiry, now=now)


def test_the_page_asks_ten_queries_at_most_however_many_rows(
    adviser, make_enquiry, make_resume, django_assert_max_num_queries, now
):
    for _ in range(30):
        enquiry = make_enquiry(country="PH")
        Callback.objects.create(enquiry=enquiry, zone="Asia/Manila", created_at=now)
        claim(enquiry, by=adviser, now=now)
        make_resume(enquiry)
    with django_assert_max_num_queries(10):
        answer = adviser.client.get(QUEUE)
    assert len(answer.context["cl"].result_list) == 30


def test_quick_views_count_what_they_show(adviser, make_staff, make_enquiry, listed, now):
    other = make_staff()
    claim(make_enquiry(given_name="Mine"), by=adviser, now=now)
    claim(make_enquiry(given_name="Theirs"), by=other, now=now)
    make_enquiry(given_name="Child", minor=True)
    make_enquiry(given_name="Confirmed", minor=True, guardian_confirmed_at=now)
    due = make_enquiry(given_name="Due")
    past = timezone.now() - timedelta(minutes=1)
    schedule_follow_up(due, due_at=past, reason=FollowUpReason.CALL_AGAIN, now=now)
    views = adviser.client.get(QUEUE).context["cl"].quick_views
    assert {view.label: view.count for view in views} == {
        "All open": "5",
        "Unclaimed": "3",
        "Mine": "1",
        "Waiting for a guardian": "1",
        "Due follow-ups": "1",
    }
    for view in views:
        answer = adviser.client.get(view.url)
        assert answer.context["cl"].count_told == view.count
        current = [each.label for each in answer.context["cl"].quick_views if each.is_current]
        assert current == [view.label]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "No enquiry is open"),
        ("owner=nobody", "Every enquiry has an owner"),
        ("owner=me", "You own no open enquiry"),
        ("age=waiting", "Nobody waits for a guardian"),
        ("follow_up=due", "No follow-up is due"),
        ("resume=yes", "No enquiry is in this list"),
        ("q=6RFRNTY9", "We found nobody"),
        ("q=~00000000000a", "No enquiry to show"),
    ],
)
def test_an_empty_list_says_what_is_empty_and_offers_no_action(adviser, query, told):
    page = adviser.client.get(f"{QUEUE}?{query}").text
    assert f'<h2 id="empty">{told}</h2>' in page
    assert 'name="action"' not in page
    assert 'href="/admin/desk/">Go to your desk' in page
    assert ('href="?">Show all open</a>' in page) == bool(query)


def test_staff_without_a_role_do_not_see_the_queue(make_staff):
    assert make_staff(role=None).client.get(QUEUE).status_code == 403


def test_visitors_are_asked_to_sign_in(client, db):
    answer = client.get(QUEUE)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("admin:login"))


def test_nobody_adds_or_deletes_an_enquiry_by_hand(admin_client, make_enquiry):
    enquiry = make_enquiry()
    assert admin_client.get(f"{QUEUE}add/").status_code == 403
    assert admin_client.get(f"{QUEUE}{enquiry.pk}/delete/").status_code == 403
