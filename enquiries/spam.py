"""The rule of spam: what is odd about a submission, weighed; it asks one more question, no more."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

ASKS_MORE = 4.0  # points; from here on a person is asked one more question
QUICK = 10.0  # seconds; a person who knows what they want needs longer for the whole form
SHOUTING = 0.6  # of the letters
LONG_ENOUGH_TO_SHOUT = 25  # letters
CONSONANTS_IN_A_ROW = 6
LONGEST_WORD_OF_A_NAME = 30  # letters

LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|net|org|ru|cn|info|biz|top|xyz|online|site|shop|club"
    r"|live|icu|pro|io|ly|me|link|click|store|vip|win|bet|casino)\b(?!@)",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
MARKUP = re.compile(
    r"<\s*/?\s*(?:a|b|br|p|div|img|script|iframe|h\d)\b|\[/?(?:url|link|img|b)\b", re.IGNORECASE
)
HANDLE = re.compile(r"telegram|whats?\s?app|skype|wechat|discord|t\.me", re.IGNORECASE)
CONSONANTS = re.compile(rf"[bcdfghjklmnpqrstvwxz]{{{CONSONANTS_IN_A_ROW},}}", re.IGNORECASE)
CAPITAL_INSIDE = re.compile(r"[a-z]{3,}[A-Z]+[a-z]*$")
SELLING = tuple(
    re.compile(rf"\b(?:{pattern})", re.IGNORECASE)
    for pattern in (
        r"back-?links?|guest post|link building|domain authority",
        r"seo (?:services?|packages?|experts?|agency|audit)|search engine optimi[sz]ation",
        r"(?:first|1st|top) (?:page|position|spot) (?:of|on|in) (?:google|bing|search)",
        r"rank(?:ing)? (?:higher|#?1|on google)",
        r"(?:more|boost|increase|drive|grow|generate|double|get) (?:\w+ ){0,3}"
        r"(?:traffic|sales|leads|followers|subscribers|revenue|clients|customers)",
        r"(?:your|ur) (?:web ?site|site|web page|business|company|brand|online presence)",
        r"(?:we|i) (?:offer|provide|sell|speciali[sz]e|supply)|"
        r"(?:we|i) can (?:help|make|build|design|get|boost|improve) (?:you|your)",
        r"redesign|web (?:design|development) services?|app development|explainer video",
        r"casino|betting (?:site|bonus|tips)|slots? (?:online|bonus)|poker|jackpot|free spins",
        r"bitcoin|crypto(?:currency)?|forex|trading (?:signals?|bot|platform)|passive income",
        r"invest(?:ment|ors?)? (?:opportunity|platform|plan|project|proposal)|funding for",
        r"loans? (?:offer|at|of)|interest rate of",
        r"viagra|cialis|tramadol|pills|cbd|weight ?loss|testosterone",
        r"(?:hot|sexy|lonely|single) (?:girls?|women|ladies)|escorts?\b|porn|xxx|nudes?",
        r"(?:click|tap|visit|check|see|go to|follow) (?:here|this|the link|my|our|out)",
        r"(?:limited|special|exclusive) (?:time |discount |price )?(?:offer|deal|discount)",
        r"act now|\d+ ?% (?:off|discount)|(?:100 ?%|fully) guarantee|money.back|risk.free",
        r"no obligation|free (?:quote|trial|audit|gift|sample)|(?:best|lowest) price|wholesale",
        r"(?:make|earn|earning) (?:money|\$|usd|cash|up to|over)|per (?:day|week) from",
        r"(?:buy|purchase|obtain|order) (?:\w+ ){0,4}(?:ielts|pte|toefl|licen[cs]e|passports?|"
        r"degree|diploma|certificate|reviews|likes)|without (?:the )?exam",
        r"inheritance|next of kin|atm card|western union|lottery|you (?:have )?won|beneficiary",
        r"million (?:usd|dollars|us dollars|euros)|compensation fund",
        r"unsubscribe|opt.?out|mailing list|e-?mail (?:database|leads|marketing)|bulk sms",
        r"contact forms? (?:marketing|blast|submission)",
        r"hack(?:er|ing)? (?:service|for hire|any|whatsapp|phone)|spy app",
        r"recover(?:y)? (?:of )?(?:your |lost |stolen )?(?:funds|crypto|bitcoin)",
        r"manufactur\w+ (?:in|from|of)|factory (?:in|direct|price)|our (?:products?|catalogu?e)",
    )
)


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


def score(submitted: Submitted) -> float:
    """Weigh what is odd about a submission, in points; 0 is nothing."""
    return sum(points(submitted) for points in SIGNALS)


def asks_more(submitted: Submitted) -> bool:
    """Say whether the person is asked one more question before the enquiry is taken."""
    return score(submitted) >= ASKS_MORE


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
    return min(1.5 * sum(bool(pattern.search(text)) for pattern in SELLING), 6.0)


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
