"""The triggers that no check can stand for: what was true of a row before, and two tables at once."""

BIRTH_IS_KEPT = """
CREATE FUNCTION enquiries_enquiry_keep_birth() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR OLD.is_minor
       OR (OLD.date_of_birth IS NOT NULL AND NEW.closed_at IS NULL) THEN
        RAISE EXCEPTION 'Only the date of birth of a closed adult may be forgotten'
            USING ERRCODE = 'integrity_constraint_violation',
                  CONSTRAINT = 'enquiry_birth_is_forgotten_of_closed_adults_only';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER enquiry_birth_is_forgotten_of_closed_adults_only
    BEFORE INSERT OR UPDATE OF date_of_birth ON enquiries_enquiry
    FOR EACH ROW WHEN (NEW.date_of_birth IS NULL) EXECUTE FUNCTION enquiries_enquiry_keep_birth();
"""
BIRTH_IS_ORDINARY = """
DROP TRIGGER enquiry_birth_is_forgotten_of_closed_adults_only ON enquiries_enquiry;
DROP FUNCTION enquiries_enquiry_keep_birth();
"""

# FOR SHARE, so that a file and a change of the age cannot pass each other unseen.
RESUME_WAITS_FOR_THE_GUARDIAN = """
CREATE FUNCTION enquiries_resume_refuse() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'No résumé of a minor is kept open before the guardian has confirmed'
        USING ERRCODE = 'integrity_constraint_violation',
              CONSTRAINT = 'resume_of_a_minor_waits_for_the_guardian';
END
$$;
CREATE FUNCTION enquiries_resume_wait() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    waits boolean;
BEGIN
    SELECT is_minor AND guardian_confirmed_at IS NULL INTO waits
        FROM enquiries_enquiry WHERE id = NEW.enquiry_id FOR SHARE;
    IF waits AND (TG_OP = 'INSERT' OR (NEW.sealed_at IS NULL AND NEW.deleted_at IS NULL)) THEN
        PERFORM enquiries_resume_refuse();
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER resume_of_a_minor_waits_for_the_guardian
    BEFORE INSERT OR UPDATE OF enquiry_id, sealed_at, deleted_at ON enquiries_resume
    FOR EACH ROW EXECUTE FUNCTION enquiries_resume_wait();
CREATE FUNCTION enquiries_enquiry_seal_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM enquiries_resume WHERE enquiry_id = NEW.id
               AND sealed_at IS NULL AND deleted_at IS NULL) THEN
        PERFORM enquiries_resume_refuse();
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER enquiry_resume_of_a_minor_is_sealed_first
    AFTER UPDATE OF date_of_birth, decided_on, guardian_confirmed_at ON enquiries_enquiry
    FOR EACH ROW WHEN (NEW.is_minor AND NEW.guardian_confirmed_at IS NULL)
    EXECUTE FUNCTION enquiries_enquiry_seal_first();
"""
RESUME_WAITS_FOR_NOBODY = """
DROP TRIGGER enquiry_resume_of_a_minor_is_sealed_first ON enquiries_enquiry;
DROP FUNCTION enquiries_enquiry_seal_first();
DROP TRIGGER resume_of_a_minor_waits_for_the_guardian ON enquiries_resume;
DROP FUNCTION enquiries_resume_wait();
DROP FUNCTION enquiries_resume_refuse();
"""
