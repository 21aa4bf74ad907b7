"""A person without a mouse: they see where they are, go on, and type."""

import pytest

MOST_STOPS = 60
# What the keystroke-level model of Card, Moran and Newell (1980) allows an average typist.
SECONDS_A_KEY = 0.28
SECONDS_A_THOUGHT = 1.35
# What has the focus: its words, and whether one can see that it has it.
FOCUSED = """
() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    const label = element.labels?.[0]?.innerText ?? element.getAttribute("aria-label");
    return {
        name: element.name ?? "",
        words: (label ?? element.innerText).trim(),
        isSeen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
            && getComputedStyle(element).outlineStyle !== "none",
    };
}
"""


class Keyboard:
    """A person who has no mouse: they see where they are, go on, and type."""

    def __init__(self, page):
        self.page = page
        self.keys = self.thoughts = 0

    @property
    def seconds(self):
        """How long a person takes for what was pressed, who knows what they want to say."""
        return self.keys * SECONDS_A_KEY + self.thoughts * SECONDS_A_THOUGHT

    def go_to(self, words="", *, name=""):
        """Press Tab until the field ``name``, or the link or button with ``words``, is focused."""
        passed = []
        self.thoughts += 1
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            self.keys += 1
            here = self.page.evaluate(FOCUSED)
            assert here["isSeen"], f"The focus is not seen on {here}"
            if here["name"] == name if name else words in here["words"]:
                return
            passed.append(here["name"] or here["words"])
        pytest.fail(f"{words or name} was not met among {passed}")

    def answer(self, name, text):
        self.go_to(name=name)
        self.page.keyboard.type(text)
        self.keys += len(text)

    def tick(self, name):
        self.go_to(name=name)
        self.page.keyboard.press("Space")
        self.keys += 1

    def enter(self):
        self.page.keyboard.press("Enter")
        self.keys += 1
