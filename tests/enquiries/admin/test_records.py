"""Letters, consents and opened résumés: to look at, and never to change."""

import pytest

from enquiries.models import Consent, Letter, OutboxMessage, ResumeAccess


@pytest.fixture
def records(make_enquiry, make_resume, lead, now):
    enquiry = make_enquiry(reference="WXYZ3467")
    message = OutboxMessage.objects.create(
        topic="acknowledgement",
        enquiry=enquiry,
        dedupe_key="one",
        created_at=now,
        available_at=now,
    )
    return {
        "letter": Letter.objects.create(
            enquiry=enquiry,
            outbox_message=message,
            kind=message.topic,
            message_id="<1@example.org>",
            failed_at=now,
            refusal_code=550,
        ),
        "consent": Consent.objects.create(
            enquiry=enquiry,
            purpose="privacy",
            given_by="self",
            wording_version="2026-11",
            wording_digest="a" * 64,
            channel="form",
            given_at=now,
        ),
        "resumeaccess": ResumeAccess.objects.create(
            resume=make_resume(enquiry), by=lead, at=now, why="To prepare"
        ),
    }


@pytest.mark.parametrize("name", ["letter", "consent", "resumeaccess"])
def test_a_record_is_listed_and_found_by_its_reference(lead, records, name):
    for query, count in [({}, 1), ({"q": "WXYZ3467"}, 1), ({"q": "NOTHERE3"}, 0)]:
        answer = lead.client.get(f"/admin/enquiries/{name}/", query)
        assert answer.status_code == 200
        assert answer.context["cl"].result_count == count
        assert ("WXYZ3467</" in answer.content.decode()) is bool(count)


@pytest.mark.parametrize("name", ["letter", "consent", "resumeaccess"])
def test_a_record_is_never_added_changed_or_deleted(admin_client, records, name):
    page = f"/admin/enquiries/{name}/{records[name].pk}/"
    assert admin_client.get(f"{page}change/").status_code == 200
    assert admin_client.post(f"{page}change/", {}).status_code == 403
    assert admin_client.post(f"{page}delete/", {"post": "yes"}).status_code == 403
    assert admin_client.get(f"/admin/enquiries/{name}/add/").status_code == 403
