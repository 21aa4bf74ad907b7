"""Visas, occupation lists, caveats by instrument, and who assesses skills by which criteria."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from occupations.models.classification import Occupation
from occupations.models.edition import Edition, Source


class Instrument(models.Model):
    """A legislative instrument: the lists and caveats it carried, and while it was in force."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    in_force_from_on = models.DateField(null=True, blank=True)
    in_force_to_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    url = models.URLField(blank=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title


class Visa(models.Model):
    """A visa subclass and the edition whose codes it reads."""

    subclass = models.CharField(max_length=6, unique=True)
    title = models.CharField(max_length=120)
    reads_edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="visas")
    is_open = models.BooleanField()
    url = models.URLField(blank=True)

    class Meta:
        ordering = ["subclass"]

    def __str__(self) -> str:
        return f"{self.subclass} {self.title}"


class OccupationList(models.Model):
    """A skilled occupation list of the Department of Home Affairs."""

    slug = models.SlugField(max_length=20, unique=True)
    acronym = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    url = models.URLField(blank=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.acronym


class ListMembership(models.Model):
    """An occupation named by a list, for which visas, in which copy of the list."""

    occupation_list = models.ForeignKey(
        OccupationList, on_delete=models.CASCADE, related_name="memberships"
    )
    occupation = models.ForeignKey(
        Occupation, on_delete=models.CASCADE, related_name="list_memberships"
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    visas = ArrayField(models.CharField(max_length=10), default=list)
    authority_named = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["occupation", "occupation_list"]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation_list", "occupation", "source"],
                name="listmembership_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.occupation} on {self.occupation_list}"


class Caveat(models.Model):
    """A condition that an instrument puts on nominations, known by its number or title there."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="caveats")
    key = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=120)
    wording = models.CharField(max_length=400)

    class Meta:
        ordering = ["instrument", "number", "key"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "key"], name="caveat_once_an_instrument")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.instrument})"


class CaveatMembership(models.Model):
    """An occupation that a caveat applied to, and the programs it was for."""

    caveat = models.ForeignKey(Caveat, on_delete=models.CASCADE, related_name="memberships")
    occupation = models.ForeignKey(
        Occupation, on_delete=models.CASCADE, related_name="caveat_memberships"
    )
    programs = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        ordering = ["occupation", "caveat"]
        constraints = [
            models.UniqueConstraint(fields=["caveat", "occupation"], name="caveatmembership_once")
        ]

    def __str__(self) -> str:
        return f"{self.caveat}: {self.occupation}"


class AssessingAuthority(models.Model):
    """The body that assesses skills for an occupation."""

    slug = models.SlugField(max_length=20, unique=True)
    acronym = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    url = models.URLField(blank=True)

    class Meta:
        ordering = ["slug"]
        verbose_name_plural = "assessing authorities"

    def __str__(self) -> str:
        return self.acronym


class Assessment(models.Model):
    """Who assesses an occupation, and in which group of criteria."""

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="assessments")
    authority = models.ForeignKey(
        AssessingAuthority, on_delete=models.PROTECT, related_name="assessments"
    )
    group = models.CharField(max_length=4, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["occupation", "authority"]
        constraints = [
            models.UniqueConstraint(fields=["occupation", "authority"], name="assessment_once")
        ]

    def __str__(self) -> str:
        return f"{self.occupation} by {self.authority}"


class AssessmentCriterion(models.Model):
    """One published pathway of an assessment group, in our words and as values."""

    authority = models.ForeignKey(
        AssessingAuthority, on_delete=models.CASCADE, related_name="criteria"
    )
    group = models.CharField(max_length=4)
    seq = models.PositiveSmallIntegerField()
    qualification = models.CharField(max_length=80)
    is_highly_relevant_field = models.BooleanField(null=True)
    additional_qualification = models.CharField(max_length=120, blank=True)
    years = models.PositiveSmallIntegerField()
    employment = models.CharField(
        max_length=10,
        choices=[
            ("after", "After the qualification"),
            ("before", "Before the qualification"),
        ],
    )
    text = models.CharField(max_length=400)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["authority", "group", "seq"]
        verbose_name_plural = "assessment criteria"
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "group", "seq"], name="assessmentcriterion_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.authority} group {self.group}, {self.seq}"


class AssessmentNote(models.Model):
    """What the assessing authority says of one occupation, in our words."""

    occupation = models.ForeignKey(
        Occupation, on_delete=models.CASCADE, related_name="assessment_notes"
    )
    section = models.CharField(
        max_length=15,
        choices=[
            ("requirement", "Requirements"),
            ("major", "Highly relevant fields of study"),
            ("subject", "Subjects of a field of study"),
            ("task", "Highly relevant tasks"),
            ("role", "The role"),
            ("demonstration", "What has to be shown"),
            ("exclusion", "What is not accepted"),
        ],
    )
    seq = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=80, blank=True)
    text = models.CharField(max_length=400)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["occupation", "section", "seq"]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "section", "seq"], name="assessmentnote_place"
            )
        ]

    def __str__(self) -> str:
        return self.text


class NotConsideredTitle(models.Model):
    """A title that the assessing authority does not take under this code."""

    occupation = models.ForeignKey(
        Occupation, on_delete=models.CASCADE, related_name="not_considered_titles"
    )
    seq = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    right_occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["occupation", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["occupation", "seq"], name="notconsideredtitle_place")
        ]

    def __str__(self) -> str:
        return self.title


class OccupationLink(models.Model):
    """A page elsewhere about one occupation."""

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="links")
    seq = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=80)
    url = models.URLField()

    class Meta:
        ordering = ["occupation", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["occupation", "seq"], name="occupationlink_place")
        ]

    def __str__(self) -> str:
        return self.label
