"""Which occupations of the shared classification exist in one of its two countries alone."""

# Named in te reo Māori; the classification has them for New Zealand, and Australia leaves them out.
NEW_ZEALAND_ONLY = frozenset(
    {"241112", "241211", "241212", "252215", "411512", "422113", "422114"},
)


def only_in(code: str, *, classification: str) -> str:
    """Name the one country in which an occupation exists; nothing if it exists in both."""
    return "New Zealand" if classification == "ANZSCO" and code in NEW_ZEALAND_ONLY else ""
