"""The frameworks that others refer to: AQF, NZQCF, fields and levels of education, ISCO-08."""

from django.db import models


class AqfLevel(models.Model):
    """A qualification type of the Australian Qualifications Framework and its level."""

    level = models.PositiveSmallIntegerField()
    qualification_type = models.CharField(max_length=80, unique=True)
    volume_of_learning = models.CharField(max_length=40)
    summary = models.CharField(max_length=300)

    class Meta:
        verbose_name = "AQF level"
        ordering = ["level", "qualification_type"]

    def __str__(self) -> str:
        return f"AQF {self.level}: {self.qualification_type}"


class NzqcfLevel(models.Model):
    """A level of the New Zealand Qualifications and Credentials Framework."""

    level = models.PositiveSmallIntegerField(unique=True)
    qualification_types = models.CharField(max_length=200)

    class Meta:
        verbose_name = "NZQCF level"
        ordering = ["level"]

    def __str__(self) -> str:
        return f"NZQCF {self.level}: {self.qualification_types}"


class FieldOfEducation(models.Model):
    """A broad (2 digits), narrow (4) or detailed (6) field of the ASCED classification."""

    code = models.CharField(max_length=6, unique=True)
    title = models.CharField(max_length=120)

    class Meta:
        verbose_name_plural = "fields of education"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class LevelOfEducation(models.Model):
    """A broad (1 digit), narrow (2) or detailed (3) level of the ASCED classification."""

    code = models.CharField(max_length=3, unique=True)
    title = models.CharField(max_length=120)

    class Meta:
        verbose_name_plural = "levels of education"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class IscoGroup(models.Model):
    """A unit group of ISCO-08, the international classification."""

    code = models.CharField(max_length=4, unique=True)
    title = models.CharField(max_length=160)

    class Meta:
        verbose_name = "ISCO group"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
