"""Gaps in HTML are filled with what is escaped, and with nothing a visitor could smuggle in."""

from django.utils.safestring import SafeString

from occupations.views.gaps import gap, with_gaps

GAPS = with_gaps(f"<h1>{gap('query')}</h1>{gap('answer')}<p>{gap('query')}</p>")


def test_a_gap_is_filled_wherever_it_is():
    assert GAPS.filled(query="chef", answer="none") == "<h1>chef</h1>none<p>chef</p>"


def test_what_is_no_html_yet_is_escaped():
    filled = GAPS.filled(query="<b>", answer=SafeString("<ol></ol>"))

    assert filled == "<h1>&lt;b&gt;</h1><ol></ol><p>&lt;b&gt;</p>"


def test_some_gaps_may_be_filled_before_others():
    in_part = GAPS.filled_in_part(query="<b>")

    assert in_part.filled(answer="none") == GAPS.filled(query="<b>", answer="none")


def test_what_is_typed_makes_no_gap():
    assert GAPS.filled_in_part(query=gap("x")).filled(answer="<").count("&lt;") == 1
    assert GAPS.filled(query=gap("answer"), answer="<").count("&lt;") == 1


def test_html_without_gaps_stays_as_it_is():
    assert with_gaps("<p></p>").filled() == "<p></p>"
