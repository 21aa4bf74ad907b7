"""Editors write notices, wordings and words in the admin; what cannot stand is refused there."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from enquiries.roles import EDITOR
from occupations.editorial.feedback import record_feedback
from occupations.models import CaveatWording, LayWord, Notice, PageFeedback, SourceCheck

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(django_user_model):
    user = django_user_model.objects.create_user("editor", is_staff=True)
    user.groups.add(Group.objects.get(name=EDITOR))
    return user


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def write(desk, model, **typed):
    return desk.post(f"/admin/occupations/{model}/add/", typed)


NOTICE = {
    "subject": "list",
    "key": "csol",
    "text": "The department has announced a new list.",
    "dated_on": "2026-11-20",
}
WORDING = {
    "instrument": "caveats-2022-03",
    "caveat_key": "19",
    "wording": "It shut out small businesses.",
    "approved_by_name": "Jo Example",
    "approver_marn": "0000000",
    "approved_on": "2026-11-20",
}
LAY_WORD = {"word": "call floor boss", "edition": "anzsco-2022", "code": "149211"}
CHECK = {
    "source": "home-affairs-list-2026-09-14",
    "checked_on": "2026-11-20",
    "next_check_on": "2026-12-20",
    "finding": "No change.",
}


@pytest.mark.parametrize(
    ("model", "typed", "stored"),
    [
        ("notice", NOTICE, Notice),
        ("notice", NOTICE | {"subject": "visa", "key": "482"}, Notice),
        ("notice", NOTICE | {"subject": "occupation", "key": "anzsco-2013:149212"}, Notice),
        ("notice", NOTICE | {"subject": "site", "key": ""}, Notice),
        ("caveatwording", WORDING, CaveatWording),
        ("layword", LAY_WORD, LayWord),
        ("sourcecheck", CHECK, SourceCheck),
    ],
)
def test_what_an_editor_writes_is_signed(desk, editor, model, typed, stored):
    assert write(desk, model, **typed).status_code == 302
    row = stored.objects.get()
    assert (row.checked_by if stored is SourceCheck else row.written_by) == editor


@pytest.mark.parametrize(
    ("model", "typed", "sentence"),
    [
        ("notice", NOTICE | {"key": "no-list"}, "We hold no list “no-list”."),
        ("notice", NOTICE | {"subject": "visa", "key": "999"}, "We hold no visa “999”."),
        (
            "notice",
            NOTICE | {"subject": "occupation", "key": "541111"},
            "We hold no occupation “541111”.",
        ),
        ("notice", NOTICE | {"subject": "site"}, "leave it empty"),
        ("caveatwording", WORDING | {"caveat_key": "99"}, "has no caveat “99”"),
        ("caveatwording", WORDING | {"approver_marn": "12"}, "A MARN has seven digits."),
        ("layword", LAY_WORD | {"code": "000000"}, "We hold no occupation 000000"),
        ("layword", LAY_WORD | {"word": "Registered nurses nec"}, "is a title of 254499"),
        ("layword", LAY_WORD | {"word": "!!!"}, "at least one letter"),
        ("sourcecheck", CHECK | {"source": "nobody"}, "names no source “nobody”"),
        (
            "sourcecheck",
            CHECK | {"next_check_on": "2026-11-20"},
            "The next check is after this one.",
        ),
    ],
)
def test_what_cannot_stand_is_refused_with_a_reason(desk, model, typed, sentence):
    answer = write(desk, model, **typed)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()


def test_the_database_refuses_a_notice_about_nothing(editor):
    with pytest.raises(IntegrityError, match="notice_names_its_subject"), transaction.atomic():
        Notice.objects.create(
            subject="list", key="", text="?", dated_on=date(2026, 1, 1), written_by=editor,
            written_at=NOW,
        )  # fmt: skip


def test_feedback_is_read_and_closed_with_what_was_done(desk, editor):
    feedback = record_feedback(path="/visas/", message="Visa 400 is missing", now=NOW)
    page = f"/admin/occupations/pagefeedback/{feedback.pk}/change/"
    assert "Visa 400 is missing" in desk.get(page).content.decode()
    desk.post(page, {"outcome": "Not in the department's list."})
    feedback.refresh_from_db()
    assert (feedback.handled_by, feedback.outcome) == (editor, "Not in the department's list.")
    desk.post(page, {"outcome": "Something else"})
    assert PageFeedback.objects.get().outcome == "Not in the department's list."


@pytest.mark.parametrize("state", ["open", "handled", ""])
def test_feedback_is_listed_by_whether_it_is_done(desk, state):
    record_feedback(path="/visas/", message="Visa 400 is missing", now=NOW)
    page = desk.get("/admin/occupations/pagefeedback/", {"state": state}).content.decode()
    assert ("Visa 400 is missing" in page) is (state != "handled")


def test_nobody_writes_feedback_at_the_desk(desk):
    assert desk.get("/admin/occupations/pagefeedback/add/").status_code == 403


def test_an_adviser_writes_no_notice(client, django_user_model):
    adviser = django_user_model.objects.create_user("adviser", is_staff=True)
    adviser.groups.add(Group.objects.get(name="Adviser"))
    client.force_login(adviser)
    assert write(client, "notice", **NOTICE).status_code == 403
    assert client.get("/admin/occupations/notice/").status_code == 200
