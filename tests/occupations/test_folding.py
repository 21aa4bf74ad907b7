import pytest

from occupations.folding import fold


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        pytest.param("Customer Service Manager", "customer service manager", id="case"),
        pytest.param("STRASSE Straße", "strasse strasse", id="case of letters without a pair"),
        pytest.param("Kaiāwhina (Māori)", "kaiawhina maori", id="macrons"),
        pytest.param("Kaia\u0304whina", "kaiawhina", id="macrons typed as marks"),
        pytest.param("Café, Pâtissier, Naïve", "cafe patissier naive", id="accents"),
        pytest.param("Søren Łódź Ærø", "soren lodz aero", id="letters that are not accented"),
        pytest.param("Fire & Rescue", "fire and rescue", id="an ampersand between words"),
        pytest.param("R&D Manager", "r and d manager", id="an ampersand inside a word"),
        pytest.param("Welder (Aus) \\ Fitter (NZ)", "welder aus fitter nz", id="backslash"),
        pytest.param("Welder (Aus) / Fitter (NZ)", "welder aus fitter nz", id="slash"),
        pytest.param("Call/Contact  Centre", "call contact centre", id="slash without spaces"),
        pytest.param("Director-General", "director general", id="hyphen"),
        pytest.param("Director \u2013 General", "director general", id="dash"),
        pytest.param("Children's Nurse", "childrens nurse", id="straight apostrophe"),
        pytest.param("Children\u2019s Nurse", "childrens nurse", id="curly apostrophe"),
        pytest.param("  call \t centre\u00a0manager ", "call centre manager", id="spacing"),
        pytest.param("n.e.c.", "nec", id="stops inside an abbreviation"),
        pytest.param("snake_case", "snake case", id="underline"),
        pytest.param("C++ and C#", "c++ and c#", id="names of languages"),
        pytest.param(
            "ﬁtter \uff15\uff14\uff11\uff11", "fitter 5411", id="other forms of letters and digits"
        ),
        pytest.param("客户服务经理", "客户服务经理", id="another script"),
        pytest.param("…!?", "", id="nothing but punctuation"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_two_ways_of_typing_the_same_words_become_equal(typed, folded):
    assert fold(typed) == folded


@pytest.mark.parametrize("start", range(0, 0x3000, 0x100))
def test_folding_twice_changes_nothing(start):
    for code in range(start, start + 0x100):
        once = fold(f"a{chr(code)}b {chr(code)}")

        assert fold(once) == once, f"U+{code:04X}"
