"""The triggers of a legal hold: what must be kept goes by no way, not even by raw SQL."""

# What tells what was said and done; promises and bookings change with the work on an enquiry.
KEPT_WITH_IT = (
    "enquiries_note",
    "enquiries_callattempt",
    "enquiries_staffreply",
    "enquiries_letter",
    "enquiries_resume",
    "enquiries_event",
)
# Of these nobody ever changes a word; letters and files are marked as they leave and are checked.
AS_WRITTEN = (
    "enquiries_note",
    "enquiries_callattempt",
    "enquiries_staffreply",
    "enquiries_event",
)

_REFUSE = """
CREATE FUNCTION enquiries_hold_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_held boolean;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        is_held := EXISTS (SELECT FROM enquiries_enquiry WHERE legal_hold_since IS NOT NULL);
    ELSIF TG_TABLE_NAME = 'enquiries_enquiry' THEN
        is_held := OLD.legal_hold_since IS NOT NULL;
    ELSE
        is_held := EXISTS (
            SELECT FROM enquiries_enquiry
            WHERE id = OLD.enquiry_id AND legal_hold_since IS NOT NULL);
    END IF;
    IF is_held THEN
        RAISE EXCEPTION 'The enquiry is on legal hold: % refused', TG_OP
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'legal_hold_keeps';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        RETURN NEW;
    END IF;
    RETURN OLD;
END
$$;
"""


def _triggers(table: str) -> str:
    return (
        f"CREATE TRIGGER legal_hold_keeps BEFORE DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION enquiries_hold_refuse();\n"
        f"CREATE TRIGGER legal_hold_keeps_all BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION enquiries_hold_refuse();\n"
    )


def _as_it_was(table: str) -> str:
    """Let no words be changed, and nothing be moved to an enquiry that may go."""
    what = "*" if table in AS_WRITTEN else "enquiry_id"
    return (
        f"CREATE TRIGGER legal_hold_keeps_as_it_was BEFORE UPDATE ON {table} "
        f"FOR EACH ROW WHEN (OLD.{what} IS DISTINCT FROM NEW.{what}) "
        "EXECUTE FUNCTION enquiries_hold_refuse();\n"
    )


_TABLES = ("enquiries_enquiry", *KEPT_WITH_IT)
HOLDS_KEEP = _REFUSE + "".join(map(_triggers, _TABLES)) + "".join(map(_as_it_was, KEPT_WITH_IT))
HOLDS_DO_NOT_KEEP = (
    "".join(f"DROP TRIGGER legal_hold_keeps_as_it_was ON {table};\n" for table in KEPT_WITH_IT)
    + "".join(
        f"DROP TRIGGER legal_hold_keeps_all ON {table};\n"
        f"DROP TRIGGER legal_hold_keeps ON {table};\n"
        for table in _TABLES
    )
    + "DROP FUNCTION enquiries_hold_refuse();\n"
)
