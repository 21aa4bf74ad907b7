"""Callback enquiries: the form, the guardian rule, résumés, follow-ups and triage."""
