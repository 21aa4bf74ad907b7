"""What a page foretells, what is sent from it, and enquiries in every state."""

import pytest

from enquiries.bulk import Seen
from enquiries.transitions import CLOSED_STATES, State
from tests.enquiries.admin.bulk.pages import address


@pytest.fixture
def preview():
    """Look at what would come of it; give the references that are allowed, and why others not."""

    def preview(user, name, *enquiries):
        answer = user.client.get(address(name, enquiries))
        assert answer.status_code == 200
        assert not answer.context["are_too_many"]
        return (
            [row.enquiry.reference for row in answer.context["allowed"]],
            {row.enquiry.reference: row.refusal for row in answer.context["refused"]},
        )

    return preview


@pytest.fixture
def send():
    """Press the button with every enquiry ticked as it stands; give what was told of each."""

    def send(user, name, *enquiries, seen=None, **typed):
        ticked = seen or [str(Seen.of(each)) for each in enquiries]
        answer = user.client.post(address(name, enquiries), {"row": ticked} | typed)
        assert answer.status_code == 200, answer.context["form"].errors
        answer.done = {each.reference: each.sentence for each in answer.context["done"]}
        answer.refused = {each.reference: each.sentence for each in answer.context["refused"]}
        return answer

    return send


@pytest.fixture
def make_in(make_enquiry, now):
    """Make an enquiry in a state, that of ``owner`` if it can be somebody's."""

    def make(state, *, owner, **altered):
        return make_enquiry(
            state=state,
            owner=None if state is State.NEW else owner,
            closed_at=now if state in CLOSED_STATES else None,
            duplicate_of=make_enquiry() if state is State.DUPLICATE else None,
            **altered,
        )

    return make
