"""Editions of the classifications, where each table comes from, and what each load changed."""

from django.db import models
from django.urls import reverse


class Edition(models.Model):
    """One published release of ANZSCO or OSCA; a code never stands without it."""

    slug = models.SlugField(max_length=20, unique=True)
    classification = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    short_title = models.CharField(max_length=30)
    publisher = models.CharField(max_length=120)
    licence = models.CharField(max_length=40)
    released_on = models.DateField()
    superseded_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
    )
    used_for = models.CharField(max_length=200, blank=True)
    url = models.URLField(blank=True)

    class Meta:
        ordering = ["released_on"]

    def __str__(self) -> str:
        return self.short_title

    def get_absolute_url(self) -> str:
        return reverse("occupations:edition", args=[self.slug])


class Source(models.Model):
    """Who published the facts of a table, under which licence, and as at which day."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200)
    licence = models.CharField(max_length=80, blank=True)
    as_at_on = models.DateField(null=True, blank=True)
    is_official = models.BooleanField()
    url = models.URLField(blank=True)
    note = models.CharField(max_length=300, blank=True)
    next_check_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title


class TableSource(models.Model):
    """A source that a published table was made from."""

    table = models.CharField(max_length=40)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="tables")

    class Meta:
        ordering = ["table", "source"]
        constraints = [
            models.UniqueConstraint(fields=["table", "source"], name="tablesource_once_a_pair")
        ]

    def __str__(self) -> str:
        return f"{self.table}: {self.source}"


class CatalogueLoad(models.Model):
    """One load that changed something; the newest one's id is the catalogue revision."""

    loaded_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    changes = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        get_latest_by = "id"

    def __str__(self) -> str:
        return f"Revision {self.pk}"
