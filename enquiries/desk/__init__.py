"""The desk: whom to call now, a member of staff's day, and what is booked against who is there."""

from enquiries.desk.calendar import CalendarDay, HalfHour, Planned, calendar_days
from enquiries.desk.feed import (
    FeedRevoked,
    calendar_feed,
    feed_token,
    read_feed_token,
    renew_feed,
)
from enquiries.desk.my_day import Beside, MyDay, Task, my_day
from enquiries.desk.next_call import (
    Next,
    Why,
    next_calls,
    take_next_call,
    zones_in_daytime,
)
from enquiries.desk.reading import Booked, Promised, ReadEnquiry, read_enquiries
from enquiries.desk.saved_views import MOST_VIEWS, TooManyViews, delete_view, save_view
from enquiries.desk.searched_words import (
    WORDS,
    is_key,
    is_reference,
    names_nobody,
    tells_words,
    without_words,
)
from enquiries.desk.staffing import Staffed, staffing
from enquiries.desk.whole import WholeEnquiry, may_be_given_to, read_whole

__all__ = [
    "MOST_VIEWS",
    "WORDS",
    "Beside",
    "Booked",
    "CalendarDay",
    "FeedRevoked",
    "HalfHour",
    "MyDay",
    "Next",
    "Planned",
    "Promised",
    "ReadEnquiry",
    "Staffed",
    "Task",
    "TooManyViews",
    "WholeEnquiry",
    "Why",
    "calendar_days",
    "calendar_feed",
    "delete_view",
    "feed_token",
    "is_key",
    "is_reference",
    "may_be_given_to",
    "my_day",
    "names_nobody",
    "next_calls",
    "read_enquiries",
    "read_feed_token",
    "read_whole",
    "renew_feed",
    "save_view",
    "staffing",
    "take_next_call",
    "tells_words",
    "without_words",
    "zones_in_daytime",
]
