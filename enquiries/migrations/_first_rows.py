"""The rows that a new site starts with: hours, periods of keeping, words to agree to, replies."""

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
CANNED_REPLIES = (
    (
        "Choose a time for your call",
        "Choose a time for your call",
        "We would like to call you about your request {reference}.\n\n"
        "Please choose a day and a time that suit you. The link is below.",
    ),
    (
        "We could not reach you",
        "We tried to call you",
        "We tried to call you about your request {reference}, but could not reach you.\n\n"
        "Is the number still right? You can change it, and choose another time, at the link "
        "below.",
    ),
    (
        "Your call is booked",
        "Your call is booked",
        "Thank you, {name}. Your call about {reference} is booked:\n{call}\n\n"
        "You do not need to prepare anything. Have your questions at hand.",
    ),
    (
        "Something is missing",
        "We need to know a little more",
        "Before we can answer your request {reference}, we need to know a little more.\n\n"
        "[Write here what is missing.]\n\n"
        "Please answer this e-mail. Do not send passwords or passport numbers.",
    ),
    (
        "What we spoke about",
        "What we spoke about",
        "Thank you for speaking with us, {name}. This is what we spoke about:\n\n"
        "[Write it here, with links to the pages of our site.]\n\n"
        "Facts change. Each page of our site names its source and the date of its facts.",
    ),
    (
        "A registered agent will answer",
        "A registered agent will answer you",
        "Part of your question asks for advice that only a registered migration agent may "
        "give.\n\n"
        "We have passed your request {reference} to one. They will call you or write to you.\n"
        "Your next call: {call}.",
    ),
)


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
    for title, subject, text in CANNED_REPLIES:
        model("enquiries", "CannedReply").objects.create(title=title, subject=subject, text=text)
    for purpose, text in WORDINGS.items():
        model("enquiries", "Wording").objects.create(
            purpose=purpose, version="2026-11", text=text, in_force_on=date(2026, 11, 1)
        )
