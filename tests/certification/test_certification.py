"""May this Perisai act on that day? Every paper, on its first day, its last day and the day after."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given
from hypothesis import strategies as st

from perisai.agents import services as agents
from perisai.agents.models import Pks, SuratTugas
from perisai.certification import rules, selectors, services
from perisai.certification.models import Certificate
from perisai.certification.rules import Lack
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.site.cast import EVERYBODY, Cast

pytestmark = pytest.mark.usefixtures("in_2017")

FIRST, END = date(2018, 3, 1), date(2018, 4, 1)
"""The paper under test holds in March 2018: END is the first day without it."""


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_one_thing_missing_is_enough(active: bool, certificate: bool, surat_tugas: bool, pks: bool) -> None:
    standing = rules.standing(active=active, certificate=certificate, surat_tugas=surat_tugas, pks=pks)
    assert standing.may_act == (active and certificate and surat_tugas and pks)
    assert len(standing.lacks) == [active, certificate, surat_tugas, pks].count(False)


def test_every_lack_has_its_own_refusal() -> None:
    assert set(rules.REFUSALS) == set(Lack)
    assert len(set(rules.REFUSALS.values())) == len(Lack)


def shorten(paper: str, cast: Cast) -> None:
    """Let one kind of Rina's papers hold in March 2018 only, the others much longer."""
    march = DateRange(FIRST, END)
    rows = {
        "certificate": Certificate.objects.filter(number="LATIH/001/2017"),
        "surat tugas": SuratTugas.objects.filter(number="ST/001/2017"),
        "pks": Pks.objects.filter(number="PKS/BKT/001/2017"),
    }
    assert rows[paper].update(during=march) == 1


@pytest.mark.parametrize(
    ("paper", "lack"),
    [
        ("certificate", Lack.NO_TRAINING_CERTIFICATE),
        ("surat tugas", Lack.NO_SURAT_TUGAS),
        ("pks", Lack.NO_PKS),
    ],
)
@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (FIRST - timedelta(days=1), False),
        (FIRST, True),
        (END - timedelta(days=1), True),
        (END, False),
    ],
    ids=["day before", "first day", "last day", "day after"],
)
def test_a_paper_holds_from_its_first_to_its_last_day(
    cast: Cast, paper: str, lack: Lack, day: date, holds: bool
) -> None:
    shorten(paper, cast)
    lacks = selectors.may_act(cast.agent_ids["rina"], day).lacks
    if holds:
        assert not lacks
    else:
        # without a letter nobody can say whose PKS would count
        assert lacks == ((lack, Lack.NO_PKS) if lack is Lack.NO_SURAT_TUGAS else (lack,))


@pytest.mark.parametrize(
    ("day", "may"), [(date(2017, 1, 31), False), (date(2017, 2, 1), True)], ids=["day before", "first day"]
)
def test_nobody_acts_before_being_appointed(cast: Cast, day: date, may: bool) -> None:
    early = DateRange(date(2016, 1, 1), date(2018, 1, 1))
    Certificate.objects.filter(number="LATIH/001/2017").update(during=early)
    SuratTugas.objects.filter(number="ST/001/2017").update(during=early)
    Pks.objects.filter(number="PKS/BKT/001/2017").update(during=early)
    assert selectors.may_act(cast.agent_ids["rina"], day).may_act == may


@pytest.mark.parametrize(
    ("day", "may"),
    [(date(2017, 11, 14), True), (date(2017, 11, 15), False), (date(2018, 6, 1), False)],
    ids=["day before", "that day", "later"],
)
def test_a_revoked_certificate_ends_on_that_day(cast: Cast, day: date, may: bool) -> None:
    certificate = Certificate.objects.get(number="LATIH/001/2017")
    services.revoke_certificate(
        actor=cast.hendri, certificate_id=certificate.id, reason="Ujian diulang", on=date(2017, 11, 15)
    )
    assert selectors.may_act(cast.agent_ids["rina"], day).may_act == may


