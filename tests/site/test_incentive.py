import json
from typing import Any

import pytest
from click.testing import CliRunner
from tests.algorithms import Row, number, worked

from perisai.site.commands.incentive import LONGEST_LINE, command

NEW = {"programmes": ["jkk", "jkm"], "first_time_bpu": True}
PAID = {"amount_idr": 16_800, "managed_month": 1}
MONTH = {"month": "2023-05", "new_members": [NEW] * 25, "contributions": [PAID]}


def answers(*lines: object, options: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    sent = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    result = CliRunner().invoke(command, ["--json", *options], input=sent)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout_bytes.decode().splitlines()]


@pytest.mark.parametrize("row", worked("incentive", "Regime of 2017") + worked("incentive", "Regime of 2022"))
def test_a_month_is_answered_as_on_the_page(row: Row) -> None:
    count, programmes = number(row["New members"]), row.get("Programmes", "jkk jkm jht").split()
    [answer] = answers(
        {
            "month": row["Month"],
            "new_members": [{"programmes": programmes, "first_time_bpu": True}] * count,
            "contributions": [{"amount_idr": number(row["Each paid"]), "managed_month": 1}] * count,
        }
    )
    assert [answer[f"{name}_idr"] for name in ("acquisition", "contribution", "agent", "wadah")] == [
        number(row[name]) for name in ("Acquisition", "Contribution", "Agent", "Wadah")
    ]
    for name in ("agent", "wadah"):
        assert sum(line[f"{name}_idr"] for line in answer["lines"]) == answer[f"{name}_idr"]


def test_every_line_says_why_and_by_which_rule() -> None:
    [answer] = answers(MONTH, options=("--lang", "en"))
    new, paid = answer["lines"][0], answer["lines"][-1]
    assert (new["about"], new["amount_idr"], new["reason"]) == ("new_members[1]", 10_000, "counted")
    assert new["why"] == "New member: counts towards the threshold of 25 members."
    assert (paid["about"], paid["rate"], paid["why"]) == (
        "contributions[1]",
        "0.15",
        "15% of the contribution received.",
    )
    assert paid["rules"][0] == {
        "rule": "incentive.regime_2022.contribution_rate",
        "value": "0.15",
        "since": "2022-05-01",
        "reference": "Perdir 13/PERDIR.02/042022",
        "confidence": "high",
    }


def test_the_band_of_the_managed_month_is_the_one_cited() -> None:
    bands = [PAID | {"managed_month": month} for month in (24, 25, 60, 61)]
    [answer] = answers({"month": "2023-05", "contributions": bands})
    assert [line["amount_idr"] for line in answer["lines"]] == [2_520, 840, 840, 0]
    assert [line["rules"][0]["value"] for line in answer["lines"]] == ["0.15", "0.05", "0.05", "0"]
    assert answer["lines"][-1]["reason"] == "back_to_branch"


def test_the_flat_sum_of_2017_is_about_the_month_and_firms_may_count() -> None:
    micro = NEW | {"segment": "pu_micro"}
    firm = PAID | {"segment": "pu_micro", "firm_month_idr": 7_000_001}
    [answer] = answers({"month": "2017-10", "new_members": [micro] * 50, "contributions": [firm]})
    [flat] = [line for line in answer["lines"] if line["about"] is None]
    assert (flat["amount_idr"], flat["agent_idr"], flat["wadah_idr"]) == (500_000, 450_000, 50_000)
    assert answer["lines"][-1]["reason"] == "firm_pays_too_much"


def test_a_month_without_facts_earns_nothing() -> None:
    [answer] = answers({"month": "2023-05"})
    assert (answer["agent_idr"], answer["wadah_idr"], answer["lines"]) == (0, 0, [])


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"month": "2016-12"}, "month_before_law", "Jan"),
        ({"month": None}, "field_not_month", "month"),
        ({"agents": 1}, "field_unknown", "agents"),
        ({"new_members": NEW}, "field_wrong", "new_members"),
        ({"new_members": [1]}, "field_wrong", "new_members"),
        ({"new_members": [NEW, NEW | {"first_time_bpu": 1}]}, "field_wrong", "new_members[2].first_time_bpu"),
        ({"new_members": [{"programmes": ["jkk"]}]}, "field_missing", "new_members[1].first_time_bpu"),
        ({"new_members": [NEW | {"nik": "1306"}]}, "field_unknown", "new_members[1].nik"),
        ({"contributions": [PAID | {"amount_idr": -1}]}, "field_wrong", "contributions[1].amount_idr"),
        ({"contributions": [PAID | {"amount_idr": 16800.0}]}, "field_not_whole", "contributions[1].amount_idr"),
        ({"contributions": [PAID | {"managed_month": 0}]}, "field_wrong", "contributions[1].managed_month"),
        ({"contributions": [PAID | {"segment": "pu_small"}]}, "field_missing", "contributions[1].firm_month_idr"),
    ],
)
def test_a_wrong_case_is_answered_and_the_rest_go_on(change: dict[str, object], code: str, said: str) -> None:
    wrong, right = answers(MONTH | change, MONTH)
    assert wrong["error"]["code"] == code
    assert said in wrong["error"]["message"]
    assert right["acquisition_idr"] == 250_000


def test_a_line_may_hold_an_agents_whole_month_and_no_more() -> None:
    large, endless = answers(MONTH | {"contributions": [PAID] * 20_000}, b" " * LONGEST_LINE + b"{}")
    assert large["contribution_idr"] == 20_000 * 2_520
    assert endless["error"]["code"] == "line_too_long"


def test_help_shows_a_case_that_is_answered() -> None:
    told = CliRunner().invoke(command, ["--help"], terminal_width=200).output
    [example] = [json.loads(line) for line in told.splitlines() if line.strip().startswith('{"month"')]
    assert answers(example)[0]["contribution_idr"] == 2_520


def test_without_json_it_says_what_to_do() -> None:
    result = CliRunner().invoke(command, [])
    assert result.exit_code == 2
    assert "--json" in result.output
