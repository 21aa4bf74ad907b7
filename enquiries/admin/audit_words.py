"""What auditors read of a record, in words: what changed in a row, and what was refused."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import override

from django.apps import apps
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_permission_codename
from django.http import HttpRequest
from django.utils.safestring import SafeString

from enquiries.admin import times
from enquiries.admin.queue import lines
from enquiries.columns import Named, Value, called, field_of, named_in, readable
from enquiries.models import ChangeRecord

NOTHING = "nothing"
WITHOUT_VALUES = "(values not kept)"


class ChangeRecordList(ChangeList):
    """A page of changes, each with its words; whom they name is looked up for all at once."""

    @override
    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        named = named_in(self.result_list)
        for record in self.result_list:
            record.in_words = lines(*_changes(record, named=named))


def in_words(record: ChangeRecord) -> SafeString:
    """Give the words of a record that a page of changes shows."""
    words: SafeString = vars(record)["in_words"]
    return words


def refusal(what: str) -> str:
    """Say what somebody may not do who was refused, and on which page."""
    permission, _, page = what.partition(" ")
    words = _permissions().get(permission)
    if words is None:
        return what
    return f"May not {words}: {page}" if page else f"May not {words}"


def _changes(record: ChangeRecord, *, named: Named) -> Iterator[str]:
    """Tell values where the record has them, and of all others the column alone."""
    without = []
    for column, values in sorted(record.changed.items()):
        name = called(record.table, column)
        if values is None:
            without.append(name)
            continue
        field = field_of(record.table, column)
        before, after = (_told(readable(each, field=field, named=named)) for each in values)
        yield f"{name}: {before} → {after}"
    if without:
        yield f"{', '.join(without)} {WITHOUT_VALUES}"


def _told(value: Value) -> str:
    return times.to_the_second(value) if isinstance(value, datetime) else value or NOTHING


@cache
def _permissions() -> dict[str, str]:
    """Say what each permission lets its holder do, as in “view access records”."""
    words = {}
    for model in apps.get_models():
        opts = model._meta
        usual = {
            get_permission_codename(action, opts): f"{action} {opts.verbose_name_plural}"
            for action in opts.default_permissions
        }
        for codename, name in {**usual, **dict(opts.permissions)}.items():
            words[f"{opts.app_label}.{codename}"] = str(name).removeprefix("Can ")
    return words
