"""The glossary: words of the field, explained in our own."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse


class GlossaryTerm(models.Model):
    """A word that pages use and a newcomer may not know."""

    slug = models.SlugField(max_length=60, unique=True)
    term = models.CharField(max_length=80)
    also_called = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    text = models.CharField(max_length=600)
    see_also = ArrayField(models.CharField(max_length=60), default=list, blank=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.term

    def get_absolute_url(self) -> str:
        return f"{reverse('occupations:glossary')}#{self.slug}"
