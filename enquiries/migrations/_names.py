"""The functions that fold names, so that they are found by any part, without accents, anywhere."""

# Letters that no normal form takes apart, each beside what it is looked for as: those of Europe,
# the sigma that ends a word, and the yeh and kaf of Persian, which Arabic writes as others.
_ALIKE = ("đðøłıħŧ\u03c2\u06cc\u0649\u06a9", "ddoliht\u03c3\u064a\u064a\u0643")
# Accents, the points of Hebrew, and the vowels of Arabic and what draws its words out.
_MARKS = r"[\u0300-\u036f\u05b0-\u05c2\u0640\u064b-\u065f\u0670]"
_APOSTROPHES = r"[''\u0060\u00b4\u02bb\u02bc\u2018\u2019]"
# Who writes in these leaves no space between names, so that each sign is a word.
_SIGNS = r"([\u2e80-\u2fff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff])"
_BETWEEN = r"[\u0001-/:-@\[-\u0060{-\u00bf\u2000-\u206f\u3000-\u3003\u3008-\u303f]+"
LONGEST, FEWEST = 40, 3  # letters of a word that is kept, and of a part

_FOLDED = f"normalize(regexp_replace(normalize(lower(names), NFKD), '{_MARKS}', '', 'g'), NFC)"
_ROMAN = (
    "replace(replace(replace(translate("
    f"{_FOLDED}, '{_ALIKE[0]}', '{_ALIKE[1]}'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe')"
)
_WHOLE = f"regexp_replace({_ROMAN}, '{_APOSTROPHES}', '', 'g')"
_APART = f"regexp_replace({_WHOLE}, '{_SIGNS}', ' \\1 ', 'g')"
_WORDS = f"array_remove(regexp_split_to_array({_APART}, '{_BETWEEN}'), '')"

NAMES_ARE_FOLDED = f"""
CREATE FUNCTION enquiries_name_words(names text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN {_WORDS};

-- Each word with a mark in front, and bare what is left of it from each later letter on.
CREATE FUNCTION enquiries_name_parts(names text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    word text;
    parts text[] := '{{}}';
BEGIN
    FOREACH word IN ARRAY {_WORDS} LOOP
        parts := parts || ('^' || left(word, {LONGEST}));
        FOR place IN 2 .. least(length(word), {LONGEST}) - {FEWEST - 1} LOOP
            parts := parts || substr(word, place, {LONGEST});
        END LOOP;
    END LOOP;
    RETURN array_to_tsvector(parts);
END
$$;

-- Each word typed stands in the names: whole if asked so; else inside one, or, of one or two
-- letters, at the beginning of one.
CREATE FUNCTION enquiries_name_query(typed text, whole boolean) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT string_agg(
        CASE WHEN whole THEN format('''^%s''', word)
             WHEN length(word) < {FEWEST} THEN format('''^%s'':*', word)
             ELSE format('(''^%s'':* | ''%s'':*)', word, word) END, ' & ')::tsquery
    FROM (SELECT left(each, {LONGEST}) AS word FROM unnest(enquiries_name_words(typed)) AS each);
END;
"""  # noqa: S608 - no input
NAMES_ARE_AS_WRITTEN = """
DROP FUNCTION enquiries_name_query(text, boolean);
DROP FUNCTION enquiries_name_parts(text);
DROP FUNCTION enquiries_name_words(text);
"""
