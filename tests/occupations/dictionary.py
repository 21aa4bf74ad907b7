"""The words of Australian English, spelt out from the Hunspell dictionary in ``en_AU``."""

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "en_AU"


@cache
def australian_words():
    """Spell every word out, with each of its endings and beginnings, in small letters."""
    lines = (FOLDER / "en_AU.dic").read_text(encoding="utf-8").splitlines()[1:]
    endings, beginnings = endings_by_flag(), beginnings_by_flag()
    spelt: set[str] = set()
    for line in lines:
        word, _, flags = line.partition("/")
        forms = [word]
        for flag in flags:
            forms += [
                word.removesuffix(off) + on for off, on, after in endings[flag] if after(word)
            ]
        for flag in flags:
            forms += [beginnings[flag] + form for form in forms if flag in beginnings]
        spelt.update(form.lower() for form in forms)
    return frozenset(spelt)


def endings_by_flag():
    """Read rules such as ``SFX D y ied [^aeiou]y``: what comes off, what goes on, after what."""
    rules = defaultdict(list)
    for flag, off, on, condition in affixes("SFX"):
        after = re.compile(rf"{condition}$").search
        rules[flag].append(("" if off == "0" else off, on, after))
    return rules


def beginnings_by_flag():
    """Read rules such as ``PFX U 0 un .``: what goes before any word."""
    return {flag: on for flag, _, on, _ in affixes("PFX")}


def affixes(kind):
    for line in (FOLDER / "en_AU.aff").read_text(encoding="utf-8").splitlines():
        match line.split():
            case [start, *rule] if start == kind and len(rule) == 4:
                yield rule
