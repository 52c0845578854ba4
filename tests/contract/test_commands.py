"""A command that a phone ever sent is accepted for ever: one real example of each kind and version."""

import json
from pathlib import Path
from typing import Any

import pytest

from perisai.api.v1 import api
from perisai.sync.commands import SHAPES, Envelope
from perisai.sync.handlers import HANDLERS

EXAMPLES = Path(__file__).parent / "commands"
NAMES = sorted(f"{kind}.v{version}" for kind, version in SHAPES)


def example(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text())
    return read


@pytest.mark.parametrize("name", NAMES)
def test_the_example_is_still_accepted(name: str) -> None:
    sent = example(name)
    command = Envelope.model_validate(sent)
    body = SHAPES[command.kind, command.v].model_validate(command.body)
    assert f"{command.kind}.v{command.v}" == name
    assert set(body.model_dump(exclude_unset=True)) == set(sent["body"])


def test_every_example_belongs_to_a_command() -> None:
    assert sorted(path.stem for path in EXAMPLES.glob("*.json")) == NAMES


def test_every_command_has_its_verb() -> None:
    assert list(HANDLERS) == list(SHAPES)


def test_every_command_is_published() -> None:
    published = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    body = published["paths"]["/api/v1/commands"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    shown = {
        (each["properties"]["kind"]["const"], each["properties"]["v"]["const"])
        for each in body["properties"]["commands"]["items"]["anyOf"]
    }
    assert shown == set(SHAPES)
    assert "$ref" not in json.dumps(body), "a reference would lead nowhere from inside the document"
