"""The rule of spam: what alone is odd asks nothing; odd things together ask one more question."""

from dataclasses import replace

import pytest

from enquiries.spam import Submitted, asks_more, score

HONEST = Submitted(
    given_name="Ann",
    family_name="Example",
    short_answers="",
    message="I am a nurse. How could I work in Perth?",
    seconds=90,
    filled_the_trap=False,
    names_a_language=True,
)


def test_an_ordinary_question_has_nothing_odd():
    assert score(HONEST) == 0


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param({"seconds": 4}, id="a quick hand"),
        pytest.param({"message": "My work is at https://example.org/me"}, id="one link"),
        pytest.param({"given_name": "Sukarno", "family_name": "Sukarno"}, id="one name twice"),
        pytest.param({"message": "PLEASE CALL ME ABOUT A STUDENT VISA FOR MY SON"}, id="capitals"),
        pytest.param({"message": "I am on WhatsApp"}, id="a messenger"),
        pytest.param({"message": "I offer nursing care. I sold crypto before."}, id="two phrases"),
        pytest.param({"message": "", "given_name": "李小龍"}, id="another script"),
        pytest.param({"seconds": 4, "names_a_language": False}, id="a quick, plain browser"),
    ],
)
def test_one_odd_thing_asks_nothing(odd):
    assert not asks_more(replace(HONEST, **odd))


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param({"filled_the_trap": True}, id="the hidden field"),
        pytest.param({"given_name": "www.example.com"}, id="a link for a name"),
        pytest.param({"message": "<a href='x'>cheap</a>"}, id="markup"),
        pytest.param(
            {"message": "We offer SEO services: first page of Google"}, id="three phrases that sell"
        ),
        pytest.param({"message": "http://a.example http://b.example"}, id="two links"),
    ],
)
def test_odd_things_together_ask_one_more_question(odd):
    assert asks_more(replace(HONEST, **odd))
