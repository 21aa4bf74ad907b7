"""The stored side of a published table: which model holds it and how its rows read back."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Model, QuerySet

from occupations.catalogue.tables import TABLES, Key, Row, Table, Value
from occupations.models import (
    AqfLevel,
    AssessingAuthority,
    Assessment,
    AssessmentCriterion,
    AssessmentNote,
    Caveat,
    CaveatMembership,
    ConfusedCode,
    CoreCompetency,
    Correspondence,
    Edition,
    ExampleSelection,
    ExampleUnit,
    ExpressionCount,
    FieldOfEducation,
    GlossaryTerm,
    Group,
    GroupSummary,
    Instrument,
    IscoCorrespondence,
    IscoGroup,
    LevelOfEducation,
    ListMembership,
    NotConsideredTitle,
    NzqcfLevel,
    Occupation,
    OccupationLicence,
    OccupationLink,
    OccupationList,
    OccupationSummary,
    OfficialText,
    OtherTitle,
    PackagedUnit,
    PackagingRule,
    PointsCriterion,
    PublishedLayWord,
    Qualification,
    QualificationClassification,
    QualificationMapping,
    QualificationRelease,
    ReleaseStatement,
    ShortageRating,
    SkillLevel,
    Source,
    SpecialistTask,
    StateNomination,
    TableSource,
    Task,
    TechnologyTool,
    TrainingPackage,
    Unit,
    UnitMapping,
    UnitPrerequisite,
    Visa,
)

MODELS: dict[str, type[Model]] = {
    "sources": Source,
    "editions": Edition,
    "groups": Group,
    "occupations": Occupation,
    "group_summaries": GroupSummary,
    "confused_codes": ConfusedCode,
    "occupation_summaries": OccupationSummary,
    "tasks": Task,
    "other_titles": OtherTitle,
    "lay_words": PublishedLayWord,
    "skill_levels": SkillLevel,
    "aqf_levels": AqfLevel,
    "nzqcf_levels": NzqcfLevel,
    "correspondences": Correspondence,
    "isco_correspondences": IscoCorrespondence,
    "training_packages": TrainingPackage,
    "qualifications": Qualification,
    "qualification_releases": QualificationRelease,
    "release_statements": ReleaseStatement,
    "qualification_mappings": QualificationMapping,
    "qualification_classifications": QualificationClassification,
    "units": Unit,
    "unit_mappings": UnitMapping,
    "packaging_rules": PackagingRule,
    "packaged_units": PackagedUnit,
    "example_selections": ExampleSelection,
    "example_units": ExampleUnit,
    "instruments": Instrument,
    "visas": Visa,
    "occupation_lists": OccupationList,
    "list_memberships": ListMembership,
    "caveats": Caveat,
    "caveat_memberships": CaveatMembership,
    "assessing_authorities": AssessingAuthority,
    "assessments": Assessment,
    "assessment_criteria": AssessmentCriterion,
    "assessment_notes": AssessmentNote,
    "not_considered_titles": NotConsideredTitle,
    "occupation_links": OccupationLink,
    "table_sources": TableSource,
    "fields_of_education": FieldOfEducation,
    "levels_of_education": LevelOfEducation,
    "isco_groups": IscoGroup,
    "glossary_terms": GlossaryTerm,
    "occupation_licences": OccupationLicence,
    "specialist_tasks": SpecialistTask,
    "core_competencies": CoreCompetency,
    "technology_tools": TechnologyTool,
    "shortage_ratings": ShortageRating,
    "official_texts": OfficialText,
    "unit_prerequisites": UnitPrerequisite,
    "points_criteria": PointsCriterion,
    "state_nominations": StateNomination,
    "expression_counts": ExpressionCount,
}
BY_NAME = {table.name: table for table in TABLES}


@dataclass
class StoredTable:
    """The stored rows of one table by key, their ids, and which of them are withdrawn."""

    table: Table
    rows: dict[Key, Row] = field(default_factory=dict)
    ids: dict[Key, int] = field(default_factory=dict)
    withdrawn: dict[Key, date] = field(default_factory=dict)

    @property
    def model(self) -> type[Model]:
        return MODELS[self.table.name]

    def all_rows(self) -> QuerySet[Model]:
        """Give the stored rows, the withdrawn ones too."""
        return self.model._default_manager.order_by()

    def current(self) -> dict[Key, Row]:
        """Give the rows that are not withdrawn."""
        return {key: row for key, row in self.rows.items() if key not in self.withdrawn}


class StoredTables(Mapping[str, StoredTable]):
    """The stored tables by name, each read when it is first asked for."""

    def __init__(self) -> None:
        self._read: dict[str, StoredTable] = {}

    def __getitem__(self, name: str) -> StoredTable:
        if name not in self._read:
            self._read[name] = read_stored(BY_NAME[name])
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(BY_NAME)

    def __len__(self) -> int:
        return len(BY_NAME)


class CurrentKeys(Mapping[str, Collection[Key]]):
    """The keys of the stored rows that are not withdrawn, by table."""

    def __init__(self, stored: StoredTables) -> None:
        self._stored = stored
        self._keys: dict[str, Collection[Key]] = {}

    def __getitem__(self, name: str) -> Collection[Key]:
        if name not in self._keys:
            self._keys[name] = self._stored[name].current().keys()
        return self._keys[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)


def read_stored(table: Table) -> StoredTable:
    """Read the stored rows of a table in the shape of the published ones."""
    stored = StoredTable(table)
    paths = [lookup(table, name) for name in table.names]
    kept = ["withdrawn_on"] if table.is_kept else []
    empty = [table.by_name[name].empty if name in table.by_name else "" for name in table.names]
    lists = [at for at, blank in enumerate(empty) if blank == ()]
    rows = stored.all_rows().values_list("pk", *kept, *paths)
    for pk, *cells in rows.iterator(chunk_size=5000):
        withdrawn_on = cells.pop(0) if kept else None
        for at in lists:
            cells[at] = tuple(cells[at])
        row = tuple(cells)
        if None in row:
            pairs = zip(row, empty, strict=True)
            row = tuple(blank if cell is None else cell for cell, blank in pairs)
        key = table.key_of(row)
        stored.rows[key] = row
        stored.ids[key] = pk
        if withdrawn_on:
            stored.withdrawn[key] = withdrawn_on
    return stored


def lookup(table: Table, name: str) -> str:
    """Give the path from a table's model to the field that holds one of its columns."""
    for reference in table.references:
        if reference.field and name in reference.columns:
            target = BY_NAME[reference.table]
            return f"{reference.field}__{lookup(target, target.key[reference.columns.index(name)])}"
    return name


def model_values(
    table: Table, row: Row, ids: dict[str, dict[Key, int]]
) -> Iterator[tuple[str, Value]]:
    """Give the fields of a row's model with their values; other tables' rows by their ids."""
    behind_a_reference: set[str] = set()
    for reference in table.references:
        if reference.field:
            named = table.referred(row, reference)
            yield f"{reference.field}_id", ids[reference.table][named[0]] if named else None
            behind_a_reference.update(reference.columns)
    for name, value in zip(table.names, row, strict=True):
        if name not in behind_a_reference:
            yield name, value
