"""Qualifications with their releases, what a release says, units, and what replaced what."""

from django.db import models
from django.urls import reverse

from occupations.models.frameworks import FieldOfEducation


class TrainingPackage(models.Model):
    """A set of qualifications and units that one industry endorsed."""

    code = models.CharField(max_length=10, unique=True)
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Qualification(models.Model):
    """A nationally recognised qualification; ``is_held`` is false if we only know its name."""

    code = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=200)
    title_folded = models.CharField(max_length=200)
    training_package = models.ForeignKey(
        TrainingPackage, on_delete=models.PROTECT, related_name="qualifications"
    )
    aqf_type = models.CharField(max_length=60, blank=True)
    aqf_level = models.PositiveSmallIntegerField(null=True, blank=True)
    is_title_cut = models.BooleanField(default=False)
    usage_recommendation = models.CharField(max_length=20, blank=True)
    is_held = models.BooleanField()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("occupations:qualification", args=[self.code])


class QualificationRelease(models.Model):
    """One published release of a qualification."""

    qualification = models.ForeignKey(
        Qualification, on_delete=models.CASCADE, related_name="releases"
    )
    release = models.PositiveSmallIntegerField()
    released_on = models.DateField(null=True, blank=True)
    stated_unit_count = models.PositiveSmallIntegerField(null=True, blank=True)
    url = models.URLField(blank=True)

    class Meta:
        ordering = ["qualification", "-release"]
        constraints = [
            models.UniqueConstraint(
                fields=["qualification", "release"],
                name="qualificationrelease_number_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.qualification.code} release {self.release}"

    def get_absolute_url(self) -> str:
        return reverse("occupations:release", args=[self.qualification.code, self.release])


class StatementSection(models.TextChoices):
    DESCRIPTION = "description", "Description"
    JOB_ROLE = "job_role", "Job roles"
    MODIFICATION_HISTORY = "modification_history", "Modification history"
    PATHWAY_ENTRY = "pathway_entry", "Entry requirements in the pathways"
    PATHWAY_IN = "pathway_in", "Pathways into the qualification"
    PATHWAY_IN_ROLE = "pathway_in_role", "Roles that count as experience"
    PATHWAY_OUT = "pathway_out", "Pathways from the qualification"
    LICENSING = "licensing", "Licensing and regulation"
    ENTRY_REQUIREMENTS = "entry_requirements", "Entry requirements"
    EMPLOYABILITY_SKILL = "employability_skill", "Employability skills"
    EMPLOYABILITY_NOTE = "employability_note", "Note on employability skills"
    NOTICE = "notice", "Notice about content by others"
    QUIRK = "quirk", "What does not add up in the source"


class ReleaseStatement(models.Model):
    """One thing that a release states, in our words; it may name another qualification."""

    release = models.ForeignKey(
        QualificationRelease, on_delete=models.CASCADE, related_name="statements"
    )
    section = models.CharField(max_length=25, choices=StatementSection)
    seq = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    names_qualification = models.ForeignKey(
        Qualification,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="named_in_statements",
    )

    class Meta:
        ordering = ["release", "section", "seq"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "section", "seq"],
                name="releasestatement_place_in_section",
            )
        ]

    def __str__(self) -> str:
        return f"{self.release}: {self.section} {self.seq}"


class QualificationMapping(models.Model):
    """What replaced a qualification, and whether the two are equivalent."""

    from_qualification = models.ForeignKey(
        Qualification, on_delete=models.CASCADE, related_name="replaced_by"
    )
    to_qualification = models.ForeignKey(
        Qualification, on_delete=models.CASCADE, related_name="replaces"
    )
    is_equivalent = models.BooleanField()
    note = models.CharField(max_length=400, blank=True)
    mapped_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["from_qualification", "mapped_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_qualification", "to_qualification"],
                name="qualificationmapping_once_a_pair",
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_qualification.code} → {self.to_qualification.code}"


class QualificationClassification(models.Model):
    """A code or value that the register gives a qualification, now or in its history."""

    qualification = models.ForeignKey(
        Qualification, on_delete=models.CASCADE, related_name="classifications"
    )
    scheme = models.CharField(
        max_length=20,
        choices=[
            ("anzsco", "ANZSCO identifier"),
            ("asco", "ASCO occupation type identifier"),
            ("asced_field", "ASCED field of education"),
            ("level_of_education", "Level of education"),
            ("industry_sector", "Industry sector"),
            ("occupation", "Occupation"),
        ],
    )
    seq = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12, blank=True)
    value = models.CharField(max_length=120)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["qualification", "seq"]
        constraints = [
            models.UniqueConstraint(
                fields=["qualification", "seq"],
                name="qualificationclassification_place",
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.code} {self.value}"


class Unit(models.Model):
    """
    A unit of competency: one workplace skill that training is packaged from.

    ``is_held`` is false if we only know its code, from a unit that replaced it or that it replaced.
    """

    code = models.CharField(max_length=14, unique=True)
    title = models.CharField(max_length=250, blank=True)
    title_folded = models.CharField(max_length=250, blank=True)
    usage_recommendation = models.CharField(max_length=20, blank=True)
    usage_from_on = models.DateField(null=True, blank=True)
    release = models.PositiveSmallIntegerField(null=True, blank=True)
    released_on = models.DateField(null=True, blank=True)
    training_package = models.ForeignKey(
        TrainingPackage, on_delete=models.PROTECT, null=True, blank=True, related_name="units"
    )
    field_of_education = models.ForeignKey(
        FieldOfEducation, on_delete=models.PROTECT, null=True, blank=True, related_name="units"
    )
    is_held = models.BooleanField(default=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".rstrip()

    def get_absolute_url(self) -> str:
        return reverse("occupations:unit", args=[self.code])


class UnitMapping(models.Model):
    """What replaced a unit, and whether the two are equivalent."""

    from_unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="replaced_by")
    to_unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="replaces")
    is_equivalent = models.BooleanField(null=True)

    class Meta:
        ordering = ["from_unit", "to_unit"]
        constraints = [
            models.UniqueConstraint(fields=["from_unit", "to_unit"], name="unitmapping_once_a_pair")
        ]

    def __str__(self) -> str:
        return f"{self.from_unit.code} → {self.to_unit.code}"
