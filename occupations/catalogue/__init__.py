"""The embedded catalogue: published tables, checked, compared with the stored ones and loaded."""