def test_a_bnsp_certificate_does_not_stand_in_for_the_training(cast: Cast) -> None:
    Certificate.objects.filter(number="LATIH/001/2026").delete()
    assert selectors.may_act(cast.agent_ids["rina"], date(2026, 6, 1)).lacks == (Lack.NO_TRAINING_CERTIFICATE,)


def test_everything_that_is_missing_is_told_at_once(cast: Cast) -> None:
    agents.suspend_agent(actor=cast.hendri, agent_id=cast.agent_ids["yusuf"], reason="Diperiksa")
    with pytest.raises(Refused) as refusal:
        selectors.must_act(cast.agent_ids["yusuf"], date(2017, 10, 30))
    assert [refusal.value.code, *(each.code for each in refusal.value.also)] == [
        Code.AGENT_NOT_ACTIVE,
        Code.AGENT_WITHOUT_CERTIFICATE,
    ]


def test_who_is_no_agent_may_do_nothing(cast: Cast) -> None:
    assert selectors.may_act(cast.wadah_id, date(2017, 10, 30)).lacks == tuple(Lack)


def issue(cast: Cast, starts_on: date, ends_on: date, kind: str = "training", by: str = "hendri") -> Certificate:
    return services.issue_certificate(
        actor=cast.actors[by],
        agent_id=cast.agent_ids["rina"],
        kind=kind,
        number="LATIH/BARU",
        issued_on=starts_on,
        expires_on=ends_on,
    )


def test_two_certificates_of_a_kind_never_overlap(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        issue(cast, date(2019, 1, 31), date(2021, 1, 1))
    assert (refusal.value.code, refusal.value.field) == (Code.SPAN_OVERLAPS, "issued_on")
    issue(cast, date(2019, 2, 1), date(2021, 1, 1))


def test_a_revoked_certificate_makes_room_for_a_new_one(cast: Cast) -> None:
    old = Certificate.objects.get(number="LATIH/001/2017")
    services.revoke_certificate(actor=cast.hendri, certificate_id=old.id, reason="Salah cetak", on=date(2017, 10, 30))
    new = issue(cast, date(2017, 10, 30), date(2019, 2, 1))
    assert selectors.may_act(cast.agent_ids["rina"], date(2017, 10, 30)).may_act
    assert new in selectors.certificates_of(cast.agent_ids["rina"])


def test_a_certificate_of_no_days_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        issue(cast, date(2021, 1, 1), date(2021, 1, 1))
    assert (refusal.value.code, refusal.value.field) == (Code.SPAN_EMPTY, "expires_on")


def test_a_certificate_is_revoked_once_and_with_a_reason(cast: Cast) -> None:
    certificate = Certificate.objects.get(number="LATIH/001/2017")
    with pytest.raises(Refused) as refusal:
        services.revoke_certificate(actor=cast.hendri, certificate_id=certificate.id, reason=" ", on=date(2017, 10, 30))
    assert refusal.value.code is Code.REASON_MISSING
    services.revoke_certificate(actor=cast.hendri, certificate_id=certificate.id, reason="Ya", on=date(2017, 10, 30))
    with pytest.raises(NotFound):
        services.revoke_certificate(actor=cast.hendri, certificate_id=certificate.id, reason="Ya", on=date(2017, 11, 1))


@pytest.mark.parametrize("who", sorted(set(EVERYBODY) - {"hendri"}))
def test_only_the_head_of_the_branch_certifies(cast: Cast, who: str) -> None:
    certificate = Certificate.objects.get(number="LATIH/001/2017")
    with pytest.raises(NotFound):
        issue(cast, date(2021, 1, 1), date(2022, 1, 1), by=who)
    with pytest.raises(NotFound):
        services.revoke_certificate(
            actor=cast.actors[who], certificate_id=certificate.id, reason="Coba", on=date(2017, 10, 30)
        )


@pytest.mark.parametrize("changed", [{"revoked_on": date(2018, 1, 1)}, {"revoked_because": "Salah"}])
def test_revoked_and_a_reason_belong_together(cast: Cast, changed: dict[str, object]) -> None:
    row = Certificate.objects.filter(number="LATIH/001/2017")
    with pytest.raises(IntegrityError, match="revoked_with_reason"), transaction.atomic():
        row.update(**changed)
