"""A model field that is plain text in Python and sealed bytes in the table."""

from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models import Lookup, Transform

from perisai.vault.sealing import seal, unseal


class SealedTextField(models.TextField):  # type: ignore[type-arg]  # not subscriptable when it runs
    """``str`` (or None, with ``null=True``) in Python, ``bytea`` in PostgreSQL.

    ``context`` names the column for ever, as ``membership.person.nik``: it is bound into every seal, so renaming it
    locks the data. ``max_plain`` is the longest text in characters; a longer one raises ValueError.

    It can be asked only ``isnull``: to find a row, keep ``vault.blind_index`` of the text in a unique BinaryField
    beside it. What comes out of ``values()``, ``values_list()`` and attributes is open text: keep it out of logs, audit
    entries and ``__str__``. SQL logs show sealed bytes only, and ``dumpdata`` is refused.
    """

    description = "Text sealed with AES-256-GCM"

    def __init__(self, *args: Any, context: str, max_plain: int, **kwargs: Any) -> None:
        if kwargs.get("unique") or kwargs.get("db_index") or kwargs.get("primary_key"):
            raise TypeError("equal texts have different seals: put the index on their blind index")
        self.context, self.max_plain = context, max_plain
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "context": self.context, "max_plain": self.max_plain}

    def db_type(self, connection: Any) -> str:
        return "bytea"

    def get_prep_value(self, value: Any) -> bytes | None:
        if value is None:
            return None
        if not isinstance(value, str):
            raise TypeError(f"{self.context} takes text, not {type(value).__name__}")
        if len(value) > self.max_plain:
            raise ValueError(f"{self.context} takes at most {self.max_plain} characters")
        return seal(value, context=self.context)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else unseal(bytes(value), context=self.context)

    def get_lookup(self, lookup_name: str) -> "type[Lookup[Any]] | None":
        if lookup_name != "isnull":
            raise FieldError(f"{self.context} is sealed: look for it by its blind index")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> type[Transform] | None:
        return None

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.context} is sealed and is not dumped as text: use pg_dump")
