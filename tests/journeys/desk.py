"""What staff do at their desk, in their own words."""

from playwright.sync_api import Page

from tests.journeys.site import Site


def sign_in(page: Page, site: Site, username: str) -> None:
    """Sign in as one of the demo staff, and land on the index."""
    page.goto("/admin/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(site.staff[username])
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")


def open_queue(page: Page) -> None:
    """Go from the index to the queue of enquiries."""
    page.locator("#enquiries-enquiry").get_by_role("link").click()
    page.wait_for_url("**/enquiries/enquiry/**")


def open_enquiry(page: Page, reference: str) -> None:
    """Find one enquiry in the queue, however long that is, and go to its page."""
    find = page.get_by_role("searchbox", name="Find")
    find.fill(reference)
    find.press("Enter")
    page.wait_for_url(f"**q={reference}**")
    page.get_by_role("link", name=reference).click()
    page.wait_for_url("**/change/**")


def timeline(page: Page) -> list[str]:
    """List what the enquiry's timeline tells, newest first."""
    return page.locator(".timeline .entry strong").all_inner_texts()


def claim(page: Page) -> None:
    page.get_by_role("button", name="Claim this enquiry").click()


def record_call(page: Page, *, outcome: str, remark: str) -> None:
    """Record a call; its form stands open for the owner of an enquiry."""
    form = page.locator("#do-call")
    form.get_by_label("What came of it").select_option(label=outcome)
    form.get_by_label("Remark, if any").fill(remark)
    form.get_by_role("button", name="Record a call").click()


def close_follow_up(page: Page, what: str) -> None:
    row = page.get_by_role("listitem").filter(has_text=what)
    row.get_by_role("button", name="Done").click()
