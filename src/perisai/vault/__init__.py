"""Personal data sealed in the database: a stolen dump tells none of it, and uniqueness still holds.

``seal`` and ``unseal`` keep a text, ``blind_index`` finds it again without opening anything, ``signing`` makes tokens
for paper that anyone can check. Models use ``vault.fields.SealedTextField``. The decisions are in docs/adr/0004.
"""

from perisai.vault.keys import KeysUnavailable
from perisai.vault.sealing import (
    SealBroken,
    blind_index,
    blind_index_many,
    seal,
    seal_bytes,
    seal_many,
    unseal,
    unseal_bytes,
)

__all__ = [
    "KeysUnavailable",
    "SealBroken",
    "blind_index",
    "blind_index_many",
    "seal",
    "seal_bytes",
    "seal_many",
    "unseal",
    "unseal_bytes",
]
