"""The version of reading pages: another catalogue, other words of editors, another day."""

from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection

from advisory import page_version
from advisory.page_version import CurrentVersion
from occupations.models import Notice, TextVector

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 1, tzinfo=UTC)


def refuse(*_arguments):
    raise OperationalError("the server is gone")


def test_whatever_editors_write_gives_every_page_a_new_version(django_user_model):
    clock = iter(range(0, 100, 10))
    current = CurrentVersion(clock=lambda: next(clock))
    editor = django_user_model.objects.create(username="editor")

    def etag():
        return current.read(now=NOON)[0].etag

    etags = [etag()]
    notice = Notice.objects.create(
        subject="site",
        text="A list changes soon.",
        dated_on=NOON.date(),
        written_by=editor,
        written_at=NOON,
    )
    etags.append(etag())
    Notice.objects.update(text="A list changed.")
    etags.append(etag())
    notice.delete()
    etags.append(etag())

    assert len(set(etags[:3])) == 3
    assert etags[3] == etags[0]


def test_vectors_that_come_after_the_load_give_pages_a_new_version():
    clock = iter(range(0, 100, 10))
    current = CurrentVersion(clock=lambda: next(clock))
    before = current.read(now=NOON)[0]

    TextVector.objects.create(model="any", digest=b"0" * 16, vector=b"0")

    assert current.read(now=NOON)[0].etag != before.etag


def test_no_page_of_a_new_version_is_made_of_what_was_told_before_it(monkeypatch):
    clock = iter(range(0, 100, 10))
    asked_anew = []
    monkeypatch.setattr(page_version, "ask_anew", lambda: asked_anew.append(True))
    current = CurrentVersion(clock=lambda: next(clock))

    current.read(now=NOON)
    current.read(now=NOON)
    assert len(asked_anew) == 1
    TextVector.objects.create(model="any", digest=b"0" * 16, vector=b"0")
    current.read(now=NOON)
    assert len(asked_anew) == 2


def test_the_revision_is_asked_for_once_a_second(django_assert_num_queries):
    seconds = iter([0.0, 0.5, 0.9, 1.1])
    current = CurrentVersion(clock=lambda: next(seconds))

    with django_assert_num_queries(2):
        versions = [current.read(now=NOON)[0] for _ in range(4)]

    assert len(set(versions)) == 1


def test_the_last_known_revision_stands_while_the_database_is_away():
    seconds = iter([0.0, 5.0])
    current = CurrentVersion(clock=lambda: next(seconds))
    before = current.read(now=NOON)

    with connection.execute_wrapper(refuse):
        assert current.read(now=NOON) == before


def test_without_any_known_revision_the_fault_is_not_hidden():
    with connection.execute_wrapper(refuse), pytest.raises(OperationalError):
        CurrentVersion().read(now=NOON)


def test_a_new_day_at_the_office_gives_a_new_version():
    current = CurrentVersion()
    evening = datetime(2026, 11, 24, 12, 59, tzinfo=UTC)  # 23:59 in Sydney
    midnight = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)

    before, after = current.read(now=evening)[0], current.read(now=midnight)[0]

    assert (before.on.day, after.on.day) == (24, 25)
    assert before.etag != after.etag
