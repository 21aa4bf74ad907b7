"""Countries and cities: all of them, by names that people read without stumbling."""

from zoneinfo import ZoneInfo

import pytest

from enquiries import places


def test_every_country_has_a_name_and_its_place_in_the_alphabet():
    names = list(places.countries().values())
    assert len(names) == len(set(names)) == 249
    assert names[:3] == ["Afghanistan", "Åland Islands", "Albania"]
    assert names[-1] == "Zimbabwe"


def test_no_name_is_cut_short_or_turned_round():
    for name in places.countries().values():
        assert "&" not in name
        assert not name.endswith((".", "Is"))
    assert places.countries()["KR"] == "South Korea"
    assert places.countries()["AG"] == "Antigua and Barbuda"


def test_every_city_has_a_clock_and_one_country():
    listed = [zone for cities in places.zones().values() for zone in cities]
    assert len(listed) == len(set(listed)) > 400
    assert all(ZoneInfo(zone) for zone in listed)


@pytest.mark.parametrize(
    ("zone", "city"),
    [
        ("Africa/Lagos", "Lagos"),
        ("America/New_York", "New York"),
        ("America/Indiana/Knox", "Knox, Indiana"),
        ("America/North_Dakota/New_Salem", "New Salem, North Dakota"),
        ("America/Argentina/Ushuaia", "Ushuaia"),
        ("America/Sao_Paulo", "São Paulo"),
        ("UTC", "UTC"),
    ],
)
def test_a_city_is_called_by_its_name(zone, city):
    assert places.city(zone) == city


@pytest.mark.parametrize(
    ("country", "zone"), [("NG", "Africa/Lagos"), ("AU", ""), ("BV", ""), ("", "")]
)
def test_only_a_country_with_one_time_tells_the_time(country, zone):
    assert places.only_zone(country) == zone


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Asia/Kolkata", "Asia/Kolkata"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("America/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("Asia/Saigon", "Asia/Ho_Chi_Minh"),
        ("Etc/GMT+5", None),
    ],
)
def test_the_names_that_devices_give_are_understood(name, zone):
    assert places.zone_names().get(name) == zone
