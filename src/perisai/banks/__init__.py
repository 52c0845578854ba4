"""Banks: partners, what they tell us over SNAP, their daily statements, and what of it is still open."""
