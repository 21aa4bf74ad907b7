"""What was published long ago is told in the past tense."""

from datetime import date

import pytest

from occupations.facts.tense import is_history

PUBLISHED = date(2026, 9, 14)


@pytest.mark.parametrize(
    ("on", "history"),
    [
        pytest.param(date(2026, 9, 14), False, id="the day of the copy itself"),
        pytest.param(date(2027, 3, 13), False, id="the hundred and eightieth day"),
        pytest.param(date(2027, 3, 14), True, id="the day after"),
    ],
)
def test_a_copy_is_history_after_a_hundred_and_eighty_days(on, history):
    assert is_history(PUBLISHED, on=on) is history


def test_a_copy_without_a_date_is_history():
    assert is_history(None, on=PUBLISHED)
