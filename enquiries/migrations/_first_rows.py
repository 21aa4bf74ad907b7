"""The rows that a new site starts with: office hours, periods of keeping, words to agree to."""

from datetime import date, time
from typing import Any

DAY, EVENING = (time(9), time(17)), (time(18), time(21))
HOURS = {0: [DAY], 1: [DAY, EVENING], 2: [DAY], 3: [DAY, EVENING], 4: [DAY]}
DAYS_KEPT = {
    "birth_date": 0,
    "resume": 90,
    "enquiry": 730,
    "silent_enquiry": 180,
    "unconfirmed_guardian": 14,
}
WORDINGS = {
    "privacy": "I have read the privacy notice. You may keep what I typed here and contact me "
    "about this enquiry.",
    "guardian_declaration": "I am 18 or over and have parental responsibility for this person.",
    "guardian_confirmation": "I am the parent or guardian named in this enquiry. You may contact "
    "me about it. You will not contact the young person.",
    "adult_reconsent": "I am 18 or over. You may keep this enquiry and contact me about it, "
    "no longer my parent or guardian.",
}


def write_first_rows(apps: Any, _schema_editor: Any) -> None:
    """Write what a new site starts with; staff change it in the admin."""
    model = apps.get_model
    for weekday, periods in HOURS.items():
        for opens, closes in periods:
            model("enquiries", "OfficeHours").objects.create(
                weekday=weekday, opens=opens, closes=closes, capacity=2, state="NSW"
            )
    model("enquiries", "CallbackPolicy").objects.create(pk=1)
    for what, days in DAYS_KEPT.items():
        model("enquiries", "RetentionPeriod").objects.create(what=what, days=days)
    for purpose, text in WORDINGS.items():
        model("enquiries", "Wording").objects.create(
            purpose=purpose, version="2026-11", text=text, in_force_on=date(2026, 11, 1)
        )
