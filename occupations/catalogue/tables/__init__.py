"""The schema of the embedded catalogue: every published table, each after those it refers to."""

from occupations.catalogue.tables import classification, migration, training
from occupations.catalogue.tables.columns import CellRejected, Column, Value
from occupations.catalogue.tables.table import Key, Reference, Row, Table

__all__ = ["TABLES", "CellRejected", "Column", "Key", "Reference", "Row", "Table", "Value"]

TABLES: tuple[Table, ...] = (
    classification.SOURCES,
    classification.EDITIONS,
    classification.GROUPS,
    classification.OCCUPATIONS,
    classification.GROUP_SUMMARIES,
    classification.OCCUPATION_SUMMARIES,
    classification.TASKS,
    classification.OTHER_TITLES,
    classification.SKILL_LEVELS,
    classification.AQF_LEVELS,
    classification.NZQCF_LEVELS,
    classification.CORRESPONDENCES,
    classification.ISCO_CORRESPONDENCES,
    training.TRAINING_PACKAGES,
    training.QUALIFICATIONS,
    training.QUALIFICATION_RELEASES,
    training.RELEASE_STATEMENTS,
    training.QUALIFICATION_MAPPINGS,
    training.QUALIFICATION_CLASSIFICATIONS,
    training.UNITS,
    training.UNIT_MAPPINGS,
    training.PACKAGING_RULES,
    training.PACKAGED_UNITS,
    training.EXAMPLE_SELECTIONS,
    training.EXAMPLE_UNITS,
    migration.INSTRUMENTS,
    migration.VISAS,
    migration.OCCUPATION_LISTS,
    migration.LIST_MEMBERSHIPS,
    migration.CAVEATS,
    migration.CAVEAT_MEMBERSHIPS,
    migration.ASSESSING_AUTHORITIES,
    migration.ASSESSMENTS,
    migration.ASSESSMENT_CRITERIA,
    migration.ASSESSMENT_NOTES,
    migration.NOT_CONSIDERED_TITLES,
    migration.OCCUPATION_LINKS,
)
