"""The desk page: the next call at hand, taken by one button; my day; the queue's parts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from enquiries.followups import schedule_follow_up
from enquiries.models import AccessRecord, Enquiry, FollowUpReason, OccupationOfInterest, SavedView

DESK = "/admin/desk/"
HOUR = timedelta(hours=1)


@pytest.fixture
def daytime():
    """Name a time zone in which it is about noon now."""
    now = timezone.now()
    names = ("Pacific/Auckland", "Asia/Manila", "Asia/Kolkata", "Africa/Lagos", "America/Lima",
             "Pacific/Honolulu")  # fmt: skip
    return next(name for name in names if 9 <= now.astimezone(ZoneInfo(name)).hour < 18)


@pytest.fixture
def make_callable(make_enquiry, daytime):
    """Store an enquiry of someone who can be called at this moment."""

    def make(**altered):
        now = timezone.now()
        fields = {"time_zone": daytime, "created_at": now - HOUR, "last_contact_at": now - HOUR}
        return make_enquiry(**fields | altered)

    return make


@pytest.fixture
def text_of():
    """Give what a page says to a member of staff."""

    def text_of(user, address=DESK, **query):
        answer = user.client.get(address, query)
        assert answer.status_code == 200
        return answer.content.decode()

    return text_of


def test_the_next_call_has_everything_at_hand(make_callable, adviser, text_of, daytime):
    enquiry = make_callable(
        message="Could I bring my dog?",
        language="Hindi",
        wants_interpreter=True,
        may_leave_voicemail=True,
    )
    OccupationOfInterest.objects.create(
        enquiry=enquiry, edition="anzsco-2022", code="541111", title="Call Centre Operator"
    )
    text = text_of(adviser)
    for told in (
        '<h2 id="next">Ann Example</h2>',
        'href="tel:+61400000001"',
        "+61 400 000 001",
        f"in {daytime.rpartition('/')[2]}",
        "in Sydney",
        "Waits longest",
        "541111",
        "Could I bring my dog?",
        "Speaks Hindi",
        "Wants an interpreter",
        "You may leave a voicemail",
        "Do not say who is calling",
        "Hello, may I speak with Ann Example?",
        "This is Mia Chen from Advisory.",
        "We never ask for money",
    ):
        assert told in text
    record = AccessRecord.objects.get()
    assert (record.kind, record.by, record.enquiry_number) == ("opened", adviser, enquiry.pk)


def test_of_a_minor_the_guardian_is_called_by_their_own_script(make_callable, adviser, text_of):
    make_callable(minor=True)
    text = text_of(adviser)
    assert '<h2 id="next">Gina Guardian</h2>' in text
    assert 'href="tel:+61400000002"' in text
    assert "Speak with Gina Guardian alone" in text
    assert "Read this out, word for word" in text
    assert "parent who asked us" in text


def test_what_is_late_says_by_how_much(make_callable, adviser, text_of):
    now = timezone.now()
    enquiry = make_callable()
    schedule_follow_up(
        enquiry, due_at=now - 2 * HOUR, reason=FollowUpReason.FIRST_CALL, now=now - 3 * HOUR
    )
    assert "That is 2 h late." in text_of(adviser)


def test_one_button_claims_and_starts_the_call(make_callable, adviser, page_of):
    enquiry = make_callable()
    answer = adviser.client.post(f"{DESK}take/", {"shown": enquiry.pk, "skip": ""})
    assert answer.url == page_of(enquiry)
    enquiry.refresh_from_db()
    assert (enquiry.owner, enquiry.state) == (adviser, "in_call")


@pytest.mark.parametrize("others", [0, 1])
def test_the_button_pressed_twice_begins_one_call_and_says_nothing(
    make_callable, adviser, page_of, said, others
):
    enquiry = make_callable(created_at=timezone.now() - 5 * HOUR)
    for _ in range(others):
        make_callable()
    for _ in range(2):
        answer = adviser.client.post(f"{DESK}take/", {"shown": enquiry.pk})
        assert answer.url == page_of(enquiry)
    assert said(adviser.client.get(page_of(enquiry))) == []
    assert enquiry.events.filter(kind="call_started").count() == 1


def test_whoever_comes_second_gets_the_next_one_and_is_told(
    make_callable, adviser, lead, page_of, said
):
    shown = make_callable(created_at=timezone.now() - 5 * HOUR)
    other = make_callable()
    lead.client.post(f"{DESK}take/", {"shown": shown.pk})
    answer = adviser.client.post(f"{DESK}take/", {"shown": shown.pk})
    assert answer.url == page_of(other)
    assert said(adviser.client.get(page_of(other))) == [
        f"Someone else was quicker. This is the next one: {other.reference}."
    ]


def test_in_a_call_the_desk_leads_back_to_it(make_callable, adviser, text_of, page_of):
    enquiry, other = make_callable(), make_callable(given_name="Olu")
    adviser.client.post(f"{DESK}take/", {"shown": enquiry.pk})
    text = text_of(adviser)
    assert "You are in a call" in text
    assert page_of(enquiry) in text
    assert "Olu" not in text
    answer = adviser.client.post(f"{DESK}take/", {"shown": other.pk})
    assert answer.url == page_of(enquiry)


def test_skipping_shows_the_next(make_callable, adviser, text_of):
    first = make_callable(given_name="First", created_at=timezone.now() - 5 * HOUR)
    second = make_callable(given_name="Second")
    assert f'href="{DESK}?skip={first.pk}"' in text_of(adviser)
    text = text_of(adviser, skip=str(first.pk))
    assert '<h2 id="next">Second Example</h2>' in text
    assert f"skip={first.pk}%2C{second.pk}" in text
    assert "Show those you skipped" in text_of(adviser, skip=f"{first.pk},{second.pk}")
    assert "First" in text_of(adviser, skip="nonsense,-1,9999999999999999999999")


def test_with_nobody_left_the_button_says_so(adviser, said):
    answer = adviser.client.post(f"{DESK}take/", {"shown": 1}, follow=True)
    assert said(answer) == ["Nobody is left to call now."]
    assert "Nobody to call now" in answer.content.decode()


def test_my_day_stands_in_order_overdue_first(make_claimed, adviser, text_of, daytime):
    now = timezone.now()
    late, soon = make_claimed(adviser, given_name="Late"), make_claimed(adviser, given_name="Soon")
    for enquiry, due_at in ((soon, now), (late, now - 30 * HOUR)):
        schedule_follow_up(
            enquiry, due_at=due_at, reason=FollowUpReason.SEND_INFORMATION, now=now - 40 * HOUR
        )
    text = text_of(adviser)
    assert text.index("Send information: Late") < text.index("Send information: Soon")
    assert "1 day late" in text
    assert "What I own" in text


def test_the_queue_s_parts_are_counted(make_enquiry, make_claimed, adviser, text_of):
    make_enquiry()
    make_claimed(adviser)
    parts = adviser.client.get(DESK).context["parts"]
    counts = {part.label: part.count for part in parts}
    assert counts["All open"] == "2"
    assert counts["Unclaimed"] == counts["Mine"] == "1"
    assert counts["Due follow-ups"] == "0"


def test_a_view_is_saved_from_the_queue_and_counted_on_the_desk(make_enquiry, adviser, lead, said):
    make_enquiry(country="PH", time_zone="Asia/Manila")
    make_enquiry()
    typed = {"name": "From the Philippines", "query": "country=PH&p=2", "is_shared": "on"}
    assert adviser.client.post(f"{DESK}views/save/", typed).status_code == 403
    answer = lead.client.post(f"{DESK}views/save/", typed)
    assert answer.url == reverse("admin:enquiries_enquiry_changelist") + "?country=PH"
    lead.client.post(f"{DESK}views/save/", {"name": "Ann", "query": "q=ann&owner=me"})
    assert SavedView.objects.get(name="Ann").query == "owner=me"
    with pytest.raises(IntegrityError, match="savedview_keeps_no_words"), transaction.atomic():
        SavedView.objects.update(query="owner=me&q=ann")
    for user, names in (
        (adviser, ["From the Philippines"]),
        (lead, ["Ann", "From the Philippines"]),
    ):
        saved = [part for part in user.client.get(DESK).context["parts"] if part.view]
        assert [part.label for part in saved] == names
        assert saved[-1].count == "1"
    view = SavedView.objects.get(name="From the Philippines")
    adviser.client.post(f"{DESK}views/{view.pk}/delete/")
    assert SavedView.objects.filter(pk=view.pk).exists()
    lead.client.post(f"{DESK}views/{view.pk}/delete/")
    assert not SavedView.objects.filter(pk=view.pk).exists()
    nameless = adviser.client.post(f"{DESK}views/save/", {"name": " "}, follow=True)
    assert said(nameless)[-1] == "Give the view a name of at most 40 letters."


def test_the_desk_asks_ten_queries_at_most_however_much_is_on_it(
    make_callable, make_claimed, adviser, django_assert_max_num_queries
):
    now = timezone.now()
    for _ in range(6):
        enquiry = make_claimed(adviser)
        schedule_follow_up(enquiry, due_at=now, reason=FollowUpReason.CALL_AGAIN, now=now)
    for number in range(5):
        SavedView.objects.create(by=adviser, name=f"View {number}", query="owner=me&hold=none")
    make_callable(minor=True, created_at=now - 3 * HOUR)
    Enquiry.objects.filter(owner=adviser).update(hold="needs_info")
    adviser.client.get(DESK)  # reads the guardian's script, once a minute
    with django_assert_max_num_queries(10):
        assert adviser.client.get(DESK).context["next"]


def test_the_index_leads_to_the_desk_and_every_page_of_the_admin_does(adviser, make_staff):
    assert b"Go to your desk" in adviser.client.get("/admin/").content
    queue = adviser.client.get(reverse("admin:enquiries_enquiry_changelist")).content.decode()
    assert f'<a href="{DESK}">Your desk</a>' in queue
    assert "Dashboard" not in queue
    assert b"Your desk" not in make_staff("Editor").client.get("/admin/").content


@pytest.mark.parametrize("page", ["", "calendar/", "dashboard/", "feed/", "take/"])
def test_an_editor_opens_none_of_it(make_staff, page):
    assert make_staff("Editor").client.get(DESK + page).status_code == 403


def test_nothing_is_done_by_looking(make_callable, adviser):
    enquiry = make_callable()
    for address in ("take/", "views/save/", "views/1/delete/"):
        assert adviser.client.get(DESK + address).status_code == 302
    enquiry.refresh_from_db()
    assert enquiry.state == "new"
    assert isinstance(enquiry.created_at, datetime)
