"""What decides invitations: the points test, state nomination, and expressions of interest."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from occupations.models.classification import Occupation
from occupations.models.edition import Source
from occupations.models.migration import Visa

FEWER_THAN_TWENTY = 10  # what the department writes for any count from 1 to 19


class PointsCriterion(models.Model):
    """One line of the points test: what earns points, a cap over lines, or the pass mark."""

    part = models.CharField(max_length=10)
    part_title = models.CharField(max_length=120)
    seq = models.PositiveSmallIntegerField()
    kind = models.CharField(
        max_length=10,
        choices=[("criterion", "Criterion"), ("cap", "Cap"), ("pass_mark", "Pass mark")],
    )
    key = models.SlugField(max_length=60, unique=True)
    criterion = models.CharField(max_length=200)
    points = models.PositiveSmallIntegerField()
    visas = ArrayField(models.CharField(max_length=10), default=list)
    note = models.CharField(max_length=300, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["seq"]
        verbose_name_plural = "points criteria"
        constraints = [models.UniqueConstraint(fields=["seq"], name="pointscriterion_place")]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class State(models.TextChoices):
    ACT = "ACT", "Australian Capital Territory"
    NSW = "NSW", "New South Wales"
    NT = "NT", "Northern Territory"
    QLD = "QLD", "Queensland"
    SA = "SA", "South Australia"
    TAS = "TAS", "Tasmania"
    VIC = "VIC", "Victoria"
    WA = "WA", "Western Australia"


class StateNomination(models.Model):
    """An occupation that a state or territory, or a region of it, named for nomination."""

    occupation = models.ForeignKey(
        Occupation, on_delete=models.CASCADE, related_name="state_nominations"
    )
    visa = models.ForeignKey(Visa, on_delete=models.PROTECT, related_name="state_nominations")
    state = models.CharField(max_length=3, choices=State)
    region = models.CharField(max_length=40, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["occupation", "visa", "state", "region"]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "visa", "state", "region", "source"],
                name="statenomination_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.occupation}, {self.visa}, {self.state} {self.region}".rstrip()


class ExpressionCount(models.Model):
    """How many expressions of interest named an occupation, by visa, status and points."""

    occupation = models.ForeignKey(
        Occupation, on_delete=models.CASCADE, related_name="expression_counts"
    )
    visa = models.ForeignKey(Visa, on_delete=models.PROTECT, related_name="+")
    stream = models.CharField(max_length=3)
    status = models.CharField(
        max_length=10,
        choices=[
            ("submitted", "Submitted"),
            ("invited", "Invited"),
            ("lodged", "Lodged"),
            ("hold", "On hold"),
            ("closed", "Closed"),
        ],
    )
    points = models.PositiveSmallIntegerField()
    states = models.CharField(max_length=60, blank=True)
    count = models.PositiveIntegerField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["occupation", "visa", "stream", "status", "points", "states"]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "visa", "stream", "status", "points", "states", "source"],
                name="expressioncount_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.occupation}, {self.visa}, {self.points} points: {self.count}"

    @property
    def is_fewer_than_twenty(self) -> bool:
        """Tell whether the count stands for any number from 1 to 19."""
        return self.count == FEWER_THAN_TWENTY
