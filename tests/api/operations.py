"""Every operation of the API, found by walking it: nothing can be added without the matrix and the contract noticing."""

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from perisai.api.v1 import api


@dataclass(frozen=True, slots=True)
class Found:
    """An operation: its path below ``/api/v1`` with the names of its parameters, its method, its parameters' models."""

    path: str
    method: str
    models: list[Any]


def _walk() -> dict[str, Found]:
    found: dict[str, Found] = {}
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                name = f"{prefix.strip('/')}.{operation.view_func.__name__.strip('_')}"
                found[name] = Found(f"{prefix}{path}", operation.methods[0], operation.models)
    return found


OPERATIONS = _walk()
"""By router and function: ``registrations.approve``."""


def body_model(operation: Found) -> type[BaseModel] | None:
    """The pydantic model of the JSON that the operation takes."""
    for model in operation.models:
        if model.__ninja_param_source__ == "body":
            (field,) = model.model_fields.values()
            assert isinstance(field.annotation, type)
            return field.annotation
    return None
