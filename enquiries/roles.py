"""Roles: what an adviser, a lead, an editor and an auditor may do."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

ADVISER = "Adviser"
LEAD = "Lead"
EDITOR = "Editor"
AUDITOR = "Auditor"
_OFFICE = ("officehours", "closure", "absence")
_ADVISER_MAY = {
    "view_callbackpolicy",
    *(f"view_{part}" for part in _OFFICE),
    "view_enquiry",
    "add_enquiry",
    "change_enquiry",
    "claim_enquiry",
    "view_callattempt",
    "add_callattempt",
    "view_callback",
    "view_consent",
    "view_event",
    "view_followup",
    "add_followup",
    "change_followup",
    "view_letter",
    "view_note",
    "add_note",
    "view_occupationofinterest",
    "view_qualificationofinterest",
    "view_resume",
    "download_resume",
    "merge_enquiry",
    "view_cannedreply",
    "view_staffreply",
    "add_staffreply",
    "view_savedview",
    "view_shift",
}
_LEAD_MAY = _ADVISER_MAY | {
    "change_callbackpolicy",
    *(f"{verb}_{part}" for verb in ("add", "change", "delete") for part in _OFFICE),
    "reassign_enquiry",
    "close_as_spam",
    "view_outboxmessage",
    "change_outboxmessage",
    "view_resumeaccess",
    "view_retentionperiod",
    "change_retentionperiod",
    "view_wording",
    "add_wording",
    "view_datarequest",
    "change_datarequest",
    "view_erasure",
    "export_enquiry",
    "erase_enquiry",
    "hold_enquiry",
    "view_dashboard",
    "view_callopinion",
    "view_adviser",
    "add_adviser",
    "change_adviser",
    *(f"{verb}_cannedreply" for verb in ("add", "change", "delete")),
    *(f"{verb}_shift" for verb in ("add", "change", "delete")),
    "view_suppression",
    "delete_suppression",
}
_WORDS = ("notice", "caveatwording", "layword", "sourcecheck")
_EDITORS_ALONE = {"view_missedsearch", "set_aside_missedsearch"}
_EDITOR_MAY = {f"{verb}_{words}" for verb in ("add", "change", "delete") for words in _WORDS} | {
    "change_pagefeedback",
    "add_tableupload",
    "approve_tableupload",
    *_EDITORS_ALONE,
}
_AUDITOR_MAY = {
    "view_accessrecord",
    "view_changerecord",
    "view_resumeaccess",
    "view_erasure",
}
_CATALOGUE = Q(content_type__app_label="occupations", codename__startswith="view_") & ~Q(
    codename__in=_EDITORS_ALONE
)
PERMISSIONS = {
    ADVISER: frozenset(_ADVISER_MAY),
    LEAD: frozenset(_LEAD_MAY),
    EDITOR: frozenset(_EDITOR_MAY),
    AUDITOR: frozenset(_AUDITOR_MAY),
}


class PermissionsMissing(Exception):
    """The database lacks permissions that a role needs: it is not migrated."""


@transaction.atomic
def set_up_roles() -> None:
    """
    Make each role's group with exactly its permissions; again and again alike.

    All but auditors, who read the records alone, may look at the catalogue, which nobody edits by
    hand; what people searched for is for editors alone.

    :raises PermissionsMissing: if the database is not migrated
    """
    for role, codenames in PERMISSIONS.items():
        may = Q(content_type__app_label__in=["enquiries", "occupations"], codename__in=codenames)
        if role != AUDITOR:
            may |= _CATALOGUE
        granted = Permission.objects.filter(may)
        found = granted.filter(codename__in=codenames).count()
        if found != len(codenames):
            msg = f"{role} needs {len(codenames)} permissions, {found} exist: run migrate first."
            raise PermissionsMissing(msg)
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set(granted)
