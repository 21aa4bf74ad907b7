"""The words that people use for an occupation and that no classification names."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from occupations.models.classification import Occupation


class Country(models.TextChoices):
    AUSTRALIA = "AU", "Australia"
    NEW_ZEALAND = "NZ", "New Zealand"
    UNITED_KINGDOM = "UK", "United Kingdom"
    UNITED_STATES = "US", "United States"
    INDIA = "IN", "India"
    PHILIPPINES = "PH", "Philippines"
    CHINA = "CN", "China"
    SOUTH_AFRICA = "ZA", "South Africa"


class PublishedLayWord(models.Model):
    """A lay word of the published table; editors add their own as a ``LayWord``."""

    class Kind(models.TextChoices):
        SLANG = "slang", "Slang"
        ABBREVIATION = "abbreviation", "Abbreviation"
        OVERSEAS_TITLE = "overseas_title", "Title used overseas"
        EVERYDAY = "everyday", "Everyday word"

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="lay_words")
    word = models.CharField(max_length=80)
    word_folded = models.CharField(max_length=80)
    seq = models.PositiveSmallIntegerField(help_text="1 is what the word means most often.")
    kind = models.CharField(max_length=15, choices=Kind)
    said_in = ArrayField(
        models.CharField(max_length=2, choices=Country),
        default=list,
        blank=True,
        help_text="Where people say it; empty: in several countries.",
    )

    class Meta:
        ordering = ["word_folded", "seq"]
        indexes = [models.Index(fields=["word_folded"], name="publishedlayword_folded")]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "word_folded"], name="publishedlayword_once_an_occupation"
            ),
            models.CheckConstraint(
                condition=Q(seq__gte=1) & Q(seq__lte=5), name="publishedlayword_has_few_meanings"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word} → {self.occupation}"
