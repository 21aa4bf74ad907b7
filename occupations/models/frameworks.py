"""The qualifications frameworks of Australia and New Zealand that skill levels refer to."""

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
