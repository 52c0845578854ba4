"""Who did what, when: one append-only table, written in the transaction of the change, without personal data."""
