"""The words that people agree to, each version kept for as long as a consent names it."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One version of the words behind a consent."""

    purpose: str
    version: str
    text: str

    @property
    def digest(self) -> str:
        """The SHA-256 of the words, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


WORDINGS = (  # the last one of a purpose is in force
    Wording(
        purpose="privacy",
        version="2026-11",
        text=(
            "I have read the privacy notice. You may keep what I typed here and contact me "
            "about this enquiry."
        ),
    ),
    Wording(
        purpose="guardian_declaration",
        version="2026-11",
        text="I am 18 or over and have parental responsibility for this person.",
    ),
    Wording(
        purpose="guardian_confirmation",
        version="2026-11",
        text=(
            "I am the parent or guardian named in this enquiry. You may contact me about it. "
            "You will not contact the young person."
        ),
    ),
)


def current_wording(purpose: str) -> Wording:
    """
    Give the words now in force for ``purpose``.

    :raises LookupError: if there are none
    """
    for wording in reversed(WORDINGS):
        if wording.purpose == purpose:
            return wording
    msg = f"There are no words for {purpose!r}."
    raise LookupError(msg)
