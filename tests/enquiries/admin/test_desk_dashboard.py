"""The dashboard: pictures drawn here, and the figures behind each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from enquiries.admin.desk.dashboard import told_minutes
from enquiries.admin.desk.pictures import Column, bars, columns
from enquiries.models import CallAttempt, CallOpinion, DayFigures, OutboxMessage, Topic

DASHBOARD = "/admin/desk/dashboard/"


@pytest.fixture
def month(db):
    """Give the four weeks before today their figures, but for one day."""
    today = timezone.localdate()
    for back in range(2, 28):
        DayFigures.objects.create(
            on=today - timedelta(days=back),
            received=1000 + back,
            first_calls=20,
            first_call_minutes=30 + back,
            promised=10,
            kept=8,
            outcomes={"reached": 12, "no_answer": 8},
            closed={"done": 9, "spam": 1},
        )


def test_each_picture_has_its_table(lead, month):
    text = lead.client.get(DASHBOARD).content.decode()
    assert text.count('role="img"') == 3
    assert text.count("Show the figures") == 3
    assert "style=" not in text
    assert "26,377 came in 27 days." in text
    assert "208 of 260 booked calls" in text
    assert "80 %" in text
    assert "1 day before hold no figures." in text
    for outcome in ("Reached", "No answer", "Done", "Spam"):
        assert f'<th scope="row">{outcome}</th>' in text


def test_today_is_counted_so_far(lead, make_enquiry, make_adviser):
    now = timezone.now()
    enquiry = make_enquiry(created_at=now, last_contact_at=now)
    attempt = CallAttempt.objects.create(
        enquiry=enquiry, by=make_adviser(), at=now, outcome="reached"
    )
    CallOpinion.objects.create(enquiry=enquiry, attempt=attempt, helped="yes", at=now)
    answer = lead.client.get(DASHBOARD, {"days": "84"})
    tiles = {tile.label: tile for tile in answer.context["tiles"]}
    assert tiles["Came today"].figure == "1"
    assert tiles["First calls today"].figure == "1"
    assert [(bar.name, bar.told) for bar in answer.context["helped"]] == [
        ("Yes", "1"),
        ("Partly", "0"),
        ("No", "0"),
    ]
    assert answer.context["waiting"][0].told == "1"


def test_an_outbox_that_stands_still_is_told_in_red(lead):
    assert not lead.client.get(DASHBOARD).context["tiles"][-1].is_bad
    then = timezone.now() - timedelta(minutes=11)
    OutboxMessage.objects.create(
        topic=Topic.STAFF_NOTICE, dedupe_key="1", created_at=then, available_at=then
    )
    tile = lead.client.get(DASHBOARD).context["tiles"][-1]
    assert (tile.is_bad, tile.figure, tile.note) == (True, "11 min", "letters are late")


def test_the_dashboard_is_for_leads_and_asks_few_queries(
    lead, adviser, month, django_assert_max_num_queries
):
    assert adviser.client.get(DASHBOARD).status_code == 403
    lead.client.get(DASHBOARD)  # reads the office, once a minute
    with django_assert_max_num_queries(10):
        assert lead.client.get(DASHBOARD, {"days": "nonsense"}).status_code == 200


def test_columns_stand_on_the_ground_and_below_the_highest_figure():
    first = timezone.localdate()
    days = [
        Column(on=first, value=40, part=10, told="40"),
        Column(on=first + timedelta(days=1), value=None),
        Column(on=first + timedelta(days=2), value=0),
    ]
    picture = columns(days, first=first, last=first + timedelta(days=2))
    whole, part, none = picture.boxes
    assert whole.y + whole.height == part.y + part.height == picture.ground
    assert part.height * 4 == whole.height
    assert none.height == 0
    assert [level.text for level in picture.levels] == ["0", "25", "50"]


def test_bars_are_as_long_as_their_figures():
    long, short = bars([("Long", 4, "whole"), ("Short", 1, "whole")])
    assert long.length == 4 * short.length
    assert bars([("None", 0, "whole")])[0].length == 0


@pytest.mark.parametrize(
    ("minutes", "told"), [(None, "\u2013"), (0, "0 min"), (59, "59 min"), (61, "1 h 1 min")]
)
def test_minutes_are_told_in_hours(minutes, told):
    assert told_minutes(minutes) == told
