"""What editors write beside the catalogue: notices, caveat wording and lay words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, cast, override

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from occupations.editorial.words import (
    WordsRejected,
    check_caveat,
    check_lay_word,
    check_subject,
)
from occupations.folding import fold
from occupations.models import CaveatWording, Edition, LayWord, Notice

type Words = Notice | CaveatWording | LayWord


@contextmanager
def _said_on_the_form() -> Iterator[None]:
    try:
        yield
    except WordsRejected as error:
        raise ValidationError(str(error)) from error


class NoticeForm(forms.ModelForm):
    class Meta:
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": 4, "cols": 60})}

    @override
    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not self.errors:
            with _said_on_the_form():
                check_subject(subject=typed["subject"], key=typed["key"])
        return typed


class CaveatWordingForm(forms.ModelForm):
    @override
    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not self.errors:
            with _said_on_the_form():
                check_caveat(instrument=typed["instrument"], key=typed["caveat_key"])
        return typed


def _editions() -> list[tuple[str, str]]:
    """List the editions to choose from; first the newest of ANZSCO, whose codes search shows."""
    rows = sorted(
        Edition.objects.order_by("-released_on"), key=lambda one: one.classification != "ANZSCO"
    )
    return [(one.slug, one.short_title) for one in rows]


class LayWordForm(forms.ModelForm):
    edition = forms.ChoiceField(choices=_editions, help_text="Whose code it is.")

    class Meta:
        help_texts: ClassVar = {
            "word": "As people say it; search then finds the occupation by it.",
            "code": "Of the occupation: six digits.",
            "note": "Where it was heard, say; only editors read this.",
        }

    @override
    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not self.errors:
            with _said_on_the_form():
                check_lay_word(typed["word"], edition=typed["edition"], code=typed["code"])
            self.instance.word_folded = fold(typed["word"])
        return typed


class WordsAdmin(admin.ModelAdmin):
    """Signs each row with who wrote it and when."""

    @override
    def save_model(
        self,
        request: HttpRequest,
        obj: Notice | CaveatWording | LayWord,
        form: forms.ModelForm,
        change: bool,
    ) -> None:
        obj.written_by, obj.written_at = cast(User, request.user), timezone.now()
        super().save_model(request, obj, form, change)


@admin.register(Notice)
class NoticeAdmin(WordsAdmin):
    form = NoticeForm
    list_display = ["text", "subject", "key", "dated_on", "shown_until_on", "written_by"]
    list_filter = ["subject"]
    search_fields = ["text", "key"]


@admin.register(CaveatWording)
class CaveatWordingAdmin(WordsAdmin):
    form = CaveatWordingForm
    list_display = [
        "instrument",
        "caveat_key",
        "wording",
        "approved_by_name",
        "approver_marn",
        "approved_on",
    ]
    list_filter = ["instrument"]
    search_fields = ["wording", "caveat_key"]


@admin.register(LayWord)
class LayWordAdmin(WordsAdmin):
    form = LayWordForm
    list_display = ["word", "edition", "code", "note", "written_by"]
    list_filter = ["edition"]
    search_fields = ["word", "code"]
