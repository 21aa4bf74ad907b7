"""The triggers that keep the records of lists: only numbers of what is erased ever go from one."""

LISTS_ARE_KEPT = """
CREATE FUNCTION enquiries_listrecord_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    taken bigint[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg(number) INTO taken
        FROM unnest(OLD.enquiry_numbers) AS number WHERE number <> ALL (NEW.enquiry_numbers);
        IF to_jsonb(NEW) - 'enquiry_numbers' = to_jsonb(OLD) - 'enquiry_numbers'
           AND NEW.enquiry_numbers <@ OLD.enquiry_numbers
           AND enquiries_are_erased(taken) THEN
            RETURN NEW;
        END IF;
    ELSIF TG_OP = 'DELETE' AND enquiries_are_erased(OLD.enquiry_numbers) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'Records are only ever added: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'listrecord_append_only';
END
$$;
CREATE FUNCTION enquiries_are_erased(numbers bigint[]) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT numbers IS NOT NULL AND NOT EXISTS (
        SELECT FROM unnest(numbers) AS number
        WHERE EXISTS (SELECT FROM enquiries_enquiry WHERE id = number)
           OR NOT EXISTS (SELECT FROM enquiries_erasure WHERE enquiry_number = number))
$$;
CREATE TRIGGER listrecord_append_only BEFORE UPDATE OR DELETE ON enquiries_listrecord
    FOR EACH ROW EXECUTE FUNCTION enquiries_listrecord_refuse();
CREATE TRIGGER listrecord_not_truncated BEFORE TRUNCATE ON enquiries_listrecord
    FOR EACH STATEMENT EXECUTE FUNCTION enquiries_listrecord_refuse();
"""
LISTS_ARE_ORDINARY = """
DROP TRIGGER listrecord_not_truncated ON enquiries_listrecord;
DROP TRIGGER listrecord_append_only ON enquiries_listrecord;
DROP FUNCTION enquiries_listrecord_refuse();
DROP FUNCTION enquiries_are_erased(bigint[]);
"""
