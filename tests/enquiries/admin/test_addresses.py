"""Every address of the desk and each role: who lacks the permission is refused, and it is noted."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from enquiries.models import AccessRecord
from enquiries.roles import ADVISER, AUDITOR, EDITOR, LEAD
from occupations.models import TableUpload

pytestmark = pytest.mark.django_db
STOCK = re.compile(
    r"(?P<app>[a-z]+)_(?P<model>[a-z]+)_(?P<page>changelist|add|change|delete|history)"
)
# How each page that Django makes for a model is asked, and the permission that it takes then.
VERBS = {"changelist": {"get": "view"}, "add": {"post": "add"}, "delete": {"post": "delete"},
         "change": {"get": "view", "post": "change"}, "history": {"get": "view"}}  # fmt: skip
SUPERUSERS_ALONE = "auth.superuser"  # nobody is given it
# What an address of our own asks for; None is for whoever is signed in.
ASKS: dict[str, str | None] = {
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
def asked(make_enquiry, make_resume, make_adviser, now):
    """Give each way to ask each address, of a row if there is one, and the permission it takes."""
    enquiry, by = make_enquiry(), make_adviser()
    make_resume(enquiry)
    enquiry.follow_ups.create(reason="call_again", due_at=now, created_at=now)
    enquiry.outbox_messages.create(topic="withdrawal", created_at=now, available_at=now)
    TableUpload.objects.create(
        table="visa", content=b"", as_at_on=now, uploaded_by=by, uploaded_at=now
    )
    [admin] = [each for each in get_resolver().url_patterns
               if isinstance(each, URLResolver) and each.namespace == "admin"]  # fmt: skip
    found: dict[tuple[str, str], str] = {}
    for pattern in named(admin.url_patterns):
        name = pattern.name or ""
        if name in FOR_ALL:
            continue
        stock = STOCK.fullmatch(name) if name not in ASKS else None
        app, model = name.split("_")[:2] if "_" in name else ("", "")
        pk = enquiry.pk
        if model in apps.all_models.get(app, {}):
            rows = apps.get_model(app, model)._default_manager.order_by()
            pk = rows.values_list("pk", flat=True).first() or pk
        if stock:
            asks: dict[str, str | None] = {method: f"{stock['app']}.{verb}_{stock['model']}"
                    for method, verb in VERBS[stock["page"]].items()}  # fmt: skip
        else:
            asks = dict.fromkeys(("get", "post"), ASKS[name])  # one that is missing there fails
        given = {key: pk for key in pattern.pattern.converters if key in {"pk", "object_id", "id"}}
        address = reverse(f"admin:{name}", kwargs=given | SLUGS.get(name, {}))
        found |= {(method, address): may for method, may in asks.items() if may}
    return found


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.parametrize("role", [ADVISER, LEAD, EDITOR, AUDITOR])
def test_no_address_lets_in_who_lacks_its_permission_and_each_refusal_is_noted(
    make_staff, asked, role, caplog
):
    caplog.set_level("ERROR", logger="django.request")  # each line draws where it came from
    user = make_staff(role)
    may = user.get_all_permissions()
    closed = [way for way, permission in asked.items() if permission not in may]
    refused = []
    for method, address in closed:
        answer = getattr(user.client, method)(address)
        if answer.status_code == 403:
            refused.append(address)
        elif answer.status_code == 302:  # not to be looked at: it leads where it is refused
            assert answer["Location"] in {"/admin/", *(page for _, page in closed)}, address
        else:  # there is no such row, or it is asked by the other method alone
            assert answer.status_code in {404, 405}, address
    noted = AccessRecord.objects.filter(by=user, kind="refused").order_by("id")
    assert [each.what.rpartition(" ")[2] for each in noted] == refused
    assert len(refused) > len(closed) * 0.85  # of the others there is no row to refuse


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "name",
    ["enquiries_enquiry_act", "enquiries_followup_close", "enquiries_outboxmessage_take_up"],
)
def test_who_may_not_is_not_told_even_whether_there_is_such_a_row(make_staff, name, method):
    address = reverse(f"admin:{name}", kwargs={"pk": 2**31 - 1} | SLUGS.get(name, {}))
    answer = getattr(make_staff(AUDITOR).client, method)(address)
    assert answer.status_code == 403


def test_an_auditor_reads_logs_only_and_writes_nothing(make_staff, asked):
    may = make_staff(AUDITOR).get_all_permissions()
    opened = {(method, address.removeprefix("/admin/enquiries/").partition("/")[0])
              for (method, address), permission in asked.items() if permission in may}  # fmt: skip
    logs = {"accessrecord", "changerecord", "erasure", "resumeaccess"}
    assert {log for _, log in opened} == logs
    assert {log for method, log in opened if method == "post"} == {"accessrecord"}  # the questions


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
