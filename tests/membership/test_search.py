"""Siti is found by number, by NIK, and by what people make of her name."""

import pytest

from perisai.contributions import services as contributions
from perisai.kernel import clock, ids
from perisai.membership import search, services
from perisai.membership.models import NameWord
from perisai.site.cast import FAMILY_2017, Cast, Worker

pytestmark = pytest.mark.usefixtures("in_2017")


def _becomes_member(cast: Cast, worker: Worker, **changed: object) -> str:
    registration = services.refer_member(
        actor=cast.rina,
        registration_id=ids.new_id(),
        applicant=worker.facts(**changed),
        occurred_on=clock.today(),
    )
    code = contributions.approve_with_code(actor=cast.laras, registration_id=registration.id)
    payment = contributions.record_payment(
        actor=cast.nofri,
        code=code.code,
        amount_idr=code.amount_idr,
        channel="bri",
        channel_reference=code.code,
        paid_at=clock.now(),
    )
    assert payment.member is not None
    return payment.member.number


@pytest.fixture
def members(cast: Cast) -> dict[str, str]:
    return {
        "siti": _becomes_member(cast, FAMILY_2017["siti"]),
        "bakri": _becomes_member(cast, FAMILY_2017["bakri"], name="Soekarno Djoko"),
        "upik": _becomes_member(cast, FAMILY_2017["upik"]),
    }


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("siti aminah", "siti"),
        ("siti amina", "siti"),
        ("sitti aminh", "siti"),
        ("aminah siti", "siti"),
        ("sit", "siti"),
        ("siti am", "siti"),
        ("SITI", "siti"),
        ("sukarno", "bakri"),
        ("soekarno joko", "bakri"),
        ("rahma", "upik"),
        ("1306085001900003", "siti"),
        ("1306 0850 0190 0003", "siti"),
        ("nobody", None),
        ("siti rahmah", None),
        ("0000000000000000", None),
        ("12345678901", None),
        ("", None),
        ("'; --", None),
        ("🌾", None),
        ("%", None),
    ],
)
def test_what_is_typed_finds_whom_it_means(typed: str, who: str | None, members: dict[str, str], cast: Cast) -> None:
    found = [member.number for member in search.search_members(cast.laras, typed)]
    assert found == ([members[who]] if who else [])


def test_a_number_finds_its_member(members: dict[str, str], cast: Cast) -> None:
    assert [m.number for m in search.search_members(cast.sudirman, members["upik"])] == [members["upik"]]


@pytest.mark.parametrize("username", ["gustina", "mira", "buyung", "datuak", "admin"])
def test_nobody_finds_beyond_their_own_office_or_referrals(username: str, members: dict[str, str], cast: Cast) -> None:
    for typed in ("siti aminah", "1306085001900003", members["siti"]):
        assert search.search_members(cast.actors[username], typed) == []


def test_rina_finds_whom_she_referred(members: dict[str, str], cast: Cast) -> None:
    assert [m.number for m in search.search_members(cast.rina, "siti")] == [members["siti"]]


def test_the_dictionary_is_filled_after_a_set_based_load(members: dict[str, str], cast: Cast) -> None:
    NameWord.objects.all().delete()
    assert search.search_members(cast.laras, "siti") == []
    assert search.refresh_name_words() == 6
    assert search.refresh_name_words() == 0
    assert len(search.search_members(cast.laras, "siti")) == 1
