"""Rina refers; the branch will decide."""

from dataclasses import replace
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from perisai.agents import services as agents
from perisai.kernel import ids
from perisai.kernel.errors import Code, Misuse, NotFound, Refused
from perisai.membership import selectors, services
from perisai.membership.rules import Applicant, State
from perisai.site.cast import FAMILY_2017, FAMILY_NOW, Cast

DAY = date(2017, 10, 30)
pytestmark = pytest.mark.usefixtures("in_2017")


def refer(cast: Cast, applicant: Applicant, by: str = "rina", **options: object) -> object:
    return services.refer_member(
        actor=cast.actors[by],
        **{"registration_id": ids.new_id(), "applicant": applicant, "occurred_on": DAY} | options,  # type: ignore[arg-type]
    )


def test_rina_refers_siti_and_the_branch_of_bukittinggi_sees_her(cast: Cast) -> None:
    refer(cast, FAMILY_2017["siti"].facts())
    waiting = selectors.queue(cast.laras)
    assert [(each.name, each.state, each.branch.code) for each in waiting] == [("Siti Aminah", State.SUBMITTED, "BKT")]


def test_the_neighbour_branch_does_not_see_siti(cast: Cast) -> None:
    registration = services.refer_member(
        actor=cast.rina, registration_id=ids.new_id(), applicant=FAMILY_2017["siti"].facts(), occurred_on=DAY
    )
    assert not selectors.queue(cast.gustina)
    with pytest.raises(NotFound):
        selectors.registration_for(cast.gustina, registration.id)


def test_sent_twice_it_is_one_referral(cast: Cast) -> None:
    same = ids.new_id()
    first = refer(cast, FAMILY_2017["siti"].facts(), registration_id=same)
    again = refer(cast, FAMILY_2017["siti"].facts(), registration_id=same)
    assert first == again
    assert selectors.queue(cast.laras).count() == 1


def test_one_id_for_two_people_is_misuse(cast: Cast) -> None:
    same = ids.new_id()
    refer(cast, FAMILY_2017["siti"].facts(), registration_id=same)
    with pytest.raises(Misuse):
        refer(cast, FAMILY_2017["nurdin"].facts(), registration_id=same)


def test_the_second_referral_of_a_nik_goes_to_review_beside_the_first(cast: Cast) -> None:
    bakri = refer(cast, FAMILY_2017["bakri"].facts())
    refer(cast, FAMILY_2017["ali"].facts(), by="mira")
    ali = selectors.queue(cast.laras).get(name="Ali Akbar")
    assert ali.state == State.IN_REVIEW
    assert ali.doubts == ["nik_referred_twice"]
    assert selectors.rivals_of(cast.laras, ali) == [bakri]


def test_a_village_of_another_branch_is_looked_at_twice(cast: Cast) -> None:
    refer(cast, FAMILY_2017["siti"].facts(village_code="13.72.01.1001"))
    assert selectors.queue(cast.laras).get().doubts == ["outside_territory"]


@pytest.mark.parametrize(
    ("who", "code"),
    [("yusuf", Code.AGENT_WITHOUT_CERTIFICATE), ("dedi", Code.AGENT_NOT_ACTIVE)],
)
def test_a_perisai_without_valid_papers_may_not_refer(cast: Cast, who: str, code: Code) -> None:
    with pytest.raises(Refused) as refusal:
        refer(cast, FAMILY_2017["siti"].facts(), by=who)
    assert code in [refusal.value.code, *(each.code for each in refusal.value.also)]


def test_a_suspended_perisai_may_not_refer_until_reinstated(cast: Cast) -> None:
    agents.suspend_agent(actor=cast.hendri, agent_id=cast.agent_ids["rina"], reason="Diperiksa")
    with pytest.raises(Refused):
        refer(cast, FAMILY_2017["siti"].facts())
    agents.reinstate_agent(actor=cast.hendri, agent_id=cast.agent_ids["rina"], reason="Selesai diperiksa")
    refer(cast, FAMILY_2017["siti"].facts())


