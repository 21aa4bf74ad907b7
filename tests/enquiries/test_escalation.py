"""Escalation: who is told of what is late, when, and that nobody is told at night."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db.models.functions import Now

from enquiries import daily, letters, tasks
from enquiries.escalation import escalate_late, late, level_reached
from enquiries.models import (
    Absence,
    Enquiry,
    Escalation,
    Event,
    FollowUp,
    FollowUpReason,
    OutboxMessage,
)
from enquiries.roles import LEAD
from tests.enquiries.usual_office import SYDNEY, USUAL_OFFICE

NONE, OWNER, LEADS, LAST = Escalation


def here(text):
    return datetime.fromisoformat(text).replace(tzinfo=SYDNEY)


@pytest.mark.parametrize(
    ("due", "steps"),
    [
        pytest.param(
            "2026-11-23 10:00",
            ["2026-11-23 10:00", "2026-11-23 10:15", "2026-11-23 16:45"],
            id="by day",
        ),
        pytest.param(
            "2026-11-23 16:50",
            ["2026-11-23 16:50", "2026-11-24 09:05", "2026-11-24 20:45"],
            id="just before closing",
        ),
        pytest.param(
            "2026-11-23 23:59",
            ["2026-11-24 09:00", "2026-11-24 09:15", "2026-11-24 20:45"],
            id="the minute before midnight",
        ),
        pytest.param(
            "2026-11-24 17:30",
            ["2026-11-24 18:00", "2026-11-24 18:15", "2026-11-24 20:45"],
            id="between two periods",
        ),
        pytest.param(
            "2026-11-27 17:00",
            ["2026-11-30 09:00", "2026-11-30 09:15", "2026-11-30 16:45"],
            id="over a weekend",
        ),
        pytest.param(
            "2026-12-24 20:55",
            ["2026-12-24 20:55", "2026-12-29 09:10", "2026-12-29 20:45"],
            id="over Christmas",
        ),
        pytest.param(
            "2026-10-02 16:50",
            ["2026-10-02 16:50", "2026-10-06 09:05", "2026-10-06 20:45"],
            id="clocks forward and Labour Day",
        ),
    ],
)
def test_the_owner_the_leads_and_the_leads_again_are_told(due, steps):
    levels = [NONE, OWNER, LEADS, LAST]
    for number, step in enumerate(steps):
        for instant, level in [
            (here(step) - timedelta(seconds=1), levels[number]),
            (here(step), levels[number + 1]),
        ]:
            assert level_reached(here(due), now=instant, office=USUAL_OFFICE) is level


def test_an_office_that_never_opens_tells_nobody():
    closed = type(USUAL_OFFICE)(zone=SYDNEY, periods=())
    due = here("2026-11-23 10:00")
    assert level_reached(due, now=due + timedelta(days=9), office=closed) is NONE


@pytest.fixture
def lead(make_adviser):
    lead = make_adviser()
    lead.groups.add(Group.objects.get(name=LEAD))
    return lead


@pytest.fixture
def owner(make_adviser):
    return make_adviser()


@pytest.fixture
def promise(make_enquiry, owner, now):
    """Promise a call that is due at ten on Monday; with a follow-up's columns altered."""

    def promise(*, state="assigned", **altered):
        enquiry = make_enquiry(
            state=state, owner=None if state == "new" else owner, claimed_at=None
        )
        fields = {
            "reason": FollowUpReason.FIRST_CALL,
            "due_at": here("2026-11-23 10:00"),
            "created_at": now,
        }
        return FollowUp.objects.create(enquiry=enquiry, **fields | altered)

    return promise


def told(*, at):
    """Escalate what is late, send what that promised, and list to whom it went."""
    escalate_late(now=here(at))
    waiting = OutboxMessage.objects.filter(topic="escalation", done_at=None).order_by("pk")
    for message in waiting:
        letters.send_letter(message, now=here(at))
    waiting.update(done_at=here(at))
    sent, mail.outbox[:] = sorted(email.to[0] for email in mail.outbox), []
    return sent


