"""The pages of staff, as a browser sees them."""

import pytest

from tests.journeys import desk
from tests.journeys.accessibility import faults
from tests.journeys.answers import ADULT, fill_in

pytestmark = pytest.mark.journeys


def test_staff_can_use_the_pages_of_the_desk(open_window, site):
    visitor = open_window()
    visitor.goto("/contact/?o=anzsco-2022:541111")
    fill_in(visitor, ADULT | {"email": "priya.desk@example.org"})
    visitor.get_by_role("main").get_by_role("button", name="Ask for a call").click()
    visitor.wait_for_url("**/contact/received/**")
    reference = visitor.locator(".reference").inner_text()

    staff = open_window()
    staff.goto("/admin/")
    assert faults(staff, has_dark=False) == []
    desk.sign_in(staff, site, "lead")
    assert faults(staff, has_dark=False) == []
    desk.open_queue(staff)
    assert faults(staff, has_dark=False) == []
    desk.open_enquiry(staff, reference)
    desk.claim(staff)
    assert faults(staff, has_dark=False) == []
    for address in (
        "enquiries/followup/",
        "enquiries/officehours/",
        "enquiries/officehours/preview/",
        "enquiries/absence/add/",
        "occupations/qualification/",
    ):
        staff.goto(f"/admin/{address}")
        assert faults(staff, has_dark=False) == []
