"""Statements put together once say and write what Django's own would."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError
from django.db.models import QuerySet

from perisai.accounts import backend
from perisai.agents import selectors as agents
from perisai.audit.models import Entry
from perisai.certification import selectors as certification
from perisai.contributions import selectors as contributions
from perisai.contributions import services as payments
from perisai.kernel import clock, ids
from perisai.membership import selectors as membership
from perisai.membership import services
from perisai.organisation import selectors as organisation
from perisai.regions import selectors as regions
from perisai.rows import insert, once, update
from perisai.site.cast import FAMILY_2017, KOTO_TINGGI, Cast

pytestmark = pytest.mark.usefixtures("in_2017")
DAY = date(2017, 10, 30)


def everything(rows: "list[Any] | QuerySet[Any]", depth: int = 2) -> list[dict[str, Any]]:
    """The columns of each row, and of what was read with it."""
    return [
        {name: value for name, value in vars(row).items() if name != "_state"}
        | {name: everything([other]) for name, other in row._state.fields_cache.items() if depth and other is not None}
        for row in rows
    ]


def same(asked: Callable[..., list[Any]], *given: object) -> None:
    """Twice, because the second answer comes from the text that the first one kept."""
    by_django = everything(asked.__wrapped__(*given))  # type: ignore[attr-defined]
    assert by_django, "compare rows, not nothing"
    assert everything(asked(*given)) == everything(asked(*given)) == by_django


def test_every_question_of_the_main_chain_is_answered_as_django_answers_it(cast: Cast) -> None:
    siti = FAMILY_2017["siti"].facts()
    referral = services.refer_member(actor=cast.rina, registration_id=ids.new_id(), applicant=siti, occurred_on=DAY)
    code = payments.approve_with_code(actor=cast.laras, registration_id=referral.id)
    nik = bytes(referral.nik_index)
    same(membership.registrations_like, nik, referral.id)
    same(membership.holding_nik, nik, ids.new_id())
    same(membership._locked_registration, referral.id)
    same(contributions.lock_code, code.code)
    paid: dict[str, Any] = {"channel": "bank nagari", "channel_reference": "R-1", "paid_at": clock.now()}
    payments.record_payment(actor=cast.nofri, code=code.code, amount_idr=code.amount_idr, **paid)
    (person,) = membership.persons_of_nik(nik)
    same(membership.persons_of_nik, nik)
    same(membership.active_members_of_nik, nik)
    same(membership.lock_bpu_member_of, person.id)
    same(contributions.payments_of_reference, "bank nagari", "R-1")
    same(agents._agents_of_user, cast.rina.person_id)
    same(certification._trained, cast.agent_ids["rina"], DAY)
    same(regions._latest_version, KOTO_TINGGI, date(2026, 1, 1))
    same(organisation._serving, "13", "13.06", "13.06.08", KOTO_TINGGI, DAY)
    same(backend._open_users, cast.rina.person_id)


def test_what_is_not_there_is_not_found(cast: Cast) -> None:
    assert membership.persons_of_nik(b"nobody") == []
    assert contributions.lock_code("00000000000") == []


def test_a_question_may_not_look_at_what_it_compares_with(cast: Cast) -> None:
    @once
    def curious(action: str) -> "QuerySet[Entry]":
        return Entry.objects.filter(action=action.strip())

    with pytest.raises(AttributeError):
        curious("regions.loaded")


def entry(**changed: Any) -> Entry:
    return Entry(**{"actor_kind": "job", "action": "regions.loaded", "subject_kind": "x", "subject_id": "1"} | changed)


def test_rows_are_written_as_django_writes_them(cast: Cast) -> None:
    ours, other, djangos = entry(facts={"a": 1}), entry(note="Ampek Angkek’s 😀"), entry(facts={"a": 1})
    insert(ours, other)
    djangos.save(force_insert=True)
    assert not ours._state.adding
    kept = {row.pk: row for row in Entry.objects.filter(pk__in=[ours.pk, other.pk, djangos.pk])}
    assert everything([kept[ours.pk], kept[other.pk]]) == everything([ours, other])
    assert [type(value) for value in vars(kept[ours.pk]).values()] == [type(v) for v in vars(kept[djangos.pk]).values()]


def test_only_the_named_columns_change(cast: Cast) -> None:
    siti = FAMILY_2017["siti"].facts()
    referral = services.refer_member(actor=cast.rina, registration_id=ids.new_id(), applicant=siti, occurred_on=DAY)
    referral.address, referral.name, referral.programmes = "Jorong Surau", "Bukan Siti", ["jkk", "jkm", "jht"]
    update(referral, "address", "programmes")
    kept = membership.registration_for(cast.laras, referral.id)
    assert (kept.address, kept.name) == ("Jorong Surau", "Siti Aminah")
    assert kept.programmes == ["jkk", "jkm", "jht"]


def test_a_row_that_is_gone_is_not_changed_in_silence(cast: Cast) -> None:
    siti = FAMILY_2017["siti"].facts()
    referral = services.refer_member(actor=cast.rina, registration_id=ids.new_id(), applicant=siti, occurred_on=DAY)
    referral.pk = ids.new_id()
    with pytest.raises(DatabaseError):
        update(referral, "address")
