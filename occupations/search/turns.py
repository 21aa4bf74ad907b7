"""Questions are worked out one after another, by one thread."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="search")


def in_turn[Answer](work: Callable[[], Answer]) -> Answer:
    """
    Work a question out after those that came before it, and give what ``work`` gives.

    A process has one processor at a time: threads that share it, a few milliseconds each, finish
    none of their questions sooner, and most of them later. One thread also finds near at hand what
    the question before has just used. It knows nothing of the caller's own language or time zone.
    Nothing that asks the database belongs in ``work``, since all who wait for their turn would wait
    for that too, and nobody closes the thread's connection; nor does another turn, which would
    never come.
    """
    return _thread.submit(work).result()
