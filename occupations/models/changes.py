"""The change log: what each load added, altered and withdrew, fact by fact."""

from django.db import models

from occupations.models.edition import CatalogueLoad


class FactChange(models.Model):
    """One row of a published table that a load added, altered or withdrew."""

    load = models.ForeignKey(CatalogueLoad, on_delete=models.CASCADE, related_name="facts")
    table = models.CharField(max_length=40)
    kind = models.CharField(
        max_length=10,
        choices=[("added", "Added"), ("altered", "Altered"), ("withdrawn", "Withdrawn")],
    )
    key = models.JSONField()
    edition = models.CharField(max_length=20, blank=True)
    code = models.CharField(max_length=14, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["-load", "table", "id"]
        indexes = [
            models.Index(fields=["edition", "code"], name="factchange_subject"),
            models.Index(fields=["table", "kind"], name="factchange_table"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.key}: {self.kind}"
