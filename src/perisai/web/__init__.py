"""Office pages: doors that parse, call and render; no rule lives here."""
