"""Everything that is known of one occupation in one edition, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from occupations.correspondence import OWN_CODES, Counterpart, counterparts
from occupations.facts.assessment import AssessmentFacts, assessments_of
from occupations.facts.caveats import InstrumentCaveats, caveats_of
from occupations.facts.editions import EditionFacts, every_edition
from occupations.facts.levels import CountryLevel, country_levels
from occupations.facts.links import (
    CounterpartFact,
    IscoFact,
    LicenceFact,
    QualificationFact,
    counterparts_of,
    isco_of,
    licences_of,
    qualifications_of,
)
from occupations.facts.lists import ListFact, Program, lists_of, programs_of
from occupations.facts.plain_words import (
    NotToBeConfused,
    OwnWords,
    TaskFacts,
    group_words_of,
    occupation_words_of,
)
from occupations.facts.related import (
    NotConsideredFacts,
    Sibling,
    namesakes_of,
    not_considered_of,
    siblings_of,
)
from occupations.facts.rows import StoredFacts, facts_of
from occupations.facts.selection import (
    ExpressionFacts,
    NominationFacts,
    ShortageFacts,
    expressions_of,
    nominations_of,
    shortages_of,
)
from occupations.facts.skills import SKILLS_TABLES, SkillsFacts, skills_of
from occupations.facts.values import Place, Source, place_in, place_of
from occupations.facts.visas import EditionVisas, visas_by_edition
from occupations.facts.whole_groups import whole_groups
from occupations.facts.words import (
    NoticeFact,
    OfficialWording,
    TitleFacts,
    notices_of,
    official_of,
    sources_of,
    titles_of,
)
from occupations.models import Group, Occupation

_SUBJECT = ("edition", "unit_group__parent__parent__parent", "unit_group__edition")


@dataclass(frozen=True)
class GroupName:
    """A group that holds the occupation, with its level: ``major`` to ``unit``."""

    level: str
    level_name: str
    place: Place


@dataclass(frozen=True)
class OccupationFacts:
    """
    What a page, the API and JSON-LD say of an occupation.

    ``edition`` carries publisher, licence and what reads it. Facts of another code than
    ``place`` name the code and edition that they are stated of. ``sources`` maps each table
    whose facts carry no source of their own, such as ``specialist_tasks``, to its source.
    """

    edition: EditionFacts
    place: Place
    is_retired: bool
    withdrawn_on: date | None
    groups: tuple[GroupName, ...]
    skill_levels: tuple[CountryLevel, ...]
    licences: tuple[LicenceFact, ...]
    summary: OwnWords | None
    group_summary: OwnWords | None
    not_to_be_confused: NotToBeConfused | None
    tasks: TaskFacts | None
    titles: TitleFacts
    counterparts: tuple[CounterpartFact, ...]
    namesakes: tuple[Place, ...]
    siblings: tuple[Sibling, ...]
    visas: tuple[EditionVisas, ...]
    lists: tuple[ListFact, ...]
    programs: tuple[Program, ...]
    caveats: tuple[InstrumentCaveats, ...]
    assessments: tuple[AssessmentFacts, ...]
    not_considered: tuple[NotConsideredFacts, ...]
    skills: SkillsFacts | None
    shortages: ShortageFacts | None
    nominations: NominationFacts | None
    expressions: ExpressionFacts | None
    qualifications: tuple[QualificationFact, ...]
    isco: tuple[IscoFact, ...]
    official: OfficialWording | None
    notices: tuple[NoticeFact, ...]
    sources: Mapping[str, Source | None]

    @property
    def code(self) -> str:
        return self.place.code

    @property
    def title(self) -> str:
        return self.place.title

    @property
    def unit_group(self) -> GroupName:
        return self.groups[-1]

    @property
    def current_lists(self) -> tuple[ListFact, ...]:
        """List what names it today, by our newest copy."""
        return tuple(one for one in self.lists if one.is_current)

    @property
    def lists_are_history(self) -> bool:
        """Tell whether every copy of today's lists that we hold is too old to be today's."""
        return all(part.is_history for part in self.visas)

    @property
    def lists_as_at_on(self) -> date | None:
        """Give the day of our newest copy of the lists, with their caveats."""
        return max((part.as_at_on for part in self.visas if part.as_at_on), default=None)

    @property
    def earlier_lists(self) -> tuple[ListFact, ...]:
        """List what named it once, to be told in the past tense."""
        return tuple(one for one in self.lists if not one.is_current)


def find_occupation(*, edition: str, code: str) -> Occupation | None:
    """Read an occupation with its edition and groups; one query."""
    rows = Occupation.objects.filter(edition__slug=edition, code=code)
    return rows.select_related(*_SUBJECT).first()


def occupation_facts(
    occupation: Occupation, *, on: date, editions: Sequence[EditionFacts] | None = None
) -> OccupationFacts:
    """
    Collect what is known of an occupation, as told on a day; two queries, without the editions'.

    ``editions`` spares their query to a caller that has read them with ``every_edition``.
    """
    editions = every_edition() if editions is None else editions
    here = next(one for one in editions if one.edition == occupation.edition)
    others = counterparts(occupation, editions=[one.edition for one in editions])
    standing_in = {occupation.edition.slug: (occupation,)} | {
        other.edition.slug: other.occupations
        for other in others
        if other.edition.classification == OWN_CODES
    }
    known = facts_of((one for found in standing_in.values() for one in found), on=on)
    own = known[occupation.pk]
    line = [own, *_single(others, known)]
    alike = whole_groups(line)
    group_words = group_words_of(alike)
    family = list(known.values())
    lists = lists_of(line, editions=editions, on=on)
    return OccupationFacts(
        edition=here,
        place=place_of(occupation),
        is_retired=occupation.retired,
        withdrawn_on=occupation.withdrawn_on,
        groups=tuple(groups_down_to(occupation.unit_group)),
        skill_levels=tuple(
            country_levels(
                skill_level=occupation.skill_level,
                skill_level_nz=occupation.skill_level_nz,
                edition=occupation.edition,
                editions=editions,
            )
        ),
        licences=licences_of(line, family=family),
        summary=occupation_words_of(alike),
        group_summary=group_words.summary,
        not_to_be_confused=group_words.not_to_be_confused,
        tasks=group_words.tasks,
        titles=titles_of(line),
        counterparts=counterparts_of(others),
        namesakes=namesakes_of(own),
        siblings=siblings_of(own),
        visas=tuple(
            visas_by_edition(
                editions, here=occupation.edition, standing_in=standing_in, facts=known, on=on
            )
        ),
        lists=lists,
        programs=programs_of(lists),
        caveats=caveats_of(line, on=on),
        assessments=assessments_of(line, on=on),
        not_considered=not_considered_of(line, on=on),
        skills=skills_of([*line, *_one_group(family)]),
        shortages=shortages_of([*line, *_one_group(family)], on=on),
        nominations=nominations_of(line, on=on),
        expressions=expressions_of(line, on=on),
        qualifications=qualifications_of(family),
        isco=isco_of(line),
        official=official_of(line),
        notices=notices_of(
            own,
            occupations=[place_in(facts) for facts in line],
            lists={one.slug for one in lists if one.is_current},
        ),
        sources=sources_of(own, on=on),
    )


def groups_down_to(group: Group) -> list[GroupName]:
    """List a group and those above it, from the major group down."""
    edition, groups = group.edition, [group]
    while groups[0].parent is not None:
        groups.insert(0, groups[0].parent)
    return [
        GroupName(
            level=one.level,
            level_name=one.get_level_display(),
            place=Place(edition.slug, edition.short_title, one.code, one.title),
        )
        for one in groups
    ]


def _single(others: Sequence[Counterpart], known: Mapping[int, StoredFacts]) -> list[StoredFacts]:
    """Collect the facts of single counterparts, the newest edition first."""
    return [
        known[other.only.pk]
        for other in sorted(others, key=lambda one: one.edition.released_on, reverse=True)
        if other.only is not None and other.only.pk in known
    ]


def _one_group(family: Sequence[StoredFacts]) -> list[StoredFacts]:
    """Where several codes of an edition stand for one, keep what their one group states."""
    by_edition: dict[str, list[StoredFacts]] = {}
    for facts in family:
        by_edition.setdefault(facts["edition_slug"], []).append(facts)
    own_only: StoredFacts = {name: [] for name in SKILLS_TABLES}
    return [
        found[0] | own_only
        for found in by_edition.values()
        if len(found) > 1 and len({facts["group_id"] for facts in found}) == 1
    ]
