"""The colours: text stands out at 7:1, shapes at 3:1, and the admin wears the same ones."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
TOKEN = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
SCHEMES = {"light": 0, "dark": 1}
GROUNDS = ["paper", "card", "sunk", "gum-soft", "wattle-soft", "clay-soft"]


def tokens(stylesheet):
    found = TOKEN.findall((CSS / stylesheet).read_text())
    return {name: (light, dark) for name, light, dark in found}


COLOURS = tokens("site.css")


def luminance(colour):
    """Follow WCAG 2.2, "relative luminance"."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


def colour(name, scheme):
    return COLOURS[name][SCHEMES[scheme]]


def test_black_on_white_is_twenty_one_to_one():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *product(["ink", "quiet", "gum", "gum-deep", "clay"], GROUNDS),
        ("on-gum", "gum"),
        ("on-gum", "gum-deep"),
        ("paper", "clay"),
    ],
)
def test_text_is_read_with_ease(text, ground, scheme):
    assert contrast(colour(text, scheme), colour(ground, scheme)) >= 7


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("shape", "ground"),
    list(product(["edge", "wattle-edge", "gum", "clay"], GROUNDS)),
)
def test_shapes_that_mean_something_stand_out(shape, ground, scheme):
    assert contrast(colour(shape, scheme), colour(ground, scheme)) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_focus_ring_stands_out_on_every_ground(ground, scheme):
    assert contrast(colour("ink", scheme), colour(ground, scheme)) >= 7


def test_words_on_wattle_are_read_with_ease():
    assert contrast(COLOURS["ink"][0], COLOURS["wattle"][0]) >= 7
    assert contrast(COLOURS["on-gum"][1], COLOURS["wattle"][1]) >= 7


def test_the_admin_wears_the_same_colours():
    assert tokens("admin.css") == COLOURS


def test_no_colour_stands_outside_the_tokens():
    rules = (CSS / "site.css").read_text().partition("@layer base {")[2]
    outside_print = rules.partition("@layer print {")[0]
    assert re.findall(r"#[0-9a-f]{3,8}\b", outside_print) == []
