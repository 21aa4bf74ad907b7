"""The contact form without its page: phones, times, and what is handed to the domain."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from enquiries.forms import AgeForm, ContactForm, contact_helper, day_options, time_options
from enquiries.forms.fields import read_slot_id
from enquiries.forms.phones import read_phone
from enquiries.guardian import decide
from tests.enquiries.contact_page import CHILDS, GUARDIANS, MINE

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SYDNEY, LAGOS = ZoneInfo("Australia/Sydney"), ZoneInfo("Africa/Lagos")
WORDS = {"privacy": "Agreed.", "guardian_declaration": "Declared."}
SLOT = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)

FREE = {"can_call": True}


@pytest.fixture
def fill_in():
    """Fill in the form as an adult, altered, with the decision that the view would make."""

    def fill_in(*, born=None, state=FREE, **altered):
        typed = QueryDict(mutable=True)
        for name, value in (MINE | altered).items():
            typed.setlist(name, value if isinstance(value, list) else [value])
        decision = born and decide(born=born, now=NOW, enquirer_zone=SYDNEY, site_zone=SYDNEY)
        form = ContactForm(
            typed, today=NOW.date(), words=WORDS, decision=decision, zone=SYDNEY, **state
        )
        form.full_clean()
        return form

    return fill_in


def test_every_question_has_its_place(fill_in):
    form = fill_in()
    form.waiting_file, form.has_namesake = "resume.pdf", True
    placed = {pointer.name for pointer in contact_helper(form).layout.get_field_names()}
    assert placed == set(form.fields)


@pytest.mark.parametrize(
    ("typed", "country", "phone"),
    [
        ("0412 345 678", "AU", "+61412345678"),
        ("(02) 9374 4000", "AU", "+61293744000"),
        ("+61 (0)412-345-678", "AU", "+61412345678"),
        ("0011 234 801 234 5678", "AU", "+2348012345678"),
        ("tel:+44 20 7946 0958", "", "+442079460958"),
        ("020 7946 0958", "GB", "+442079460958"),
        ("98765 43210", "IN", "+919876543210"),
        ("0412 345 678 ext 5", "AU", "+61412345678"),
        ("1300 123 456", "AU", "+611300123456"),
    ],
)
def test_a_phone_is_understood_as_it_is_typed(typed, country, phone):
    assert read_phone(typed, country=country) == phone


@pytest.mark.parametrize(
    ("typed", "country", "code"),
    [
        ("000", "AU", "emergency"),
        ("112", "AU", "emergency"),
        ("911", "US", "emergency"),
        ("999", "GB", "emergency"),
        ("1194", "AU", "short"),
        ("116 123", "GB", "short"),
        ("1900 123 456", "AU", "costly"),
        ("0909 879 0000", "GB", "costly"),
        ("+1 900 555 0199", "AU", "costly"),
        ("12345", "AU", "unknown"),
        ("0412 345 67", "AU", "unknown"),
        ("0412 345 678 0412 345 679", "AU", "unreadable"),
        ("0412 345 678 ext 0491570156", "AU", "unknown"),
        ("my neighbour", "AU", "unreadable"),
        ("0412 345 678", "", "unreadable"),
        ("+999 123 456", "AU", "unreadable"),
    ],
)
def test_a_phone_that_we_cannot_call_is_refused_with_what_to_do(typed, country, code):
    with pytest.raises(ValidationError) as refused:
        read_phone(typed, country=country)
    assert refused.value.code == code
    assert any(word in refused.value.message for word in ("Enter", "Start with", "start with"))


def test_days_stand_between_any_time_and_an_e_mail():
    html = day_options([date(2026, 11, 24)], can_call=True)
    assert re.findall('value="(.*?)"', html) == ["any", "2026-11-24", "email"]
    assert ">Tuesday 24 November</option>" in html


def test_where_no_call_can_be_made_only_an_e_mail_is_offered():
    assert re.findall('value="(.*?)"', day_options([], can_call=False)) == ["email"]


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Africa/Lagos", "08:00\u201308:30 = 18:00 Sydney"),
        ("America/Los_Angeles", "23:00\u201323:30 = Tue 18:00 Sydney"),
        ("Pacific/Chatham", "20:45\u201321:15 = 18:00 Sydney"),
        ("Australia/Sydney", "18:00\u201318:30 Sydney time"),
    ],
)
def test_times_are_told_in_both_zones_and_once_when_they_are_one(zone, words):
    html = time_options([SLOT], length=timedelta(minutes=30), zone=ZoneInfo(zone), site_zone=SYDNEY)
    assert f'<option value="2026-11-24T07:00Z">{words}</option>' in html


class TestTheWishForACall:
    @pytest.mark.parametrize(
        ("typed", "starts_at", "reply"),
        [
            ({"callback_day": "any"}, None, "call"),
            ({"callback_day": "", "callback": "any"}, None, "call"),
            ({"callback_day": "", "callback": ""}, None, "call"),
            ({"callback_day": "email"}, None, "email"),
            ({"callback_day": "", "callback": "email"}, None, "email"),
            ({"callback_day": "2026-11-24", "callback": "2026-11-24T07:00Z"}, SLOT, "call"),
            ({"callback_day": "", "callback": "2026-11-24T07:00Z"}, SLOT, "call"),
            ({"callback_day": "any", "callback": "2026-11-24T07:00Z"}, SLOT, "call"),
            ({"callback_day": "email", "callback": "2026-11-24T07:00Z"}, None, "email"),
        ],
    )
    def test_it_is_a_time_any_time_or_an_e_mail(self, fill_in, typed, starts_at, reply):
        form = fill_in(born=date(1990, 5, 17), **typed)
        assert not {"callback", "callback_day"} & set(form.errors)
        details = form.details(occupations=(), qualifications=())
        assert (details.callback, details.reply) == (starts_at, reply)

    @pytest.mark.parametrize(
        ("typed", "field", "words"),
        [
            ({"callback_day": "2026-11-24"}, "callback", "Choose a time on Tuesday 24 November."),
            (
                {"callback_day": "2026-11-25", "callback": "2026-11-24T07:00Z"},
                "callback",
                "Choose a time on Wednesday 25 November.",
            ),
            ({"callback_day": "2026-11-24", "callback": "noon"}, "callback", "another time"),
            ({"callback_day": "Tuesday"}, "callback_day", "Choose a day from the list."),
        ],
    )
    def test_a_day_needs_a_time_on_it(self, fill_in, typed, field, words):
        assert words in str(fill_in(**typed).errors[field])

    @pytest.mark.parametrize("day", ["any", ""])
    def test_no_call_is_promised_where_none_can_be_made(self, fill_in, day):
        state = {"can_call": False}
        assert "by e-mail instead" in str(fill_in(callback_day=day, state=state).errors)
        assert "callback_day" not in fill_in(callback_day="email", state=state).errors


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"privacy"}, "have changed"), ({"guardian_declaration"}, ""), ((), "")],
)
def test_words_that_changed_are_agreed_to_anew(fill_in, changed, words):
    form = fill_in(state={"changed": changed})
    assert words in str(form.errors.get("privacy_accepted", ""))
    assert ("privacy_accepted" in form.data) is not bool(words)


@pytest.mark.parametrize(
    ("value", "starts_at"),
    [("2026-11-24T07:00Z", SLOT), ("any", None), ("", None), ("2026-11-24T07:00", None)],
)
def test_a_time_is_read_back_from_its_value(value, starts_at):
    assert read_slot_id(value) == starts_at


def test_an_adults_details_are_handed_on(fill_in):
    form = fill_in(
        born=date(1990, 5, 17),
        callback_day="",
        callback="2026-11-24T07:00Z",
        may_leave_voicemail="on",
    )
    details = form.details(occupations=(), qualifications=())
    assert (details.phone, details.phone_typed) == ("+61400000001", "0400 000 001")
    assert details.callback == SLOT
    assert details.may_leave_voicemail
    assert not details.may_name_caller
    assert form.guardian() is None


def test_a_minors_own_contact_never_leaves_the_form(fill_in):
    form = fill_in(born=date(2012, 5, 17), **GUARDIANS)
    details, guardian = form.details(occupations=(), qualifications=()), form.guardian()
    assert details.email == details.phone == details.phone_typed == ""
    assert guardian is not None
    assert (guardian.name, guardian.phone) == ("Gina Guardian", "+61400000002")


@pytest.mark.parametrize(
    ("born", "about", "asked"),
    [
        (None, "me", False),
        (None, "child", True),
        (date(2012, 5, 17), "me", True),
        (date(2012, 5, 17), "child", True),
        (date(1990, 5, 17), "me", False),
        (date(1990, 5, 17), "child", False),
    ],
)
def test_the_date_of_birth_has_the_last_word_on_whose_contact_is_asked(fill_in, born, about, asked):
    assert fill_in(born=born, about=about).asks_guardian is asked


@pytest.mark.parametrize(
    "name", ["cleo example", "  Cleo  Example", "CLEO EXAMPLE", "\uff23leo Example"]
)
def test_a_guardian_with_the_childs_name_is_asked_about(fill_in, name):
    form = fill_in(born=date(2012, 5, 17), **CHILDS | {"guardian_name": name})
    assert form.has_namesake
    assert "guardian_name" in form.errors


def test_a_form_that_is_forgiven_shows_no_error(fill_in):
    form = fill_in(email="")
    form.forgive()
    assert not form.errors


def test_a_form_must_know_which_day_it_is():
    with pytest.raises(TypeError, match="which day"):
        AgeForm(QueryDict("date_of_birth_day=1"), today=None).full_clean()
