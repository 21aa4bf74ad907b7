"""A résumé outlives an error elsewhere on its form, and reaches staff byte by byte."""

import io

import pikepdf
import pytest
from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.accessibility import faults
from tests.journeys.answers import ADULT, fill_in, typed

pytestmark = pytest.mark.journeys


@pytest.fixture
def resume():
    with pikepdf.new() as document, io.BytesIO() as file:
        document.add_blank_page()
        document.save(file)
        return file.getvalue()


def test_a_resume_and_all_that_was_typed_survive_an_error_and_staff_get_the_file(
    open_window, site, resume
):
    page = open_window()
    send = page.get_by_role("main").get_by_role("button", name="Ask for a call")
    page.goto("/contact/?o=anzsco-2022:541111&q=BSB40307")
    page.locator("form.ask summary").filter(has_text="Voicemail").click()
    fill_in(page, ADULT | {"email": "priya at example", "fallback": "whatsapp"})
    page.locator("[name=resume]").set_input_files(
        {"name": "Priya Raman.pdf", "mimeType": "application/pdf", "buffer": resume}
    )
    before = typed(page)
    send.click()

    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_text(
        ["Enter an e-mail address in full, like name@example.com."]
    )
    expect(page.get_by_role("main")).to_contain_text("We kept your file Priya Raman.pdf")
    assert typed(page) == before
    assert faults(page) == []

    fill_in(page, {"email": "priya.resume@example.org"})
    send.click()
    page.wait_for_url("**/contact/received/**")
    reference = page.locator(".reference").inner_text()

    staff = open_window()
    desk.sign_in(staff, site, "adviser")
    desk.open_queue(staff)
    desk.open_enquiry(staff, reference)
    with staff.expect_navigation():
        staff.get_by_role("link", name="Download").click()
    why = staff.locator("[name=why]")
    why.fill("To prepare the call")
    staff.get_by_label("I know that no virus scanner").check()
    with staff.expect_download() as download:
        staff.get_by_role("button", name="Download it anyway").click()
    assert download.value.suggested_filename == "Priya Raman.pdf"
    assert download.value.path().read_bytes() == resume

    with staff.expect_navigation():
        staff.get_by_role("link", name=f"Back to {reference}").click()
    assert desk.timeline(staff)[0] == "Résumé opened"
    lead = open_window()
    desk.sign_in(lead, site, "lead")
    lead.goto("/admin/enquiries/resumeaccess/")
    log = lead.get_by_role("row").filter(has_text=reference)
    expect(log).to_have_count(1)
    expect(log).to_contain_text("To prepare the call")
