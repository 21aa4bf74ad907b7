"""What staff type to find somebody, kept in their session: the address has a key for it alone."""

from secrets import token_hex

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from enquiries.admin.search import LONGEST, Wanted, understand
from enquiries.desk import WORDS, is_key, names_nobody

KEPT = "searched_words"
MOST_KEPT = 60  # searches of a session; the oldest are forgotten
QUEUE = "admin:enquiries_enquiry_changelist"
FORGOTTEN = "What you searched for is no longer kept. Type it again."


def search(request: HttpRequest) -> HttpResponse:
    """Take what was typed in the box of the queue, and lead to an address that does not tell it."""
    asked = request.POST if request.method == "POST" else request.GET
    left = asked.copy()
    for passing in ("csrfmiddlewaretoken", WORDS):
        left.pop(passing, None)
    if typed := asked.get(WORDS, "").replace("\0", "").strip()[:LONGEST]:
        told = typed.upper() if names_nobody(typed) else _keep(typed, session=request.session)
        left[WORDS] = told
    queue = reverse(QUEUE)
    return HttpResponseRedirect(f"{queue}?{left.urlencode()}" if left else queue)


def asked_for(request: HttpRequest) -> tuple[str, Wanted]:
    """Give what was typed for the address of a list, and how it is understood."""
    told = request.GET.get(WORDS, "")
    if not is_key(told):
        return told, understand(told)
    typed = request.session.get(KEPT, {}).get(told, "")
    return typed, understand(typed) if typed else Wanted(hint=FORGOTTEN)


def _keep(typed: str, *, session: SessionBase) -> str:
    """Keep what was typed, and give its key; the same words have the same one."""
    kept: dict[str, str] = dict(session.get(KEPT, {}))
    key = next((each for each, words in kept.items() if words == typed), f"~{token_hex(6)}")
    kept.pop(key, None)
    session[KEPT] = dict([*kept.items(), (key, typed)][-MOST_KEPT:])
    return key
