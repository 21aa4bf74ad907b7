"""What an enquiry asks about: snapshots that outlive a change of the catalogue."""

from django.db import models

from enquiries.models.enquiry import Enquiry


class OccupationOfInterest(models.Model):
    """An occupation as it was called when the enquiry came; no key into the catalogue."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="occupations")
    edition = models.CharField(max_length=30)
    code = models.CharField(max_length=10)
    title = models.CharField(max_length=200)

    class Meta:
        verbose_name_plural = "occupations of interest"
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "edition", "code"], name="occupationofinterest_once_an_enquiry"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition}:{self.code} {self.title}"


class QualificationOfInterest(models.Model):
    """A qualification as it was called when the enquiry came; no key into the catalogue."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="qualifications")
    code = models.CharField(max_length=12)
    title = models.CharField(max_length=250)

    class Meta:
        verbose_name_plural = "qualifications of interest"
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "code"], name="qualificationofinterest_once_an_enquiry"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
