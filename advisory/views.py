"""The pages that belong to no app: home, about, health and errors."""
