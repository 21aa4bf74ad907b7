"""One more question, asked only when something is odd: in plain words, for one form alone."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils.crypto import constant_time_compare, salted_hmac

LIFETIME = timedelta(hours=4)
CHOICES = 4
KINDS = {  # a question and what answers it; the wrong answers come from the other kinds
    "a day of the week": ("Monday", "Tuesday", "Thursday", "Friday", "Sunday"),
    "a month": ("January", "April", "July", "October", "December"),
    "a fruit": ("apple", "banana", "mango", "pear", "lemon"),
    "an animal": ("dog", "cat", "horse", "cow", "elephant"),
    "a colour": ("red", "blue", "green", "yellow", "black"),
    "part of the body": ("hand", "foot", "nose", "knee", "ear"),
    "something to wear": ("shirt", "shoe", "hat", "coat", "sock"),
    "something in a kitchen": ("spoon", "plate", "fork", "oven", "pan"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """A question with its choices; the token holds the answer where nobody can read it."""

    question: str
    choices: tuple[str, ...]
    token: str
    again: bool = False  # whether the one before it was not answered, or wrongly


def new_challenge(submission_key: UUID, *, now: datetime, again: bool = False) -> Challenge:
    """Ask the sender of one form what anybody knows, with the answers in a random order."""
    random = secrets.SystemRandom()
    kind = random.choice(sorted(KINDS))
    right = random.choice(KINDS[kind])
    others = random.sample(sorted(set(KINDS) - {kind}), CHOICES - 1)
    choices = [right, *(random.choice(KINDS[other]) for other in others)]
    random.shuffle(choices)
    stamp = f"{int(now.timestamp())}-{secrets.token_hex(8)}"  # so that no two look alike
    return Challenge(
        question=f"Which of these is {kind}?",
        choices=tuple(choices),
        token=_signer().sign(f"{stamp}-{_seal(stamp, right, submission_key)}"),
        again=again,
    )


def is_solved(token: str, *, answer: str, submission_key: UUID, now: datetime) -> bool:
    """Say whether ``answer`` is right, for this form, and given within 4 hours."""
    try:
        made, nonce, seal = _signer().unsign(token).split("-")
        made_at = datetime.fromtimestamp(int(made), tz=UTC)
    except (BadSignature, ValueError):
        return False
    in_time = made_at <= now < made_at + LIFETIME
    return in_time and constant_time_compare(_seal(f"{made}-{nonce}", answer, submission_key), seal)


def _seal(stamp: str, answer: str, submission_key: UUID) -> str:
    sealed = f"{stamp}:{submission_key}:{answer}"
    return salted_hmac("enquiries.challenge.answer", sealed, algorithm="sha256").hexdigest()


def _signer() -> Signer:
    return Signer(salt="enquiries.challenge", sep=".")
