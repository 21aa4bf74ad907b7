from functools import partial

import pytest
from django.core.management import CommandError

from tests.occupations.published_tables import PUBLISHED, converted


@pytest.fixture
def convert(tmp_path):
    return partial(converted, tmp_path)


def test_a_membership_stands_on_the_edition_that_its_visas_read(convert):
    listed = "home-affairs-list-2026-09-14"

    assert [row for row in convert("list_memberships") if listed in row] == [
        f"csol,anzsco-2022,121611,{listed},186|482,",
        f"csol,anzsco-2022,221111,{listed},186|482,",
        f"csol,anzsco-2022,224999,{listed},186|482,",
        f"csol,anzsco-2022,253917,{listed},186|482,",
        f"mltssl,anzsco-2013,221111,{listed},189|491F,",
        f"mltssl,anzsco-2013,252112,{listed},189,",
        f"mltssl,anzsco-2013,253917,{listed},189,",
        f"mltssl,anzsco-2013,263311,{listed},189,",
        f"rsms-rol,anzsco-2013,312113,{listed},,",
        f"stsol,anzsco-2013,149212,{listed},190|489S,",
        f"stsol,anzsco-2013,224999,{listed},190,",
    ]


def test_groups_belong_to_vetassess_alone(convert):
    listed, grouped = "home-affairs-list-2026-09-14", "vetassess-groups"

    assert convert("assessments") == [
        f"anzsco-2013,149212,vetassess,C,{grouped}",
        f"anzsco-2013,221111,caanz,,{listed}",
        f"anzsco-2013,221111,ipa,,{listed}",
        f"anzsco-2013,224999,acs-data-scientists,,{listed}",
        f"anzsco-2013,224999,vetassess,B,{grouped}",
        f"anzsco-2013,252112,aoac,,{listed}",
        f"anzsco-2013,253917,medba,,{listed}",
        f"anzsco-2013,263311,engineers-australia,,{listed}",
        f"anzsco-2022,121611,vetassess,,{listed}",
        f"anzsco-2022,221111,caanz,,{listed}",
        f"anzsco-2022,221111,ipa,,{listed}",
        f"anzsco-2022,224999,acs-data-scientists,,{listed}",
        f"anzsco-2022,224999,vetassess,B,{grouped}",
        f"anzsco-2022,253917,medba,,{listed}",
    ]


def test_the_core_list_of_december_2024_is_history_with_the_visas_it_was_made_for(convert):
    memberships = convert("list_memberships")

    assert "csol,anzsco-2022,121611,csol-2024-12-07,186|482," in memberships


def test_an_earlier_list_keeps_its_visas_and_the_authority_it_names(convert):
    earlier = "skilled-lists-2024-10"

    assert [row for row in convert("list_memberships") if earlier in row] == [
        f"mltssl,anzsco-2013,111111,{earlier},186|482|491F,IML",
        f"pmsol,anzsco-2013,111111,{earlier},,IML",
        f"rol,anzsco-2013,149212,{earlier},187|190|407|482|491S|494,VETASSESS",
        f"stsol,anzsco-2013,149212,{earlier},187|190|407|482|491S|494,VETASSESS",
    ]


def test_a_caveat_is_known_by_its_number_or_by_the_key_of_our_wording(convert):
    titled = "caveats-2026-09-14"

    assert convert("caveat_memberships") == [
        "caveats-2022-03,2,anzsco-2013,149212,TSS|ENS",
        f"{titled},business-size-staff-5,anzsco-2022,221111,186|482",
        f"{titled},business-size-turnover-1000000,anzsco-2022,221111,186|482",
        f"{titled},low-skilled-tasks-clerical,anzsco-2022,221111,186|482",
        f"{titled},low-skilled-tasks-farm,anzsco-2022,121611,186|482",
        f"{titled},low-skilled-tasks-farm-as-printed,anzsco-2022,223113,186|482",
    ]


def test_a_caveat_without_our_wording_stops_the_conversion(convert):
    caveats = f"{PUBLISHED['caveats_2026']}Actor,211111,211111,482|186,Hours,At night\n"

    with pytest.raises(CommandError, match="The caveat 'Hours' of 211111 has no wording yet"):
        convert("caveat_memberships", caveats_2026=caveats)


def test_an_unknown_list_stops_the_conversion(convert):
    lists = PUBLISHED["skilled_lists_2024_10"].replace("PMSOL", "XSOL")

    with pytest.raises(CommandError, match="The list 'XSOL' of 111111 is not one we know"):
        convert("list_memberships", skilled_lists_2024_10=lists)
