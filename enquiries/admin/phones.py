"""How a stored phone number reads to the one who dials it."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat


def shown_phone(number: str, *, typed: str = "", country: str = "") -> str:
    """
    Give a number in E.164 with the spaces that its country uses.

    An extension is no part of E.164; it is read from what the person in ``country`` typed.
    """
    try:
        parsed = phonenumbers.parse(number)
    except NumberParseException:
        return number
    shown = phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
    extension = _extension(typed, country=country)
    return f"{shown}, extension {extension}" if extension else shown


def _extension(typed: str, *, country: str) -> str:
    try:
        return phonenumbers.parse(typed, country or None).extension or ""
    except NumberParseException:
        return ""
