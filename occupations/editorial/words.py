"""What editors may write about: subjects that exist, and words that no title contradicts."""

from django.db.models import Q, QuerySet

from occupations.folding import fold
from occupations.models import Caveat, Occupation, OccupationList, Visa


class WordsRejected(Exception):
    """What an editor wrote cannot stand; the message says why, for the person who typed it."""


def check_subject(*, subject: str, key: str) -> None:
    """
    Do nothing if a notice's subject (list, visa, occupation or site) is there.

    :raises WordsRejected: if nothing has this key
    """
    if subject == "site":
        if key:
            raise WordsRejected("A notice for every page has no key: leave it empty.")
        return
    if subject == "occupation":
        edition, _, code = key.partition(":")
        is_there = _occupations(edition=edition, code=code).exists()
    elif subject == "visa":
        is_there = Visa.objects.filter(subclass=key).exists()
    else:
        is_there = OccupationList.objects.filter(slug=key).exists()
    if not is_there:
        raise WordsRejected(f"We hold no {subject} “{key}”. Look the key up on its page.")


def check_caveat(*, instrument: str, key: str) -> None:
    """
    Do nothing if the instrument has this caveat.

    :raises WordsRejected: if it has none
    """
    if not Caveat.objects.filter(instrument__slug=instrument, key=key).exists():
        raise WordsRejected(f"The instrument “{instrument}” has no caveat “{key}”.")


def check_lay_word(word: str, *, edition: str, code: str) -> None:
    """
    Do nothing if the occupation is there and the word is no title of another one.

    :raises WordsRejected: if the code is unknown, or a title says otherwise
    """
    if not _occupations(edition=edition, code=code).exists():
        raise WordsRejected(f"We hold no occupation {code} in {edition}.")
    folded = fold(word)
    if not folded:
        raise WordsRejected("A word needs at least one letter or digit.")
    titled = Occupation.objects.current().filter(
        Q(title_folded=folded) | Q(titles__title_folded=folded), edition__slug=edition
    )
    other = titled.exclude(code=code).first()
    if other and not titled.filter(code=code).exists():
        raise WordsRejected(f"“{word}” is a title of {other}, not of {code}.")


def _occupations(*, edition: str, code: str) -> QuerySet[Occupation]:
    return Occupation.objects.current().filter(edition__slug=edition, code=code)
