"""One more question, asked only when something is odd: plain words, no script, worth once."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

from enquiries.models import SolvedChallenge

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


def new_challenge(*, now: datetime) -> Challenge:
    """Ask something that anybody knows, with the answers in a random order."""
    random = secrets.SystemRandom()
    kind = random.choice(sorted(KINDS))
    right = random.choice(KINDS[kind])
    others = random.sample(sorted(set(KINDS) - {kind}), CHOICES - 1)
    choices = [right, *(random.choice(KINDS[other]) for other in others)]
    random.shuffle(choices)
    stamp = f"{int(now.timestamp())}-{secrets.token_hex(8)}"
    return Challenge(
        question=f"Which of these is {kind}?",
        choices=tuple(choices),
        token=_signer().sign(f"{stamp}-{_seal(stamp, right)}"),
    )


def is_solved(token: str, *, answer: str, now: datetime) -> bool:
    """Say whether ``answer`` is right, given in time, for the first time; it is then used up."""
    try:
        made, nonce, seal = _signer().unsign(token).split("-")
        made_at = datetime.fromtimestamp(int(made), tz=UTC)
    except (BadSignature, ValueError):
        return False
    if not made_at <= now < made_at + LIFETIME or _seal(f"{made}-{nonce}", answer) != seal:
        return False
    SolvedChallenge.objects.filter(expires_at__lte=now).delete()
    _, is_first = SolvedChallenge.objects.get_or_create(
        digest=salted_hmac("enquiries.challenge.solved", nonce, algorithm="sha256").hexdigest(),
        defaults={"expires_at": made_at + LIFETIME},
    )
    return is_first


def _seal(stamp: str, answer: str) -> str:
    sealed = salted_hmac("enquiries.challenge.answer", f"{stamp}:{answer}", algorithm="sha256")
    return sealed.hexdigest()


def _signer() -> Signer:
    return Signer(salt="enquiries.challenge", sep=".")
