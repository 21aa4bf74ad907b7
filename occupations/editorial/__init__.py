"""Editors' verbs: what readers tell them, what they upload, approve and write."""
