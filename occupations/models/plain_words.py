"""Our own plain-English words about groups and occupations; never an official text."""

from django.db import models

from occupations.models.classification import Group, Occupation


class GroupSummary(models.Model):
    """What the people of a group do, in a sentence or two."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="summary")
    text = models.TextField()
    written_on = models.DateField()

    class Meta:
        ordering = ["group"]
        verbose_name_plural = "group summaries"

    def __str__(self) -> str:
        return f"Summary of {self.group}"


class OccupationSummary(models.Model):
    """What the people of an occupation do, and what sets them apart."""

    occupation = models.OneToOneField(Occupation, on_delete=models.CASCADE, related_name="summary")
    text = models.TextField()
    written_on = models.DateField()

    class Meta:
        ordering = ["occupation"]
        verbose_name_plural = "occupation summaries"

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
