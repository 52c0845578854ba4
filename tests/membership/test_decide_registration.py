"""Laras of the branch decides what Rina referred."""

from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from perisai.audit.selectors import history_of
from perisai.kernel import ids
from perisai.kernel.actor import Actor, Role
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.membership import selectors, services
from perisai.membership.models import Person, Registration
from perisai.membership.rules import State
from perisai.organisation import services as organisation
from perisai.organisation.selectors import actor_for
from perisai.site.cast import FAMILY_2017, Cast, Worker

DAY = date(2017, 10, 30)
pytestmark = pytest.mark.usefixtures("in_2017")


def referred(cast: Cast, worker: Worker = FAMILY_2017["siti"], by: str = "rina", **changed: object) -> UUID:
    return services.refer_member(
        actor=cast.actors[by], registration_id=ids.new_id(), applicant=worker.facts(**changed), occurred_on=DAY
    ).id


def test_the_office_approves_and_the_person_is_written(cast: Cast) -> None:
    registration = services.approve_registration(actor=cast.laras, registration_id=referred(cast))
    assert (registration.state, registration.decided_by_id) == (State.APPROVED, cast.laras.user_id)
    person = Person.objects.get(nik_index=registration.nik_index)
    assert (person.name, person.nik, person.phone) == ("Siti Aminah", "1306085001900003", "+6281200000200")


def test_approved_twice_is_refused_and_changes_nothing(cast: Cast) -> None:
    registration_id = referred(cast)
    services.approve_registration(actor=cast.laras, registration_id=registration_id)
    with pytest.raises(Refused) as refusal:
        services.approve_registration(actor=cast.hendri, registration_id=registration_id)
    assert refusal.value.code == Code.WRONG_ORDER
    assert Registration.objects.get(pk=registration_id).decided_by_id == cast.laras.user_id


@pytest.mark.parametrize("who", ["gustina", "rina", "buyung", "sudirman", "irwansyah", "maharani", "nofri", "admin"])
def test_who_has_no_say_finds_nothing(cast: Cast, who: str) -> None:
    registration_id = referred(cast)
    with pytest.raises(NotFound):
        services.approve_registration(actor=cast.actors[who], registration_id=registration_id)


def test_nobody_decides_on_a_case_they_entered(cast: Cast) -> None:
    """Even if a Perisai were made an officer."""
    organisation.grant_role(
        actor=Actor.job("test"),
        user_id=cast.rina.person_id,
        role=Role.BRANCH_OFFICER,
        office_code="BKT",
        starts_on=DAY,
    )
    with pytest.raises(Refused) as refusal:
        services.approve_registration(actor=actor_for(cast.rina.person_id), registration_id=referred(cast))
    assert refusal.value.code == Code.OWN_CASE


@pytest.mark.parametrize(
    "verb", [services.return_registration, services.reject_registration, services.hold_registration]
)
def test_a_no_needs_its_reason(cast: Cast, verb: object) -> None:
    with pytest.raises(Refused) as refusal:
        verb(actor=cast.laras, registration_id=referred(cast), note="  ")  # type: ignore[operator]
    assert refusal.value.code == Code.REASON_MISSING


def test_rina_mends_what_was_returned_and_sends_it_again(cast: Cast) -> None:
    registration_id = referred(cast, phone="081200000299")
    services.return_registration(actor=cast.laras, registration_id=registration_id, note="Nomor HP bukan miliknya")
    mended = services.resubmit_registration(
        actor=cast.rina, registration_id=registration_id, applicant=FAMILY_2017["siti"].facts()
    )
    assert (mended.state, mended.phone, mended.decided_by_id) == (State.SUBMITTED, "+6281200000200", None)
    lines = [line.what for line in history_of([registration_id])]
    assert lines == ["Rujukan diperbaiki dan dikirim lagi", "Rujukan dikembalikan ke Perisai", "Rujukan dikirim"]


def test_mira_cannot_mend_what_rina_sent(cast: Cast) -> None:
    registration_id = referred(cast)
    services.return_registration(actor=cast.laras, registration_id=registration_id, note="Foto buram")
    with pytest.raises(NotFound):
        services.resubmit_registration(
            actor=cast.mira, registration_id=registration_id, applicant=FAMILY_2017["siti"].facts()
        )


def test_the_second_of_one_nik_waits_for_the_first(cast: Cast) -> None:
    bakri, ali = referred(cast, FAMILY_2017["bakri"]), referred(cast, FAMILY_2017["ali"], by="mira")
    with pytest.raises(Refused) as refusal:
        services.approve_registration(actor=cast.laras, registration_id=ali)
    assert refusal.value.code == Code.NIK_OPEN_ELSEWHERE
    services.reject_registration(actor=cast.laras, registration_id=bakri, note="Bukan NIK-nya")
    assert services.approve_registration(actor=cast.laras, registration_id=ali).state == State.APPROVED


def test_a_dump_of_the_tables_tells_no_secret(cast: Cast) -> None:
    services.approve_registration(actor=cast.laras, registration_id=referred(cast))
    secrets = ("1306085001900003", "1306081501100021", "81200000200", "Upik Sari")
    with connection.cursor() as cursor:
        for table in ("membership_person", "membership_registration", "audit_entry", "notices_notice"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            dump = " ".join(row[0] for row in cursor.fetchall())
            assert not [secret for secret in secrets if secret in dump]
            assert not [secret for secret in secrets if secret.encode().hex() in dump]


def test_every_agent_sees_only_their_own(cast: Cast) -> None:
    referred(cast)
    assert selectors.registrations_visible_to(cast.rina).count() == 1
    assert selectors.registrations_visible_to(cast.mira).count() == 0
    assert selectors.registrations_visible_to(cast.buyung).count() == 1
    assert selectors.registrations_visible_to(cast.sudirman).count() == 1
    assert selectors.registrations_visible_to(cast.datuak).count() == 0
