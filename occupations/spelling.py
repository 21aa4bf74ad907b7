"""RULE How words are compared: plural and singular, British and American, long and short."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import Stemmer

from occupations.folding import fold

_STOP = frozenset(
    """
    a an the of and or in on at to for with by from as is are be am i my me we our us they their its
    that this these who which where when do does doing not other nec elsewhere classified aus nz
    """.split()  # noqa: SIM905 (a list of words is read as words)
)
# American, and common Indian and Philippine, spellings written the British way.
_BRITISH: Sequence[tuple[re.Pattern[str], str]] = [
    (re.compile(pattern), british)
    for pattern, british in [
        (r"^(\w{3,})iz(e|ed|er|ers|es|ing|ation|ations)$", r"\1is\2"),
        (r"^(\w{3,})yz(e|ed|er|ers|es|ing)$", r"\1ys\2"),
        (r"^(col|fav|flav|hon|lab|neighb|rum|harb|behavi|hum)or(\w*)$", r"\1our\2"),
        (r"^(cent|theat|fib|lit|met|somb)er(s?)$", r"\1re\2"),
        (r"^(counsel|travel|jewel|label|model|panel|tunnel|level)(or|er|ing|ed)(s?)$", r"\1l\2\3"),
        (r"^jewelry$", "jewellery"),
        (r"^(\w+)log(s?)$", r"\1logue\2"),
        (r"^pediatr(\w+)$", r"paediatr\1"),
        (r"^orthoped(\w+)$", r"orthopaed\1"),
        (r"^gyneco(\w+)$", r"gynaeco\1"),
        (r"^anesthe(\w+)$", r"anaesthe\1"),
        (r"^hemato(\w+)$", r"haemato\1"),
        (r"^esthetic(\w*)$", r"aesthetic\1"),
        (r"^archeolog(\w+)$", r"archaeolog\1"),
        (r"^(aero|air)plane(s?)$", r"aeroplane\2"),
        (r"^aluminum$", "aluminium"),
        (r"^plow(\w*)$", r"plough\1"),
        (r"^mold(er|ers|ing)?$", r"mould\1"),
        (r"^gray$", "grey"),
        (r"^tire(s?)$", r"tyre\1"),
        (r"^curb(s?)$", r"kerb\1"),
        (r"^licens(e|ed|es|ing)$", r"licenc\1"),
        (r"^practis(e|ing)$", r"practic\1"),
        (r"^defense$", "defence"),
        (r"^programme(s?)$", r"program\1"),
        (r"^draft(er|ers|sman|sperson)?$", r"draught\1"),
        (r"^pajama(s?)$", r"pyjama\1"),
        (r"^enrollment$", "enrolment"),
        (r"^check$", "cheque"),
        (r"^advisor(s?)$", r"adviser\1"),
        (r"^operater(s?)$", r"operator\1"),
    ]
]
_ABBREVIATIONS = {
    "asst": "assistant",
    "assoc": "associate",
    "mgr": "manager",
    "mngr": "manager",
    "mgmt": "management",
    "supv": "supervisor",
    "tech": "technician",
    "techs": "technician",
    "engr": "engineer",
    "engg": "engineer",
    "dept": "department",
    "govt": "government",
    "exec": "executive",
    "coord": "coordinator",
    "dir": "director",
    "rep": "representative",
    "reps": "representative",
    "mech": "mechanic",
    "maint": "maintenance",
    "mfg": "manufacturing",
    "uni": "university",
    "prof": "professor",
    "cert": "certificate",
    "dip": "diploma",
    "dev": "developer",
    "sw": "software",
    "hr": "human resource",
    "pr": "public relation",
    "qa": "quality assurance",
    "ict": "information technology",
    "it": "information technology",
    "rn": "registered nurse",
    "gp": "general practitioner",
    "ceo": "chief executive",
    "cfo": "chief financial officer",
    "cio": "chief information officer",
}
_stemmer = Stemmer.Stemmer("english")


def words(text: str) -> list[str]:
    """
    Give the telling words of a title or question, each as its stem.

    Words that tell nothing are left out, unless there are no others.
    """
    return telling(text) or [_stem(word) for word in _spelt_out(text)]


def telling(text: str) -> list[str]:
    """Give the stems of the telling words alone; nothing for a text without any."""
    return [_stem(word) for word in _spelt_out(text) if word not in _STOP]


def _spelt_out(text: str) -> list[str]:
    return [word for one in fold(text).split() for word in _ABBREVIATIONS.get(one, one).split()]


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    for pattern, british in _BRITISH:
        if pattern.match(word):
            word = pattern.sub(british, word)
            break
    return str(_stemmer.stemWord(word))


def letters(text: str) -> Counter[str]:
    """Count the runs of three letters in each word of a folded text, with its ends marked."""
    runs: Counter[str] = Counter()
    for word in text.split():
        padded = f"  {word} "
        runs.update(padded[at : at + 3] for at in range(len(padded) - 2))
    return runs
