"""Made-up enquiries: they pass every constraint, and all that may be of an enquiry occurs."""

import phonenumbers
import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Q
from django.utils import timezone

from enquiries.management import seeding
from enquiries.management.seeding import SeedingRefused, seed
from enquiries.management.seeding.countries import OFTEN, RARELY, SOMETIMES
from enquiries.models import (
    CallAttempt,
    Callback,
    CallbackSlot,
    ChangeRecord,
    Enquiry,
    FollowUp,
    OutboxMessage,
)
from enquiries.transitions import Hold, State

pytestmark = pytest.mark.django_db


def test_two_thousand_are_of_every_kind_and_break_no_rule():
    now = timezone.now()  # noqa: TID251 - it makes up the two years before it
    seed(2000, open_count=300, now=now)
    everyone = Enquiry.objects.all()
    assert everyone.count() == 2000
    assert everyone.open().count() == 300
    assert set(everyone.values_list("state", flat=True)) == set(State)
    assert set(everyone.values_list("hold", flat=True)) == set(Hold)
    assert everyone.filter(is_minor=True).count() > 100
    assert everyone.values("owner").distinct().count() > 3
    assert everyone.filter(closed_at__lt=F("created_at")).count() == 0
    # What no constraint of one row can say.
    assert not everyone.filter(state="scheduled").exclude(
        pk__in=Callback.objects.current().at_a_chosen_time().values("enquiry")
    )
    assert not everyone.filter(state="follow_up").exclude(
        pk__in=FollowUp.objects.open().values("enquiry")
    )
    assert not Enquiry.objects.exclude(pk__in=everyone.open()).filter(
        Q(follow_ups__done_at=None, follow_ups__isnull=False)
        | Q(callbacks__cancelled_at=None, callbacks__isnull=False)
    )
    taken = Callback.objects.current().values("slot").annotate(used=Count("pk"))
    slots = dict(CallbackSlot.objects.values_list("pk", "used"))
    assert all(slots[each["slot"]] == each["used"] for each in taken if each["slot"])
    assert ChangeRecord.objects.filter(table="enquiries_enquiry").count() == 2000
    assert not OutboxMessage.objects.exists()
    assert not everyone.filter(Q(own_email__contains="@") & ~Q(own_email__contains="@example."))


def test_beyond_a_number_they_are_copied_and_no_two_copies_are_one_person(monkeypatch):
    monkeypatch.setattr(seeding, "MOST_MADE", 100)
    monkeypatch.setattr(seeding, "BATCH", 400)
    now = timezone.now()  # noqa: TID251 - as above
    told: list[int] = []
    seed(1003, open_count=205, now=now, told=told.append)
    everyone = Enquiry.objects.all()
    assert (everyone.count(), everyone.open().count()) == (1003, 205)
    assert told[-1] == 1003
    assert len(told) > 2
    assert everyone.values("given_name", "family_name", "date_of_birth").distinct().count() > 850
    adults = everyone.filter(is_minor=False).exclude(own_email="")
    assert adults.values("own_email").distinct().count() > 0.8 * adults.count()
    taken = Callback.objects.current().exclude(slot=None).values("slot")
    slots = dict(CallbackSlot.objects.values_list("pk", "used"))
    assert all(slots[each["slot"]] == each["used"] for each in taken.annotate(used=Count("pk")))
    for attempt in CallAttempt.objects.select_related("enquiry"):
        called = attempt.enquiry.guardian_phone or attempt.enquiry.own_phone
        assert called.endswith(attempt.number_ending)


def test_no_number_is_somebody_s():
    """A country whose regulator keeps no range for fiction has numbers that are none."""
    for country in (*OFTEN, *SOMETIMES, *RARELY):
        for beginning in country.phones:
            number = phonenumbers.parse(beginning.replace("#", "4"))
            kept_for_fiction = country.code in {"AU", "CA", "DE", "FR", "GB", "IE", "US"}
            assert kept_for_fiction or not phonenumbers.is_valid_number(number), beginning


def test_nothing_is_made_up_on_a_real_site_or_among_real_people(settings, make_enquiry, now):
    make_enquiry()
    with pytest.raises(SeedingRefused, match="enquiries already"):
        seed(10, now=now)
    with pytest.raises(CommandError, match="more open"):
        call_command("seed_enquiries", "10", "--open", "11", "--more")
    settings.SITE_URL = "https://advisory.example"
    with pytest.raises(SeedingRefused, match="real site"):
        seed(10, more=True, now=now)
    assert Enquiry.objects.count() == 1


def test_the_command_tells_how_far_it_has_come(capsys):
    call_command("seed_enquiries", "20", "--open", "5")
    assert "20 of 20 enquiries" in capsys.readouterr().out
    call_command("seed_enquiries", "10", "--more")
    assert Enquiry.objects.count() == 30
    assert Enquiry.objects.open().count() == 6
