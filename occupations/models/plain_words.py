"""Our own plain-English words about groups and occupations; never an official text."""

from django.db import models
from django.db.models import F, Q

from occupations.models.classification import Group, Occupation

READ_AGAIN = Q(status="drafted", reviewed_on=None) | Q(
    status="reviewed", reviewed_on__isnull=False, reviewed_on__gte=F("written_on")
)


class WordsStatus(models.TextChoices):
    DRAFTED = "drafted", "Drafted"
    REVIEWED = "reviewed", "Held against the official text by a second reader"


class GroupSummary(models.Model):
    """What the people of a group do, and what the group is not to be confused with."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="summary")
    text = models.TextField()
    not_to_be_confused = models.CharField(max_length=400, blank=True)
    written_on = models.DateField()
    status = models.CharField(max_length=10, choices=WordsStatus)
    reviewed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["group"]
        verbose_name_plural = "group summaries"
        constraints = [
            models.CheckConstraint(condition=READ_AGAIN, name="groupsummary_review_has_its_day")
        ]

    def __str__(self) -> str:
        return f"Summary of {self.group}"


class ConfusedCode(models.Model):
    """A code that a group is not to be confused with; the group's summary tells the difference."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="confused_codes")
    seq = models.PositiveSmallIntegerField()
    other_group = models.ForeignKey(
        Group, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    other_occupation = models.ForeignKey(
        Occupation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["group", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["group", "seq"], name="confusedcode_place_in_group"),
            models.UniqueConstraint(
                fields=["group", "other_group", "other_occupation"],
                name="confusedcode_once_a_group",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(other_group=None) ^ Q(other_occupation=None),
                name="confusedcode_names_one_code",
            ),
            models.CheckConstraint(
                condition=Q(other_group=None) | ~Q(other_group=F("group")),
                name="confusedcode_is_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}, not {self.other_group or self.other_occupation}"


class OccupationSummary(models.Model):
    """What the people of an occupation do, and what sets them apart."""

    occupation = models.OneToOneField(Occupation, on_delete=models.CASCADE, related_name="summary")
    text = models.TextField()
    written_on = models.DateField()
    status = models.CharField(max_length=10, choices=WordsStatus)
    reviewed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["occupation"]
        verbose_name_plural = "occupation summaries"
        constraints = [
            models.CheckConstraint(
                condition=READ_AGAIN, name="occupationsummary_review_has_its_day"
            )
        ]

    def __str__(self) -> str:
        return f"Summary of {self.occupation}"


class Task(models.Model):
    """One line of what the people of a unit group do, or a note beside those lines."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="tasks")
    seq = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    is_note = models.BooleanField(default=False)

    class Meta:
        ordering = ["group", "seq"]
        constraints = [models.UniqueConstraint(fields=["group", "seq"], name="task_place_in_group")]

    def __str__(self) -> str:
        return self.text
