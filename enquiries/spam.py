"""The rule of spam: what is odd about a submission, weighed; it asks one more question, no more."""

import csv
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ASKS_MORE = 4.0  # points; from here on a person is asked one more question
QUICK = 10.0  # seconds; a person who knows what they want needs longer for the whole form
SELLERS_WORDS = 0.4  # log-odds of being a seller's, by the words alone; from here on they count
FEWEST_KNOWN = 3  # words of a message that the weights know; fewer tell nothing
SHOUTING = 0.6  # of the letters
LONG_ENOUGH_TO_SHOUT = 25  # letters
CONSONANTS_IN_A_ROW = 6
LONGEST_WORD_OF_A_NAME = 30  # letters

WORD = re.compile(r"[^\W\d_]{2,}")
LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|net|org|ru|cn|info|biz|top|xyz|online|site|shop|club"
    r"|live|icu|pro|io|ly|me|link|click|store|vip|win|bet|casino)\b(?!@)",
    re.IGNORECASE,
)
ANY_LINK = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|\b[\w-]+\.[a-z]{2,}\S*", re.IGNORECASE)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
MARKUP = re.compile(
    r"<\s*/?\s*(?:a|b|br|p|div|img|script|iframe|h\d)\b|\[/?(?:url|link|img|b)\b", re.IGNORECASE
)
HANDLE = re.compile(r"telegram|whats?\s?app|skype|wechat|discord|t\.me", re.IGNORECASE)
CONSONANTS = re.compile(rf"[bcdfghjklmnpqrstvwxz]{{{CONSONANTS_IN_A_ROW},}}", re.IGNORECASE)
CAPITAL_INSIDE = re.compile(r"[a-z]{3,}[A-Z]+[a-z]*$")
CHINESE_SELLING = re.compile(r"我司|贵公司|貴公司|您的网站|询价|优惠|厂家|代办|推广|合作|批发")


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """What a submission says, and how it came; plain values."""

    given_name: str
    family_name: str
    short_answers: str
    message: str
    seconds: float
    filled_the_trap: bool
    names_a_language: bool
    """Whether the browser said which languages it prefers; every real one does."""


def score(submitted: Submitted, *, weights: Mapping[str, float] | None = None) -> float:
    """
    Weigh what is odd about a submission, in points; 0 is nothing.

    ``weights`` are those of words; the table that ships unless others are to be tried.
    """
    weights = word_weights() if weights is None else weights
    by_words = log_odds(submitted.message, weights=weights) >= SELLERS_WORDS
    return sum(points(submitted) for points in SIGNALS) + (4.0 if by_words else 0.0)


def asks_more(submitted: Submitted, *, weights: Mapping[str, float] | None = None) -> bool:
    """Say whether the person is asked one more question before the enquiry is taken."""
    return score(submitted, weights=weights) >= ASKS_MORE


def words_of(message: str) -> set[str]:
    """Give the different words of a message, without its links and addresses."""
    return set(WORD.findall(ANY_LINK.sub(" ", message).casefold()))


def log_odds(message: str, *, weights: Mapping[str, float]) -> float:
    """Weigh the words of a message: above 0, sellers write so more often than enquirers."""
    known = [weights[word] for word in words_of(message) if word in weights]
    if len(known) < FEWEST_KNOWN:
        return -1.0  # in words that we know nothing of, nobody is known to sell
    return weights[""] + sum(known)


@cache
def word_weights() -> dict[str, float]:
    """Read what each word speaks for; the weight of no word stands for all that is unknown."""
    table = files("enquiries").joinpath("spam_words.csv").read_text(encoding="utf-8")
    return {row["word"]: float(row["weight"]) for row in csv.DictReader(table.splitlines())}


@cache
def sellers_phrases() -> tuple[re.Pattern[str], ...]:
    """Read what sellers write to a business; each phrase counts once."""
    lines = files("enquiries").joinpath("spam_phrases.txt").read_text(encoding="utf-8").splitlines()
    return tuple(
        re.compile(rf"(?<!\w)(?:{line})", re.IGNORECASE)
        for line in lines
        if not line.startswith("#")
    )


def _trap(submitted: Submitted) -> float:
    return 5.0 if submitted.filled_the_trap else 0.0


def _haste(submitted: Submitted) -> float:
    return 2.0 if submitted.seconds < QUICK else 0.0


def _no_language(submitted: Submitted) -> float:
    return 0.0 if submitted.names_a_language else 1.5


def _links(submitted: Submitted) -> float:
    text = ADDRESS.sub(" ", submitted.message)
    return min(2.0 * len(LINK.findall(text)), 4.0)


def _markup(submitted: Submitted) -> float:
    return 4.0 if MARKUP.search(submitted.message) else 0.0


def _elsewhere(submitted: Submitted) -> float:
    found = bool(ADDRESS.search(submitted.message)) + bool(HANDLE.search(submitted.message))
    return 1.0 * found


def _selling(submitted: Submitted) -> float:
    text = f"{submitted.message} {submitted.short_answers}"
    phrases = sum(bool(pattern.search(text)) for pattern in sellers_phrases())
    phrases += len(set(CHINESE_SELLING.findall(text)))
    return min(1.5 * phrases, 6.0)


def _links_where_nobody_writes_them(submitted: Submitted) -> float:
    text = f"{submitted.given_name} {submitted.family_name} {submitted.short_answers}"
    return 5.0 if LINK.search(text) or MARKUP.search(text) else 0.0


def _name(submitted: Submitted) -> float:
    names = [submitted.given_name.strip(), submitted.family_name.strip()]
    whole = " ".join(names)
    odd = [
        names[0].casefold() == names[1].casefold() != "",
        any(sign.isdecimal() for sign in whole),
        any(CAPITAL_INSIDE.search(name) for name in names),
        bool(CONSONANTS.search(whole)),
        any(len(word) > LONGEST_WORD_OF_A_NAME for word in whole.split()),
        any(unicodedata.category(sign)[0] == "S" for sign in whole),
    ]
    return min(1.5 * sum(odd), 3.0)


def _shouting(submitted: Submitted) -> float:
    letters = [sign for sign in submitted.message if sign.lower() != sign.upper()]
    if len(letters) < LONG_ENOUGH_TO_SHOUT:
        return 0.0
    return 1.0 if sum(sign.isupper() for sign in letters) / len(letters) > SHOUTING else 0.0


SIGNALS: tuple[Callable[[Submitted], float], ...] = (
    _trap,
    _haste,
    _no_language,
    _links,
    _markup,
    _elsewhere,
    _selling,
    _links_where_nobody_writes_them,
    _name,
    _shouting,
)