@pytest.mark.django_db
class TestTelling:
    def test_each_is_told_once_and_each_step_is_in_the_history(self, promise, owner, lead):
        follow_up = promise()
        assert told(at="2026-11-23 09:59") == []
        assert told(at="2026-11-23 10:00") == [owner.email]
        assert told(at="2026-11-23 10:14") == []
        assert told(at="2026-11-23 10:15") == [lead.email]
        assert told(at="2026-11-23 10:16") == []
        assert told(at="2026-11-23 16:50") == [lead.email]
        assert told(at="2026-11-24 12:00") == []
        follow_up.refresh_from_db()
        assert follow_up.escalation == LAST
        history = Event.objects.filter(kind="escalated").values_list("why", flat=True)
        assert list(history) == [OWNER.label, LEADS.label, LAST.label]

    def test_the_letter_names_the_reference_and_no_person(self, promise):
        follow_up = promise()
        escalate_late(now=here("2026-11-23 10:00"))
        letters.send_letter(OutboxMessage.objects.get(), now=here("2026-11-23 10:00"))
        [email] = mail.outbox
        assert follow_up.enquiry.reference in email.subject
        assert isinstance(email, EmailMultiAlternatives)
        for body in map(str, (email.body, email.alternatives[0][0])):
            assert "First call: it was due at 10:00 on Monday 23 November 2026" in body
            assert f"/enquiries/enquiry/{follow_up.enquiry_id}/change/" in body
            assert "Ann" not in body
            assert "@" not in body

    def test_of_what_is_nobodys_all_staff_are_told(self, promise, settings):
        promise(state="new")
        assert told(at="2026-11-23 10:00") == [settings.STAFF_EMAIL]

    def test_without_leads_all_staff_are_told(self, promise, owner, settings):
        promise()
        assert told(at="2026-11-23 11:00") == [owner.email, settings.STAFF_EMAIL]

    @pytest.mark.parametrize(
        "gone", [{"is_active": False}, {"email": ""}], ids=["has left", "without an address"]
    )
    def test_whoever_cannot_be_told_is_stood_in_for(self, promise, owner, settings, gone):
        type(owner).objects.filter(pk=owner.pk).update(**gone)
        promise()
        assert told(at="2026-11-23 10:00") == [settings.STAFF_EMAIL]

    def test_for_who_is_away_all_staff_are_told(self, promise, owner, settings):
        Absence.objects.create(
            staff=owner, starts_at=here("2026-11-23 09:00"), ends_at=here("2026-11-24 09:00")
        )
        promise(owner=owner)
        assert told(at="2026-11-23 10:00") == [settings.STAFF_EMAIL]

    def test_the_owner_of_a_follow_up_is_told_of_it(self, promise, lead):
        promise(owner=lead)
        assert told(at="2026-11-23 10:00") == [lead.email]

    def test_at_night_nobody_is_told(self, promise, owner):
        promise(due_at=here("2026-11-23 17:00"))
        for night in ("2026-11-23 17:00", "2026-11-23 23:59", "2026-11-24 08:59"):
            assert told(at=night) == []
        assert told(at="2026-11-24 09:00") == [owner.email]

    def test_a_letter_that_the_outbox_has_late_waits_for_the_opening(
        self, promise, owner, monkeypatch
    ):
        promise(due_at=here("2026-11-23 16:59"))
        assert escalate_late(now=here("2026-11-23 16:59")) == 1
        message = OutboxMessage.objects.get()
        clock = {"now": here("2026-11-23 23:00")}
        monkeypatch.setattr("django.utils.timezone.now", lambda: clock["now"])
        tasks.deliver(message.pk)
        message.refresh_from_db()
        assert mail.outbox == []
        assert (message.done_at, message.attempts, message.last_error) == (None, 0, "")
        assert message.available_at == here("2026-11-24 09:00")
        clock["now"] = message.available_at
        OutboxMessage.objects.update(available_at=Now())
        tasks.deliver(message.pk)
        assert [email.to for email in mail.outbox] == [[owner.email]]

    def test_after_a_long_silence_each_is_told_once(self, promise, owner, lead):
        promise()
        assert told(at="2026-11-25 09:00") == sorted([owner.email, lead.email])

    @pytest.mark.parametrize(
        "altered",
        [
            {"state": "in_call"},
            {"state": "done", "closed_at": here("2026-11-23 09:30")},
        ],
    )
    def test_a_call_that_goes_on_or_is_over_is_not_late(self, promise, altered):
        follow_up = promise()
        Enquiry.objects.filter(pk=follow_up.enquiry_id).update(**altered)
        assert told(at="2026-11-23 10:30") == []

    def test_what_was_done_meanwhile_is_not_written_about(self, promise):
        follow_up = promise()
        assert escalate_late(now=here("2026-11-23 10:00")) == 1
        FollowUp.objects.filter(pk=follow_up.pk).update(done_at=here("2026-11-23 10:00"))
        letters.send_letter(OutboxMessage.objects.get(), now=here("2026-11-23 10:01"))
        assert mail.outbox == []

    def test_the_queries_do_not_grow_with_what_was_told_before(
        self, promise, django_assert_num_queries
    ):
        for _ in range(5):
            promise(escalation=LEADS)
        with django_assert_num_queries(4):
            assert escalate_late(now=here("2026-11-23 11:00")) == 0

    def test_of_very_many_the_oldest_are_written_about_and_all_are_recorded(
        self, promise, monkeypatch
    ):
        monkeypatch.setattr("enquiries.escalation.MOST_LETTERS", 2)
        monkeypatch.setattr("enquiries.escalation.MOST_AT_ONCE", 4)
        ten = here("2026-11-23 10:00")
        made = [promise(due_at=ten - timedelta(minutes=number)) for number in range(6)]
        assert escalate_late(now=ten) == 4
        written = {each.enquiry_id for each in OutboxMessage.objects.all()}
        assert written == {made[5].enquiry_id, made[4].enquiry_id}
        assert Event.objects.filter(kind="escalated").count() == 4
        letters.send_letter(OutboxMessage.objects.latest("pk"), now=ten)
        assert "Also late: 5." in mail.outbox[0].body
        monkeypatch.setattr("enquiries.letters.kinds.MOST_COUNTED", 3)
        last = letters.compose(OutboxMessage.objects.earliest("pk"), now=ten)
        assert "Also late: more than 3." in last.body
        assert escalate_late(now=ten) == 2

    def test_it_is_looked_for_each_minute(self, promise):
        assert escalate_late in daily.EACH_MINUTE
        promise()
        assert late(now=here("2026-11-23 10:00")).exists()
        assert not late(now=here("2026-11-23 09:59")).exists()
