"""Phone numbers as people type them → E.164, or a sentence that says what to type instead."""

import phonenumbers
from django.core.exceptions import ValidationError
from phonenumbers import PhoneNumberFormat, PhoneNumberType, shortnumberinfo

from enquiries import places

COSTLY = {PhoneNumberType.PREMIUM_RATE}
UNKNOWN_REGION = "ZZ"
LONGEST_EXTENSION = 6  # digits; more are another phone, which may be a child's beside a guardian's
LONGEST = len("+") + 15  # digits, by E.164; some countries' plans allow more


def read_phone(typed: str, *, country: str) -> str:
    """
    Read a number in any format; one without ``+`` belongs to ``country`` (ISO alpha-2).

    :raises ValidationError: saying what is wrong and what to type
    """
    if shortnumberinfo.is_emergency_number(typed, country or UNKNOWN_REGION):
        raise ValidationError(
            "That is an emergency number. Enter your own phone number.", code="emergency"
        )
    try:
        number = phonenumbers.parse(typed, country or UNKNOWN_REGION)
    except phonenumbers.NumberParseException as error:
        raise ValidationError(_cannot_read(typed, country=country), code="unreadable") from error
    if shortnumberinfo.is_valid_short_number(number):
        raise ValidationError(
            "That is a short number, which we cannot call. Enter a full phone number.",
            code="short",
        )
    dialled = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    is_too_long = len(dialled) > LONGEST or len(number.extension or "") > LONGEST_EXTENSION
    if not phonenumbers.is_valid_number(number) or is_too_long:
        raise ValidationError(_cannot_read(typed, country=country), code="unknown")
    if phonenumbers.number_type(number) in COSTLY:
        raise ValidationError(
            "That number costs extra to call. Enter a mobile or home number.", code="costly"
        )
    return dialled


def _cannot_read(typed: str, *, country: str) -> str:
    if typed.lstrip().startswith("+") or not country:
        return "Check the phone number. Start with + and the country's number, like +61."
    name = places.countries()[country]
    return (
        f"Check the phone number: it is not one from {name}. For another country, "
        "start with + and its number, like +61."
    )
