"""How a release packages its units: rules, core and elective units, example selections."""

from django.db import models

from occupations.models.training import QualificationRelease, Unit


class PackagingRule(models.Model):
    """One packaging rule of a release, as a kind, a number and our wording."""

    release = models.ForeignKey(
        QualificationRelease, on_delete=models.CASCADE, related_name="packaging_rules"
    )
    kind = models.CharField(
        max_length=20,
        choices=[
            ("total", "Units in all"),
            ("core", "Core units"),
            ("elective", "Elective units"),
            ("elective_source", "Where electives may come from"),
            ("other_level_most", "Most electives of another level"),
            ("relevance", "What electives must fit"),
        ],
    )
    seq = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["release", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["release", "seq"], name="packagingrule_place")
        ]

    def __str__(self) -> str:
        return self.text


class PackagedUnit(models.Model):
    """A unit that a release names: as core, as elective, or only in an example selection."""

    release = models.ForeignKey(
        QualificationRelease, on_delete=models.CASCADE, related_name="packaged_units"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="packaged_in")
    kind = models.CharField(
        max_length=10,
        choices=[
            ("core", "Core"),
            ("elective", "Elective"),
            ("example", "Only in an example"),
        ],
    )
    category = models.CharField(max_length=160, blank=True)
    seq = models.PositiveSmallIntegerField()
    table_seq = models.PositiveSmallIntegerField(null=True, blank=True)
    table_title = models.CharField(max_length=250, blank=True)
    essential = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["release", "seq"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "unit", "category"], name="packagedunit_once_a_category"
            ),
            models.UniqueConstraint(fields=["release", "seq"], name="packagedunit_place"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} ({self.kind})"


class UnitPrerequisite(models.Model):
    """A unit that has to be completed before another one of the same release."""

    release = models.ForeignKey(
        QualificationRelease, on_delete=models.CASCADE, related_name="prerequisites"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="prerequisites")
    prerequisite = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="required_for")

    class Meta:
        ordering = ["release", "unit", "prerequisite"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "unit", "prerequisite"], name="unitprerequisite_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(unit=models.F("prerequisite")),
                name="unitprerequisite_is_another_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit.code} after {self.prerequisite.code}"


class ExampleSelection(models.Model):
    """A published example of electives for one job."""

    release = models.ForeignKey(
        QualificationRelease,
        on_delete=models.CASCADE,
        related_name="example_selections",
    )
    seq = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["release", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["release", "seq"], name="exampleselection_place")
        ]

    def __str__(self) -> str:
        return self.name


class ExampleUnit(models.Model):
    """A unit of an example selection."""

    selection = models.ForeignKey(ExampleSelection, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="in_examples")
    seq = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["selection", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["selection", "unit"], name="exampleunit_once")
        ]

    def __str__(self) -> str:
        return f"{self.selection}: {self.unit}"
