"""Reference data about occupations, qualifications and migration; written only by the catalogue load."""
