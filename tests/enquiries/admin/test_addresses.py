"""Every address of the desk and each role: who lacks the permission is refused, and it is noted."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from enquiries.models import AccessRecord
from enquiries.roles import ADVISER, AUDITOR, EDITOR, LEAD

pytestmark = pytest.mark.django_db
STOCK = re.compile(
    r"(?P<app>[a-z]+)_(?P<model>[a-z]+)_(?P<page>changelist|add|change|delete|history)"
)
VERBS = {"changelist": "view", "change": "view", "history": "view"}
SUPERUSERS_ALONE = "auth.superuser"  # nobody is given it
# What an address of our own asks for; None is for whoever is signed in.
ASKS = {
    "auth_user_password_change": SUPERUSERS_ALONE,
    "desk": "enquiries.claim_enquiry",
    "desk_calendar": "enquiries.view_callback",
    "desk_dashboard": "enquiries.view_dashboard",
    "desk_feed": "enquiries.claim_enquiry",
    "desk_take": "enquiries.claim_enquiry",
    "desk_view_delete": "enquiries.claim_enquiry",
    "desk_view_save": "enquiries.claim_enquiry",
    "enquiries_accessrecord_of_enquiry": "enquiries.view_accessrecord",
    "enquiries_accessrecord_of_person": "enquiries.view_accessrecord",
    "enquiries_datarequest_erase": "enquiries.change_datarequest",
    "enquiries_enquiry_act": "enquiries.view_enquiry",
    "enquiries_enquiry_bulk": "enquiries.claim_enquiry",
    "enquiries_enquiry_erase": "enquiries.erase_enquiry",
    "enquiries_enquiry_export": "enquiries.export_enquiry",
    "enquiries_enquiry_find": None,  # leads to the queue, which refuses
    "enquiries_enquiry_hold": "enquiries.hold_enquiry",
    "enquiries_enquiry_on_behalf": "enquiries.add_enquiry",
    "enquiries_followup_close": "enquiries.change_followup",
    "enquiries_officehours_preview": "enquiries.view_officehours",
    "enquiries_outboxmessage_take_up": "enquiries.change_outboxmessage",
    "enquiries_resume_download": "enquiries.download_resume",
    "enquiries_resume_preview": "enquiries.download_resume",
    "enquiries_suppression_find": "enquiries.delete_suppression",
    "enquiries_suppression_remove": "enquiries.delete_suppression",
    "occupations_tableupload_copy": "occupations.view_tableupload",
    "occupations_tableupload_decide": "occupations.approve_tableupload",
    "occupations_tableupload_file": "occupations.view_tableupload",
}
FOR_ALL = {"app_list", "autocomplete", "index", "jsi18n", "login", "logout", "password_change",
           "password_change_done", "view_on_site"}  # fmt: skip
SLUGS = {"desk": {}, "enquiries_enquiry_act": {"name": "assign"},
         "enquiries_enquiry_bulk": {"name": "release"},
         "occupations_tableupload_copy": {"table": "visa"},
         "occupations_tableupload_decide": {"name": "approve"}}  # fmt: skip


def named(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """List what has a name among the addresses of the admin."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns)
        elif pattern.name:
            yield pattern


@pytest.fixture
def asked(make_enquiry, make_resume):
    """Give each address, of one enquiry and its résumé where it is of a row, and what it asks."""
    enquiry = make_enquiry()
    resume = make_resume(enquiry)
    [admin] = [each for each in get_resolver().url_patterns
               if isinstance(each, URLResolver) and each.namespace == "admin"]  # fmt: skip
    found = {}
    for pattern in named(admin.url_patterns):
        name = pattern.name or ""
        stock = STOCK.fullmatch(name) if name not in ASKS else None
        if name in FOR_ALL:
            continue
        if stock:
            verb = VERBS.get(stock["page"], stock["page"])
            permission = f"{stock['app']}.{verb}_{stock['model']}"
            if stock["page"] == "history" or (stock["page"] in {"change", "delete"}
                                              and stock["app"] != "enquiries"):  # fmt: skip
                continue  # as its list
        else:
            permission = ASKS[name] or ""  # an address that is missing there fails this test
        pk = resume.pk if "resume" in name else enquiry.pk
        given = {key: pk for key in pattern.pattern.converters if key in {"pk", "object_id", "id"}}
        found[reverse(f"admin:{name}", kwargs=given | SLUGS.get(name, {}))] = permission
    return found


@pytest.mark.parametrize("role", [ADVISER, LEAD, EDITOR, AUDITOR, None])
def test_no_address_lets_in_who_lacks_its_permission_and_each_refusal_is_noted(
    make_staff, asked, role
):
    user = make_staff(role)
    closed = {page: may for page, may in asked.items() if may and not user.has_perm(may)}
    refused = []
    for address in closed:
        for answer in (user.client.get(address), user.client.post(address)):
            if answer.status_code == 403:
                refused.append(address)
            elif answer.status_code == 302:  # not to be looked at: it leads where it is refused
                assert answer["Location"] in {"/admin/", *closed}, address
            else:  # there is no such row, or it is asked by the other method alone
                assert answer.status_code in {404, 405}, address
    noted = AccessRecord.objects.filter(by=user, kind="refused").order_by("id")
    assert [each.what.rpartition(" ")[2] for each in noted] == refused
    assert len(set(refused)) > 40


def test_what_is_for_whoever_is_signed_in_tells_nothing_of_anybody(make_staff, make_enquiry):
    enquiry, nobody = make_enquiry(given_name="Wanda"), make_staff(None)
    for name in ("index", "password_change", "password_change_done", "jsi18n"):
        assert "Wanda" not in nobody.client.get(reverse(f"admin:{name}")).content.decode()
    closed = {
        reverse("admin:autocomplete")
        + "?app_label=enquiries&model_name=followup&field_name=enquiry&term=W": 403,
        reverse("admin:app_list", args=["enquiries"]): 404,
        reverse("admin:view_on_site", args=[0, enquiry.pk]): 404,
    }
    for address, status in closed.items():
        assert nobody.client.get(address).status_code == status, address
