"""The form pack: every label, hint, error and summary link leads to its field."""

from html.parser import HTMLParser

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Div, Field, Fieldset, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import Context, Template

VOID = {"br", "hr", "img", "input", "link", "meta"}


class Page(HTMLParser):
    """Every element with its attributes, its text and its place; refuses crossed tags."""

    def __init__(self, html):
        super().__init__()
        self.elements: list[dict] = []
        self.open: list[dict] = []
        self.feed(html)
        self.close()
        assert self.open == [], "tags left open"

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute of <{tag}> stands twice"
        parents = list(self.open)
        element = {"tag": tag, "text": "", "parents": parents, **dict(attrs)}
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        assert self.open.pop()["tag"] == tag, f"</{tag}> closes something else"

    def handle_data(self, data):
        for element in self.open:
            element["text"] = " ".join(f"{element['text']} {data}".split())

    def all(self, **wanted):
        return [e for e in self.elements if all(e.get(k) == v for k, v in wanted.items())]

    def one(self, **wanted):
        (element,) = self.all(**wanted)
        return element

    def ids(self):
        return [e["id"] for e in self.elements if "id" in e]


class DateInParts(forms.MultiWidget):
    def __init__(self):
        parts = ("day", "month", "year")
        super().__init__({p: forms.TextInput({"aria-label": p.title()}) for p in parts})

    def decompress(self, value):
        return value or [None, None, None]


class DateField(forms.MultiValueField):
    widget = DateInParts

    def compress(self, data_list):
        return "-".join(data_list)


class CallForm(forms.Form):
    about = forms.ChoiceField(
        label="Who is it for?",
        choices=[("me", "Me"), ("child", "A child")],
        widget=forms.RadioSelect,
        help_text="One person a form.",
    )
    interests = forms.MultipleChoiceField(
        label="What for?",
        choices=[("study", "Study"), ("work", "Work")],
        widget=forms.CheckboxSelectMultiple,
    )
    email = forms.EmailField(label="E-mail", help_text="We write <b>once</b>")
    country = forms.ChoiceField(label="Country", choices=[("", "Choose"), ("AU", "Australia")])
    born = DateField(
        label="Date of birth",
        help_text="Like 27 3 1998.",
        fields=[forms.CharField() for _ in range(3)],
    )
    message = forms.CharField(label="Message", widget=forms.Textarea, required=False)
    resume = forms.FileField(label="Résumé", required=False)
    privacy = forms.BooleanField(label="I have read it")
    website = forms.CharField(label="Leave empty", required=False)
    key = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset("About you", "about", "interests", Div("email", "country", css_class="row")),
            HTML("<p>Nearly there.</p>"),
            Fieldset("More", "born", "message", "resume", "privacy", css_id="more"),
            Field("website", wrapper_class="trap", autocomplete="off"),
            "key",
            ButtonHolder(Submit("", "Ask for a call")),
        )

    def clean(self):
        super().clean()
        self.add_error(None, "We are closed & asleep.")


GROUPS = ["about", "interests", "born"]
SINGLES = ["email", "country", "message", "resume", "privacy", "website"]


def render(form, **context):
    # Rendered as a template does it, so that an undefined variable fails the test.
    template = Template("{% load crispy_forms_tags %}{% crispy form %}")
    return template.render(Context({"form": form, "csrf_token": "token", **context}))


@pytest.fixture
def blank():
    return Page(render(CallForm()))


@pytest.fixture
def refused():
    return Page(render(CallForm({"email": "nobody", "born_day": "31"})))


def test_ids_are_unique(blank, refused):
    for page in (blank, refused):
        assert len(page.ids()) == len(set(page.ids()))


@pytest.mark.parametrize("name", SINGLES)
def test_each_control_has_one_label_tied_to_it(blank, name):
    control = blank.one(name=name)
    assert blank.one(tag="label", **{"for": control["id"]})["text"] == str(
        CallForm.base_fields[name].label
    )


@pytest.mark.parametrize("name", GROUPS)
def test_each_group_is_a_fieldset_whose_legend_asks_the_question(blank, name):
    group = blank.one(id=f"div_id_{name}")
    legends = [e for e in blank.all(tag="legend") if e["parents"][-1] is group]
    assert group["tag"] == "fieldset"
    assert [legend["text"] for legend in legends] == [CallForm.base_fields[name].label]


def test_each_choice_and_each_part_of_a_date_has_its_own_label(blank):
    labels = {e["for"]: e["text"] for e in blank.all(tag="label")}
    assert [labels[e["id"]] for e in blank.all(type="radio")] == ["Me", "A child"]
    assert [labels[e["id"]] for e in blank.all(type="checkbox")][:2] == ["Study", "Work"]
    parts = [labels[f"id_born_{part}"] for part in range(3)]
    assert parts == ["Day", "Month", "Year"]
    assert not [e for e in blank.elements if "aria-label" in e]


