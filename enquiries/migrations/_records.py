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
    "enquiries_resumeaccess": ("at", "by_id"),
    "enquiries_resume": ("state", "format", "size", "scanned_at", "sealed_at", "deleted_at"),
    "enquiries_event": ("kind", "at", "by_id"),
    "enquiries_datarequest": ("kind", "asked_at", "due_at", "done_at", "done_by_id"),
    "enquiries_occupationofinterest": (),
    "enquiries_qualificationofinterest": (),
    "enquiries_callopinion": ("at",),
    "enquiries_outboxmessage": (
        "topic", "created_at", "available_at", "attempts", "done_at", "set_aside_at",
    ),
    "enquiries_letter": ("kind", "delivered_at", "failed_at", "refusal_code"),
    "enquiries_guardianrequest": ("expires_at",),
    "enquiries_formeraddress": ("expires_at",),
    "enquiries_erasure": ("at", "by_id"),
}  # fmt: skip
# What the site adds of these is told by its events, or is a record itself: only what somebody adds
# by hand is recorded.
NOT_WHEN_ADDED = {
    "enquiries_event", "enquiries_occupationofinterest", "enquiries_qualificationofinterest",
    "enquiries_callopinion", "enquiries_outboxmessage", "enquiries_letter", "enquiries_consent",
    "enquiries_accessrecord", "enquiries_listrecord", "enquiries_resumeaccess",
    "enquiries_guardianrequest", "enquiries_formeraddress", "enquiries_erasure",
}  # fmt: skip
# What the relay alone writes as it works says nothing of what was promised to whom.
LETTER = ("topic", "enquiry_id", "dedupe_key", "created_at")
# Each line of the site's own programs to the database bears this name (see its settings), behind
# which a pooler may write where it came from.
BY_HAND = "(split_part(current_setting('application_name'), ' ', 1) <> 'advisory')"
LEDGERS = ("enquiries_changerecord", "enquiries_accessrecord")

_RECORD = """
CREATE FUNCTION enquiries_record_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    after jsonb;
    named jsonb := '{{}}';
    number bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        before := to_jsonb(NEW);
    ELSIF TG_OP = 'UPDATE' THEN
        after := to_jsonb(NEW);
        SELECT jsonb_object_agg(key, CASE WHEN key = ANY (TG_ARGV)
                   THEN jsonb_build_array(before -> key, after -> key) ELSE 'null' END)
        INTO named
        FROM jsonb_object_keys(after) AS key
        WHERE before -> key IS DISTINCT FROM after -> key AND key <> 'searched';
        IF named IS NULL THEN
            RETURN NULL;
        END IF;
        before := after;
    END IF;
    number := CASE TG_TABLE_NAME
        WHEN 'enquiries_enquiry' THEN (before ->> 'id')::bigint
        WHEN 'enquiries_accessrecord' THEN (before ->> 'enquiry_number')::bigint
        WHEN 'enquiries_resumeaccess' THEN (SELECT enquiry_id FROM enquiries_resume
                                            WHERE id = (before ->> 'resume_id')::bigint)
        ELSE (before ->> 'enquiry_id')::bigint  -- of lists and erasures there is none
    END;
    INSERT INTO enquiries_changerecord
        (at, by, database_user, by_hand, "table", "row", enquiry_number, kind, changed)
    VALUES (clock_timestamp(), nullif(current_setting('advisory.staff', true), '')::bigint,
            session_user, {by_hand}, TG_TABLE_NAME, (before ->> 'id')::bigint, number,
            lower(TG_OP), named);
    RETURN NULL;
END
$$;
"""
# Of many rows that one statement adds, one statement records all; {number} is the enquiry's.
_RECORD_ADDED = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO enquiries_changerecord
        (at, by, database_user, by_hand, "table", "row", enquiry_number, kind, changed)
    SELECT clock_timestamp(), nullif(current_setting('advisory.staff', true), '')::bigint,
           session_user, {by_hand}, TG_TABLE_NAME, id, {number}, 'insert', '{{}}'
    FROM added;
    RETURN NULL;
