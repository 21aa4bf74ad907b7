"""What a person types into the contact form, and what the page shows them."""

from datetime import UTC, datetime
from html.parser import HTMLParser

from enquiries.challenge import Challenge

CONTROLS = {"input", "select", "textarea", "button"}
VOID = {"br", "hr", "img", "input", "link", "meta", "path", "circle"}
MINE = {
    "about": "me",
    "given_name": "Ann",
    "family_name": "Example",
    "date_of_birth_day": "17",
    "date_of_birth_month": "May",
    "date_of_birth_year": "1990",
    "interests": ["working", "living"],
    "country": "AU",
    "time_zone": "Australia/Sydney",
    "email": "ann@example.org",
    "phone": "0400 000 001",
    "callback_day": "any",
    "fallback": "sms",
    "message": "May I bring my dog?",
    "language": "Auslan",
    "privacy_accepted": "on",
}
GUARDIANS = {
    "guardian_name": "Gina Guardian",
    "guardian_relationship": "parent",
    "guardian_email": "gina@example.org",
    "guardian_phone": "+61 400 000 002",
    "guardian_declaration": "on",
}
CHILDS = {
    "about": "child",
    "given_name": "Cleo",
    "date_of_birth_year": "2012",
    "email": "",
    "phone": "",
} | GUARDIANS


def clock():
    """Read the same clock as the views."""
    return datetime.now(tz=UTC)  # noqa: TID251 - this is their edge


class Element(dict):
    """The attributes of an element, its ``tag``, what it stands ``within`` and its ``text``."""

    def __init__(self, **attributes):
        super().__init__(attributes)
        self.pieces: list[str] = []

    def __missing__(self, name):
        if name == "text":
            return " ".join("".join(self.pieces).split())
        raise KeyError(name)


class Page(HTMLParser):
    """The elements of a page, with their text and what they stand in."""

    def __init__(self, response):
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(response.content.decode())
        self.close()
        assert self._open == [], "tags left open"

    def handle_starttag(self, tag, attrs):
        element = Element(tag=tag, within=list(self._open), **dict(attrs))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append(Element(tag=tag, within=list(self._open), **dict(attrs)))

    def handle_endtag(self, tag):
        assert self._open.pop()["tag"] == tag, f"</{tag}> closes something else"

    def handle_data(self, data):
        for element in self._open:
            element.pieces.append(data)

    def all(self, tag=None, **wanted):
        return [
            each
            for each in self.elements
            if tag in {None, each["tag"]}
            and all(each.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag=None, **wanted):
        (element,) = self.all(tag, **wanted)
        return element

    def challenge(self):
        """Read the one more question, as it stands on the page."""
        return Challenge(
            question=next(
                each["text"] for each in self.all("legend") if each["text"].startswith("Which of")
            ),
            choices=tuple(each["value"] for each in self.all("input", name="challenge_answer")),
            token=self.one("input", name="challenge")["value"],
        )

    @property
    def form(self):
        return next(each for each in self.all("form") if "ask" in each.get("class", "").split())

    @property
    def controls(self):
        return [each for each in self.within(self.form) if each["tag"] in CONTROLS]

    def within(self, element):
        return [each for each in self.elements if any(outer is element for outer in each["within"])]

    def typed(self):
        """Give what the form would send again, as a browser would."""
        sent: dict[str, list[str]] = {}
        for control in self.controls:
            name, kind = control.get("name"), control.get("type")
            if not name or control["tag"] == "button" or kind == "file":
                continue
            if control["tag"] == "select":
                options = [o for o in self.within(control) if o["tag"] == "option"]
                chosen = next((o for o in options if "selected" in o), options[0])
                sent.setdefault(name, []).append(chosen["value"])
            elif control["tag"] == "textarea":
                sent.setdefault(name, []).append(control["text"])
            elif kind not in {"checkbox", "radio"} or "checked" in control:
                unsaid = "on" if kind == "checkbox" else ""
                sent.setdefault(name, []).append(control.get("value", unsaid))
        return sent

    def error(self, name):
        """Give the sentence at the field ``name``; empty if there is none."""
        return next((e["text"] for e in self.all("p", id=f"id_{name}_error")), "")

    @property
    def summary(self):
        box = self.all("div", **{"class": "error-summary"})
        return [e for e in self.within(box[0]) if e["tag"] == "li"] if box else []
