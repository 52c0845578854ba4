import json

import pytest
from click.testing import CliRunner

from perisai.site.commands.rulebook import command


def said(*arguments: str) -> str:
    result = CliRunner().invoke(command, [*arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_year_2026_in_words() -> None:
    told = said("diff", "2025-12-31", "2026-04-01")
    assert (
        "Keringanan untuk pengemudi dan kurir tanpa pemberi kerja\n  100\u00a0% → 50\u00a0%  PP 50/2025 · tinggi"
        in told
    )
    assert "Rp\u00a010.547.400 → Rp\u00a011.086.300" in told
    assert told.index("discounts.pp_50_2025.transport") < told.index("pu.jp_wage_ceiling")
    assert "100% → 50%" in said("diff", "2025-12-31", "2026-04-01", "--lang", "en")


def test_the_year_2026_for_a_program() -> None:
    found = json.loads(said("diff", "2026-02-28", "2026-03-01", "--json"))
    [change] = found["changes"]
    assert (change["rule"], change["before"]["value"], change["after"]["value"]) == (
        "pu.jp_wage_ceiling",
        10_547_400,
        11_086_300,
    )


def test_between_two_days_without_a_change_it_says_so() -> None:
    assert said("diff", "2026-04-01", "2026-04-01") == "Tidak ada.\n"
    assert json.loads(said("diff", "2026-04-01", "2026-04-01", "--json"))["changes"] == []


def test_the_law_of_a_day_can_be_searched() -> None:
    told = said("on", "2017-10-30", "--search", "batas pensiun")
    assert told == "Tidak ada.\n"
    told = said("on", "2017-10-30", "--search", "jp_wage")
    assert "Rp\u00a07.703.500  2017-03-01  PP 45/2015 Pasal 29 (pertumbuhan 5.02 %) · tinggi" in told
    assert "Rp\u00a08.094.000" not in told


def test_a_figure_in_doubt_says_why() -> None:
    told = said("on", "2026-04-01", "--search", "incentive.tax", "--lang", "en")
    assert "2.5%" in told
    assert "low" in told
    assert "no source says how" in told


def test_a_scale_shows_its_steps() -> None:
    told = said("on", "2026-04-01", "--search", "contract_jkk")
    assert "≥ Rp\u00a05.000.000.000: 0,09\u00a0%" in told


def test_the_law_of_a_day_for_a_program() -> None:
    found = json.loads(said("on", "2026-04-01", "--json"))
    rules = {each["rule"]: each for each in found["rules"]}
    assert rules["bpu.jkm"]["value"] == 6_800
    assert rules["discounts.pp_50_2025.not_funded_by"]["value"] == ["apbn", "apbd"]
    assert rules["calendar.opens"]["value"] == "08:00:00"
    assert rules["minimum_wage.province_13"]["confidence"] == "high"


@pytest.mark.parametrize("arguments", [["on", "April"], ["diff", "2026-04-01", "2026-01-01"], ["diff", "2026-04-01"]])
def test_a_wrong_call_is_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(command, arguments).exit_code == 2
