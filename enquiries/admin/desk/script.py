"""What to say on the phone: to an adult, or to a minor's parent or guardian."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User

from enquiries.admin.staff import staff_name
from enquiries.models import Enquiry, Wording

NEVER = "We never ask for money, passwords or passport numbers."


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence to say, or ``is_hint`` something to know while saying it."""

    text: str
    is_hint: bool = False


def script(enquiry: Enquiry, *, by: User, declaration: Wording) -> list[Line]:
    """
    Write what ``by`` says to the one contact of an enquiry, in its order.

    ``declaration`` holds the words that a guardian confirms.
    """
    if enquiry.is_minor:
        return [*_to_guardian(enquiry, by=by, declaration=declaration), Line(text=NEVER)]
    return [*_to_adult(enquiry, by=by), Line(text=NEVER)]


def _to_adult(enquiry: Enquiry, *, by: User) -> Iterator[Line]:
    yield from _opening(enquiry, by=by)
    yield Line(text="You asked us to call you about Australia. Is this a good time?")
    yield Line(
        text="I can tell you facts about occupations, study and visas. "
        "Advice on your own case comes from a registered migration agent."
    )


def _to_guardian(enquiry: Enquiry, *, by: User, declaration: Wording) -> Iterator[Line]:
    yield Line(
        text=f"Speak with {enquiry.guardian_name} alone. If {enquiry.given_name} answers, "
        "ask for them and say nothing else.",
        is_hint=True,
    )
    yield from _opening(enquiry, by=by)
    yield Line(
        text=f"You are the {enquiry.get_guardian_relationship_display().lower()} who asked us "
        f"to call about {enquiry.given_name}. Is this a good time?"
    )
    if enquiry.guardian_confirmed_at is None:
        yield Line(text="They have not confirmed yet. Read this out, word for word:", is_hint=True)
        yield Line(text=declaration.text)


def _opening(enquiry: Enquiry, *, by: User) -> Iterator[Line]:
    ask = f"Hello, may I speak with {enquiry.contact_name}?"
    who = f"This is {staff_name(by)} from {settings.FIRM['name']}."
    if enquiry.may_name_caller:
        yield Line(text=f"{ask} {who}")
    else:
        yield Line(text=ask)
        yield Line(text="Say who we are only once you speak with them.", is_hint=True)
        yield Line(text=who)
