"""In which order the contact form asks, on the site and at the desk, and what stands between."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout, LayoutObject

from enquiries.forms.contact import ContactForm
from enquiries.forms.on_behalf import OnBehalfForm

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
WHO = ("given_name", "family_name", "date_of_birth")


def contact_helper(form: ContactForm) -> FormHelper:
    """Give the layout of ``form``: short sections, the quiet questions last."""
    return _helper(
        Fieldset(
            "You, or your child",
            "about",
            HTML('{% include "enquiries/contact.html#child" %}'),
            *WHO,
        ),
        *_asked(form, times="enquiries/contact.html#show_times"),
        Fieldset("Anything else", "message", _resume(form)),
        Field("website", wrapper_class="trap"),
        *_agreed(),
    )


def on_behalf_helper(form: OnBehalfForm) -> FormHelper:
    """Give the layout of ``form``, in the order in which a caller is asked."""
    return _helper(
        Fieldset("Who it is for", "caller", *WHO),
        *_asked(form, times="admin/enquiries/on_behalf/page.html#show_times"),
        Fieldset("Anything else", "message"),
        *_agreed(),
    )


def _helper(*parts: LayoutObject | str) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*parts)
    return helper


def _asked(form: ContactForm, *, times: str) -> tuple[Fieldset, ...]:
    return (
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
            HTML(f'{{% include "{times}" %}}'),
            Div("callback", css_class="times", hidden=not form.chosen_day),
            _more(form),
        ),
    )


def _agreed() -> tuple[LayoutObject | str, ...]:
    return HTML('{% include "enquiries/contact.html#privacy" %}'), "privacy_accepted"


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
