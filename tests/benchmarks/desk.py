"""
How long the desk takes with a thousand enquiries and with a million, a tenth of them open.

``python -m tests.benchmarks desk 100000`` takes fewer. A page is asked for over the line by a
member of staff who is signed in, one after another; its queries are counted in this process.

With a thousand, most lists are nearly empty, and with a million they are full. A fuller page has
more to show, however quickly its rows are found. So the time with many is held against that with
few and as many rows: what the same page takes with few, and for each row that it shows more what a
row takes there, by a full page and an empty one. Beside it stands the growth as it is.
"""

import gzip
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from random import Random

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from enquiries.management.seeding import seed
from enquiries.models import Enquiry
from enquiries.roles import LEAD, set_up_roles
from tests.benchmarks.clients import ACCEPT, middle_and_slow

FEW, MANY = 1_000, 1_000_000
EACH, WARM = 40, 3  # requests of a figure, and before them
SLOWEST, GROWTH, MOST_QUERIES = 150, 1.5, 10  # ms of 95 in 100 pages; with many to with few
QUEUE = "/admin/enquiries/enquiry/"
LISTED = b'class="action-select"'  # once in each row of the queue
FULL, EMPTY = "all, newest first", "search for what nobody has"
VIEWS = {
    "queue, oldest first": "",
    "queue, newest first": "order=newest",
    "queue, most urgent first": "order=urgent",
    "unclaimed": "owner=nobody",
    "mine": "owner=me",
    "others'": "owner=others",
    "waiting for a guardian": "age=waiting",
    "due follow-ups": "follow_up=due",
    "new": "state=new",
    "in a call": "state=in_call",
    "all, newest first": "state=all&order=newest",
    "closed": "state=closed",
    "duplicates": "state=duplicate",
    "mine, closed too": "owner=me&state=all",
    "on hold": "hold=needs_info",
    "under 18": "age=minor",
    "called today": "callback=today",
    "call missed": "callback=past",
    "no time chosen": "callback=any",
    "from one country": "country=IE",
    "from one country, all": "country=IE&state=all",
    "with a résumé, open": "resume=yes",
    "with a résumé, all": "resume=yes&state=all",
}
PAGES = {
    "next call": "/admin/desk/",
    "calendar": "/admin/desk/calendar/",
    "dashboard": "/admin/desk/dashboard/",
    "follow-ups": "/admin/enquiries/followup/",
}


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What a kind of page took: milliseconds, the most queries of any, and its enquiries listed."""

    p50: float
    p95: float
    queries: int
    rows: float


def measure(port: int, *, say: Callable[[str, str], None], many: int = MANY) -> None:
    """Seed few, then many, and say what each page took and how much longer it takes with many."""
    set_up_roles()
    now = timezone.now()  # noqa: TID251 - what is made up are the two years before it
    seed(FEW, now=now)
    few = figures(port)
    began = time.perf_counter()
    seed(many - FEW, more=True, now=now)
    taken = time.perf_counter() - began
    say("enquiries made up", f"{(many - FEW) / taken:,.0f} a second, {taken:.0f} s in all")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    tell(few, figures(port), say=say)


def tell(
    few: Mapping[str, Figure], many: Mapping[str, Figure], *, say: Callable[[str, str], None]
) -> None:
    full, empty = few[FULL], few[EMPTY]
    a_row = max(full.p50 - empty.p50, 0) / (full.rows - empty.rows)
    growths = []
    for what, figure in many.items():
        before = few[what]
        more_rows = max(figure.rows - before.rows, 0)
        growth = figure.p50 / (before.p50 + more_rows * a_row)
        growths.append(growth)
        is_kept = figure.p95 < SLOWEST and growth <= GROWTH and figure.queries <= MOST_QUERIES
        say(
            what,
            f"{'ok    ' if is_kept else 'NOT OK'} "
            f"p50 {before.p50:5.1f} ms, p95 {before.p95:5.1f} ms with few; "
            f"p50 {figure.p50:5.1f} ms, p95 {figure.p95:5.1f} ms with many: "
            f"{growth:.2f} x ({figure.p50 / before.p50:.2f} x with {before.rows:.0f} rows "
            f"grown to {figure.rows:.0f}); {figure.queries} queries",
        )
    say("all of these", f"{statistics.geometric_mean(growths):.2f} x")
    say("a row of a list, with few", f"{a_row:.2f} ms")


def figures(port: int) -> dict[str, Figure]:
    """Ask for every kind of page as a lead who has made-up enquiries of their own."""
    user = User.objects.get(username="made-up-adviser-1")
    user.groups.set([Group.objects.get(name=LEAD)])
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    found = {}
    for what, paths in _addresses(client):
        queries = max(_queries(client, path) for path in paths[:WARM])
        answers = _answers(port, paths, session=session)[WARM:]
        p50, p95 = middle_and_slow([taken for taken, _ in answers])
        rows = statistics.mean(page.count(LISTED) for _, page in answers)
        found[what] = Figure(p50=p50, p95=p95, queries=queries, rows=rows)
    return found


def _addresses(client: Client) -> Iterator[tuple[str, Sequence[str]]]:
    """Give the kinds of pages, each with as many addresses as are asked for."""
    wanted = EACH + WARM
    for what, query in VIEWS.items():
        yield what, [f"{QUEUE}?{query}"] * wanted
    yield "queue, leafed through", _leaves(client, wanted)
    sample = _sample(wanted)
    for what, typed in (
        ("search by both names", [f"{each.given_name} {each.family_name}" for each in sample]),
        ("search by family name", [each.family_name for each in sample]),
        ("search by part of a name", [each.family_name[:4] for each in sample]),
        ("search by e-mail", [each.contact_email for each in sample]),
        ("search by phone", [each.contact_phone for each in sample]),
        ("search by end of a phone", [each.contact_phone[-7:] for each in sample]),
        ("search by reference", [each.reference.lower() for each in sample]),
        ("search by a very common part", ["mar"] * wanted),
        ("search by beginning of an e-mail", [each.contact_email[:12] for each in sample]),
        ("search for what nobody has", [f"nobody{place}" for place in range(wanted)]),
    ):
        yield what, [client.post(f"{QUEUE}find/", {"q": each})["Location"] for each in typed]
    yield "enquiry page", [f"{QUEUE}{each.pk}/change/" for each in sample]
    for what, path in PAGES.items():
        yield what, [path] * wanted


def _leaves(client: Client, wanted: int) -> list[str]:
    """Leaf on from the first page, and begin anew at the end."""
    paths = [QUEUE]
    while len(paths) < wanted:
        page = client.get(paths[-1]).context_data or {}
        following = page["cl"].neighbours[-1:]
        onward = [each["url"] for each in following if each["rel"] == "next"]
        paths.append(f"{QUEUE}{onward[0]}" if onward else QUEUE)
    return paths


def _sample(wanted: int) -> list[Enquiry]:
    """Take enquiries of adults from all over the two years."""
    adults = Enquiry.objects.filter(is_minor=False).exclude(own_email="").order_by("pk")
    first, last = (
        adults.order_by(order).values_list("pk", flat=True)[0] for order in ("pk", "-pk")
    )
    chance = Random(7)  # noqa: S311 - an even choice is all that is asked for
    found = (adults.filter(pk__gte=chance.randint(first, last)).first() for _ in range(2 * wanted))
    return [each for each in found if each is not None][:wanted]


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return len(captured)


def _answers(port: int, paths: Sequence[str], *, session: str) -> list[tuple[float, bytes]]:
    """Give for each page how many milliseconds it took, and what came."""
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = ACCEPT | {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}
    found = []
    for path in paths:
        began = time.perf_counter()
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        page = answer.read()
        taken = (time.perf_counter() - began) * 1000
        is_packed = answer.headers["Content-Encoding"] == "gzip"
        found.append((taken, gzip.decompress(page) if is_packed else page))
        if answer.status != HTTPStatus.OK:
            raise RuntimeError(f"{path} answered {answer.status}")
    line.close()
    return found
