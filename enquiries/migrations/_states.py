"""The table of transitions as a trigger, so that no way into the database goes round it."""

_OPEN = ("new", "assigned", "scheduled", "in_call", "follow_up")
_ASIDE = ("withdrawn", "spam", "duplicate", "closed_unreached")  # the last by time, too
_WORKED = ("new", "assigned", "scheduled", "in_call", "follow_up", "done")
PAIRS = sorted(
    {("new", "assigned")}
    | {(before, after) for before in _OPEN for after in _ASIDE}
    | {
        (before, after)
        for before in _OPEN[1:]
        for after in _WORKED
        if before != after and (before, after) != ("in_call", "new")
    }
    | {(closed, "assigned") for closed in ("done", *_ASIDE)}
)
_TABLE = ", ".join(f"('{before}', '{after}')" for before, after in PAIRS)

STATES_CHANGE_BY_THE_TABLE = f"""
CREATE FUNCTION enquiries_enquiry_change_state() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    refused text;
    latest jsonb;
BEGIN
    IF (OLD.state, NEW.state) NOT IN ({_TABLE}) THEN
        refused := format('An enquiry cannot go from %s to %s', OLD.state, NEW.state);
    ELSIF NEW.hold IN ('needs_guardian', 'reconsent')
          AND NEW.state IN ('scheduled', 'in_call', 'done') THEN
        refused := 'The enquiry is on hold';
    ELSIF NEW.state IN ('scheduled', 'follow_up', 'done') AND NEW.owner_id IS NULL THEN
        refused := 'Someone must own the enquiry first';
    ELSIF NEW.state = 'scheduled' AND NOT EXISTS (
        SELECT FROM enquiries_callback
        WHERE enquiry_id = NEW.id AND cancelled_at IS NULL AND starts_at IS NOT NULL) THEN
        refused := 'Book a time for the callback first';
    ELSIF NEW.state = 'follow_up' AND NOT EXISTS (
        SELECT FROM enquiries_followup WHERE enquiry_id = NEW.id AND done_at IS NULL) THEN
        refused := 'Schedule a follow-up first';
    END IF;
    IF refused IS NOT NULL THEN
        -- Only an undoing goes another way: straight back from the latest change there was, as
        -- the records have it, and told of in this transaction by the newest event.
        SELECT changed -> 'state' INTO latest FROM enquiries_changerecord
        WHERE enquiry_number = NEW.id AND "table" = TG_TABLE_NAME AND changed ? 'state'
        ORDER BY id DESC LIMIT 1;
        IF latest = jsonb_build_array(NEW.state, OLD.state) AND EXISTS (
            SELECT FROM (
                SELECT kind, undoes_id, xmin FROM enquiries_event
                WHERE enquiry_id = NEW.id ORDER BY id DESC LIMIT 1) AS newest
            JOIN enquiries_event AS undone ON undone.id = newest.undoes_id
            WHERE newest.kind = 'change_undone' AND age(newest.xmin) <= 0
              AND undone.enquiry_id = NEW.id
              AND (undone.from_state, undone.to_state) = (NEW.state, OLD.state)) THEN
            RETURN NULL;
        END IF;
        RAISE EXCEPTION '%', refused
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'enquiry_state_changes_by_the_table';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER enquiry_state_changes_by_the_table
    AFTER UPDATE OF state ON enquiries_enquiry
    FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION enquiries_enquiry_change_state();
"""
STATES_CHANGE_FREELY = """
DROP TRIGGER enquiry_state_changes_by_the_table ON enquiries_enquiry;
DROP FUNCTION enquiries_enquiry_change_state();
"""
