"""What is written down when somebody agrees: who, to which words, and how."""

from datetime import date, timedelta
from typing import Any

import pytest

from enquiries.consents import record_consents
from enquiries.models import Channel, Consent, Purpose, Wording, current_wording

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("is_minor", "giver"),
    [
        pytest.param(False, ("self", ""), id="an adult for themselves"),
        pytest.param(True, ("guardian", "parent"), id="a guardian for a minor"),
    ],
)
def test_whoever_speaks_for_the_enquiry_agrees(make_enquiry, now, is_minor, giver):
    record_consents(
        make_enquiry(minor=is_minor), purposes=[Purpose.PRIVACY], channel=Channel.LINK, now=now
    )
    consent = Consent.objects.get()
    assert (consent.given_by, consent.relationship) == giver
    assert (consent.channel, consent.given_at) == ("link", now)


def test_the_words_named_are_those_in_force_on_that_day(make_enquiry, now):
    enquiry = make_enquiry()
    for version, day in (("of-today", now.date()), ("of-next-year", date(2027, 6, 1))):
        Wording.objects.create(
            purpose=Purpose.PRIVACY, version=version, text=f"Words {version}", in_force_on=day
        )
    record_consents(enquiry, purposes=[Purpose.PRIVACY], channel=Channel.FORM, now=now)
    assert Consent.objects.get().wording_version == "of-today"


def test_words_that_another_process_wrote_are_read_within_a_minute(now):
    before = current_wording(Purpose.PRIVACY, now=now).version
    # In bulk, as this process is told nothing then.
    Wording.objects.bulk_create(
        [Wording(purpose=Purpose.PRIVACY, version="new", text="New.", in_force_on=now.date())]
    )
    assert current_wording(Purpose.PRIVACY, now=now).version == before
    assert current_wording(Purpose.PRIVACY, now=now + timedelta(minutes=1)).version == "new"


def test_what_was_read_before_new_words_were_stored_is_forgotten_then(
    now, django_capture_on_commit_callbacks
):
    newest = {"purpose": Purpose.PRIVACY, "text": "New.", "in_force_on": now.date()}
    with django_capture_on_commit_callbacks(execute=True):
        Wording.objects.create(version="new", **newest)
        assert current_wording(Purpose.PRIVACY, now=now).version == "new"
        Wording.objects.bulk_create([Wording(version="newer", **newest)])
    assert current_wording(Purpose.PRIVACY, now=now).version == "newer"


def test_nobody_agrees_to_words_that_nobody_wrote(make_enquiry, now):
    purposes: list[Any] = [Purpose.PRIVACY, "nonsense"]
    with pytest.raises(LookupError, match="nonsense"):
        record_consents(make_enquiry(), purposes=purposes, channel=Channel.FORM, now=now)
    assert not Consent.objects.exists()