def test_a_hint_is_tied_to_its_control_and_to_its_group(blank):
    assert blank.one(name="email")["aria-describedby"] == "id_email_helptext"
    assert blank.one(id="id_email_helptext")["text"] == "We write once"
    assert blank.one(id="div_id_born")["aria-describedby"] == "id_born_helptext"
    assert blank.one(id="id_born_helptext")["text"] == "Like 27 3 1998."


def test_an_error_is_tied_to_its_control_and_to_its_group(refused):
    email = refused.one(name="email")
    assert email["aria-describedby"] == "id_email_helptext id_email_error"
    assert email["aria-invalid"] == "true"
    assert refused.one(id="id_email_error")["text"] == "Error: Enter a valid email address."
    about = refused.one(id="div_id_about")
    assert about["aria-describedby"] == "id_about_helptext id_about_error"


def test_every_described_thing_exists(blank, refused):
    for page in (blank, refused):
        described = [e["aria-describedby"] for e in page.elements if "aria-describedby" in e]
        assert described
        assert set(" ".join(described).split()) <= set(page.ids())


def test_a_field_in_order_is_not_marked(refused):
    message = refused.one(name="message")
    assert "aria-invalid" not in message
    assert "aria-describedby" not in message


def test_what_was_typed_is_kept(refused):
    assert refused.one(name="email")["value"] == "nobody"
    assert refused.one(name="born_day")["value"] == "31"


def test_a_blank_form_has_no_summary(blank):
    assert blank.all(**{"class": "error-summary"}) == []
    assert blank.all(tag="script") == []


def test_the_summary_lists_every_error_and_links_it_to_its_first_control(refused):
    summary = refused.one(**{"class": "error-summary"})
    inside = [e for e in refused.elements if any(p is summary for p in e["parents"])]
    assert summary["tabindex"] == "-1"
    assert [e["text"] for e in inside if e["tag"] == "h2"] == ["There is a problem"]
    assert [e["href"] for e in inside if e["tag"] == "a"] == [
        "#id_about_0",
        "#id_interests_0",
        "#id_email",
        "#id_country",
        "#id_born_0",
        "#id_privacy",
    ]
    controls = {e.get("id") for e in refused.elements if e["tag"] in {"input", "select"}}
    assert {e["href"][1:] for e in inside if e["tag"] == "a"} <= controls
    items = [e["text"] for e in inside if e["tag"] == "li"]
    assert items[0] == "We are closed & asleep."
    assert items[-1] == "This field is required."  # the hidden key, which nothing can link to
    assert len(items) == 8


def test_the_summary_takes_the_focus_by_a_module_and_nothing_runs_inline(refused):
    script = refused.one(tag="script")
    assert (script["type"], script["src"]) == ("module", "/static/js/error-summary.js")
    assert script["text"] == ""
    assert not [e for e in refused.elements if "style" in e or any(k[:2] == "on" for k in e)]


def test_our_own_errors_are_shown_and_not_the_browsers(blank):
    form = blank.one(tag="form")
    assert "novalidate" in form
    assert form["method"] == "post"
    assert form["enctype"] == "multipart/form-data"
    assert blank.one(name="csrfmiddlewaretoken")["value"] == "token"


def test_sections_and_blocks_of_the_layout_come_in_order(blank):
    sections = [e["text"] for e in blank.all(tag="h2")]
    assert sections == ["About you", "More"]
    assert blank.one(id="more")["tag"] == "fieldset"
    assert blank.one(name="email")["parents"][-2]["class"] == "row"
    assert blank.one(tag="p")["text"] == "Nearly there."
    assert blank.one(tag="button")["text"] == "Ask for a call"


def test_a_field_may_be_wrapped_out_of_sight(blank):
    website = blank.one(name="website")
    assert website["parents"][-1]["class"] == "field trap"
    assert website["autocomplete"] == "off"


def test_a_form_may_stand_inside_a_form_of_the_page():
    form = CallForm()
    form.helper.form_tag = False
    form.helper.disable_csrf = True
    page = Page(render(form))
    assert page.all(tag="form") == []
    assert page.all(name="csrfmiddlewaretoken") == []
    assert page.one(name="email")


def test_a_form_without_a_layout_shows_all_its_fields():
    form = CallForm()
    form.helper.layout = None
    page = Page(render(form))
    assert all(page.one(name=name) for name in SINGLES)


def test_errors_may_be_hidden_from_sight_and_stay_described():
    form = CallForm({"email": "nobody"})
    form.helper.form_show_errors = False
    page = Page(render_crispy_form(form, context={"csrf_token": "token"}))
    assert page.all(**{"class": "error-summary"}) == []
    assert "hidden" in page.one(id="id_email_error")


def test_labels_may_be_hidden_from_sight_and_stay_labels():
    form = CallForm()
    form.helper.form_show_labels = False
    page = Page(render(form))
    assert page.one(tag="label", **{"for": "id_email"})["class"] == "visually-hidden"


def test_one_field_may_be_shown_alone():
    template = Template("{% load crispy_forms_filters %}{{ form.email|as_crispy_field }}")
    page = Page(template.render(Context({"form": CallForm()})))
    assert page.one(tag="label")["for"] == page.one(tag="input")["id"]
