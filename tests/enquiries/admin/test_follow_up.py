"""The list of follow-ups: the most urgent first, and one button to close each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from enquiries.models import Enquiry, FollowUp, FollowUpReason

FOLLOW_UPS = "/admin/enquiries/followup/"


@pytest.fixture
def make_follow_up(make_enquiry, now):
    def make(**altered):
        return FollowUp.objects.create(
            **{
                "enquiry": make_enquiry(),
                "reason": FollowUpReason.CALL_AGAIN,
                "due_at": timezone.now() + timedelta(hours=1),
                "created_at": now,
            }
            | altered
        )

    return make


@pytest.fixture
def listed(adviser):
    def listed(**query):
        answer = adviser.client.get(FOLLOW_UPS, query)
        return [each.pk for each in answer.context["cl"].result_list]

    return listed


def test_what_is_due_first_stands_first_and_what_is_done_is_gone(
    make_follow_up, listed, adviser, now
):
    later = make_follow_up()
    overdue = make_follow_up(due_at=timezone.now() - timedelta(hours=1), owner=adviser)
    done = make_follow_up(done_at=now, done_by=adviser)
    assert listed() == [overdue.pk, later.pk]
    assert listed(when="overdue") == [overdue.pk]
    assert listed(when="done") == [done.pk]
    assert set(listed(when="all")) == {done.pk, overdue.pk, later.pk}
    assert listed(owner="me") == [overdue.pk]
    assert listed(owner="nobody") == [later.pk]


def test_only_what_is_late_is_marked_overdue(make_follow_up, adviser):
    make_follow_up()
    assert "pill-overdue" not in adviser.client.get(FOLLOW_UPS).content.decode()
    make_follow_up(due_at=timezone.now() - timedelta(hours=1))
    assert adviser.client.get(FOLLOW_UPS).content.decode().count("pill-overdue") == 1


def test_a_button_closes_one(make_follow_up, adviser, said):
    follow_up = make_follow_up()
    assert f"{FOLLOW_UPS}{follow_up.pk}/close/" in adviser.client.get(FOLLOW_UPS).content.decode()
    answer = adviser.client.post(f"{FOLLOW_UPS}{follow_up.pk}/close/", follow=True)
    follow_up.refresh_from_db()
    assert follow_up.done_by == adviser
    assert answer.redirect_chain == [(FOLLOW_UPS, 302)]
    assert said(answer) == [f"\u201cCall again\u201d for {follow_up.enquiry} is done."]


def test_closing_it_twice_says_so(make_follow_up, adviser, lead, said):
    follow_up = make_follow_up()
    lead.client.post(f"{FOLLOW_UPS}{follow_up.pk}/close/")
    answer = adviser.client.post(f"{FOLLOW_UPS}{follow_up.pk}/close/", follow=True)
    follow_up.refresh_from_db()
    assert follow_up.done_by == lead
    assert said(answer)[-1] == f"\u201cCall again\u201d for {follow_up.enquiry} was done before."


def test_looking_closes_nothing(make_follow_up, adviser):
    follow_up = make_follow_up()
    adviser.client.get(f"{FOLLOW_UPS}{follow_up.pk}/close/")
    follow_up.refresh_from_db()
    assert follow_up.done_at is None


def test_staff_without_a_role_close_nothing(make_follow_up, make_staff):
    follow_up = make_follow_up()
    nobody = make_staff(role=None)
    assert nobody.client.post(f"{FOLLOW_UPS}{follow_up.pk}/close/").status_code == 403
    follow_up.refresh_from_db()
    assert follow_up.done_at is None


def test_the_list_asks_ten_queries_at_most(make_follow_up, adviser, django_assert_max_num_queries):
    for _ in range(20):
        make_follow_up(owner=adviser)
    with django_assert_max_num_queries(10):
        adviser.client.get(FOLLOW_UPS)


class TestTheLastPromise:
    """An enquiry that waits for its follow-up is never left with nothing promised."""

    @pytest.fixture
    def last(self, make_follow_up, make_enquiry, adviser):
        enquiry = make_enquiry(state="follow_up", owner=adviser)
        return make_follow_up(enquiry=enquiry, owner=adviser)

    @pytest.fixture
    def close(self, last):
        def close(user, **typed):
            return user.client.post(f"{FOLLOW_UPS}{last.pk}/close/", typed)

        return close

    @pytest.fixture
    def tomorrow(self):
        day = timezone.localdate() + timedelta(days=1)
        return {"reason": "send_information", "due_on": day.isoformat(), "due_time": "10:00"}

    def test_asks_what_comes_next(self, last, close, adviser):
        answer = close(adviser)
        assert answer.status_code == 409
        told = answer.content.decode()
        assert "is the last thing promised to Ann Example" in told
        assert 'name="due_on"' in told
        assert "/to_done/" in told
        last.refresh_from_db()
        assert last.done_at is None

    def test_is_done_with_the_next_one_in_the_same_form(self, last, close, adviser, tomorrow, said):
        answer = close(adviser, **tomorrow, **{"from": "enquiry"})
        page = f"/admin/enquiries/enquiry/{last.enquiry_id}/change/"
        assert (answer.status_code, answer["Location"]) == (302, page)
        assert [each.reason for each in FollowUp.objects.open()] == ["send_information"]
        told = said(adviser.client.get(page))
        assert told == [
            f"\u201cCall again\u201d for {last.enquiry} is done."
            " \u201cSend information\u201d is promised."
        ]

    def test_comes_back_with_what_was_typed_if_that_is_not_whole(
        self, last, close, adviser, tomorrow
    ):
        answer = close(adviser, **tomorrow | {"due_on": "2020-01-01"})
        assert answer.status_code == 422
        told = answer.content.decode()
        assert "Choose a time that is still to come." in told
        assert 'value="10:00' in told
        assert list(FollowUp.objects.all()) == [last]

    def test_of_what_was_closed_meanwhile_no_next_step_is_promised(
        self, last, close, adviser, tomorrow, said
    ):
        waits = Enquiry.objects.filter(pk=last.enquiry_id)
        waits.update(state="done", closed_at=timezone.now())
        close(adviser, **tomorrow)
        told = said(adviser.client.get(FOLLOW_UPS))
        assert told == [f"Nothing was changed: {last.enquiry} was closed meanwhile."]
