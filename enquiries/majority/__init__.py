"""When a person's age changes in our eyes: by a corrected date of birth, or by an 18th birthday."""

from enquiries.majority.birthdays import (
    NothingToAgree,
    agree_anew,
    enquiry_to_agree,
    expire_unrenewed,
    turn_adults,
)
from enquiries.majority.correcting import change_birth_date

__all__ = [
    "NothingToAgree",
    "agree_anew",
    "change_birth_date",
    "enquiry_to_agree",
    "expire_unrenewed",
    "turn_adults",
]
