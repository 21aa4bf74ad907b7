"""The packaging rules of a qualification: what chosen units still need, and what breaks a rule."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

VOCATIONAL_TYPES = (
    "Certificate I",
    "Certificate II",
    "Certificate III",
    "Certificate IV",
    "Diploma",
    "Advanced Diploma",
)


class RuleKind(StrEnum):
    """The rules that units can meet or break, named as in the catalogue."""

    TOTAL = "total"
    CORE = "core"
    ELECTIVE = "elective"
    ELECTIVE_SOURCE = "elective_source"
    OTHER_LEVEL_MOST = "other_level_most"


class RuleState(StrEnum):
    """Whether a rule is met, can still be met by adding units, or is broken."""

    MET = "met"
    SHORT = "short"
    BROKEN = "broken"


@dataclass(frozen=True, kw_only=True)
class PackagingRules:
    """
    The packaging rules of one release: its listed units and how many to choose.

    A number that is None is not known, so no choice of units meets or breaks its rule.
    """

    core: frozenset[str]
    electives: frozenset[str]
    total: int | None
    elective_count: int | None
    other_level_most: int | None
    aqf_type: str

    @property
    def neighbouring_types(self) -> frozenset[str]:
        """The qualification types one level below and one above that of the release."""
        if self.aqf_type not in VOCATIONAL_TYPES:
            return frozenset()
        place = VOCATIONAL_TYPES.index(self.aqf_type)
        return frozenset(VOCATIONAL_TYPES[max(place - 1, 0) : place + 2]) - {self.aqf_type}


@dataclass(frozen=True, kw_only=True)
class RuleCheck:
    """One rule held against the chosen units: how many it counts, and which ones it is about."""

    kind: RuleKind
    state: RuleState
    limit: int
    counted: int
    units: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PackagingCheck:
    """
    What chosen units still need; units from outside the list may state no level.

    ``rules`` are those whose numbers are known; without one, ``electives_to_choose`` is None.
    """

    rules: tuple[RuleCheck, ...]
    core: tuple[str, ...]
    listed: tuple[str, ...]
    outside: tuple[str, ...]
    core_to_choose: tuple[str, ...]
    electives_to_choose: int | None
    level_not_stated: tuple[str, ...]

    @property
    def broken(self) -> tuple[RuleCheck, ...]:
        return tuple(rule for rule in self.rules if rule.state is RuleState.BROKEN)

    @property
    def is_complete(self) -> bool:
        return all(rule.state is RuleState.MET for rule in self.rules)


def read_rules(
    *, numbers: Mapping[str, int], unit_kinds: Mapping[str, str], aqf_type: str
) -> PackagingRules:
    """
    Read a release's rules from the catalogue's rows.

    ``numbers`` maps a rule's kind to its number, ``unit_kinds`` a unit code to core, elective or
    example: a unit that stands only in an example is not a listed elective.
    """
    return PackagingRules(
        core=frozenset(unit for unit, kind in unit_kinds.items() if kind == "core"),
        electives=frozenset(unit for unit, kind in unit_kinds.items() if kind == "elective"),
        total=numbers.get(RuleKind.TOTAL),
        elective_count=numbers.get(RuleKind.ELECTIVE),
        other_level_most=numbers.get(RuleKind.OTHER_LEVEL_MOST),
        aqf_type=aqf_type,
    )


def check_packaging(
    rules: PackagingRules, *, chosen: Collection[str], levels: Mapping[str, str]
) -> PackagingCheck:
    """
    Hold chosen unit codes against a release's packaging rules.

    ``levels`` names the qualification type (such as "Diploma") that each unit from outside the
    list comes from. A listed unit counts as listed, whatever its code looks like. A unit from
    outside whose level is not stated counts as an elective and breaks no rule by itself.
    """
    units = frozenset(chosen)
    core = units & rules.core
    electives = units - rules.core
    outside = electives - rules.electives
    return PackagingCheck(
        rules=tuple(
            _judge(rules, units=units, core=core, outside=outside, levels=levels),
        ),
        core=tuple(sorted(core)),
        listed=tuple(sorted(electives - outside)),
        outside=tuple(sorted(outside)),
        core_to_choose=tuple(sorted(rules.core - units)),
        electives_to_choose=(
            None if rules.elective_count is None else max(rules.elective_count - len(electives), 0)
        ),
        level_not_stated=tuple(sorted(outside - levels.keys())),
    )


def _judge(
    rules: PackagingRules,
    *,
    units: Collection[str],
    core: Collection[str],
    outside: Collection[str],
    levels: Mapping[str, str],
) -> Iterator[RuleCheck]:
    if rules.total is not None:
        yield _exactly(RuleKind.TOTAL, limit=rules.total, counted=units)
    yield _exactly(RuleKind.CORE, limit=len(rules.core), counted=core)
    if rules.elective_count is not None:
        electives = frozenset(units) - frozenset(core)
        yield _exactly(RuleKind.ELECTIVE, limit=rules.elective_count, counted=electives)
    if rules.other_level_most is not None:
        neighbours = rules.neighbouring_types
        other_level = {unit for unit in outside if levels.get(unit) in neighbours}
        allowed = neighbours | {rules.aqf_type}
        too_far = {unit for unit in outside if unit in levels and levels[unit] not in allowed}
        yield _at_most(RuleKind.ELECTIVE_SOURCE, limit=0, counted=too_far)
        yield _at_most(RuleKind.OTHER_LEVEL_MOST, limit=rules.other_level_most, counted=other_level)


def _exactly(kind: RuleKind, *, limit: int, counted: Collection[str]) -> RuleCheck:
    if len(counted) == limit:
        state = RuleState.MET
    else:
        state = RuleState.SHORT if len(counted) < limit else RuleState.BROKEN
    return _judged(kind, state, limit=limit, counted=counted)


def _at_most(kind: RuleKind, *, limit: int, counted: Collection[str]) -> RuleCheck:
    state = RuleState.MET if len(counted) <= limit else RuleState.BROKEN
    return _judged(kind, state, limit=limit, counted=counted)


def _judged(kind: RuleKind, state: RuleState, *, limit: int, counted: Collection[str]) -> RuleCheck:
    units = tuple(sorted(counted))
    return RuleCheck(kind=kind, state=state, limit=limit, counted=len(units), units=units)
