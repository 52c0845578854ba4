"""The documents are complete, ordered and about the house as it is."""

import re
from pathlib import Path

import pytest
from tests.house import source

from perisai.agents.rules import State as AgentState
from perisai.banks.models import BankDay, OpenItem
from perisai.contributions.models import GroupCode, PaymentCode
from perisai.contributions.rules import RefundState
from perisai.incentives.rules.month import State as MonthState
from perisai.incentives.rules.payout import State as PayoutState
from perisai.kernel.actor import Role
from perisai.membership.rules import CardState, MemberState, Segment, State
from perisai.notices.models import Notice
from perisai.villages.rules import State as VillageState

GLOSSARY = (source.ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
DECISIONS = sorted((source.ROOT / "docs" / "adr").glob("*.md"))
DOCUMENTS = [*source.ROOT.glob("*.md"), *(source.ROOT / "docs").rglob("*.md")]


def rows(text: str) -> list[list[str]]:
    """The cells of every table row but the heads."""
    lines = re.findall(r"^\| (.+?) ?\|$", text, re.MULTILINE)
    cells = [[cell.strip() for cell in line.split(" |")] for line in lines]
    return [each for each in cells if each[0] not in ("term", "thing", "floor", "the line")]


TERMS = rows(GLOSSARY.split("## States")[0])
STATES = rows(GLOSSARY.split("## States")[1])


def test_terms_stand_in_order_and_once() -> None:
    names = [each[0].casefold() for each in TERMS]
    assert names == sorted(set(names))


def test_every_term_has_its_indonesian_word_and_a_meaning() -> None:
    assert not [each[0] for each in TERMS if len(each) < 3 or not each[1] or len(each[2]) < 6]


@pytest.mark.parametrize("role", Role)
def test_every_role_is_explained(role: Role) -> None:
    assert role.replace("_", " ") in {each[0].casefold() for each in TERMS}


@pytest.mark.parametrize("segment", Segment)
def test_every_segment_is_explained(segment: Segment) -> None:
    assert segment in {each[0].casefold() for each in TERMS}


def test_every_state_is_explained() -> None:
    machines: dict[str, list[str]] = {
        "registration": [*State],
        "member": [*MemberState],
        "card": [*CardState],
        "agent": [*AgentState],
        "incentive month": [*MonthState],
        "village": [*VillageState],
        "transfer": [*PayoutState],
        "payment code": list(PaymentCode.State.values),
        "refund": [*RefundState],
        "group code": list(GroupCode.State.values),
        "notice": list(Notice.State.values),
        "bank day": list(BankDay.State.values),
        "difference": list(OpenItem.State.values),
    }
    wanted = {(thing, state) for thing, states in machines.items() for state in states}
    assert {(each[0], each[1]) for each in STATES} == wanted


def test_the_map_shows_every_room_in_its_order() -> None:
    text = (source.ROOT / "docs" / "map.md").read_text(encoding="utf-8").split("## Where")[0]
    shown = re.findall(r"^\|[^|]*\| `(\w+)` \|", text, re.MULTILINE)
    floors = source.floors()
    assert sorted(shown) == source.rooms()
    assert [floors[room] for room in shown] == sorted(floors.values())


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_numbered_titled_and_one_page(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    number = int(path.name[:4])
    assert text.startswith(f"# {number}. ")
    assert "\n## Decision\n" in text
    assert len(text.splitlines()) <= 60


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(source.ROOT)))
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8"))
    assert not [link for link in links if not (path.parent / link).exists()]
