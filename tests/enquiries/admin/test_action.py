"""Who may do what: every refusal, also for those who type the address."""

import pytest
from django.http import QueryDict

from enquiries.admin.actions import ACTIONS
from enquiries.admin.forms import ASKED, OTHERWISE


@pytest.mark.parametrize("name", ["to_spam", "assign"])
def test_what_only_leads_do_is_neither_offered_to_an_adviser_nor_done(
    adviser, make_enquiry, do, page_of, name
):
    enquiry = make_enquiry()
    assert name not in adviser.client.get(page_of(enquiry)).context["offers"]
    assert do(adviser, name, enquiry, why="Advertising", to=adviser.pk).status_code == 403
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.owner) == ("new", None)


def test_an_adviser_does_not_release_the_enquiries_of_others(
    adviser, lead, make_claimed, do, page_of
):
    theirs = make_claimed(lead)
    assert "release" not in adviser.client.get(page_of(theirs)).context["offers"]
    assert do(adviser, "release", theirs, why="").status_code == 403
    theirs.refresh_from_db()
    assert theirs.owner == lead


def test_a_lead_releases_the_enquiries_of_others(adviser, lead, make_claimed, do):
    theirs = make_claimed(adviser)
    assert do(lead, "release", theirs, why="On leave").status_code == 200
    theirs.refresh_from_db()
    assert theirs.owner is None


def test_a_lead_closes_spam(lead, make_enquiry, do):
    enquiry = make_enquiry()
    do(lead, "to_spam", enquiry, why="Advertising")
    enquiry.refresh_from_db()
    assert enquiry.state == "spam"


@pytest.mark.parametrize(
    "name",
    [
        "claim",
        "note",
        "call",
        "follow_up",
        "to_withdrawn",
        "confirm_guardian",
        "ask_for_information",
    ],
)
def test_staff_without_a_role_do_nothing(make_staff, make_enquiry, do, name):
    enquiry = make_enquiry(minor=True)
    assert do(make_staff(role=None), name, enquiry, why="x", text="x").status_code == 403
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.hold) == ("new", "")


def test_visitors_do_nothing(client, make_enquiry, page_of):
    enquiry = make_enquiry()
    answer = client.post(f"{page_of(enquiry)}claim/")
    assert answer["Location"].startswith("/admin/login/")
    enquiry.refresh_from_db()
    assert enquiry.owner is None


@pytest.mark.parametrize(
    "path",
    [
        "enquiries/outboxmessage/",
        "enquiries/resumeaccess/",
        "auth/user/",
        "auth/group/",
        "auth/user/add/",
    ],
)
def test_an_adviser_does_not_see_what_is_not_theirs(adviser, path):
    assert adviser.client.get(f"/admin/{path}").status_code == 403


def test_each_role_is_shown_what_it_may_open(adviser, lead, admin_client):
    def shown(client):
        apps = client.get("/admin/").context["app_list"]
        return {
            str(model["name"]).lower()
            for app in apps
            if app["app_label"] in {"auth", "enquiries"}
            for model in app["models"]
        }

    office = {"absences", "callback policy", "closures", "office hours"}
    privacy = {"data requests", "erasures", "retention periods", "suppressions", "wordings"}
    of_desk = {"canned replies", "consents", "enquiries", "follow-ups", "letters", "shifts"}
    of_adviser = of_desk | office
    people = {"advisers", "call opinions"}
    of_lead = of_adviser | privacy | people | {"outbox messages", "résumé accesses"}
    records = {"access records", "change records"}
    assert shown(adviser.client) == of_adviser
    assert shown(lead.client) == of_lead
    assert shown(admin_client) == of_lead | records | {"groups", "users"}


def test_each_form_says_in_our_words_what_is_missing(adviser, make_enquiry, now):
    told = set()
    for altered in (
        {}, {"minor": True}, {"state": "assigned", "owner": adviser},
        {"state": "done", "owner": adviser, "closed_at": now},
    ):  # fmt: skip
        enquiry = make_enquiry(**altered)
        for action in ACTIONS.values():
            if action.offered(enquiry):
                form = action.form(enquiry)(QueryDict(), enquiry=enquiry, name=action.name)
                told |= {word for field in form.visible_fields() for word in field.errors}
    assert told >= {ASKED[each] for each in ("why", "outcome", "to", "due_on", "text")}
    assert not [word for word in told if "required" in word or word == OTHERWISE]
