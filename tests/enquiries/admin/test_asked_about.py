"""What an enquiry asks about, told beside it."""

import pytest

from enquiries.admin import asked_about
from enquiries.models import OccupationOfInterest

pytestmark = pytest.mark.django_db


def told(*codes, now):
    asked = [OccupationOfInterest(edition="anzsco-2022", code=code, title="As asked")
             for code in codes]  # fmt: skip
    return asked_about.asked_about(asked, [], now=now)


def test_four_are_told_with_facts_and_what_the_catalogue_does_not_know_as_gone(now):
    asked_about.forget_editions()
    found = told("541111", "999999", "261313", "221111", "251411", now=now)
    assert [bool(one.facts) for one in found] == [True, False, True, True, False]
    assert [one.is_gone for one in found] == [False, True, False, False, False]
    assert {one.source for one in found} == {"ANZSCO 2022"}


def test_an_edition_that_was_loaded_in_this_minute_is_known_at_once(now, monkeypatch):
    asked_about.forget_editions()
    with monkeypatch.context() as before:
        before.setattr(asked_about, "every_edition", list)
        told("999999", now=now)
    [found] = told("541111", now=now)
    assert found.facts
    assert found.source == "ANZSCO 2022"
