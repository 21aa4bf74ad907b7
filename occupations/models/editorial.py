"""Editors' words and decisions: tables that no catalogue load touches."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

_EDITOR: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"}


class Notice(models.Model):
    """A dated notice of editors on a list, an occupation or a visa; shown while it is current."""

    subject = models.CharField(
        max_length=12,
        choices=[
            ("list", "An occupation list"),
            ("visa", "A visa"),
            ("occupation", "An occupation"),
            ("site", "Every page of visas and lists"),
        ],
    )
    key = models.CharField(
        max_length=30,
        blank=True,
        help_text="The list (csol), the visa (482) or the occupation (anzsco-2022:149212).",
    )
    text = models.CharField(max_length=400)
    url = models.URLField("official link", blank=True)
    dated_on = models.DateField()
    shown_until_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, editable=False, **_EDITOR)
    written_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["-dated_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject="site", key="") | ~Q(subject="site") & ~Q(key=""),
                name="notice_names_its_subject",
                violation_error_message="Name the subject; a notice on every page has none.",
            ),
            models.CheckConstraint(
                condition=Q(shown_until_on=None) | Q(shown_until_on__gte=F("dated_on")),
                name="notice_ends_after_it_starts",
                violation_error_message="A notice ends on or after its date.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class CaveatWording(models.Model):
    """Wording of a caveat that a registered migration agent approved; it outranks the shipped."""

    instrument = models.SlugField(max_length=60)
    caveat_key = models.SlugField(max_length=60)
    wording = models.CharField(max_length=400)
    approved_by_name = models.CharField(max_length=120)
    approver_marn = models.CharField("approver's MARN", max_length=7)
    approved_on = models.DateField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, editable=False, **_EDITOR)
    written_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["instrument", "caveat_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "caveat_key"], name="caveatwording_once_a_caveat"
            ),
            models.CheckConstraint(
                condition=Q(approver_marn__regex=r"^\d{7}$"),
                name="caveatwording_marn_is_seven_digits",
                violation_error_message="A MARN has seven digits.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument}, {self.caveat_key}"


class LayWord(models.Model):
    """A word that people use for an occupation and no classification names."""

    word = models.CharField(max_length=80)
    word_folded = models.CharField(max_length=80, editable=False)
    edition = models.SlugField(max_length=20)
    code = models.CharField(max_length=6)
    note = models.CharField(max_length=200, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, editable=False, **_EDITOR)
    written_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["word"]
        constraints = [
            models.UniqueConstraint(
                fields=["word_folded", "edition", "code"], name="layword_once_an_occupation"
            ),
            models.CheckConstraint(condition=Q(code__regex=r"^\d{6}$"), name="layword_code_is_six"),
        ]

    def __str__(self) -> str:
        return f"{self.word} → {self.edition} {self.code}"


class SourceCheck(models.Model):
    """An editor looked at a source: when, what was found, and when to look again."""

    source = models.SlugField(max_length=60)
    checked_on = models.DateField()
    next_check_on = models.DateField()
    finding = models.CharField(max_length=300)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, editable=False, **_EDITOR)

    class Meta:
        ordering = ["-checked_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_check_on__gt=F("checked_on")),
                name="sourcecheck_next_is_later",
                violation_error_message="The next check is after this one.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.checked_on}"


class TableUpload(models.Model):
    """A published table that one editor uploads, another approves, and the worker loads."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Waiting for approval"
        APPROVED = "approved", "Approved, waiting for the worker"
        LOADED = "loaded", "Loaded"
        REFUSED = "refused", "Refused by the second person"
        FAILED = "failed", "The load found errors"

    table = models.CharField(max_length=40)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    as_at_on = models.DateField()
    note = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    summary = models.JSONField(default=dict)
    problems = models.TextField(blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_EDITOR)
    uploaded_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, **_EDITOR)
    decided_at = models.DateTimeField(null=True, blank=True)
    loaded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at"]
        permissions = [("approve_tableupload", "Can approve a table that someone else uploaded")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("uploaded_by")),
                name="tableupload_decided_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(decided_by__isnull=False),
                name="tableupload_moves_by_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} as at {self.as_at_on}"


class PageFeedback(models.Model):
    """What a reader finds wrong or out of date on a page; it asks for no name or address."""

    path = models.CharField(max_length=200)
    message = models.CharField(max_length=1000)
    sent_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, **_EDITOR)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["handled_at", "-sent_at"]
        verbose_name_plural = "page feedback"
        constraints = [
            models.CheckConstraint(condition=~Q(message=""), name="pagefeedback_says_something"),
            models.CheckConstraint(
                condition=Q(handled_at=None, handled_by=None)
                | Q(handled_at__isnull=False, handled_by__isnull=False),
                name="pagefeedback_handled_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path}, {self.sent_at:%d %B %Y}"
