"""What is known of an occupation: each fact with its edition, and told in its tense."""

from datetime import date

import pytest

from occupations.facts import find_occupation, occupation_facts
from occupations.facts.near import near_facts
from occupations.models import CaveatWording, Notice, OfficialText, Task

pytestmark = pytest.mark.django_db
SOON, LATE = date(2026, 11, 21), date(2027, 6, 1)


def found(edition, code):
    occupation = find_occupation(edition=edition, code=code)
    assert occupation is not None
    return occupation


def known(edition, code, *, on=SOON):
    return occupation_facts(found(edition, code), on=on)


def named_visas(facts, edition):
    part = next(part for part in facts.visas if part.edition.slug == edition)
    return {line.visa["subclass"]: line.acronyms for line in part.named}


@pytest.mark.parametrize("edition", ["anzsco-2013", "anzsco-2022", "osca-2024"])
def test_a_fixed_number_of_queries_finds_it_all(django_assert_max_num_queries, edition):
    code = "551132" if edition == "osca-2024" else "541111"
    with django_assert_max_num_queries(4):
        known(edition, code)


class TestLists:
    def test_each_visa_is_told_from_the_edition_that_it_reads(self):
        facts = known("anzsco-2022", "221111")

        assert set(named_visas(facts, "anzsco-2022")) == {"186", "482"}
        assert named_visas(facts, "anzsco-2013")["189"] == ("MLTSSL",)

    @pytest.mark.parametrize("code", ["541111", "149211"])
    def test_a_regional_list_names_these_for_visa_494_alone(self, code):
        facts = known("anzsco-2013", code)

        assert [(one.acronym, one.visas) for one in facts.current_lists] == [("ROL", ("494",))]
        assert named_visas(facts, "anzsco-2013") == {"494": ("ROL",)}
        assert named_visas(facts, "anzsco-2022") == {}

    def test_a_current_list_becomes_an_earlier_one_when_its_copy_is_old(self):
        soon, late = (known("anzsco-2013", "149212", on=day) for day in (SOON, LATE))

        assert [one.acronym for one in soon.current_lists] == ["STSOL"]
        assert not soon.lists_are_history
        assert late.current_lists == ()
        assert late.lists_are_history
        assert len(late.earlier_lists) == len(soon.lists)
        assert all(one.source.is_history for one in late.lists)
        assert [program.named for program in late.programs] == ["", "", ""]

    def test_absence_may_be_stated_of_the_whole_copy_alone(self):
        facts = known("anzsco-2013", "149212")

        assert all(part.is_whole for part in facts.visas)
        assert not any(one.source.is_whole for one in facts.earlier_lists)


class TestCaveats:
    def test_today_s_caveats_stand_before_those_that_ended(self):
        today, earlier = known("anzsco-2022", "221111").caveats

        assert [one.title for one in today.caveats] == [
            "Business size",
            "Business size",
            "Low skilled tasks",
        ]
        assert all(one.programs == ("186", "482") for one in today.caveats)
        assert not today.has_ended
        assert earlier.has_ended
        assert earlier.in_force_to_on == date(2024, 12, 7)

    def test_an_instrument_is_in_force_until_its_end(self):
        caveats = known("anzsco-2013", "149212", on=date(2024, 12, 6)).caveats

        assert [one.number for one in caveats[0].caveats] == [2, 11, 19]
        assert not caveats[0].has_ended

    def test_wording_that_an_agent_approved_outranks_ours(self, admin_user):
        shipped = known("anzsco-2013", "149212").caveats[0]
        CaveatWording.objects.create(
            instrument=shipped.slug,
            caveat_key=shipped.caveats[1].key,
            wording="No shop floor.",
            approved_by_name="An Agent",
            approver_marn="1234567",
            approved_on=date(2026, 10, 1),
            written_by=admin_user,
            written_at="2026-10-01T00:00Z",
        )

        first, second, _ = known("anzsco-2013", "149212").caveats[0].caveats

        assert first.approval is None
        assert first.wording == shipped.caveats[0].wording
        assert second.wording == "No shop floor."
        assert (second.approval.name, second.approval.marn) == ("An Agent", "1234567")
        assert second.approval.on == date(2026, 10, 1)


class TestWhatAnotherEditionStates:
    def test_titles_and_licences_of_2022_name_that_edition_on_an_older_page(self):
        facts = known("anzsco-2013", "133112")

        assert [one.requirement for one in facts.licences] == ["required"]
        assert facts.licences[0].stated_in.key == "anzsco-2022:133112"
        assert known("anzsco-2013", "541111").titles.stated_in.key == "anzsco-2022:541111"

    def test_its_own_titles_are_stated_nowhere_else(self):
        assert known("anzsco-2022", "541111").titles.stated_in is None

    def test_skills_are_those_of_2019_and_say_whether_they_are_of_the_group(self):
        own, group = known("anzsco-2022", "149212").skills, known("anzsco-2022", "142111").skills

        assert (own.place.key, own.is_of_group) == ("anzsco-2019:149212", False)
        assert (group.place.key, group.is_of_group) == ("anzsco-2019:1421", True)

    def test_shares_of_time_are_grouped_by_family_the_longest_first(self):
        skills = known("anzsco-2013", "149212").skills

        shares = [family.share_of_time for family in skills.families]
        assert shares == sorted(shares, reverse=True)
        assert round(sum(shares), 2) == 1
        assert skills.tasks[0].text == "Respond to customer problems or complaints"
        assert skills.tasks[0].percent == "22.7"

    def test_shortages_are_rated_for_the_unit_group(self):
        shortages = known("anzsco-2013", "541111").shortages

        assert shortages.place.code == "5411"
        assert shortages.national.rating == "none"
        assert {one.name for one in shortages.states if one.rating == "shortage"} == {
            "Northern Territory"
        }
        assert shortages.source.is_history