END
$$;
"""
# A table emptied at once would leave no record of any row.
_ONE_BY_ONE = """
CREATE FUNCTION enquiries_record_one_by_one() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows go one by one, so that each is recorded: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'rows_go_one_by_one';
END
$$;
"""
_ADDED = {"enquiries_record_enquiry": "id", "enquiries_record_part": "enquiry_id"}
_REFUSE = """
CREATE FUNCTION enquiries_record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'enquiries_changerecord' THEN
        IF EXISTS (SELECT FROM enquiries_erasure WHERE enquiry_number = OLD.enquiry_number)
           AND NOT EXISTS (SELECT FROM enquiries_enquiry WHERE id = OLD.enquiry_number) THEN
            RETURN OLD;
        END IF;
    END IF;
    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'Only a change itself is recorded: INSERT refused'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'record_by_trigger';
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


def _record_changes(table: str, told: tuple[str, ...]) -> str:
    columns = ", ".join(f"'{column}'" for column in told)
    return (
        "".join(
            f"CREATE TRIGGER {name} AFTER {change} ON {table} "
            f"FOR EACH ROW {when}EXECUTE FUNCTION enquiries_record_change({columns});\n"
            for name, (change, when) in _ways(table).items()
        )
        + f"CREATE TRIGGER zz_rows_go_one_by_one BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION enquiries_record_one_by_one();\n"
    )


def _ways(table: str) -> dict[str, tuple[str, str]]:
    """Name the triggers of a table's changes: on which change each fires, and when."""
    if table != "enquiries_outboxmessage":
        return {"zz_change_is_recorded": ("UPDATE OR DELETE", "")}
    by_site = f"WHEN (OLD.enquiry_id IS NOT NULL AND NOT {BY_HAND}) "
    return {
        "zz_change_is_recorded": (f"UPDATE OF {', '.join(LETTER)} OR DELETE", by_site),
        "zz_change_by_hand_is_recorded": ("UPDATE OR DELETE", f"WHEN {BY_HAND} "),
    }


def _record_added(table: str) -> str:
    if table in NOT_WHEN_ADDED:
        how = f"FOR EACH ROW WHEN {BY_HAND} EXECUTE FUNCTION enquiries_record_change()"
    else:
        what = "enquiry" if table == "enquiries_enquiry" else "part"
        how = (
            "REFERENCING NEW TABLE AS added "
            f"FOR EACH STATEMENT EXECUTE FUNCTION enquiries_record_{what}()"
        )
    return f"CREATE TRIGGER zz_new_row_is_recorded AFTER INSERT ON {table} {how};\n"


def _keep(table: str) -> str:
    return (
        f"CREATE TRIGGER record_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION enquiries_record_refuse();\n"
        f"CREATE TRIGGER record_not_truncated BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION enquiries_record_refuse();\n"
    )


# A record that nobody's change wrote would open a way past the table of transitions.
_BY_TRIGGERS_ALONE = """
CREATE TRIGGER record_by_trigger BEFORE INSERT ON enquiries_changerecord
    FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0)
    EXECUTE FUNCTION enquiries_record_refuse();
"""

CHANGES_ARE_RECORDED = (
    _RECORD.format(by_hand=BY_HAND)
    + "".join(
        _RECORD_ADDED.format(name=name, number=number, by_hand=BY_HAND)
        for name, number in _ADDED.items()
    )
    + _REFUSE
    + _ONE_BY_ONE
    + "".join(_record_changes(table, told) for table, told in TOLD.items())
    + "".join(_record_added(table) for table in sorted({*TOLD, *NOT_WHEN_ADDED}))
    + "".join(_keep(table) for table in LEDGERS)
    + _BY_TRIGGERS_ALONE
)
CHANGES_ARE_NOT_RECORDED = (
    "DROP TRIGGER record_by_trigger ON enquiries_changerecord;\n"
    + "".join(
        f"DROP TRIGGER record_not_truncated ON {table};\n"
        f"DROP TRIGGER record_append_only ON {table};\n"
        for table in LEDGERS
    )
    + "".join(f"DROP TRIGGER zz_rows_go_one_by_one ON {table};\n" for table in TOLD)
    + "".join(f"DROP TRIGGER {name} ON {table};\n" for table in TOLD for name in _ways(table))
    + "".join(
        f"DROP TRIGGER zz_new_row_is_recorded ON {table};\n"
        for table in sorted({*TOLD, *NOT_WHEN_ADDED})
    )
    + "DROP FUNCTION enquiries_records_forget(bigint);\n"
    "DROP FUNCTION enquiries_record_refuse();\n"
    "DROP FUNCTION enquiries_record_one_by_one();\n"
    "DROP FUNCTION enquiries_record_change();\n"
    + "".join(f"DROP FUNCTION {name}();\n" for name in _ADDED)
)
