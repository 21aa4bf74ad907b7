"""The triggers behind what is only ever added: consents, and the words that were agreed to."""

# An enquiry goes after its consents were given another number: whether it went, the end tells.
CONSENT_IS_APPEND_ONLY = """
CREATE FUNCTION enquiries_consent_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_WHEN = 'BEFORE' THEN
        IF NEW.enquiry_id IS NULL
           AND to_jsonb(NEW) - '{enquiry_id,erased_as}'::text[]
               = to_jsonb(OLD) - '{enquiry_id,erased_as}'::text[]
           AND EXISTS (SELECT FROM enquiries_erasure
                       WHERE enquiry_number = OLD.enquiry_id AND erased_as = NEW.erased_as) THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'UPDATE' THEN
        IF NOT EXISTS (SELECT FROM enquiries_enquiry WHERE id = OLD.enquiry_id) THEN
            RETURN NULL;
        END IF;
    END IF;
    RAISE EXCEPTION 'The consent ledger is append-only: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'consent_append_only';
END
$$;
CREATE CONSTRAINT TRIGGER consent_outlives_its_enquiry AFTER UPDATE ON enquiries_consent
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION enquiries_consent_refuse();
CREATE TRIGGER consent_append_only BEFORE UPDATE OR DELETE ON enquiries_consent
    FOR EACH ROW EXECUTE FUNCTION enquiries_consent_refuse();
CREATE TRIGGER consent_not_truncated BEFORE TRUNCATE ON enquiries_consent
    FOR EACH STATEMENT EXECUTE FUNCTION enquiries_consent_refuse();
CREATE FUNCTION enquiries_consent_forget(erased_enquiry bigint, stands_for uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE enquiries_consent SET enquiry_id = NULL, erased_as = stands_for
        WHERE enquiry_id = erased_enquiry;
END
$$;
"""
CONSENT_IS_AN_ORDINARY_TABLE = """
DROP FUNCTION enquiries_consent_forget(bigint, uuid);
DROP TRIGGER consent_not_truncated ON enquiries_consent;
DROP TRIGGER consent_append_only ON enquiries_consent;
DROP TRIGGER consent_outlives_its_enquiry ON enquiries_consent;
DROP FUNCTION enquiries_consent_refuse();
"""
WORDING_IS_APPEND_ONLY = """
CREATE FUNCTION enquiries_wording_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A wording that people may have agreed to stays as it is: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'wording_append_only';
END
$$;
CREATE TRIGGER wording_append_only BEFORE UPDATE OR DELETE ON enquiries_wording
    FOR EACH ROW EXECUTE FUNCTION enquiries_wording_refuse();
"""
WORDING_IS_AN_ORDINARY_TABLE = """
DROP TRIGGER wording_append_only ON enquiries_wording;
DROP FUNCTION enquiries_wording_refuse();
"""
