"""The synthetic register of the report: invented people, firms and Perisai, as many as the report of 2017 counts.

Everything here is marked synthetic: rows by ``is_synthetic`` where the table has it, NIK by a serial from 9001 on (real
ones begin at 0001), payment codes by a leading 8, references and receipts by ``SIN``, firms by ``(sintetis)``.
"""
