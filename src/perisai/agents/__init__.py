"""Wadah and their PKS, Perisai and their Surat Tugas: who is bound to whom, and since when."""
