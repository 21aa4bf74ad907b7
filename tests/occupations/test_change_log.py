"""What a load changes is told on the page of changes and in the feeds, in words and dated."""

from datetime import UTC, datetime

import pytest
from defusedxml import ElementTree

from occupations.catalogue.load import EMBEDDED, load_catalogue
from occupations.change_log import about_subject, changes_of, entries
from occupations.models import CatalogueLoad, FactChange
from tests.occupations.small_catalogue import write_tables

NOON = datetime(2026, 11, 24, 1, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def load():
    return CatalogueLoad.objects.create(
        loaded_at=NOON,
        digest="x",
        changes={
            "list_memberships": {"added": 0, "altered": 1, "withdrawn": 0},
            "visas": {"added": 9, "altered": 0, "withdrawn": 0, "first": True},
        },
    )


def fact(load, **fields):
    values = {
        "table": "list_memberships",
        "kind": "altered",
        "edition": "anzsco-2013",
        "code": "149212",
        "key": {
            "list": "stsol",
            "edition": "anzsco-2013",
            "occupation": "149212",
            "source": "home-affairs-list-2026-09-14",
        },
        "before": {"visas": ["190", "407"]},
        "after": {"visas": ["190"]},
    }
    return FactChange.objects.create(load=load, **{**values, **fields})


def told(**fields):
    (entry,) = entries(FactChange.objects.filter(pk=fields["change"].pk))
    return str(entry.facts[0])


@pytest.mark.django_db
class TestWords:
    def test_an_altered_fact_names_its_occupation_and_both_values(self, load):
        assert told(change=fact(load)) == (
            "149212 Customer Service Manager (ANZSCO 2013): STSOL visas 190, 407 → 190"
        )

    def test_an_added_and_a_withdrawn_row_say_so(self, load):
        row = {"visas": ["190", "407"], "authority_named": ""}

        added = fact(load, kind="added", before=None, after=row)
        withdrawn = fact(load, kind="withdrawn", before=row, after=None)

        lead = "149212 Customer Service Manager (ANZSCO 2013): STSOL:"
        assert told(change=added) == f"{lead} added; visas 190, 407"
        assert told(change=withdrawn) == f"{lead} withdrawn; visas 190, 407"

    def test_a_count_that_stands_for_fewer_than_twenty_says_so(self, load):
        change = fact(
            load,
            table="expression_counts",
            key={"visa": "190", "stream": "SAS", "status": "hold", "points": 80},
            before={"count": 10},
            after={"count": 21},
        )

        assert told(change=change).endswith("80 points count fewer than 20 → 21")

    def test_a_shortage_names_its_place_and_its_rating_as_the_page_does(self, load):
        change = fact(
            load,
            table="shortage_ratings",
            edition="anzsco-2022",
            code="1492",
            key={"edition": "anzsco-2022", "group": "1492", "place": "nsw"},
            before={"rating": "none"},
            after={"rating": "shortage"},
        )

        assert told(change=change).endswith(
            "(ANZSCO 2022): shortage, New South Wales rating No shortage → Shortage"
        )

    def test_what_was_not_stated_is_said_to_be_so(self, load):
        change = fact(
            load,
            table="instruments",
            edition="",
            code="",
            key={"slug": "caveats-2022-03"},
            before={"in_force_to_on": None},
            after={"in_force_to_on": "2024-12-07"},
        )

        assert told(change=change).endswith("in force to not stated → 7 December 2024")

    def test_an_altered_occupation_is_its_own_fact(self, load):
        change = fact(
            load,
            table="occupations",
            key={"edition": "anzsco-2013", "code": "149212"},
            before={"skill_level_nz": 2, "retired": False},
            after={"skill_level_nz": 3, "retired": True},
        )

        assert told(change=change) == (
            "149212 Customer Service Manager (ANZSCO 2013): "
            "skill level in New Zealand 2 → 3; retired no → yes"
        )

    def test_official_wording_stays_on_the_pages_that_name_its_licence(self, load):
        change = fact(
            load,
            table="official_texts",
            key={
                "edition": "anzsco-2013",
                "group": "",
                "occupation": "149212",
                "kind": "task",
                "seq": 2,
            },
            before={"text": "Secret words"},
            after={"text": "Other words"},
        )

        assert told(change=change) == (
            "149212 Customer Service Manager (ANZSCO 2013): official wording, task 2: altered"
        )

    def test_a_subject_that_we_no_longer_hold_is_named_by_its_code(self, load):
        change = fact(load, edition="anzsco-2013", code="999999")

        assert told(change=change).startswith("999999 ANZSCO 2013: STSOL")

    def test_a_qualification_is_named_by_its_title(self, load):
        change = fact(
            load,
            table="packaged_units",
            kind="withdrawn",
            edition="",
            code="BSB40307",
            key={"qualification": "BSB40307", "release": 1, "unit": "BSBCCO402A", "category": ""},
            before={"kind": "core", "seq": 1},
            after=None,
        )

        assert told(change=change) == (
            "BSB40307 Certificate IV in Customer Contact: "
            "release 1, unit BSBCCO402A: withdrawn; kind core"
        )


@pytest.mark.django_db
class TestAbout:
    def test_an_occupation_hears_of_its_unit_group_and_of_links_that_lead_to_it(self, load):
        own = fact(load, edition="anzsco-2022", code="149212")
        of_group = fact(load, edition="anzsco-2022", code="1492", table="tasks")
        link = fact(
            load,
            table="correspondences",
            edition="anzsco-2021",
            code="149212",
            key={
                "from_edition": "anzsco-2021",
                "from_code": "149212",
                "to_edition": "anzsco-2022",
                "to_code": "149212",
            },
        )
        fact(load, edition="anzsco-2022", code="149211")
        fact(load, edition="anzsco-2013", code="149212")

        about = about_subject("anzsco-2022:149212")

        assert set(changes_of(about=about)) == {own, of_group, link}

    @pytest.mark.parametrize("key", ["anzsco-1066:149212", "anzsco-2022:999999", "NOPE1", ":"])
    def test_what_we_do_not_hold_is_no_subject(self, key):
        assert about_subject(key) is None


@pytest.mark.django_db
class TestPage:
    def test_it_tells_of_loads_newest_first_with_counts_and_facts(self, client, load):
        fact(load)

        text = client.get("/changes/").text

        assert "24 November 2026" in text
        assert "Occupations named by the lists</a>: 0 added, 1 altered, 0 withdrawn" in text
        assert "1 table loaded for the first time</summary>" in text
        assert "Visas: 9 rows" in text
        assert "<del>190, 407</del>" in text
        first = CatalogueLoad.objects.earliest()
        assert text.index(f"Revision {load.pk}<") < text.index(f"{first}<")

    def test_it_filters_by_table_kind_and_subject_with_the_state_in_the_address(self, client, load):
        fact(load)
        fact(load, kind="added", before=None, after={"visas": ["491"]}, code="149211")

        def shown(**query):
            response = client.get("/changes/", query)
            return sum(len(entry.facts) for entry in response.context["entries"])

        assert shown(table="list_memberships") == 2
        assert shown(table="visas") == 0
        assert shown(kind="added") == 1
        assert shown(revision=load.pk) == 2
        assert shown(about="anzsco-2013:149212") == 1
        assert shown(about="anzsco-2013:149212", kind="added") == 0

    def test_it_turns_over_with_the_filters_kept(self, client, load):
        for number in range(51):
            fact(load, key={"list": "stsol", "occupation": str(number)})

        first = client.get("/changes/", {"table": "list_memberships"})
        second = client.get("/changes/", {"table": "list_memberships", "page": "2"})

        assert 'href="?table=list_memberships&amp;page=2"' in first.text
        assert second.context["page"].start_index() == 51
        assert "of 51" in second.text

    @pytest.mark.parametrize(
        "query", ["table=%00", "kind=no", "revision=9e9", "page=x&revision=-1"]
    )
    def test_what_cannot_be_asked_is_as_if_not_asked(self, client, query):
        response = client.get(f"/changes/?{query}")

        assert response.status_code == 200
        assert response.context["state"] == {}

    def test_a_code_that_we_do_not_hold_is_a_page_that_helps(self, client):
        response = client.get("/changes/?about=anzsco-2022:999999")

        assert response.status_code == 404
        assert "We hold nothing with this code." in response.text

    def test_its_queries_do_not_grow_with_the_facts(self, client, load, django_assert_num_queries):
        for code in ("149211", "149212", "541111", "221111"):
            fact(load, code=code)
        client.get("/changes/")

        with django_assert_num_queries(9):
            client.get("/changes/?page=1")


@pytest.mark.django_db
class TestFeeds:
    def feed(self, client, address):
        response = client.get(address)
        assert response.status_code == 200
        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert response["Cache-Control"].startswith("public")
        assert "ETag" in response
        assert "Set-Cookie" not in response
        return ElementTree.fromstring(response.content)

    def test_every_load_is_an_entry_with_a_lasting_id_and_its_own_date(
        self, client, load, settings
    ):
        fact(load)

        feed = self.feed(client, "/changes.atom")
        entry = feed.find(f"{ATOM}entry")

        assert feed.findtext(f"{ATOM}updated") == NOON.isoformat()
        assert entry.findtext(f"{ATOM}id") == f"tag:localhost,2026-11-24:changes/{load.pk}"
        assert entry.findtext(f"{ATOM}updated") == NOON.isoformat()
        assert entry.find(f"{ATOM}link").get("href") == (
            f"{settings.SITE_URL}/changes/?revision={load.pk}"
        )
        assert entry.findtext(f"{ATOM}title") == (
            f"Revision {load.pk}: 1 fact changed, 1 table loaded for the first time"
        )
        assert "STSOL visas 190, 407 → 190" in entry.findtext(f"{ATOM}summary")
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links == {
            "alternate": f"{settings.SITE_URL}/changes/",
            "self": f"{settings.SITE_URL}/changes.atom",
        }

    def test_an_occupation_has_a_feed_of_its_own(self, client, load, settings):
        fact(load, edition="anzsco-2022")
        fact(load)

        feed = self.feed(client, "/occupations/anzsco-2022/149212/changes.atom")

        assert feed.findtext(f"{ATOM}title") == (
            "Changes: 149212 Customer Service Manager (ANZSCO 2022)"
        )
        entry = feed.find(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}title") == f"Revision {load.pk}: 1 fact changed"
        page = f"{settings.SITE_URL}/occupations/anzsco-2022/149212/"
        assert feed.find(f"{ATOM}link").get("href") == page

    def test_an_entry_about_one_subject_begins_with_its_facts(self, client, load):
        fact(load)

        feed = ElementTree.fromstring(
            client.get("/occupations/anzsco-2013/149212/changes.atom").text
        )

        (entry,) = feed.iter(f"{ATOM}entry")
        told_of = ElementTree.fromstring(entry.findtext(f"{ATOM}summary", ""))
        assert told_of.tag == "ul"
        assert [one.tag for one in told_of] == ["li"]

    def test_a_feed_without_an_entry_is_dated_by_the_first_load(self, client):
        first = CatalogueLoad.objects.earliest().loaded_at

        feed = self.feed(client, "/occupations/anzsco-2022/149212/changes.atom")

        assert feed.find(f"{ATOM}entry") is None
        assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated")) == first

    @pytest.mark.parametrize(
        "address", ["/qualifications/BSB40307/changes.atom", "/units/BSBCCO402A/changes.atom"]
    )
    def test_training_has_feeds_too(self, client, address):
        self.feed(client, address)

    @pytest.mark.parametrize(
        "address",
        ["/occupations/anzsco-2022/999999/changes.atom", "/units/NOPE/changes.atom"],
    )
    def test_there_is_no_feed_of_what_we_do_not_hold(self, client, address):
        assert client.get(address).status_code == 404

    def test_a_real_load_reaches_page_and_feed(self, client, tmp_path):
        levels = (EMBEDDED / "nzqcf_levels.csv").read_text(encoding="utf-8")
        folder = write_tables(tmp_path / "new", {"nzqcf_levels": levels.replace("10,", "10,Our ")})

        loaded = load_catalogue(folder, now=NOON, write=True)

        feed = self.feed(client, "/changes.atom")
        entry = feed.find(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}id").endswith(f":changes/{loaded.revision}")
        assert "level 10 qualification types" in entry.findtext(f"{ATOM}summary")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/", "/changes/", "/changes/?about=anzsco-2022:149212", "/search/"]
)
def test_pages_name_the_feed(client, address):
    text = client.get(address).text

    assert '<link rel="alternate" type="application/atom+xml"' in text
    assert 'href="/changes.atom"' in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("/occupations/anzsco-2022/149212/", "anzsco-2022%3A149212"),
        ("/occupations/anzsco-2013/1492/", "anzsco-2013%3A1492"),
        ("/qualifications/BSB40307/", "BSB40307"),
        ("/units/BSBCCO402A/", "BSBCCO402A"),
    ],
)
def test_a_page_leads_to_its_own_changes_and_feed(client, address, key):
    text = client.get(address).text

    assert f'href="{address}changes.atom">' in text
    assert f'href="/changes/?about={key}"' in text
    assert client.get(f"/changes/?about={key}").status_code == 200
    assert client.get(f"{address}changes.atom").status_code == 200
