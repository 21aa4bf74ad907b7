"""The words of the field: each with an anchor, linked from the first place where a page uses it."""

import csv
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Engine
from django.test import RequestFactory

import occupations
from occupations.models import GlossaryTerm
from tests.occupations.page_reader import read

DATA = Path(occupations.__file__).parent / "catalogue" / "data"
TAG = re.compile(r"{%\s*term\s+(\S+)\s*%}")
EXPECTED = """
    anzsco osca edition major-group sub-major-group minor-group unit-group occupation skill-level
    nec alternative-title specialisation correspondence csol mltssl stsol rol caveat instrument
    assessing-authority skills-assessment visa-subclass nominated sponsored points-test eoi
    skillselect invitation state-nomination regional qualification aqf nzqcf training-package
    unit-of-competency core-unit elective-unit packaging-rules usage-recommendation superseded
    equivalent release rto rpl asced isco-08 marn registered-migration-agent shortage licensing
"""


@pytest.fixture(scope="module")
def terms():
    with (DATA / "glossary_terms.csv").open(encoding="utf-8", newline="") as lines:
        return {row["slug"]: row for row in csv.DictReader(lines)}


def test_the_words_of_the_field_are_explained(terms):
    assert set(EXPECTED.split()) - set(terms) == set()


def test_no_term_is_explained_by_itself_alone(terms):
    assert [slug for slug, row in terms.items() if slug in row["see_also"].split("|")] == []


def test_every_link_to_the_glossary_leads_to_a_term(terms):
    named = {
        (path.name, slug.strip("\"'"))
        for path in Path(settings.BASE_DIR, "templates").rglob("*.html")
        for slug in TAG.findall(path.read_text(encoding="utf-8"))
        if slug[0] in "\"'"
    }

    assert [one for one in sorted(named) if one[1] not in terms] == []


def test_the_rows_of_a_comparison_name_terms(terms):
    views = Path(occupations.__file__).parent / "views"
    named = {
        slug
        for path in views.glob("compare_*.py")
        for slug in re.findall(r'term="([a-z-]+)"', path.read_text(encoding="utf-8"))
    }

    assert named
    assert named - set(terms) == set()


@pytest.mark.django_db
def test_the_page_explains_every_term_under_an_anchor_of_its_own(client, terms):
    text = client.get("/glossary/").text

    for slug, row in terms.items():
        assert text.count(f'id="{slug}"') == 1, slug
        assert f">{row['term']}</dt>" in text


@pytest.mark.django_db
def test_terms_stand_under_their_letters_in_folded_order(client):
    page = read(client, "/glossary/")
    letters = page.names("h2")[:-1]  # the last one is over the call

    assert letters == sorted(letters)
    assert page.names("h1") == ["Glossary"]
    nec = GlossaryTerm.objects.get(slug="nec")
    assert nec.text in page.under("N", nec.term, tag="dd")
    assert nec.get_absolute_url() == "/glossary/#nec"


@pytest.mark.django_db
def test_a_term_leads_to_those_that_stand_near_it(client):
    text = client.get("/glossary/").text

    assert 'See also <a href="#unit-group">Unit group</a>' in text
    links = set(re.findall(r'href="#([a-z0-9-]+)"', text)) - {"main"}
    assert [link for link in sorted(links) if f'id="{link}"' not in text] == []


@pytest.mark.django_db
def test_a_glossary_without_words_says_so(client):
    GlossaryTerm.objects.all().delete()

    assert "Our glossary holds no words yet." in client.get("/glossary/").text


def render(source, **context):
    engine = Engine(libraries={"glossary": "occupations.templatetags.glossary"})
    return engine.from_string("{% load glossary %}" + source).render(Context(context))


def test_the_first_use_of_a_word_on_a_page_is_a_link_and_the_next_is_not():
    source = "{% term 'rol' %}ROL{% endterm %} {% term 'rol' %}ROL{% endterm %}"

    text = render(source, request=RequestFactory().get("/"))

    assert text == '<a class="term" href="/glossary/#rol">ROL</a> ROL'


def test_a_word_is_linked_again_on_another_page():
    source = "{% term 'rol' %}ROL{% endterm %}"

    pages = [render(source, request=RequestFactory().get("/")) for _ in range(2)]

    assert pages[0] == pages[1]
    assert pages[0].startswith("<a ")


def test_what_stands_in_a_term_is_escaped_once():
    text = render("{% term 'rol' %}{{ word }}{% endterm %}", word="<R&D>")

    assert text == '<a class="term" href="/glossary/#rol">&lt;R&amp;D&gt;</a>'


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "slugs"),
    [
        ("/visas/", {"occupation-list", "edition"}),
        ("/visas/491/", {"visa-subclass", "edition", "occupation-list", "stream", "points-test"}),
        ("/lists/", {"occupation-list"}),
        ("/lists/rol/", {"occupation-list", "edition", "as-at"}),
        ("/points/", {"points-test", "pass-mark"}),
        (
            "/assessment/anzsco-2013/149212/",
            {"skills-assessment", "assessment-group", "highly-relevant"},
        ),
        ("/qualifications/BSB40307/", {"mapping", "core-unit", "employability-skills"}),
        ("/qualifications/BSB40307/packaging/", {"core-unit", "elective-unit", "packaging-rules"}),
        ("/occupations/anzsco-2022/5411/", {"unit-group", "skill-level"}),
        ("/occupations/anzsco-2022/changes-from/anzsco-2013/", {"skill-level", "derived-link"}),
        ("/occupations/1492/", {"anzsco", "osca"}),
        ("/about-the-data/", {"unofficial-copy", "as-at"}),
    ],
)
def test_a_page_links_the_words_that_a_newcomer_may_not_know(client, address, slugs):
    links = {link for link in read(client, address).links if link.startswith("/glossary/#")}

    assert {f"/glossary/#{slug}" for slug in slugs} <= links


def test_jargon_in_our_words_leads_to_the_glossary_once_and_the_rest_is_escaped():
    source = "{% explained text %} {% explained text %}"

    text = render(source, request=RequestFactory().get("/"), text="A TAFE & its <b>TAFES</b>")

    plain = "A TAFE &amp; its &lt;b&gt;TAFES&lt;/b&gt;"
    link = '<a class="term" href="/glossary/#tafe">TAFE</a>'
    assert text == f"{plain.replace('TAFE', link, 1)} {plain}"


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["1344", "134411", "2422"])
def test_pages_that_say_tafe_explain_it(client, code):
    assert client.get(f"/occupations/anzsco-2022/{code}/").text.count("/glossary/#tafe") == 1
