"""What the templates of the project add to Django's own tags."""
