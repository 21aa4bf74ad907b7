import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command

from enquiries.roles import ADVISER, AUDITOR, EDITOR, LEAD, PERMISSIONS

pytestmark = pytest.mark.django_db


def may(role, permission):
    return Group.objects.get(name=role).permissions.filter(codename=permission).exists()


@pytest.fixture(autouse=True)
def _set_up(capsys):
    Group.objects.all().delete()
    call_command("set_up_roles")


@pytest.mark.parametrize(
    ("permission", "adviser", "lead"),
    [
        ("view_enquiry", True, True),
        ("change_enquiry", True, True),
        ("claim_enquiry", True, True),
        ("add_note", True, True),
        ("download_resume", True, True),
        ("view_occupation", True, True),
        ("reassign_enquiry", False, True),
        ("close_as_spam", False, True),
        ("view_outboxmessage", False, True),
        ("delete_enquiry", False, False),
        ("change_consent", False, False),
        ("change_occupation", False, False),
        ("view_missedsearch", False, False),
    ],
)
def test_each_role_may_do_its_work(permission, adviser, lead):
    assert may(ADVISER, permission) is adviser
    assert may(LEAD, permission) is lead


@pytest.mark.parametrize(
    ("permission", "editor"),
    [
        ("add_notice", True),
        ("change_caveatwording", True),
        ("change_pagefeedback", True),
        ("approve_tableupload", True),
        ("view_missedsearch", True),
        ("set_aside_missedsearch", True),
        ("view_occupation", True),
        ("change_occupation", False),
        ("view_enquiry", False),
        ("view_resume", False),
    ],
)
def test_an_editor_writes_words_and_sees_no_enquiry(permission, editor):
    assert may(EDITOR, permission) is editor


def test_an_auditor_reads_records_and_nothing_else():
    codenames = Group.objects.get(name=AUDITOR).permissions.values_list("codename", flat=True)
    assert set(codenames) == {
        "view_accessrecord",
        "view_changerecord",
        "view_erasure",
        "view_resumeaccess",
    }


def test_setting_up_again_puts_the_roles_right():
    adviser = Group.objects.get(name=ADVISER)
    before = set(adviser.permissions.all())
    adviser.permissions.set(Permission.objects.filter(codename="delete_enquiry"))
    call_command("set_up_roles")
    assert set(adviser.permissions.all()) == before
    assert Group.objects.count() == len(PERMISSIONS)


def test_a_database_that_is_not_migrated_is_one_clear_sentence():
    Permission.objects.filter(codename="claim_enquiry").delete()
    with pytest.raises(CommandError, match="run migrate first"):
        call_command("set_up_roles")
