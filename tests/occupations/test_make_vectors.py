"""``manage.py make_vectors``: what search by meaning lacks is made once, and only that."""

import pytest
from django.core.management import call_command

from occupations.models import OccupationSummary, TextVector
from occupations.search import find

pytestmark = pytest.mark.django_db


def test_without_a_language_model_it_says_so_and_makes_nothing(settings, capsys):
    settings.SEARCH_BY_MEANING = False

    call_command("make_vectors")

    assert capsys.readouterr().out.startswith("Search goes by words alone")
    assert not TextVector.objects.exists()


@pytest.mark.slow
def test_every_text_gets_its_vector_once_and_search_uses_it(settings, capsys):
    settings.SEARCH_BY_MEANING = True

    call_command("make_vectors")
    made = TextVector.objects.count()
    assert capsys.readouterr().out == f"Search by meaning is ready: {made} new vectors.\n"

    text = "Teaches parrots to sing opera."
    OccupationSummary.objects.filter(occupation__code="351311").update(text=text)
    call_command("make_vectors")

    assert capsys.readouterr().out == "Search by meaning is ready: 1 new vectors.\n"
    hits = find("trains birds to perform arias").hits  # not one of its words
    assert [hit.evidence.matched_text for hit in hits if hit.page.code == "351311"] == [text]
