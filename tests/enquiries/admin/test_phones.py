"""How a phone number reads to staff."""

import pytest

from enquiries.admin.phones import shown_phone


@pytest.mark.parametrize(
    ("number", "typed", "country", "shown"),
    [
        ("+61293744000", "(02) 9374 4000", "AU", "+61 2 9374 4000"),
        ("+61293744000", "(02) 9374 4000 ext 5", "AU", "+61 2 9374 4000, extension 5"),
        ("+442079460958", "+44 20 7946 0958 x12", "", "+44 20 7946 0958, extension 12"),
        ("+61293744000", "", "AU", "+61 2 9374 4000"),
        ("", "", "AU", ""),
    ],
)
def test_it_has_its_countrys_spaces_and_the_extension_that_was_typed(number, typed, country, shown):
    assert shown_phone(number, typed=typed, country=country) == shown
