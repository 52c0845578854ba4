"""Whatever fits the published description, or nearly fits, is answered: never with a 5xx."""

import json
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok
from tests.api.machine import Machine

from perisai.api.door import PerAddress
from perisai.api.v1 import api
from perisai.site.cast import Cast

pytestmark = pytest.mark.usefixtures("in_2017")
FEW = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("username", [None, "laras", "rina", "nofri"])
def test_no_call_breaks_the_server(username: str | None, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(username)
    monkeypatch.setattr(PerAddress, "allow_request", lambda self, request: True)
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema(), default=str)))
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    cases = st.one_of([operation.as_strategy() for operation in operations if "session" not in operation.path])

    @FEW
    @given(case=cases)
    def call(case: Any) -> None:
        body = case.body if isinstance(case.body, (dict, list, str, int, float, bool)) else None
        path = case.formatted_path.removeprefix("/api/v1")
        status, _ = machine.send(case.method.upper(), path, body)
        assert status < 500

    call()