@pytest.mark.parametrize("who", ["laras", "hendri", "buyung", "sudirman", "datuak", "admin", "nofri"])
def test_nobody_but_a_perisai_refers(cast: Cast, who: str) -> None:
    with pytest.raises(NotFound):
        refer(cast, FAMILY_2017["siti"].facts(), by=who)


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"nik": "130608500190000"}, "nik", Code.NIK_MALFORMED),
        ({"nik": "13060850019000A3"}, "nik", Code.NIK_MALFORMED),
        ({"nik": "0000000000000000"}, "nik", Code.NIK_ZEROS),
        ({"kk": "12"}, "kk", Code.KK_MALFORMED),
        ({"born_on": date(2030, 1, 1)}, "born_on", Code.BORN_IN_FUTURE),
        ({"born_on": date(2010, 1, 1)}, "born_on", Code.TOO_YOUNG),
        ({"born_on": date(1950, 1, 1)}, "born_on", Code.TOO_OLD),
        ({"name": "😀😀"}, "name", Code.NAME_MISSING),
        ({"name": "A" * 300}, "name", Code.NAME_TOO_LONG),
        ({"mother_name": " "}, "mother_name", Code.NAME_MISSING),
        ({"phone": "12345"}, "phone", Code.PHONE_MALFORMED),
        ({"address": ""}, "address", Code.ADDRESS_MISSING),
        ({"income_idr": 0}, "income_idr", Code.INCOME_OUT_OF_RANGE),
        ({"income_idr": -1}, "income_idr", Code.INCOME_OUT_OF_RANGE),
        ({"income_idr": 10**15}, "income_idr", Code.INCOME_OUT_OF_RANGE),
        ({"programmes": ("jkk",)}, "programmes", Code.PACKAGE_UNKNOWN),
        ({"programmes": ("jkk", "jkm", "jp")}, "programmes", Code.PACKAGE_UNKNOWN),
        ({"occupation": "pilot"}, "occupation", Code.CHOICE_UNKNOWN),
        ({"months": 2}, "months", Code.CHOICE_UNKNOWN),
        ({"consent": False}, "consent", Code.CONSENT_MISSING),
        ({"attested_work": "ya"}, "attested_work", Code.ATTESTATION_MISSING),
        ({"village_code": "13.06.08.2099"}, "village_code", Code.VILLAGE_UNKNOWN),
        ({"village_code": "13.06.08"}, "village_code", Code.VILLAGE_UNKNOWN),
        ({"village_code": "13.06.08.2009"}, "village_code", Code.VILLAGE_NOT_YET),
    ],
)
def test_bad_input_is_answered_at_its_field(cast: Cast, changed: dict[str, object], field: str, code: Code) -> None:
    with pytest.raises(Refused) as refusal:
        refer(cast, FAMILY_2017["siti"].facts(**changed))
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not selectors.queue(cast.laras)


def test_all_mistakes_are_told_at_once(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        refer(cast, FAMILY_2017["siti"].facts(nik="1", phone="1", consent=False))
    assert {refusal.value.field, *(each.field for each in refusal.value.also)} == {"nik", "phone", "consent"}


@pytest.mark.parametrize("name", ["Nur'aini", 'Siti "Ati" Aminah', "=HYPERLINK(1)", "Siti 😀 Aminah", "Ŋguyễn Đức"])
def test_strange_but_true_names_are_kept_as_written(cast: Cast, name: str) -> None:
    refer(cast, FAMILY_2017["siti"].facts(name=name))
    assert selectors.queue(cast.laras).get().name == name


def test_a_date_of_tomorrow_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        refer(cast, FAMILY_2017["siti"].facts(), occurred_on=date(2017, 10, 31))
    assert refusal.value.code == Code.DATE_IN_FUTURE


def test_two_perisai_refer_one_nik_at_the_same_instant(open_stage: Cast) -> None:
    start, errors = Barrier(2), []

    def send(who: str, applicant: Applicant) -> None:
        try:
            start.wait(5)
            services.refer_member(
                actor=open_stage.actors[who], registration_id=ids.new_id(), applicant=applicant, occurred_on=DAY
            )
        except Exception as error:  # noqa: BLE001 - told to the main thread
            errors.append(error)
        finally:
            connection.close()

    siti = FAMILY_NOW["wati"].facts(born_on=date(1990, 3, 9))
    threads = [
        Thread(target=send, args=("rina", siti)),
        Thread(target=send, args=("mira", replace(siti, name="Rahma Wati"))),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not errors
    assert sorted(each.state for each in selectors.queue(open_stage.laras)) == [State.IN_REVIEW, State.SUBMITTED]
