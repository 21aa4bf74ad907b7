"""A contact form as it was sent: read with everything beside it, and given back to be put right."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from enquiries import abuse, uploads
from enquiries.asking import times
from enquiries.asking.age import read_age
from enquiries.asking.carried import Carried, read_carried
from enquiries.asking.notice import Words, read_notice, read_words
from enquiries.challenge import Challenge
from enquiries.checking import check_resume
from enquiries.forms import ContactForm
from enquiries.models import PendingUpload
from enquiries.views.page import Hidden, sent_page

CHOOSE_AGAIN = "We did not keep the file. Choose it again."
UPLOAD_GONE = "We keep a file for one hour only. Choose it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A form as it was sent, with everything that was read beside its fields."""

    form: ContactForm
    carried: Carried
    words: Words
    submission_key: UUID
    opened: str
    kept_resume: str  # the SHA-256 of the file that the page said we kept


def read_sent(request: HttpRequest, *, now: datetime) -> Sent:
    """Read what was sent; the guardian decision is made here, once, and handed on."""
    typed = request.POST
    age = read_age(typed, now=now)
    shown = typed.get("wording", "")
    words = read_words(now=now, shown=shown)
    form = ContactForm(
        typed,
        request.FILES,
        today=age.today,
        words=words.words,
        changed=words.changed_since(shown),
        decision=age.decision,
        zone=age.zone or times.site_zone(),
        can_call=times.any_call(now=now, zone=age.zone),
        check_file=check_resume,
    )
    return Sent(
        form=form,
        carried=read_carried(typed, occupations="occupations", qualifications="qualifications"),
        words=words,
        submission_key=_submission_key(typed.get("submission_key", "")),
        opened=typed.get("opened", ""),
        kept_resume=typed.get("kept_resume", ""),
    )


def settle_upload(sent: Sent, *, now: datetime) -> PendingUpload | None:
    """
    Keep a file that passed the checks; of a person under 18 keep none, not for a moment.

    Without one, give the file that waits, or that the page before said we kept.
    """
    form, key = sent.form, sent.submission_key
    file = form.cleaned_data.get("resume")
    if form.asks_guardian or (form.cleaned_data.get("discard_resume") and not file):
        uploads.drop_upload(key)
        return None
    if file and (kind := form.resume_format):
        return uploads.keep_upload(file, submission_key=key, name=file.name, kind=kind, now=now)
    waiting = uploads.pending_upload(key, now=now)
    return waiting or uploads.named_upload(key, sha256=sent.kept_resume)


def answer_again(
    request: HttpRequest,
    *,
    sent: Sent,
    now: datetime,
    status: HTTPStatus,
    upload: PendingUpload | None = None,
    file_left_out: bool = False,
    challenge: Challenge | None = None,
) -> HttpResponse:
    """Give a form back with all that was typed, and with one more question if there is one."""
    if file_left_out:
        sent.form.add_error("resume", CHOOSE_AGAIN)
    waiting = uploads.pending_upload(sent.submission_key, now=now)
    if upload and not waiting:
        sent.form.add_error("resume", UPLOAD_GONE)
    notice = read_notice(now=now)
    return sent_page(
        request,
        form=sent.form,
        hidden=Hidden(
            submission_key=sent.submission_key,
            opened=_usable_time(sent.opened, now=now),
            wording=notice.wording,
        ),
        carried=sent.carried,
        offer=times.renew_offer(sent.form, submission_key=sent.submission_key, now=now),
        notice=notice,
        waiting=waiting,
        challenge=challenge,
        status=status,
    )


def _usable_time(opened: str, *, now: datetime) -> str:
    """Give the time token to go on with: an expired one is replaced, ready to send at once."""
    try:
        abuse.check_time(opened, now=now)
    except abuse.FormExpired:
        return abuse.sign_time(now - timedelta(seconds=settings.ENQUIRY_MIN_FILL_SECONDS))
    except abuse.FilledTooFast:
        return opened
    return opened


def _submission_key(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return uuid4()
