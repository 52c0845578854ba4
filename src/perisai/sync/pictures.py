"""Where the sealed pictures lie: the storage of the setting, a folder or S3."""

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from perisai.vault import seal_bytes, unseal_bytes

_STORAGE = "pictures"
_CONTEXT = "sync.picture "


def keep(name: str, content: bytes) -> None:
    """Sealed under its own name, so that no file can be put in another's place; kept twice it is the same picture."""
    place = _place(name)
    if not storages[_STORAGE].exists(place):
        storages[_STORAGE].save(place, ContentFile(seal_bytes(content, context=_CONTEXT + name)))


def read(name: str) -> bytes:
    """Raises SealBroken for a file that was changed; OSError where it is gone."""
    with storages[_STORAGE].open(_place(name)) as file:
        return unseal_bytes(file.read(), context=_CONTEXT + name)


def seal_piece(name: str, content: bytes) -> bytes:
    return seal_bytes(content, context=_CONTEXT + name)


def unseal_piece(name: str, blob: bytes) -> bytes:
    return unseal_bytes(blob, context=_CONTEXT + name)


def _place(name: str) -> str:
    return f"{name[:2]}/{name}"
