"""What people say for an occupation: the words of the catalogue, and those of editors."""

from collections.abc import Iterator

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value

from occupations.models import Correspondence, Country, LayWord, Occupation, PublishedLayWord
from occupations.search.candidates import Question
from occupations.search.ranking import LAY_WORD, Evidence, Kind, judge_lay_word


def by_lay_word(question: Question) -> Iterator[Evidence]:
    """Find the occupations that people mean by exactly these words."""
    if Kind.OCCUPATION not in question.kinds:
        return
    rows = sorted(_said(question.text), key=lambda row: -row[2])  # the best place counts
    said = {of: (word, seq, said_in) for of, word, seq, said_in in rows}
    if not said:
        return
    for pk, code, of in _meant(list(said), question=question):
        word, seq, said_in = said[of]
        yield Evidence(
            kind=Kind.OCCUPATION,
            pk=pk,
            code=code,
            matched_kind=LAY_WORD,
            matched_text=word,
            stated_in=", ".join(Country(country).label for country in said_in),
            manner="",
            score=judge_lay_word(seq),
        )


def _said(text: str) -> QuerySet:
    """Ask both tables at once: the occupation, the word, its place, and where it is said."""
    place = Occupation.objects.filter(edition__slug=OuterRef("edition"), code=OuterRef("code"))
    by_editors = (
        LayWord.objects.filter(word_folded=text)
        .order_by()
        .annotate(
            of=Subquery(place.values("pk")),
            place=Value(1),
            where=Value([], output_field=ArrayField(CharField(max_length=2))),
        )
        .filter(of__isnull=False)
        .values_list("of", "word", "place", "where")
    )
    published = (
        PublishedLayWord.objects.filter(word_folded=text)
        .order_by()
        .values_list("occupation_id", "word", "seq", "said_in")
    )
    return published.union(by_editors).order_by()  # else the model's own order comes back


def _meant(of: list[int], *, question: Question) -> QuerySet:
    """Find these occupations or, in a classification without them, those linked to them."""
    found = (
        Occupation.objects.current()
        .filter(pk__in=of, retired=False, **question.scope)
        .order_by()
        .annotate(of=F("pk"))
        .values_list("pk", "code", "of")
    )
    if not question.classification:
        return found
    linked = (
        Correspondence.objects.filter(
            to_occupation__in=of,
            from_occupation__withdrawn_on=None,
            from_occupation__edition__classification=question.classification,
        )
        .exclude(to_occupation__edition__classification=question.classification)
        .order_by()
        .values_list("from_occupation_id", "from_occupation__code", "to_occupation_id")
    )
    return found.union(linked).order_by()
