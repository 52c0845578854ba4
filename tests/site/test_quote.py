import json
import subprocess
import sys
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner

from perisai.site.cases.lines import LONGEST_LINE
from perisai.site.commands.quote import command

FARMER = {"segment": "bpu", "income_idr": 1_000_000, "programmes": ["jkk", "jkm"], "month": "2026-04"}
CLERK = {
    "segment": "pu",
    "wage_idr": 12_000_000,
    "risk_class": 1,
    "programmes": ["jkk", "jkm", "jht", "jp"],
    "month": "2026-04",
}


def answers(*lines: object, options: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Sends dicts as JSON and bytes as they are; one answer a line, exit code 0."""
    sent = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    result = CliRunner().invoke(command, ["--json", *options], input=sent)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout_bytes.decode().splitlines()]


def refusal(line: object) -> str:
    [answer] = answers(line)
    assert list(answer) == ["error"]
    assert set(answer["error"]) == {"code", "message"}
    return str(answer["error"]["code"])


def test_a_farmer_pays_half_in_april_2026() -> None:
    [answer] = answers(FARMER)
    assert {key: value for key, value in answer.items() if key != "rules"} == {
        "jkk_idr": 5_000,
        "jkm_idr": 3_400,
        "jht_idr": 0,
        "total_idr": 8_400,
    }
    assert all({"rule", "value", "reference", "confidence"} <= set(rule) for rule in answer["rules"])
    assert answer["rules"][-1]["reference"] == "PP 50/2025"


def test_a_clerk_and_the_firm_share_the_contribution() -> None:
    [answer] = answers(CLERK)
    assert answer["employer"] == {"jkk_idr": 28_800, "jkm_idr": 36_000, "jht_idr": 444_000, "jp_idr": 221_726}
    assert answer["worker"] == {"jht_idr": 240_000, "jp_idr": 110_863}
    assert answer["total_idr"] == 1_081_389


def test_optional_fields_decide() -> None:
    driver = FARMER | {"month": "2026-01", "sector": "transport"}
    assert [answer["total_idr"] for answer in answers(driver, driver | {"funded_by": "apbd"})] == [8_400, 16_800]
    relieved = FARMER | {"month": "2020-08", "paid_through": "2020-07"}
    assert answers(relieved)[0]["total_idr"] == 168
    assert answers(CLERK | {"month": "2020-08", "paid_through": "2020-07"})[0]["employer"]["jkk_idr"] == 288


def test_a_late_firm_hears_its_fine_and_what_it_owes_by_its_size() -> None:
    late = CLERK | {"month": "2017-10", "paid_on": "2017-12-20", "size": "medium", "programmes": ["jkk", "jkm"]}
    [answer] = answers(late)
    assert {name: answer[name] for name in ("due_on", "months_late", "fine_idr", "to_pay_idr")} == {
        "due_on": "2017-11-15",
        "months_late": 2,
        "fine_idr": 2_592,
        "to_pay_idr": 67_392,
    }
    assert answer["missing_programmes"] == ["jht", "jp"]
    assert {"rule": "pu.fine_part_month", "confidence": "medium"}.items() <= answer["rules"][-1].items()


def test_a_labour_intensive_firm_has_its_relief_and_jkp_is_shown() -> None:
    [answer] = answers(CLERK | {"month": "2025-03", "industry": "toys", "workers": 50, "paid_through": "2025-02"})
    assert answer["employer"]["jkk_idr"] == 14_400
    assert answer["jkp"] == {
        "base_idr": 5_000_000,
        "state_idr": 11_000,
        "from_jkk_idr": 7_000,
        "from_jkm_idr": 0,
        "paid_on_top_idr": 0,
    }


@time_machine.travel("2026-04-15T03:00:00Z", tick=False)
def test_a_site_and_a_migrant_have_their_price_in_the_running_month() -> None:
    site, wages, migrant = answers(
        {"segment": "construction", "contract_idr": 750_000_000, "work_order_on": "2026-11-20"},
        {"segment": "construction", "wages_idr": 100_000_000},
        {"segment": "migrant", "months": 24},
    )
    assert (site["jkk_idr"], site["jkm_idr"], site["total_idr"]) == (1_215_000, 160_000, 1_375_000)
    assert site["register_by"] == "2026-12-10"
    assert wages["total_idr"] == 2_040_000
    assert (migrant["before_idr"], migrant["placed_idr"], migrant["total_idr"]) == (37_500, 332_500, 370_000)
    assert all(answer["rules"] for answer in (site, wages, migrant))


def test_help_shows_an_example_of_every_segment() -> None:
    told = CliRunner().invoke(command, ["--help"]).output
    examples = [json.loads(line) for line in told.splitlines() if line.strip().startswith('{"segment"')]
    assert [case["segment"] for case in examples] == ["bpu", "pu", "construction", "migrant"]
    assert all("total_idr" in answer for answer in answers(*examples))


def test_a_bad_line_gets_its_answer_and_the_rest_go_on() -> None:
    found = answers(FARMER, b"{", b"", b"  \r", b"\xff\xfe", CLERK)
    assert [answer.get("total_idr", answer.get("error", {}).get("code")) for answer in found] == [
        8_400,
        "line_not_json",
        "line_not_utf8",
        1_081_389,
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"income_idr": 1e6}, "field_not_whole"),
        ({"income_idr": True}, "field_not_whole"),
        ({"income_idr": "1000000"}, "field_not_whole"),
        ({"income_idr": None}, "field_not_whole"),
        ({"income_idr": 0}, "income_out_of_range"),
        ({"income_idr": -5}, "income_out_of_range"),
        ({"income_idr": 10**15}, "income_out_of_range"),
        ({"income_idr": 10**40}, "income_out_of_range"),
        ({"month": "2026-4"}, "field_not_month"),
        ({"month": "2026-13"}, "field_not_month"),
        ({"month": "٢٠٢٦-٠٤"}, "field_not_month"),
        ({"month": 202604}, "field_not_month"),
        ({"month": "2015-06"}, "month_before_law"),
        ({"programmes": []}, "programmes_incomplete"),
        ({"programmes": ["jht"]}, "programmes_incomplete"),
        ({"programmes": ["jkk", "jkm", "jp"]}, "programme_not_offered"),
        ({"programmes": ["jkk", "jkm", "jkm"]}, "field_twice"),
        ({"programmes": ["JKK", "jkm"]}, "field_wrong"),
        ({"programmes": "jkk"}, "field_wrong"),
        ({"programmes": [["jkk"]]}, "field_wrong"),
        ({"sector": "taxi"}, "field_wrong"),
        ({"funded_by": None}, "field_wrong"),
        ({"paid_through": None}, "field_not_month"),
        ({"segment": "jakon"}, "field_wrong"),
        ({"segment": {}}, "field_wrong"),
        ({"wage_idr": 1}, "field_unknown"),
    ],
)
def test_a_wrong_value_is_named_and_never_coerced(change: dict[str, object], code: str) -> None:
    assert refusal(FARMER | change) == code


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"[]", "line_not_object"),
        (b"12", "line_not_object"),
        (b"{}", "field_missing"),
        (b'{"segment":"bpu","income_idr":NaN}', "line_not_json"),
        (b'{"segment":"bpu","income_idr":' + b"9" * 5000 + b"}", "line_not_json"),
        (b"[" * 60_000, "line_not_json"),
        (b'{"segment":"bpu","segment":"pu"}', "field_twice"),
        (b'{"a":"' + b"x" * LONGEST_LINE + b'"}', "line_too_long"),
        (CLERK | {"risk_class": 6}, "risk_class_unknown"),
        (CLERK | {"risk_class": 1.0}, "field_not_whole"),
        (CLERK | {"programmes": []}, "programmes_none"),
        (CLERK | {"sector": "other"}, "field_unknown"),
        (CLERK | {"industry": "rubber"}, "field_wrong"),
        (CLERK | {"workers": -1}, "field_wrong"),
        (CLERK | {"paid_on": "2026-5-20"}, "field_not_day"),
        (CLERK | {"paid_on": "20260520"}, "field_not_day"),
        (CLERK | {"paid_on": 20260520}, "field_not_day"),
        ({"segment": "construction"}, "field_missing"),
        ({"segment": "construction", "contract_idr": 1, "wages_idr": 1}, "fields_clash"),
        ({"segment": "construction", "contract_idr": 0}, "amount_out_of_range"),
        ({"segment": "migrant", "months": 18}, "placement_unknown"),
        ({"segment": "migrant", "months": 24, "month": "2020-01"}, "month_before_law"),
    ],
)
def test_a_wrong_line_is_answered(line: object, code: str) -> None:
    assert refusal(line) == code


def test_every_field_that_is_needed_is_asked_for_by_name() -> None:
    for case in (FARMER, CLERK):
        for name in case:
            [answer] = answers({key: value for key, value in case.items() if key != name})
            assert answer["error"]["code"] == "field_missing"
            assert name in answer["error"]["message"]


def test_an_unknown_field_is_named_also_when_it_is_strange() -> None:
    [plain, strange, long] = answers(FARMER | {"sektor": 1}, FARMER | {"\ud800{x}\n": 1}, FARMER | {"y" * 9999: 1})
    assert "sektor" in plain["error"]["message"]
    assert "{x}" in strange["error"]["message"]
    assert len(long["error"]["message"]) < 200


def test_messages_are_indonesian_unless_english_is_asked() -> None:
    wrong = FARMER | {"income_idr": 0}
    assert "Penghasilan" in answers(wrong)[0]["error"]["message"]
    assert "income" in answers(wrong, options=("--lang", "en"))[0]["error"]["message"]


def test_after_a_line_that_is_too_long_the_next_one_is_read_from_its_start() -> None:
    found = answers(b"x" * (3 * LONGEST_LINE), FARMER)
    assert [found[0]["error"]["code"], found[1]["total_idr"]] == ["line_too_long", 8_400]


def test_a_byte_order_mark_before_the_first_line_is_forgiven() -> None:
    assert answers(b"\xef\xbb\xbf" + json.dumps(FARMER).encode())[0]["total_idr"] == 8_400


def test_a_program_may_ask_and_wait_for_each_answer() -> None:
    run = "import sys; from perisai.site.commands.quote import command; assert 'django' not in sys.modules; command()"
    with subprocess.Popen(
        [sys.executable, "-c", run, "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as quote:
        assert quote.stdin and quote.stdout
        for case, total in ((FARMER, 8_400), (CLERK, 1_081_389)):
            quote.stdin.write(json.dumps(case).encode() + b"\n")
            quote.stdin.flush()
            assert json.loads(quote.stdout.readline())["total_idr"] == total
        quote.stdin.close()
        assert quote.wait(timeout=20) == 0


def test_a_person_gets_a_table_with_the_law() -> None:
    result = CliRunner().invoke(command, ["--income", "1000000", "--month", "2026-04"])
    assert result.exit_code == 0
    assert "Rp 8.400" in result.output
    assert "PP 50/2025" in result.output
    paid = ["--wage", "12000000", "--month", "2026-04", "--programmes", "jkk,jkm,jht,jp", "--lang", "en"]
    result = CliRunner().invoke(command, paid)
    assert "Rp 1,081,389" in result.output


@time_machine.travel("2026-03-15T03:00:00Z", tick=False)
def test_without_a_month_the_running_one_is_meant() -> None:
    assert "Rp 16.800" in CliRunner().invoke(command, ["--income", "1000000"]).output


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        ([], 2, "--income"),
        (["--income", "1", "--wage", "1"], 2, "--income"),
        (["--income", "0"], 1, "Penghasilan"),
        (["--income", "1000000", "--month", "April"], 1, "month"),
        (["--income", "1000000", "--programmes", "jkk,jkm,jpk"], 1, "programmes"),
    ],
)
def test_a_person_who_errs_is_told_what_to_do(options: list[str], status: int, said: str) -> None:
    result = CliRunner().invoke(command, options)
    assert result.exit_code == status
    assert said in result.output
