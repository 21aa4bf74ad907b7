"""How a stored phone number reads to the one who dials it."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat


def shown_phone(number: str) -> str:
    """Give a number in E.164 with the spaces that its country uses."""
    try:
        parsed = phonenumbers.parse(number)
    except NumberParseException:
        return number
    return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
