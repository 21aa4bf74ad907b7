"""Official wording that an operator may load beside our own words, under its own licence."""

from django.db import models

from occupations.models.classification import Group, Occupation
from occupations.models.edition import Edition
from occupations.models.skills import ONE_SUBJECT


class OfficialText(models.Model):
    """A definition, a statement of skill or a task as the publisher words it."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, null=True, blank=True, related_name="official_texts"
    )
    occupation = models.ForeignKey(
        Occupation, on_delete=models.CASCADE, null=True, blank=True, related_name="official_texts"
    )
    kind = models.CharField(
        max_length=12,
        choices=[("definition", "Definition"), ("skill", "Skill level"), ("task", "Task")],
    )
    seq = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["edition", "group", "occupation", "kind", "seq"]
        constraints = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="officialtext_has_one_subject"),
            models.UniqueConstraint(
                fields=["group", "occupation", "kind", "seq"],
                name="officialtext_place",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
