"""
No sentence of ours applies the law to a reader: pages quote, and an agent advises.

The line is that of the Migration Act 1958, s 276: to explain how the law applies to a person is
immigration assistance. Titles that others gave, such as those of occupations, are not ours.
"""

import csv
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

import occupations

TEMPLATES = Path(settings.BASE_DIR) / "templates"
DATA = Path(occupations.__file__).parent / "catalogue" / "data"
OURS = {
    "text",
    "wording",
    "note",
    "definition",
    "criterion",
    "statement",
    "summary",
    "used_for",
    "australia",
    "new_zealand",
}
ADVICE = re.compile(
    r"""
    \b(?:
        you\ (?:(?:may|might|could|would|will|can|do|also|already)\ )*
            (?:qualify|pass|satisfy|fulfil|meet|fail)\b
      | you\ (?:are|seem|appear|look|may\ be|might\ be|could\ be|would\ be)\ (?:not\ )?
            (?:eligible|qualified|suitable|entitled|able\ to\ apply|likely)
      | you\ (?:should|must|need\ to|ought|had\ better)
      | you\ (?:can|may|could|might|cannot)\ (?:now\ )?
            (?:apply|lodge|get\ a\ visa|be\ granted|be\ invited|migrate|immigrate)
      | you\ will\ (?:get|be\ granted|be\ invited|receive\ a\ visa)
      | eligib\w+
      | we\ (?:recommend|advise|suggest)\w*
      | they\ (?:also\ )?recommend\w*
      # To advise and to suggest are tasks too; not where a visa or the reader is spoken of.
      | they\ (?:also\ )?(?:advise|suggest)\w*\ (?:this|that)\b
      | they\ (?:also\ )?(?:advise|suggest)\w*\b(?=[^.]*\b
            (?:you|your|visas?|code|list|pathway|points|apply\w*|nominat\w*|migrat\w*)\b)
      | recommended
      | (?:best|better|ideal|right|easiest|strongest|safest|fastest)
            \ (?:option|visa|choice|chance|pathway|list|code|occupation)s?
      | (?:best|ideal|right|easiest|strongest|safest|fastest)\ ways?
      | better\ way\b
      | better\ ways\ (?:in|into|to\ (?:apply|come|enter|get|go|live|migrate|move|stay))\b
      | (?:best|ideal|suitable|perfect)\ for\ you
      | (?:your|good|better|high|higher|low)\ chances?
      | guarantees?\ (?:you|a|an|the)
      | increase\ your
      | consider\ (?:applying|lodging|using|choosing)
      | likely\ to\ (?:be\ granted|be\ invited|succeed|get)
      | apply\ (?:for\ this|now)\b
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
PUBLISHED = {"specialist_tasks"}  # a publisher's sentences, under its licence, not ours
# Sentences that say what we do not say, or speak of other things than visas.
ALLOWED = (
    "We do not say what you may apply for.",
    "links the title to the right code",
)
ANSWERED = (
    "?level=5&field=yes&additional=4&before=48&after=24&recent=12",
    "?level=3&field=no&before=x&recent=61",
)
PAGES = [
    "/",
    "/about/",
    "/privacy/",
    "/accessibility/",
    "/feedback/?page=/",
    "/contact/",
    "/occupations/",
    "/occupations/osca-2024/",
    "/occupations/anzsco-2022/14/",
    "/occupations/anzsco-2022/5411/",
    "/occupations/anzsco-2013/149212/",
    "/occupations/anzsco-2022/221111/",
    "/occupations/anzsco-2013/541111/",
    "/occupations/osca-2024/551132/",
    "/occupations/1492/",
    "/occupations/anzsco-2022/a-z/",
    "/occupations/anzsco-2022/changes-from/anzsco-2013/",
    "/search/?q=customer+experience+manager",
    "/compare/?o=anzsco-2022:541111&o=anzsco-2022:149212",
    "/shortlist/?o=anzsco-2022:541111",
    "/glossary/",
    "/about-the-data/",
    "/changes/",
    "/download/",
    "/qualifications/",
    "/qualifications/BSB40307/",
    "/qualifications/BSB40307/packaging/",
    "/qualifications/BSB30207/",
    "/units/BSBCCO402A/",
    "/visas/",
    "/visas/187/",
    "/visas/482/",
    "/visas/491/",
    "/lists/",
    "/lists/csol/",
    "/lists/pmsol/",
    "/points/",
    "/points/?6d-1=45-or-over&6d-2=english-superior",
    "/points/?6d-1=age-25-to-32&6d-3=overseas-8-years&6d-4=australia-8-years",
    "/assessment/anzsco-2013/149212/",
    "/assessment/anzsco-2013/221111/",
    "/assessment/osca-2024/551132/",
    *(f"/assessment/anzsco-2013/149212/{query}" for query in ANSWERED),
    *(f"/assessment/anzsco-2013/121111/{query}" for query in ANSWERED),
]


def advice_in(text):
    """List what reads as advice in a text, each with the words around it."""
    plain = " ".join(text.split())
    for allowed in ALLOWED:
        plain = plain.replace(allowed, "")
    return [
        plain[max(found.start() - 40, 0) : found.end() + 40] for found in ADVICE.finditer(plain)
    ]


def without_marks(source):
    """Leave the words of a template: no tags, comments or variables, no elements."""
    words = re.sub(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", " ", source, flags=re.DOTALL)
    words = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " … ", words, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", words)


@pytest.mark.parametrize(
    "sentence",
    [
        "You qualify for this visa.",
        "So you may be eligible.",
        "You should choose another code.",
        "We recommend visa 190.",
        "They recommend this visa.",
        "They recommend visa 190.",
        "They advise the 189 visa.",
        "They also suggest applying in June.",
        "It is a better way to come to Australia.",
        "They know better ways to stay in Australia.",
        "This is the best option.",
        "Then you can apply.",
        "You meet all conditions.",
        "You will be invited soon.",
        "It would increase your points.",
        "This raises your chances.",
    ],
)
def test_advice_is_heard(sentence):
    assert advice_in(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The published rule says: under 45. You entered: 45 or over.",
        "Met by what you entered.",
        "They advise farmers on better ways to grow crops. You entered: 45 or over.",
        "Ask a registered migration agent.",
        "The department takes new applications.",
    ],
)
def test_a_quoted_rule_is_no_advice(sentence):
    assert not advice_in(sentence)


@pytest.mark.no_cover  # a sweep over lines that other tests run too
@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_no_page_advises(client, address):
    response = client.get(address, follow=True)

    assert response.status_code == 200
    assert advice_in(re.sub(r"<[^>]*>", " ", response.text)) == []


@pytest.mark.django_db
def test_no_page_that_is_missing_advises(client):
    for address in ("/visas/500/", "/lists/sol/", "/occupations/anzsco-2013/999999/", "/nothing/"):
        response = client.get(address)
        assert response.status_code == 404
        assert advice_in(re.sub(r"<[^>]*>", " ", response.text)) == []


@pytest.mark.parametrize(
    "template",
    sorted(path for suffix in ("html", "txt") for path in TEMPLATES.rglob(f"*.{suffix}")),
    ids=lambda path: str(path.relative_to(TEMPLATES)),
)
def test_no_template_advises_on_any_of_its_branches(template):
    assert advice_in(without_marks(template.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "table",
    sorted(path for path in DATA.glob("*.csv") if path.stem not in PUBLISHED),
    ids=lambda path: path.stem,
)
def test_no_shipped_sentence_advises(table):
    with table.open(encoding="utf-8", newline="") as lines:
        said = {
            value for row in csv.DictReader(lines) for name, value in row.items() if name in OURS
        }

    assert [found for text in said for found in advice_in(text)] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/points/?6d-1=45-or-over", "/assessment/anzsco-2013/149212/?level=5"]
)
def test_a_self_check_leads_to_an_agent_then_to_a_call(client, address):
    text = client.get(address).text
    agent = text.index("Ask a registered migration agent.")

    assert "You entered" in text
    assert agent < text.index(reverse("enquiries:new"), agent)
