"""Registrations in the office: refer, slip, list, decide."""
