"""Someone who sends the form of the site again and again, without a browser."""

import re
import time
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from tests.enquiries.contact_page import MINE

HIDDEN = r'name="{}" value="([^"]+)"'


class Visitor:
    """Someone who opened the form once and sends it again and again, each time as another."""

    def __init__(self, site):
        self.line = HTTPConnection(urlsplit(site.url).netloc, timeout=120)
        self.line.request("GET", "/contact/")
        answer = self.line.getresponse()
        self.cookie = answer.headers["Set-Cookie"].partition(";")[0]
        page = answer.read().decode()
        self.addresses: set[str] = set()  # of all who sent it
        self.hidden = {
            name: re.findall(HIDDEN.format(name), page)[0]
            for name in ("csrfmiddlewaretoken", "opened")
        }

    def send(self, **altered):
        """Send an enquiry from a new address, altered, and give the status of the answer."""
        key = str(uuid4())
        email = f"visitor.{key}@example.org"
        typed = MINE | self.hidden | {"submission_key": key, "email": email} | altered
        self.addresses.add(typed["email"])
        self.line.request(
            "POST",
            "/contact/",
            urlencode(typed, doseq=True),
            {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie},
        )
        answer = self.line.getresponse()
        answer.read()
        return answer.status

    def send_many(self, count):
        """
        Send some enquiries; give the statuses of the answers, and the seconds they took.

        The line is a new one: the server may have closed what nobody used for a while.
        """
        self.line.close()
        start = time.monotonic()
        statuses = {self.send() for _ in range(count)}
        return statuses, time.monotonic() - start
