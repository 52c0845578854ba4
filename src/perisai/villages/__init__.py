"""Desa and Nagari Sadar: which villages joined the programme, how far each is, and their officials."""
