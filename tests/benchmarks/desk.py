"""
How long the desk takes with a thousand enquiries and with a million, a tenth of them open.

``python -m tests.benchmarks desk 100000`` takes fewer. A page is asked for over the line by a
member of staff who is signed in, one after another; its queries are counted in this process.
"""

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
    """What a kind of page took: milliseconds, and the most queries of any."""

    p50: float
    p95: float
    queries: int


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
    for what, figure in many.items():
        before = few[what]
        growth = figure.p50 / before.p50
        is_kept = figure.p95 < SLOWEST and growth <= GROWTH and figure.queries <= MOST_QUERIES
        say(
            what,
            f"{'ok    ' if is_kept else 'NOT OK'} "
            f"p50 {before.p50:5.1f} ms, p95 {before.p95:5.1f} ms with few; "
            f"p50 {figure.p50:5.1f} ms, p95 {figure.p95:5.1f} ms with many: "
            f"{growth:.2f} x; {figure.queries} queries",
        )
    ratio = statistics.geometric_mean(many[what].p50 / few[what].p50 for what in many)
    say("all of these", f"{ratio:.2f} x")


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
        p50, p95 = middle_and_slow(_milliseconds(port, paths, session=session)[WARM:])
        found[what] = Figure(p50=p50, p95=p95, queries=queries)
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


def _milliseconds(port: int, paths: Sequence[str], *, session: str) -> list[float]:
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = ACCEPT | {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}
    taken = []
    for path in paths:
        began = time.perf_counter()
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        answer.read()
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status != HTTPStatus.OK:
            raise RuntimeError(f"{path} answered {answer.status}")
    line.close()
    return taken
