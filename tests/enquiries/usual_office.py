"""The office that a new site starts with, as plain values."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from enquiries.migrations._first_rows import HOURS
from enquiries.slots import Office, Period

SYDNEY = ZoneInfo("Australia/Sydney")
USUAL_OFFICE = Office(
    zone=SYDNEY,
    periods=tuple(
        Period(weekday=weekday, opens=opens, closes=closes, capacity=2, state="NSW")
        for weekday, periods in HOURS.items()
        for opens, closes in periods
    ),
    notice=timedelta(hours=1),
    horizon=10,
)
