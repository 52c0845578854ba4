"""Loading: the same people for the same number, once, all or nothing, and the tables as they were."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import transaction

from perisai.contributions import services as contributions
from perisai.kernel.actor import Actor
from perisai.kernel.period import Period
from perisai.site.cast import Cast
from perisai.site.commands.seed import command
from perisai.site.register import load, workers
from perisai.site.register.figures import REGENCIES, SCALES
from perisai.site.register.plan import Chunk, Village, draw_up
from perisai.site.register.rows import Keys

from .conftest import ask, seed

SMALL = SCALES["small"]
_OPEN = {
    "membership_person": "id, name, born_on, sex, village_id, address, occupation, income_idr",
    "membership_member": "id, number, person_id, branch_id, agent_id, firm_id, programmes, income_idr, joined_on",
    "membership_registration": "id, reference, agent_id, name, submitted_at",
    "contributions_payment": "id, code_id, amount_idr, receipt_number, paid_at",
    "employers_firm": "id, npp, name, size, risk_class, village_id, registered_on",
    "agents_agent": "id, number, name, wadah_id, village_id",
}
_SHAPE = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint
WHERE conrelid::regclass::text ~ '^(membership|contributions|employers|agents)_'
UNION ALL SELECT tablename, indexname, indexdef, true FROM pg_indexes
WHERE tablename ~ '^(membership|contributions|employers|agents)_' ORDER BY 1, 2, 3
"""


def _shape() -> list[list[str]]:
    """Without casts and brackets, which PostgreSQL spells otherwise the second time."""
    return [[re.sub(r"::[a-z ]+|[][()]", "", str(part)) for part in row] for row in ask(_SHAPE)]


def _people() -> dict[str, list[tuple[object, ...]]]:
    return {table: ask(f"SELECT {columns} FROM {table} ORDER BY id") for table, columns in _OPEN.items()}


def _seeded_and_forgotten(number: int) -> dict[str, list[tuple[object, ...]]]:
    with transaction.atomic():
        seed(number)
        found = _people()
        transaction.set_rollback(True)
    return found


def test_the_same_number_gives_the_same_people_and_another_number_others(cast: Cast) -> None:
    first, again, other = (_seeded_and_forgotten(number) for number in (7, 7, 8))
    assert first == again
    assert all(first[table] != other[table] for table in _OPEN)


def test_a_second_run_finds_the_register_and_changes_nothing(cast: Cast) -> None:
    first = seed()
    before = _people()
    again = seed()
    assert (first.rows > 0, again.rows) == (True, 0)
    assert (again.scale, again.seed, again.pu, again.bpu) == ("small", first.seed, first.pu, first.bpu)
    assert _people() == before


def test_indexes_and_constraints_are_as_they_were_and_the_cast_too(cast: Cast) -> None:
    contributions.open_ledger(actor=Actor.job("register"), first=Period(2016, 10), last=Period(2017, 9))
    shape, agents = _shape(), ask("SELECT * FROM agents_agent ORDER BY id")
    seed()
    assert _shape() == shape
    assert ask("SELECT * FROM agents_agent WHERE NOT is_synthetic ORDER BY id") == agents


def test_a_load_that_breaks_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def power_cut(chunks: Sequence[Chunk], keys: Keys) -> Iterator[dict[str, bytes]]:
        yield next(iter(workers.write_all(chunks, keys)))
        raise KeyboardInterrupt

    shape, before = _shape(), _people()
    with monkeypatch.context() as patch:
        patch.setattr(load, "write_all", power_cut)
        patch.setattr("perisai.site.register.plan.CHUNK", 100)
        with pytest.raises(KeyboardInterrupt):
            seed()
    assert (_shape(), _people()) == (shape, before)
    assert seed().rows > 0


def test_the_command_leaves_a_board_that_says_what_the_report_says(open_stage: Cast) -> None:
    for _ in range(2):
        answer = CliRunner().invoke(command, ["--scale", "small"], catch_exceptions=False)
        assert answer.exit_code == 0
    assert "Nothing was changed" in answer.output
    assert ask("SELECT sum(change) FROM targets_tally WHERE \"on\" <= '2017-09-30'") == [(SMALL.pu + SMALL.bpu,)]
    assert ask("SELECT count(*) FROM targets_target WHERE year = 2017 AND amount IN (921000, 82000)") == [(2,)]
    other = CliRunner().invoke(command, ["--scale", "report"])
    assert other.exit_code == 1
    assert "scale small" in other.output


@pytest.mark.django_db
def test_without_villages_the_command_says_what_to_do_first() -> None:
    answer = CliRunner().invoke(command, ["--scale", "small"])
    assert answer.exit_code == 1
    assert "perisai load-regions FOLDER" in answer.output


def _country() -> list[Village]:
    return [
        Village(
            place * 100 + village,
            f"{regency}.{1 + village % 3:02d}.{1 + village % 2}{village:03d}",
            place // 4,
            f"B{place // 4:02d}",
        )
        for place, regency in enumerate(REGENCIES)
        for village in range(30)
    ]


def test_the_report_comes_to_exactly_its_people_firms_and_perisai() -> None:
    plan = draw_up(_country(), SCALES["report"], 2017)
    places = [place for chunk in plan.chunks for district in chunk.districts for place in district.places]
    assert (sum(place.pu for place in places), sum(place.bpu for place in places)) == (783_178, 64_809)
    assert sum(firm.workers for firm in plan.firms) == 783_178
    assert (len(plan.firms), len(plan.agents), len({agent.wadah for agent in plan.agents})) == (14_000, 900, 150)
    workers_by_size = sorted((firm.workers for firm in plan.firms), reverse=True)
    assert sum(workers_by_size[:1400]) > 0.5 * 783_178  # a tenth of the firms employ more than half


def test_a_chunk_knows_how_many_came_before_it() -> None:
    plan = draw_up(_country(), SCALES["report"], 2017)
    before = bpu_before = 0
    for chunk in plan.chunks:
        assert (chunk.people_before, chunk.bpu_before) == (before, bpu_before)
        before += chunk.people
        bpu_before += sum(district.bpu for district in chunk.districts)


def test_worker_processes_write_the_same_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = draw_up(_country(), SCALES["small"], 2017)
    here = list(workers.write_all(plan.chunks, Keys(2017)))
    monkeypatch.setattr(workers, "_WORTH_WORKERS", 0)
    there: list[dict[str, Any]] = list(workers.write_all(plan.chunks, Keys(2017)))
    unsealed = ("membership_member", "membership_protectionentry", "contributions_contributionline")
    assert [[tables[name] for name in unsealed] for tables in here] == [
        [tables[name] for name in unsealed] for tables in there
    ]
