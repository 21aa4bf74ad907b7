"""One broken cell or row after another, each with what is to be said of it."""

import pytest

from tests.occupations.small_catalogue import SMALL


def with_row(table, row):
    """Add a row after the last one of a small table."""
    return {**SMALL, table: f"{SMALL[table]}{row}\n"}


def with_change(table, old, new):
    assert SMALL[table].count(old) == 1
    return {**SMALL, table: SMALL[table].replace(old, new)}


BROKEN_ROWS = [
    pytest.param(
        with_row("units", "BSBXXX1A,Title"),
        "units.csv:4:3: the row has 2 cells, the header 9",
        id="a cell too few",
    ),
    pytest.param(
        with_row("units", "BSBXXX1A,Title,,,,,,,yes,"),
        "units.csv:4:10: the row has 10 cells, the header 9",
        id="a cell too many",
    ),
    pytest.param(
        with_row("units", ""),
        "units.csv:4:1: the row has 0 cells, the header 9",
        id="a blank line",
    ),
    pytest.param(
        with_change("units", "code,", "code,colour,"),
        "units.csv:1:2: there is no column 'colour'",
        id="an unknown column",
    ),
    pytest.param(
        with_change("units", ",usage_recommendation", ""),
        "units.csv:1:9: the column usage_recommendation is missing",
        id="a missing column",
    ),
    pytest.param(
        with_change("units", "code,title,", "code,code,title,"),
        "units.csv:1:2: the column code stands here twice",
        id="a column twice",
    ),
    pytest.param(
        {**SMALL, "units": ""},
        "units.csv:1:1: the column code is missing",
        id="an empty file",
    ),
    pytest.param(
        {**SMALL, "units": SMALL["units"].encode().replace(b"Gather", b"G\xe4ther")},
        "units.csv:2:2: title is not UTF-8: it holds the byte 0xE4",
        id="not UTF-8",
    ),
    pytest.param(
        with_change("units", "Gather", "Gat\x00her"),
        "units.csv:2:2: title holds U+0000, which does not print",
        id="NUL",
    ),
    pytest.param(
        with_change("units", "Gather and", "Gather\u00a0and"),
        "units.csv:2:2: title holds U+00A0, which does not print",
        id="a space that does not break",
    ),
    pytest.param(
        with_change("units", "Gather and record information", '"Gather\nand record"'),
        "units.csv:2:2: title holds U+000A, which does not print",
        id="a line break inside a cell",
    ),
    pytest.param(
        with_row("units", "BSBXXX1A,\u202eeltiT,,,,,,,yes"),
        "units.csv:4:2: title holds U+202E, which does not print",
        id="a mark that turns the writing round",
    ),
    pytest.param(
        with_change("units", "Gather", " Gather"),
        "units.csv:2:2: title begins or ends with a space",
        id="a space before",
    ),
    pytest.param(
        with_row("units", "BSBXXX1A,Cafe\u0301,,,,,,,yes"),
        "units.csv:4:2: title is not in Unicode's normal form C",
        id="an accent apart from its letter",
    ),
    pytest.param(
        with_row("units", "BSBXXX1A,…,,,,,,,yes"),
        "units.csv:4:2: title '…' has no folded form of at most 250 characters",
        id="a title without a word",
    ),
    pytest.param(
        with_row("units", f"BSBXXX1A,{'&' * 90},,,,,,,yes"),
        f"units.csv:4:2: title '{'&' * 90}' has no folded form of at most 250 characters",
        id="a title too long once folded",
    ),
    pytest.param(
        with_row("units", f"BSBXXX1A,{'x' * 251},,,,,,,yes"),
        "units.csv:4:2: title has 251 characters, at most 250 fit",
        id="a title too long",
    ),
    pytest.param(
        with_row("units", "BSBXXX1A,Title,,,,,,,"),
        "units.csv:4:9: is_held is empty",
        id="an empty cell",
    ),
    pytest.param(
        with_row("units", "bsb40307,Title,,,,,,,yes"),
        "units.csv:4:1: code 'bsb40307' is not a code of at most 14 capitals and digits",
        id="small letters in a code",
    ),
    pytest.param(
        with_row("units", "BSBCCO402A,Title,,,,,,,yes"),
        "units.csv:4:1: code repeats the row of line 2",
        id="a repeated row",
    ),
    pytest.param(
        with_row("packaged_units", "BSB40307,1,BSBCUS401A,core,,3,,,"),
        "packaged_units.csv:4:5: category repeats the row of line 3",
        id="a repeated row by a key of four columns",
    ),
    pytest.param(
        with_change("packaged_units", "core,,2,", "core,,1,"),
        "packaged_units.csv:3:6: seq repeats the place of line 2",
        id="a repeated place",
    ),
    pytest.param(
        with_row("units", 'BSBXXX1A,"Title" more,'),
        "units.csv:4:1: the row cannot be read: ',' expected after '\"'",
        id="words after a closing quote",
    ),
    pytest.param(
        with_row("units", 'BSBXXX1A,"Title,\n'),
        "units.csv:4:1: the row cannot be read: unexpected end of data",
        id="a quote that never closes",
    ),
    pytest.param(
        with_change("sources", "yes", "Yes"),
        "sources.csv:2:6: is_official 'Yes' is neither yes nor no",
        id="neither yes nor no",
    ),
    pytest.param(
        with_change("sources", "2022-11-22", "22/11/2022"),
        "sources.csv:2:5: as_at_on '22/11/2022' is not a day such as 2022-11-22",
        id="a day written another way",
    ),
    pytest.param(
        with_change("sources", "2022-11-22", "2022-02-30"),
        "sources.csv:2:5: as_at_on '2022-02-30' is not a day of the calendar",
        id="a day that does not exist",
    ),
    pytest.param(
        with_change("sources", "2022-11-22", "0022-11-22"),
        "sources.csv:2:5: as_at_on '0022-11-22' is not a day such as 2022-11-22",
        id="a day of another age",
    ),
    pytest.param(
        with_change("sources", "https://example.org/anzsco", "javascript:alert(1)"),
        "sources.csv:2:7: url 'javascript:alert(1)' is not a whole https:// address"
        " of at most 200 characters",
        id="an address that is a script",
    ),
    pytest.param(
        with_change("sources", "https://example.org/anzsco", "https://[example.org"),
        "sources.csv:2:7: url 'https://[example.org' is not a whole https:// address"
        " of at most 200 characters",
        id="an address that cannot be read",
    ),
    pytest.param(
        with_change("sources", "anzsco,ANZSCO", "ANZSCO,ANZSCO"),
        "sources.csv:2:1: slug 'ANZSCO' is not a slug of at most 60 small letters, digits"
        " and hyphens",
        id="capitals in a slug",
    ),
    pytest.param(
        with_change("occupations", "Contact Centre Manager,1492,2,3", "Manager,1492,6,3"),
        "occupations.csv:3:5: skill_level '6' is not a whole number from 1 to 5",
        id="a skill level too high",
    ),
    pytest.param(
        with_change("occupations", "Contact Centre Manager,1492,2,3", "Manager,1492,2,two"),
        "occupations.csv:3:6: skill_level_nz 'two' is not a whole number from 1 to 5",
        id="a number in words",
    ),
    pytest.param(
        with_change("occupations", "Contact Centre Manager,1492,2,3", "Manager,1492,²,3"),
        "occupations.csv:3:5: skill_level '²' is not a whole number from 1 to 5",
        id="a digit of another kind",
    ),
    pytest.param(
        with_row("occupations", "second,14921A,Title,1492,2,2,no"),
        "occupations.csv:5:2: code '14921A' is not a code of 6 digits",
        id="a letter in an occupation's code",
    ),
    pytest.param(
        with_row("occupations", "second,1492,Title,1492,2,2,no"),
        "occupations.csv:5:2: code '1492' is not a code of 6 digits",
        id="a group's code for an occupation",
    ),
    pytest.param(
        with_row("occupations", "second,149311,Title,1492,2,2,no"),
        "occupations.csv:5:4: unit_group '1492' does not begin the code 149311",
        id="an occupation in another unit group",
    ),
    pytest.param(
        with_row("occupations", "second,149311,Title,1493,2,2,no"),
        "occupations.csv:5:4: unit_group names second 1493, which groups.csv does not hold",
        id="a unit group that is not there",
    ),
    pytest.param(
        with_row("occupations", "third,149211,Title,1492,2,2,no"),
        "occupations.csv:5:1: edition names third, which editions.csv does not hold",
        id="an edition that is not there",
    ),
    pytest.param(
        with_row("groups", "second,15,minor,Title,1,2,2"),
        "groups.csv:10:3: level 'minor' does not fit the code 15",
        id="a level that does not fit the code",
    ),
    pytest.param(
        with_row("groups", "second,15,sub_major,Title,2,2,2"),
        "groups.csv:10:5: parent '2' is not '1', the code less its last digit",
        id="a parent that does not begin the code",
    ),
    pytest.param(
        with_row("groups", "second,21,sub_major,Title,2,2,2"),
        "groups.csv:10:5: parent names second 2, which groups.csv does not hold",
        id="a parent that is not there",
    ),
    pytest.param(
        with_row("groups", "second,15,sub_major,Title,,2,2"),
        "groups.csv:10:5: parent '' is not '1', the code less its last digit",
        id="a sub-major group without a parent",
    ),
    pytest.param(
        with_row("groups", "second,2,major,Title,,2-3,2"),
        "groups.csv:10:6: skill_level '2-3' is not a skill level such as 2 or a range such as 2/3",
        id="a range written another way",
    ),
    pytest.param(
        with_row("groups", "second,123456,occupation,Title,1,2,2"),
        "groups.csv:10:2: code '123456' is not a code of 1-4 digits",
        id="an occupation among the groups",
    ),
    pytest.param(
        with_row("other_titles", "second,149212,nickname,The boss"),
        "other_titles.csv:3:3: kind 'nickname' is not one of alternative, specialisation,"
        " nec_occupation, assessor",
        id="a kind that does not exist",
    ),
    pytest.param(
        with_row("other_titles", "first,149212,alternative,Title"),
        "other_titles.csv:3:2: occupation names first 149212, which occupations.csv does not hold",
        id="an occupation of another edition",
    ),
    pytest.param(
        with_row("correspondences", "second,149211,second,149212,no,published"),
        "correspondences.csv:3:3: to_edition 'second' is the edition it comes from",
        id="a correspondence inside one edition",
    ),
    pytest.param(
        with_change("list_memberships", "482|482S", "482|999"),
        "list_memberships.csv:2:5: visas names 999, which visas.csv does not hold",
        id="a visa that is not there",
    ),
    pytest.param(
        with_change("list_memberships", "482|482S", "482|"),
        "list_memberships.csv:2:5: visas '' is not a visa subclass such as 482 or 491S",
        id="a list with an empty item",
    ),
    pytest.param(
        with_change("list_memberships", "482|482S", "482|482"),
        "list_memberships.csv:2:5: visas '482|482' names something twice",
        id="a list with an item twice",
    ),
    pytest.param(
        with_change("list_memberships", ",anzsco,", ",hearsay,"),
        "list_memberships.csv:2:4: source names hearsay, which sources.csv does not hold",
        id="a source that is not there",
    ),
    pytest.param(
        with_change("instruments", "2022-03-01", "2025-03-01"),
        "instruments.csv:2:4: in_force_to_on 2024-12-07 is before 2025-03-01,"
        " when it came into force",
        id="an instrument that ends before it begins",
    ),
    pytest.param(
        with_change("not_considered_titles", "second,149211", "second,"),
        "not_considered_titles.csv:2:6: right_code and right_edition go together",
        id="an edition without a code",
    ),
    pytest.param(
        with_change("editions", "2022-11-22,,", "2022-11-22,first,"),
        "editions.csv:2:8: superseded_by leads back to its own row",
        id="editions that supersede each other",
    ),
    pytest.param(
        {**SMALL, "ocupations": SMALL["occupations"]},
        "ocupations.csv:1:1: no table of the catalogue has this name",
        id="a file name that is not a table's",
    ),
    pytest.param(
        {
            **SMALL,
            "unit_mappings": "from_unit,to_unit,is_equivalent\nBSBCCO402A,BSBCCO402A,yes\n",
        },
        "unit_mappings.csv:2:2: to_unit 'BSBCCO402A' cannot replace itself",
        id="a unit that replaces itself",
    ),
    pytest.param(
        {
            **SMALL,
            "qualification_classifications": (
                "qualification,scheme,seq,code,value,starts_on,ends_on\n"
                "BSB40307,anzsco,1,541111,Team Leader,2009-03-10,2008-09-03\n"
            ),
        },
        "qualification_classifications.csv:2:7: ends_on 2008-09-03 is before 2009-03-10,"
        " when it starts",
        id="a classification that ends before it starts",
    ),
    *(
        pytest.param(
            {
                **SMALL,
                "group_summaries": (
                    "edition,code,text,not_to_be_confused,written_on,status,reviewed_on\n"
                    f"second,1492,They lead.,,2026-11-22,{reading}\n"
                ),
            },
            f"group_summaries.csv:2:7: reviewed_on {said}",
            id=f"a summary {reading}",
        )
        for reading, said in {
            "reviewed,": "is filled for words that are reviewed, and for no others",
            "drafted,2026-11-23": "is filled for words that are reviewed, and for no others",
            "reviewed,2026-11-21": "2026-11-21 is before the words were written",
        }.items()
    ),
    *(
        pytest.param(
            {
                **SMALL,
                "confused_codes": (
                    f"edition,group,seq,other_group,other_occupation\nsecond,1492,1,{named}\n"
                ),
            },
            f"confused_codes.csv:2:{said}",
            id=f"a code confused with {named}",
        )
        for named, said in {
            ",": "5: other_occupation or other_group is filled, never both and never neither",
            "149,149211": "5: other_occupation or other_group is filled,"
            " never both and never neither",
            "1492,": "4: other_group '1492' is the group itself",
            ",149299": "5: other_occupation names second 149299,"
            " which occupations.csv does not hold",
        }.items()
    ),
]
