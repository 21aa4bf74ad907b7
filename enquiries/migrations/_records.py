"""The triggers that record every change of a row, by whatever way it came, and keep the records."""

# A column whose values stand in the record; of all others it names the column alone.
TOLD = {
    "enquiries_enquiry": (
        "state", "hold", "owner_id", "claimed_at", "closed_at", "duplicate_of_id", "reply",
        "country", "time_zone", "is_minor", "flags", "legal_hold_since", "needs_agent",
        "advice_given_at", "advice_given_by_id", "guardian_confirmed_at", "email_confirmed_at",
        "consent_asked_at", "link_version", "last_contact_at",
    ),
    "enquiries_callback": ("slot_id", "starts_at", "ends_at", "zone", "cancelled_at"),
    "enquiries_followup": ("reason", "due_at", "owner_id", "done_at", "done_by_id", "escalation"),
    "enquiries_callattempt": ("at", "by_id", "outcome", "to_guardian"),
    "enquiries_note": ("at", "by_id"),
    "enquiries_staffreply": ("at", "by_id"),
    "enquiries_resume": ("state", "format", "size", "scanned_at", "sealed_at", "deleted_at"),
    "enquiries_event": ("kind", "at", "by_id"),
    "enquiries_datarequest": ("kind", "asked_at", "due_at", "done_at", "done_by_id"),
}  # fmt: skip
LEDGERS = ("enquiries_changerecord", "enquiries_accessrecord")

_RECORD = """
CREATE FUNCTION enquiries_record_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
    after jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
    named jsonb;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(key, CASE WHEN key = ANY (TG_ARGV)
                   THEN jsonb_build_array(before -> key, after -> key) ELSE 'null' END)
        INTO named
        FROM jsonb_object_keys(after) AS key
        WHERE before -> key IS DISTINCT FROM after -> key AND key <> 'searched';
        IF named IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    INSERT INTO enquiries_changerecord
        (at, by, database_user, "table", "row", enquiry_number, kind, changed)
    SELECT clock_timestamp(), nullif(current_setting('advisory.staff', true), '')::bigint,
           session_user, TG_TABLE_NAME, (each ->> 'id')::bigint,
           coalesce(each ->> 'enquiry_id', each ->> 'id')::bigint, lower(TG_OP),
           coalesce(named, '{}')
    FROM (SELECT CASE WHEN TG_OP = 'DELETE' THEN before ELSE after END AS each) AS one;
    RETURN NULL;
END
$$;
"""
_REFUSE = """
CREATE FUNCTION enquiries_record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    called_by text;
BEGIN
    GET DIAGNOSTICS called_by = PG_CONTEXT;
    -- The words of the caller's statement stand in the context too, so that alone proves nothing.
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'enquiries_changerecord'
       AND called_by LIKE '%function enquiries_records_forget(bigint)%' THEN
        IF EXISTS (SELECT FROM enquiries_erasure WHERE enquiry_number = OLD.enquiry_number)
           AND NOT EXISTS (SELECT FROM enquiries_enquiry WHERE id = OLD.enquiry_number) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'Records are only ever added: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'record_append_only';
END
$$;
CREATE FUNCTION enquiries_records_forget(erased_enquiry bigint) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM enquiries_changerecord WHERE enquiry_number = erased_enquiry;
END
$$;
"""


def _trigger(table: str, told: tuple[str, ...]) -> str:
    columns = ", ".join(f"'{column}'" for column in told)
    # The site's own words of an event are its record; only a change of one is recorded.
    verbs = "UPDATE OR DELETE" if table == "enquiries_event" else "INSERT OR UPDATE OR DELETE"
    return (
        f"CREATE TRIGGER zz_change_is_recorded AFTER {verbs} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION enquiries_record_change({columns});\n"
    )


def _keep(table: str) -> str:
    return (
        f"CREATE TRIGGER record_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION enquiries_record_refuse();\n"
        f"CREATE TRIGGER record_not_truncated BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION enquiries_record_refuse();\n"
    )


CHANGES_ARE_RECORDED = (
    _RECORD
    + _REFUSE
    + "".join(_trigger(table, told) for table, told in TOLD.items())
    + "".join(_keep(table) for table in LEDGERS)
)
CHANGES_ARE_NOT_RECORDED = (
    "".join(
        f"DROP TRIGGER record_not_truncated ON {table};\n"
        f"DROP TRIGGER record_append_only ON {table};\n"
        for table in LEDGERS
    )
    + "".join(f"DROP TRIGGER zz_change_is_recorded ON {table};\n" for table in TOLD)
    + "DROP FUNCTION enquiries_records_forget(bigint);\n"
    "DROP FUNCTION enquiries_record_refuse();\n"
    "DROP FUNCTION enquiries_record_change();\n"
)
