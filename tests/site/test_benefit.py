import json
from typing import Any

import pytest
from click.testing import CliRunner

from perisai.site.commands.benefit import command

DEATH = {"benefit": "death", "died_on": "2026-06-05", "member_since": "2026-03-01"}
SCHOOL = {"benefit": "scholarship", "died_on": "2026-06-05", "children": 2}


def answers(*lines: object) -> list[dict[str, Any]]:
    sent = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    result = CliRunner().invoke(command, ["--json"], input=sent)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout_bytes.decode().splitlines()]


def test_every_benefit_is_answered_with_its_rules() -> None:
    accident = {"benefit": "accident_death", "died_on": "2026-06-05", "base_idr": 1_000_000}
    found = answers(DEATH, accident, SCHOOL)
    assert [answer["total_idr"] for answer in found] == [42_000_000, 70_000_000, 174_000_000]
    assert all(answer["rules"] for answer in found)


def test_who_has_an_employer_does_not_wait() -> None:
    early = DEATH | {"member_since": "2026-06-01"}
    assert [(each["total_idr"], each["waiting"]) for each in answers(early, early | {"segment": "pu"})] == [
        (10_000_000, True),
        (42_000_000, False),
    ]


@pytest.mark.parametrize(
    ("case", "code"),
    [
        (DEATH | {"benefit": "pension"}, "field_wrong"),
        (DEATH | {"died_on": "2026-13-01"}, "field_not_day"),
        (DEATH | {"member_since": "2026-06-06"}, "span_empty"),
        ({"benefit": "scholarship", "died_on": "2026-06-05"}, "field_missing"),
        (SCHOOL | {"children": -1}, "field_wrong"),
        (b"{", "line_not_json"),
    ],
)
def test_a_wrong_case_is_answered_and_the_rest_go_on(case: object, code: str) -> None:
    wrong, right = answers(case, SCHOOL)
    assert (wrong["error"]["code"], right["total_idr"]) == (code, 174_000_000)


def test_help_shows_an_example_of_every_benefit() -> None:
    told = CliRunner().invoke(command, ["--help"]).output
    examples = [json.loads(line) for line in told.splitlines() if line.strip().startswith('{"benefit"')]
    assert [case["benefit"] for case in examples] == ["death", "accident_death", "scholarship"]
    assert all("total_idr" in answer for answer in answers(*examples))


def test_without_json_it_says_what_to_do() -> None:
    assert CliRunner().invoke(command, []).exit_code == 2
