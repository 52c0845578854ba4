"""A command body that version 1 ever accepted is accepted for ever: one real example of each."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from tests.api.operations import OPERATIONS, body_model

from perisai.api.v1 import api

EXAMPLES = Path(__file__).parent / "api_v1"
WITH_BODY = sorted(name for name, operation in OPERATIONS.items() if body_model(operation) is not None)


@pytest.mark.parametrize("name", WITH_BODY)
def test_the_example_is_still_accepted(name: str) -> None:
    model = body_model(OPERATIONS[name])
    assert model is not None
    sent: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text())
    read: BaseModel = model.model_validate(sent)
    assert set(read.model_dump(exclude_unset=True)) == set(sent)


def test_every_example_belongs_to_an_operation() -> None:
    assert sorted(path.stem for path in EXAMPLES.glob("*.json")) == WITH_BODY
    assert api.version == "1"
