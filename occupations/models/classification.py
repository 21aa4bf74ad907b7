"""Groups and occupations, their titles and skill levels, and links between editions."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from occupations.countries import only_in
from occupations.models.edition import Edition
from occupations.models.frameworks import IscoGroup

SKILL_LEVELS = range(1, 6)


class GroupLevel(models.TextChoices):
    MAJOR = "major", "Major group"
    SUB_MAJOR = "sub_major", "Sub-major group"
    MINOR = "minor", "Minor group"
    UNIT = "unit", "Unit group"


class TitleKind(models.TextChoices):
    ALTERNATIVE = "alternative", "Alternative title"
    SPECIALISATION = "specialisation", "Specialisation"
    NEC = "nec_occupation", "Occupation in a residual category"
    ASSESSOR = "assessor", "Assessing authority's own title"


class GroupQuerySet(models.QuerySet["Group"]):
    def current(self) -> Self:
        return self.filter(withdrawn_on=None)


class Group(models.Model):
    """A major, sub-major, minor or unit group of an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="groups")
    code = models.CharField(max_length=4)
    level = models.CharField(max_length=10, choices=GroupLevel)
    title = models.CharField(max_length=200)
    title_folded = models.CharField(max_length=200)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    skill_level = models.CharField(max_length=9, blank=True)
    skill_level_nz = models.CharField(max_length=9, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "code"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="group_code_in_edition"),
            models.CheckConstraint(
                condition=Q(level="major", code__regex=r"^\d$")
                | Q(level="sub_major", code__regex=r"^\d{2}$")
                | Q(level="minor", code__regex=r"^\d{3}$")
                | Q(level="unit", code__regex=r"^\d{4}$"),
                name="group_code_fits_its_level",
            ),
            models.CheckConstraint(
                condition=Q(level="major", parent=None) | ~Q(level="major") & ~Q(parent=None),
                name="group_has_a_parent_unless_major",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("occupations:detail", args=[self.edition.slug, self.code])


class OccupationQuerySet(models.QuerySet["Occupation"]):
    def current(self) -> Self:
        return self.filter(withdrawn_on=None)


class Occupation(models.Model):
    """Jobs that share their main tasks; the finest level of a classification edition."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="occupations")
    unit_group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="occupations")
    code = models.CharField(max_length=6)
    title = models.CharField(max_length=200)
    title_folded = models.CharField(max_length=200)
    skill_level = models.PositiveSmallIntegerField(null=True, blank=True)
    skill_level_nz = models.PositiveSmallIntegerField(null=True, blank=True)
    retired = models.BooleanField(default=False)
    withdrawn_on = models.DateField(null=True, blank=True)
    objects = OccupationQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "code"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="occupation_code_in_edition"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{6}$"),
                name="occupation_code_is_six_digits",
            ),
            models.CheckConstraint(
                condition=(Q(skill_level=None) | Q(skill_level__in=SKILL_LEVELS))
                & (Q(skill_level_nz=None) | Q(skill_level_nz__in=SKILL_LEVELS)),
                name="occupation_skill_level_is_one_to_five",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("occupations:detail", args=[self.edition.slug, self.code])

    @property
    def only_in(self) -> str:
        """The one country in which the occupation exists; nothing if it exists in both."""
        return only_in(self.code, classification=self.edition.classification)


class OtherTitle(models.Model):
    """Another name of an occupation, or of a narrower job inside it."""

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="titles")
    kind = models.CharField(max_length=15, choices=TitleKind)
    title = models.CharField(max_length=200)
    title_folded = models.CharField(max_length=200)

    class Meta:
        ordering = ["occupation", "kind", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "kind", "title"],
                name="othertitle_once_an_occupation",
            )
        ]

    def __str__(self) -> str:
        return self.title


class SkillLevel(models.Model):
    """What a skill level stands for in Australia and New Zealand, in the words of an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="skill_levels")
    level = models.PositiveSmallIntegerField()
    australia = models.CharField(max_length=200)
    new_zealand = models.CharField(max_length=200)
    substitute_years = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["edition", "level"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "level"], name="skilllevel_in_edition"),
            models.CheckConstraint(
                condition=Q(level__in=SKILL_LEVELS), name="skilllevel_is_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"Skill level {self.level} ({self.edition})"


class Correspondence(models.Model):
    """A link from an occupation of one edition to one of another."""

    from_occupation = models.ForeignKey(
        Occupation, on_delete=models.CASCADE, related_name="correspondences_from"
    )
    to_occupation = models.ForeignKey(
        Occupation, on_delete=models.CASCADE, related_name="correspondences_to"
    )
    is_partial = models.BooleanField()
    origin = models.CharField(
        max_length=10,
        choices=[("published", "Published"), ("derived", "Derived by us")],
    )

    class Meta:
        ordering = ["from_occupation", "to_occupation"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_occupation", "to_occupation"],
                name="correspondence_once_a_pair",
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_occupation} → {self.to_occupation}"


class IscoCorrespondence(models.Model):
    """The published link from an occupation to an ISCO-08 unit group."""

    occupation = models.ForeignKey(
        Occupation, on_delete=models.CASCADE, related_name="isco_correspondences"
    )
    isco_group = models.ForeignKey(
        IscoGroup, on_delete=models.PROTECT, related_name="correspondences"
    )
    is_partial = models.BooleanField()

    class Meta:
        verbose_name = "ISCO correspondence"
        ordering = ["occupation", "isco_group"]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "isco_group"],
                name="iscocorrespondence_once_a_pair",
            )
        ]

    def __str__(self) -> str:
        return f"{self.occupation} → ISCO-08 {self.isco_group}"
