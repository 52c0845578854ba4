"""Provinces, regencies, districts and villages: official codes, versions by date, whole paths, search."""
