"""PostgreSQL lets no state go back but by an undoing."""

import pytest
from django.db import IntegrityError, connection, transaction

from enquiries import triage, undoing
from enquiries.events import record_event
from enquiries.models import Event, EventKind
from enquiries.transitions import CLOSED_STATES, State
from tests.enquiries.undoing.standing import standing

pytestmark = pytest.mark.django_db


def set_state(enquiry, state, *, owner=None):
    """Change a state in raw SQL, past the site; tell in a word what came of it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL advisory.undoing = 'on'")  # no setting is a way past it
            cursor.execute(
                "UPDATE enquiries_enquiry SET state = %s, closed_at = %s, owner_id = %s"
                " WHERE id = %s",
                [
                    state,
                    enquiry.created_at if state in CLOSED_STATES else None,
                    owner and owner.pk,
                    enquiry.pk,
                ],
            )
    except IntegrityError as error:
        return "refused" if "An enquiry cannot go from" in str(error) else str(error)
    return "changed"


def test_raw_sql_goes_past_the_table_only_back_from_the_latest_change_and_tells_of_it(
    make_enquiry, adviser, tick
):
    spam, other = make_enquiry(), make_enquiry()
    facts = {"to_state": State.SPAM, "by": adviser, "why": "Tiles"}
    for each in spam, other:
        triage.change_state(each, now=tick(), **facts)
    of_other, change = Event.objects.get(enquiry=other), Event.objects.get(enquiry=spam)

    def tried(*events, after_others=False):
        with transaction.atomic():
            if after_others:
                assert set_state(spam, "assigned", owner=adviser) == "changed"
                assert set_state(spam, "spam") == "changed"
            for kind, undoes in events:
                record_event(spam, kind=kind, now=tick(), undoes=undoes)
            told = set_state(spam, "new")
            transaction.set_rollback(True)
        return told

    undone, note = EventKind.CHANGE_UNDONE, EventKind.NOTE_ADDED
    assert tried((undone, change)) == "changed"
    refused = {
        "nothing is told": tried(),
        "no undoing is told": tried((note, change)),
        "it undoes nothing": tried((undone, None)),
        "it undoes a change of another": tried((undone, of_other)),
        "something came since": tried((undone, change), (note, None)),
        "it is not the latest change": tried((undone, change), after_others=True),
    }
    assert set(refused.values()) == {"refused"}, refused


@pytest.mark.django_db(transaction=True)
def test_what_is_told_of_an_undoing_opens_no_way_once_it_is_over(make_enquiry, adviser, tick):
    spam = make_enquiry()
    triage.change_state(spam, to_state=State.SPAM, by=adviser, now=tick(), why="Tiles")
    undoing.undo(spam, by=adviser, now=tick())
    assert standing(spam)["state"] == "new"
    assert set_state(spam, "spam") == "changed"
    assert set_state(spam, "new") == "refused"
