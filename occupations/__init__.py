"""Reference data about occupations, qualifications and migration, in every edition at once."""
