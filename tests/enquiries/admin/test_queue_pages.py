"""The pages of the queue, by place: nothing is shown twice or missed as rows come and go."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from enquiries.admin.enquiry import EnquiryAdmin
from enquiries.admin.paginator import Place, bounded_counts, told_count
from enquiries.models import Enquiry, FollowUp

QUEUE = "/admin/enquiries/enquiry/"


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch):
    monkeypatch.setattr(EnquiryAdmin, "list_per_page", 3)


@pytest.fixture
def make_many(make_enquiry, now):
    """Store enquiries named 0, 1, 2 …, the oldest first, two of each instant."""

    def make(number, **altered):
        return [
            make_enquiry(
                given_name=str(each),
                created_at=now + timedelta(minutes=each // 2),
                **altered,
            )
            for each in range(number)
        ]

    return make


class Leaves:
    """Leafs through the queue as a reader does, by the links under it."""

    def __init__(self, client, query=""):
        self.client = client
        self.open(query)

    def open(self, query):
        answer = self.client.get(f"{QUEUE}{query}", follow=True)
        assert answer.status_code == 200, query
        self.page = answer.text
        self.changelist = answer.context["cl"]
        self.names = [row.given_name for row in self.changelist.result_list]
        self.links = {each["label"]: each["url"] for each in self.changelist.neighbours}
        return self.names

    def follow(self, label):
        return self.open(self.links[label])


@pytest.fixture
def leaf_through(adviser):
    return lambda query="": Leaves(adviser.client, query)


def test_pages_lead_to_newer_ones_and_back(leaf_through, make_many):
    make_many(8)
    queue = leaf_through()
    assert (queue.names, list(queue.links)) == (["0", "1", "2"], ["Newer"])
    assert queue.follow("Newer") == ["3", "4", "5"]
    assert list(queue.links) == ["Older", "Newer"]
    assert queue.follow("Newer") == ["6", "7"]
    assert list(queue.links) == ["Older"]
    assert queue.follow("Older") == ["3", "4", "5"]
    assert queue.follow("Older") == ["0", "1", "2"]


def test_the_newest_may_come_first(leaf_through, make_many):
    make_many(5)
    queue = leaf_through("?order=newest")
    assert queue.names == ["4", "3", "2"]
    assert queue.follow("Older") == ["1", "0"]
    assert queue.follow("Newer") == ["4", "3", "2"]


def test_links_keep_what_the_list_is_narrowed_to(leaf_through, make_many):
    make_many(5, country="PH")
    make_many(2, country="AU")
    queue = leaf_through("?country=PH&order=newest&q=example")
    assert queue.follow("Older") == ["1", "0"]
    first_page = queue.changelist.first_page_url
    assert re.fullmatch(r"\?country=PH&order=newest&q=~[0-9a-f]{12}", first_page)


@pytest.mark.parametrize(("near", "far"), [(0, 16), (4, 1), (4, 2), (4, 16), (100, 16)])
def test_a_name_is_found_whole_and_in_order_however_near_it_is_looked_for(
    leaf_through, make_many, monkeypatch, near, far
):
    monkeypatch.setattr("enquiries.admin.search.NEAR", near)
    monkeypatch.setattr("enquiries.admin.search.FAR", far)
    make_many(7, family_name="Okafor", country="PH")
    make_many(9, family_name="Okafor", country="AU")
    make_many(12)
    for order, onward, back in (("oldest", "Newer", "Older"), ("newest", "Older", "Newer")):
        found = [str(each) for each in range(7)][:: 1 if order == "oldest" else -1]
        queue = leaf_through(f"?q=okafor&country=PH&order={order}")
        assert queue.names == found[:3]
        assert queue.follow(onward) == found[3:6]
        assert queue.follow(onward) == found[6:]
        assert queue.follow(back) == found[3:6]
        assert queue.follow(back) == found[:3]


def test_rows_that_come_and_go_neither_repeat_nor_hide_another(
    leaf_through, make_many, make_enquiry, now
):
    enquiries = make_many(9)
    queue = leaf_through()
    Enquiry.objects.filter(pk__in=[each.pk for each in enquiries[:3]]).update(
        state="withdrawn", closed_at=now
    )
    make_enquiry(given_name="before", created_at=now - timedelta(days=1))
    make_enquiry(given_name="between", created_at=now + timedelta(minutes=2, seconds=9))
    assert queue.follow("Newer") == ["3", "4", "5"]
    assert queue.follow("Newer") == ["between", "6", "7"]
    assert queue.follow("Older") == ["3", "4", "5"]
    assert queue.follow("Older") == ["before", "3", "4"]


def test_a_page_whose_rows_all_went_leads_back_to_the_first(leaf_through, make_many, now):
    enquiries = make_many(5)
    queue = leaf_through()
    Enquiry.objects.filter(pk__in=[each.pk for each in enquiries[3:]]).update(
        state="withdrawn", closed_at=now
    )
    assert queue.follow("Newer") == []
    assert "Nothing is left on this page" in queue.page
    first_page = queue.changelist.first_page_url
    assert f'href="{first_page}">First page</a>' in queue.page
    assert queue.open(first_page) == ["0", "1", "2"]


@pytest.mark.parametrize(
    "place", ["x", "2", "after-0-1", "after-9-1-1", "after-0-99999999999999999-1", "before-0--1-0"]
)
def test_a_place_that_is_none_is_the_beginning(leaf_through, make_many, place):
    make_many(4)
    assert leaf_through(f"?p={place}").names == ["0", "1", "2"]


def test_a_place_is_written_to_the_microsecond():
    place = Place(run=1, at=datetime(2026, 11, 22, 9, 0, 0, 123457, tzinfo=UTC), pk=42)
    assert Place.read(str(place)) == place


def test_the_most_urgent_are_those_booked_now_then_those_overdue_then_the_oldest(
    leaf_through, make_enquiry, make_callback
):
    instant = timezone.now()

    def make(name, age, *, starts_in=None, due=()):
        enquiry = make_enquiry(given_name=name, created_at=instant - timedelta(days=age))
        if starts_in is not None:
            make_callback(enquiry, starts_at=instant + timedelta(minutes=starts_in))
        for minutes in due:
            FollowUp.objects.create(
                enquiry=enquiry,
                reason="call_again",
                due_at=instant + timedelta(minutes=minutes),
                created_at=instant,
            )

    make("old", 9, due=[60])
    make("older", 10)
    make("booked later", 8, starts_in=90)
    make("overdue", 3, due=[-30, -10, 50])
    make("long overdue", 2, due=[-600])
    make("in its half hour", 1, starts_in=-20, due=[-900])
    make("about to begin", 1, starts_in=10)
    queue = leaf_through("?order=urgent")
    assert queue.names == ["in its half hour", "about to begin", "long overdue"]
    assert queue.follow("Less urgent") == ["overdue", "older", "old"]
    assert queue.follow("Less urgent") == ["booked later"]
    assert queue.follow("More urgent") == ["overdue", "older", "old"]
    assert queue.follow("More urgent") == ["in its half hour", "about to begin", "long overdue"]


def test_a_list_is_counted_as_far_as_it_helps(leaf_through, make_many, monkeypatch):
    monkeypatch.setattr("enquiries.admin.queue.MOST_COUNTED", 4)
    make_many(4)
    assert leaf_through().changelist.result_count == 4
    make_many(3)
    assert leaf_through().changelist.result_count == 5
    assert bounded_counts([Enquiry.objects.all(), Enquiry.objects.none()], most=4) == [5, 0]
    assert [told_count(count) for count in (4, 500, 501)] == ["4", "500", "500+"]


@pytest.mark.parametrize(
    "query",
    ["", "?order=urgent", "?q=example", "?q=ann@example.org", "?q=0400000001", "?p=after-0-1-1"],
)
def test_a_page_asks_ten_queries_at_most(adviser, make_many, django_assert_max_num_queries, query):
    make_many(7)
    answer = adviser.client.get(f"{QUEUE}{query}")
    address = answer.headers.get("Location", f"{QUEUE}{query}")
    with django_assert_max_num_queries(10):
        assert adviser.client.get(address).status_code == 200
