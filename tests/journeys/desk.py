"""What staff do at their desk, in their own words."""

from playwright.sync_api import Page, expect

from tests.journeys.site import Site


def sign_in(page: Page, site: Site, username: str) -> None:
    """Sign in as one of the demo staff, and land on the index."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(site.staff[username])
    with page.expect_navigation():
        page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()


def open_queue(page: Page) -> None:
    """Go from the index to the queue of enquiries."""
    with page.expect_navigation(url="**/enquiries/enquiry/**"):
        page.locator("#enquiries-enquiry").get_by_role("link").click()


def open_enquiry(page: Page, reference: str) -> None:
    """Find one enquiry in the queue, however long that is, and go to its page."""
    find = page.get_by_role("searchbox", name="Find")
    find.fill(reference)
    with page.expect_navigation(url=f"**q={reference}**"):
        find.press("Enter")
    with page.expect_navigation(url="**/change/**"):
        page.get_by_role("link", name=reference).click()


def timeline(page: Page) -> list[str]:
    """List what the enquiry's timeline tells, newest first."""
    entries = page.locator(".timeline .entry strong")
    expect(entries.first).to_be_visible()
    page.wait_for_load_state()
    return entries.all_inner_texts()


def claim(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Claim this enquiry").click()


def record_call(page: Page, *, outcome: str, remark: str) -> None:
    """Record a call; its form stands open for the owner of an enquiry."""
    form = page.locator("#do-call")
    form.get_by_label("What came of it").select_option(label=outcome)
    form.get_by_label("Remark, if any").fill(remark)
    with page.expect_navigation():
        form.get_by_role("button", name="Record a call").click()


def close_follow_up(page: Page, what: str) -> None:
    row = page.get_by_role("listitem").filter(has_text=what)
    with page.expect_navigation():
        row.get_by_role("button", name="Done").click()
