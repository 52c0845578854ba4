"""The bank's side of money by the book: SNAP signatures, answers and bodies, statement files, matching."""
