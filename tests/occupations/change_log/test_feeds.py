"""The feeds of changes: one of all, and one for each subject."""

from datetime import UTC, datetime

import pytest
from defusedxml import ElementTree

from occupations.catalogue.load import EMBEDDED, load_catalogue
from occupations.models import CatalogueLoad
from tests.occupations.change_log.facts import fact
from tests.occupations.small_catalogue import write_tables

NOON = datetime(2026, 11, 24, 1, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


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
