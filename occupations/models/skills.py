"""What work asks for: licences, tasks, competencies and tools; and where people are short."""

from django.db import models
from django.db.models import Q

from occupations.models.classification import Group, Occupation
from occupations.models.edition import Edition, Source

ONE_SUBJECT = Q(group=None) ^ Q(occupation=None)


class OccupationLicence(models.Model):
    """Whether registration or a licence is required, or may be, to work in an occupation."""

    occupation = models.OneToOneField(Occupation, on_delete=models.CASCADE, related_name="licence")
    requirement = models.CharField(
        max_length=15,
        choices=[("required", "Required"), ("may_be_required", "May be required")],
    )

    class Meta:
        ordering = ["occupation"]

    def __str__(self) -> str:
        return f"{self.occupation}: {self.get_requirement_display()}"


class SpecialistTask(models.Model):
    """A task of a unit group or occupation, with the share of working time that it takes."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, null=True, blank=True, related_name="specialist_tasks"
    )
    occupation = models.ForeignKey(
        Occupation, on_delete=models.CASCADE, null=True, blank=True, related_name="specialist_tasks"
    )
    text = models.CharField(max_length=120)
    share_of_time = models.DecimalField(max_digits=5, decimal_places=4)  # a fraction of one
    cluster = models.CharField(max_length=100)
    family = models.CharField(max_length=60)

    class Meta:
        ordering = ["edition", "group", "occupation", "-share_of_time"]
        constraints = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="specialisttask_has_one_subject"),
            models.UniqueConstraint(
                fields=["group", "occupation", "text"],
                name="specialisttask_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(share_of_time__gte=0, share_of_time__lte=1),
                name="specialisttask_share_is_a_fraction",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class CoreCompetency(models.Model):
    """How much of a core competency a unit group or occupation asks for, from 1 to 10."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, null=True, blank=True, related_name="core_competencies"
    )
    occupation = models.ForeignKey(
        Occupation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="core_competencies",
    )
    competency = models.CharField(max_length=40)
    score = models.PositiveSmallIntegerField()
    proficiency = models.CharField(max_length=15)

    class Meta:
        ordering = ["edition", "group", "occupation", "competency"]
        verbose_name_plural = "core competencies"
        constraints = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="corecompetency_has_one_subject"),
            models.UniqueConstraint(
                fields=["group", "occupation", "competency"],
                name="corecompetency_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=10), name="corecompetency_score_is_to_ten"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency}: {self.score}"


class TechnologyTool(models.Model):
    """A kind of software or machine that people of a unit group or occupation use."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, null=True, blank=True, related_name="technology_tools"
    )
    occupation = models.ForeignKey(
        Occupation, on_delete=models.CASCADE, null=True, blank=True, related_name="technology_tools"
    )
    tool = models.CharField(max_length=100)

    class Meta:
        ordering = ["edition", "group", "occupation", "tool"]
        constraints = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="technologytool_has_one_subject"),
            models.UniqueConstraint(
                fields=["group", "occupation", "tool"],
                name="technologytool_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return self.tool


class Place(models.TextChoices):
    NATIONAL = "national", "Australia"
    NSW = "nsw", "New South Wales"
    VIC = "vic", "Victoria"
    QLD = "qld", "Queensland"
    SA = "sa", "South Australia"
    WA = "wa", "Western Australia"
    TAS = "tas", "Tasmania"
    NT = "nt", "Northern Territory"
    ACT = "act", "Australian Capital Territory"


class ShortageRating(models.Model):
    """Whether a unit group was short of people in one place, and what drove it."""

    class Rating(models.TextChoices):
        NONE = "none", "No shortage"
        REGIONAL = "regional", "Regional shortage"
        SHORTAGE = "shortage", "Shortage"

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="shortage_ratings")
    place = models.CharField(max_length=8, choices=Place)
    rating = models.CharField(max_length=10, choices=Rating)
    driver = models.CharField(max_length=40, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["group", "place"]
        constraints = [
            models.UniqueConstraint(fields=["group", "place", "source"], name="shortagerating_once")
        ]

    def __str__(self) -> str:
        return f"{self.group}, {self.get_place_display()}: {self.get_rating_display()}"
