"""What is known of an occupation: the same values for the page, the API and JSON-LD."""

from occupations.facts.editions import EditionFacts, every_edition, newest, spoken
from occupations.facts.key_facts import KeyFacts, key_facts_of
from occupations.facts.occupation import OccupationFacts, find_occupation, occupation_facts
from occupations.facts.tense import is_history
from occupations.facts.values import Place, Source, place_of

__all__ = [
    "EditionFacts",
    "KeyFacts",
    "OccupationFacts",
    "Place",
    "Source",
    "every_edition",
    "find_occupation",
    "is_history",
    "key_facts_of",
    "newest",
    "occupation_facts",
    "place_of",
    "spoken",
]