class TestSelection:
    def test_the_states_that_named_it_are_history(self):
        named = known("anzsco-2022", "149212").nominations

        assert named.place.key == "anzsco-2013:149212"
        assert named.source.is_history
        assert {one.state for one in named.nominations if one.visa == "190"} == {
            "ACT",
            "NT",
            "SA",
            "TAS",
            "VIC",
        }

    def test_a_count_of_ten_means_fewer_than_twenty(self):
        visas = known("anzsco-2013", "149212").expressions.visas
        counts = [one for visa in visas for one in visa.counts]

        assert [(one.visa, one.stream) for one in visas] == [("190", "SAS"), ("491", "SNR")]
        assert {one.is_fewer_than_twenty for one in counts if one.count == 10} == {True}
        assert {one.is_fewer_than_twenty for one in counts if one.count != 10} == {False}


class TestNear:
    def test_look_alikes_share_time_and_differ_in_tasks(self):
        near = near_facts(known("anzsco-2022", "149212"))

        assert near.skills is not None
        assert near.skills.key == "anzsco-2019:149212"
        assert near.elsewhere[0].place.code == "541112"
        assert near.elsewhere[0].is_same
        shares = [one.shared for one in near.elsewhere if one.shared is not None]
        assert shares == sorted(shares, reverse=True)
        assert all(one.only_here and one.only_there for one in near.elsewhere[1:])

    def test_the_tasks_of_another_group_s_code_stand_beside_its_own(self):
        near = near_facts(known("anzsco-2013", "149212"))
        by_code = {one.there.code: one for one in near.side_by_side}

        assert set(by_code) == {"541111", "142111"}
        assert not any(one.is_skills_data for one in near.side_by_side)
        assert len(by_code["541111"].tasks_here) == 6
        assert len(by_code["541111"].tasks_there) == 11
        assert by_code["142111"].tasks_here == by_code["541111"].tasks_here

    def test_where_our_words_are_missing_the_skills_data_tells_the_tasks(self):
        Task.objects.filter(group__code="1421").delete()
        near = near_facts(known("anzsco-2013", "149212"))
        by_code = {one.there.code: one for one in near.side_by_side}

        assert set(by_code) == {"541111", "1421"}
        assert not by_code["541111"].is_skills_data
        assert by_code["1421"].is_skills_data

    def test_nothing_is_near_what_the_skills_data_does_not_know(self, django_assert_num_queries):
        facts = known("anzsco-2013", "131111")

        with django_assert_num_queries(0):
            near = near_facts(facts)

        assert near == type(near)(None, (), (), ())


def test_current_notices_on_the_occupation_and_its_lists_are_told(admin_user):
    def write(subject, key, text, **dates):
        Notice.objects.create(
            subject=subject,
            key=key,
            text=text,
            written_by=admin_user,
            written_at="2026-11-01T00:00Z",
            **{"dated_on": date(2026, 11, 1)} | dates,
        )

    write("occupation", "anzsco-2013:149212", "Of the occupation.")
    write("list", "stsol", "Of its list.", dated_on=date(2026, 11, 2))
    write("list", "csol", "Of another list.")
    write("list", "stsol", "Over.", shown_until_on=date(2026, 11, 20))
    write("list", "stsol", "To come.", dated_on=date(2026, 12, 1))

    notices = known("anzsco-2022", "149212").notices

    assert [one.text for one in notices] == ["Of its list.", "Of the occupation."]


def test_official_wording_stands_apart_from_ours():
    occupation = found("anzsco-2022", "541111")
    OfficialText.objects.create(
        edition=occupation.edition, occupation=occupation, kind="definition", seq=1, text="Leads."
    )
    OfficialText.objects.create(
        edition=occupation.edition, group=occupation.unit_group, kind="task", seq=1, text="calling"
    )

    older = known("anzsco-2013", "541111")

    assert older.official.definition == ("Leads.",)
    assert older.official.tasks == ("calling",)
    assert older.official.place.edition == "anzsco-2022"
    assert older.official.licence == "CC BY 4.0"
    assert "Leads." not in older.summary.text


def test_a_table_without_its_own_sources_names_that_of_the_whole_table():
    sources = known("anzsco-2022", "541111").sources

    assert sources["specialist_tasks"].publisher == "Jobs and Skills Australia"
