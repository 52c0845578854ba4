"""The tables as the house tests read them."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models


def ours() -> Iterator[type[models.Model]]:
    return (model for model in apps.get_models() if model.__module__.startswith("perisai."))


def room(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def foreign_keys() -> "list[tuple[type[models.Model], models.ForeignKey[object, object]]]":
    return [
        (model, field) for model in ours() for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)
    ]


def columns() -> "Iterator[tuple[str, models.Field[object, object]]]":
    """Every column by ``room.Model.column``."""
    for model in ours():
        for field in model._meta.concrete_fields:
            yield f"{model._meta.app_label}.{model.__name__}.{field.name}", field
