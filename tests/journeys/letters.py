"""The letters that the running site wrote, and the links in them."""

import re
from email.message import EmailMessage

from tests.journeys.browsing import PATIENCE_SECONDS
from tests.journeys.site import Site
from tests.processes import eventually


def letters_about(site: Site, reference: str, *, subject: str) -> list[EmailMessage]:
    """List the letters about an enquiry whose subject begins so."""
    return [
        letter for letter in site.mail.about(reference) if letter["Subject"].startswith(subject)
    ]


def letter_about(site: Site, reference: str, *, subject: str) -> EmailMessage:
    """Wait for a letter about an enquiry, and give the last one of its kind."""
    eventually(
        lambda: letters_about(site, reference, subject=subject),
        within=PATIENCE_SECONDS,
        otherwise=site.logs.text,
    )
    return letters_about(site, reference, subject=subject)[-1]


def text_of(letter: EmailMessage) -> str:
    """Give the plain text of a letter."""
    body = letter.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text


def link_in(letter: EmailMessage, page: str = "") -> str:
    """Give the link to an enquiry in a letter, or to one of its pages."""
    links: list[str] = re.findall(rf"http\S+/enquiry/{page}\d\S+/", text_of(letter))
    [link] = links
    return link
