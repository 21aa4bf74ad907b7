"""What the templates of the catalogue may call."""
