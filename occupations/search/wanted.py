"""RULE What people type that names no occupation: a status, a wish, a story, or rules."""

import re
from functools import lru_cache
from itertools import takewhile

from occupations.folding import fold

_STATUSES = frozenset(
    """
    student students pupil schoolboy schoolgirl undergraduate postgraduate graduate graduand leaver
    school uni university retired retiree pensioner pension age unemployed jobless redundant
    housewife househusband homemaker mum mom dad mother father parent wife husband spouse partner
    fiance widow widower child children kid kids baby teenager senior citizen resident migrant
    immigrant emigrant refugee asylum seeker visitor tourist traveller backpacker holiday volunteer
    volunteering intern trainee prisoner inmate patient veteran nobody none nothing anything
    everything something freelancer self employed employee employer worker workers staff colleague
    boss professional expert specialist job jobs work working career occupation profession position
    role vacancy employment skilled unskilled casual permanent temporary contract part full time
    shift night day weekend overtime home remote office company business good best easy any some new
    old young no stay at on a an the of for in my i am im was just finished want to be looking leave
    maternity sabbatical between
    """.split()  # noqa: SIM905 (a list of words is read as words)
)
_ASKS = re.compile(
    r"\b(visas?|subclass|residency|citizenship|migrat\w*|immigrat\w*|processing time|points test"
    r"|minimum wage|salary|wages?|how (?:do|to|can|much|many|long)|what (?:is|are)"
    r"|when (?:is|does)|where (?:is|can)|can i|near me|superannuation|medicare|ielts|pte"
    r"|phone number|opening hours)\b"
)
_ABOUT_WORK = frozenset({"adviser", "advisor", "agent", "clerk", "consultant", "lawyer", "officer"})
# Words that speak of someone, or of what was or will be: work is named without them.
_TELLING = frozenset(
    """
    my our his her me us him mine was were is are am been had has have did does do will would could
    can
    """.split()  # noqa: SIM905
)
_OF_ONE_S_OWN = "own"  # "grows wheat on my own land" is work
_LINKS = frozenset(
    """
    in on at for with of to from by near under over into around during about after before between
    behind across without through that which who where when and or per
    """.split()  # noqa: SIM905
)


@lru_cache(maxsize=100)  # each hit of a question asks
def is_no_occupation(text: str) -> bool:
    """Tell whether a question names only a status, or asks about rules, money or places."""
    folded = fold(text)
    spoken = folded.split()
    if _ASKS.search(folded) and not _ABOUT_WORK & set(spoken):
        return True
    return bool(spoken) and set(spoken) <= _STATUSES


def tells_a_story(folded: str) -> bool:
    """Tell whether a question speaks of someone or of an event, as "my plumber was late" does."""
    spoken = set(folded.split())
    return bool(spoken & _TELLING) and _OF_ONE_S_OWN not in spoken


def subject_of(folded: str) -> str:
    """Give what a question is about: the words before the first that links others to them."""
    first, *rest = folded.split()
    return " ".join([first, *takewhile(lambda word: word not in _LINKS, rest)])
