"""What is known of an occupation, told alike by its page, the API and JSON-LD."""
