"""In which order the contact form asks, and what stands between its questions."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout

from enquiries.forms.contact import ContactForm

CARRIED_GOES_HERE = "<!-- carried -->"  # what differs from visitor to visitor is put in later
NO_CALL_GOES_HERE = "<!-- no call -->"
MORE = (
    "may_name_caller",
    "may_leave_voicemail",
    "fallback",
    "language",
    "wants_interpreter",
    "accessibility_needs",
)


def contact_helper(form: ContactForm) -> FormHelper:
    """Give the layout of ``form``: short sections, the quiet questions last."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(
        Fieldset(
            "You, or your child",
            "about",
            HTML('{% include "enquiries/contact.html#child" %}'),
            "given_name",
            "family_name",
            "date_of_birth",
        ),
        Fieldset("What it is about", HTML(CARRIED_GOES_HERE), "interests"),
        Fieldset(
            "How to reach you",
            "country",
            Div("email", "phone", css_class="own"),
            _guardian(form),
        ),
        Fieldset(
            "When to call",
            "time_zone",
            HTML(NO_CALL_GOES_HERE),
            "callback_day",
            HTML('{% include "enquiries/contact.html#show_times" %}'),
            Div("callback", css_class="times", hidden=not form.chosen_day),
            _more(form),
        ),
        Fieldset("Anything else", "message", _resume(form)),
        Field("website", wrapper_class="trap"),
        HTML('{% include "enquiries/contact.html#privacy" %}'),
        "privacy_accepted",
    )
    return helper


def _guardian(form: ContactForm) -> Div:
    namesake = ["guardian_is_someone_else"] if form.has_namesake else []
    return Div(
        HTML('{% include "enquiries/contact.html#guardian" %}'),
        "guardian_name",
        *namesake,
        "guardian_relationship",
        "guardian_email",
        "guardian_phone",
        "guardian_declaration",
        css_class="guardian",
        css_id="guardian",
    )


def _resume(form: ContactForm) -> Div:
    waiting = []
    if form.waiting_file:
        waiting = [HTML('{% include "enquiries/contact.html#waiting" %}'), "discard_resume"]
    return Div(*waiting, "resume", css_class="own")


def _more(form: ContactForm) -> Div:
    is_open = form.is_bound and any(form.errors.get(name) or _differs(form, name) for name in MORE)
    return Div(*MORE, template="enquiries/more.html", open=is_open)


def _differs(form: ContactForm, name: str) -> bool:
    return (form.data.get(name) or None) != (form.fields[name].initial or None)
