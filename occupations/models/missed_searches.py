"""What readers search for and do not find, counted for editors without a trace of who asked."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

TIMES_BEFORE_WORDS = 5  # a question is kept in words only after it was missed so many times
DAYS_BEFORE_WORDS = 2  # and on so many days: what many people type names nobody
MOST_LETTERS = 60
_WORD = r"[^\s0-9!-&(-,./:-@\[-`{-~]+"  # no digit, and of ASCII's signs only ' and -


class MissedSearchQuerySet(models.QuerySet["MissedSearch"]):
    def in_words(self) -> Self:
        return self.exclude(words="")

    def to_look_at(self) -> Self:
        return self.in_words().filter(set_aside_at=None)

    def set_aside(self) -> Self:
        return self.in_words().filter(set_aside_at__isnull=False)


class MissedSearch(models.Model):
    """
    A question that search did not answer, as a keyed digest with how often it was missed.

    One row, the digest of nothing, stands for all questions whose words are never kept.
    """

    class Found(models.TextChoices):
        NOTHING = "nothing", "No result"
        NEAR = "near", "Near titles only"

    digest = models.CharField(max_length=64, editable=False)
    words = models.CharField("search", max_length=MOST_LETTERS, blank=True)
    found = models.CharField(max_length=7, choices=Found)
    times = models.PositiveIntegerField(default=1)
    days = models.PositiveIntegerField("on days", default=1)
    first_on = models.DateField("first searched")
    last_on = models.DateField("last searched")
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    set_aside_at = models.DateTimeField(null=True, blank=True)

    objects = MissedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["-times", "-last_on", "words"]
        verbose_name_plural = "missed searches"
        default_permissions = ["view"]
        permissions = [("set_aside_missedsearch", "Can set a missed search aside")]
        indexes = [
            models.Index(fields=["first_on"], name="missedsearch_first_on"),
            models.Index(fields=["last_on"], name="missedsearch_last_on"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="missedsearch_once_a_question"),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="missedsearch_digest_is_one"
            ),
            models.CheckConstraint(
                condition=Q(words="")
                | Q(times__gte=TIMES_BEFORE_WORDS, days__gte=DAYS_BEFORE_WORDS),
                name="missedsearch_words_of_many",
            ),
            models.CheckConstraint(
                condition=Q(words="") | Q(words__regex=f"^{_WORD}( {_WORD}){{0,5}}$"),
                name="missedsearch_words_are_few",
            ),
            models.CheckConstraint(
                condition=Q(found__in=["nothing", "near"]), name="missedsearch_found_is_known"
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1, times__gte=F("days"), last_on__gte=F("first_on")),
                name="missedsearch_counts_agree",
            ),
            models.CheckConstraint(
                condition=Q(set_aside_by=None, set_aside_at=None)
                | Q(set_aside_by__isnull=False, set_aside_at__isnull=False),
                name="missedsearch_set_aside_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return self.words or f"question {self.digest[:8]}"
