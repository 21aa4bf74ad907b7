"""The form with which a reader tells editors that a page is wrong or out of date."""

import re
from http import HTTPStatus

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from enquiries import abuse
from occupations.editorial.feedback import TooMuchFeedback, record_feedback

LONGEST = 1000
PRIVATE = ("/contact/", "/enquiry/", "/admin/")
_CONTACT = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|(?:\+|00)\d[\d ()-]{7,}\d")
BUSY = "Many people are writing to us right now. We kept what you typed. Send it again in an hour."
EXPIRED = "This page was open for more than 4 hours. We kept what you typed. Send it again."
TOO_FAST = "That was very quick. Look at what you typed, then send it again."


class FeedbackForm(forms.Form):
    """One question, and a box that only machines fill in."""

    page = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    message = forms.CharField(
        label="What is wrong or out of date?",
        help_text="If you know where the right fact is published, name the place.",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 6}),
        error_messages={
            "required": "Tell us what is wrong or out of date.",
            "max_length": f"Use at most {LONGEST} characters.",
        },
    )
    website = forms.CharField(required=False, label="Leave this empty")

    @property
    def helper(self) -> FormHelper:
        """Lay the form out; the box for machines stands out of sight."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout("page", "message", Field("website", wrapper_class="trap"))
        return helper

    def clean_page(self) -> str:
        """Take the address of a page of ours; a private one, whose address is a key, is none."""
        page: str = self.cleaned_data["page"]
        try:
            resolve(page)
        except Resolver404:
            return "/"
        return "/" if page.startswith(PRIVATE) else page

    def clean_message(self) -> str:
        message: str = self.cleaned_data["message"]
        if _CONTACT.search(message):
            raise ValidationError(
                "Take out the e-mail address or phone number: we do not answer these messages.",
                code="contact",
            )
        return message


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest) -> HttpResponse:
    """Show the form, or keep what was sent."""
    now = timezone.now()  # noqa: TID251 (an edge)
    if request.method != "POST":
        form = FeedbackForm(initial={"page": request.GET.get("page", "/")[:200]}, label_suffix="")
        return _show(request, form, opened=abuse.sign_time(now))
    form = FeedbackForm(request.POST, label_suffix="")
    opened = request.POST.get("opened", "")
    if form.is_valid():
        try:
            abuse.check_time(opened, now=now)
            if not form.cleaned_data["website"]:
                record_feedback(
                    path=form.cleaned_data["page"], message=form.cleaned_data["message"], now=now
                )
            return redirect("feedback_thanks")
        except abuse.FormExpired:
            opened = abuse.sign_time(now)
            form.add_error(None, EXPIRED)
        except abuse.FilledTooFast:
            form.add_error(None, TOO_FAST)
        except TooMuchFeedback:
            form.add_error(None, BUSY)
    return _show(request, form, opened=opened, status=HTTPStatus.UNPROCESSABLE_CONTENT)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Say that editors read what was sent."""
    return render(request, "feedback_thanks.html")


def _show(
    request: HttpRequest, form: FeedbackForm, *, opened: str, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    page = form["page"].value() or "/"
    context = {"form": form, "opened": opened, "page": page}
    return render(request, "feedback.html", context, status=status)
