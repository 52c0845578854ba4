"""Bank Simulasi Nagari: a bank that exists only here, in a process of its own, and knows Perisai only by its address.

It has a key pair, a journal of what its customers paid, a counter page, and a daily statement. It shares with the server
the arithmetic of signatures and nothing else: no database, no settings.
"""
