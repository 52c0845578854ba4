"""What stands in the register: the report's numbers, people that could be, and sums that agree."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from perisai import vault
from perisai.accounts.selectors import find_user
from perisai.accounts.services import sign_in
from perisai.contributions.models import ContributionLine, Payment, PaymentCode
from perisai.contributions.rules import Programme, Sector, bpu_contribution
from perisai.employers.models import Firm
from perisai.kernel import clock, ids, names, nik
from perisai.kernel.period import Period
from perisai.membership.models import Member, Person, Registration
from perisai.membership.selectors import protected_on
from perisai.organisation.models import Office
from perisai.organisation.selectors import find_branch_serving
from perisai.site.register import people
from perisai.site.register.figures import REPORTED_ON, SCALES
from perisai.site.register.staff import USERS

from .conftest import ask

SMALL = SCALES["small"]
pytestmark = pytest.mark.usefixtures("register")


def _protected(day: date) -> dict[str, int]:
    """Of the synthetic members: nobody of the cast is protected before today's story."""
    counted: dict[str, int] = {"pu": 0, "bpu": 0}
    for (_, segment), total in protected_on(day, Office.objects.values_list("id", flat=True)).items():
        counted[segment] += total
    return counted


def test_the_report_finds_its_own_numbers_on_its_day() -> None:
    assert _protected(REPORTED_ON) == {"pu": SMALL.pu, "bpu": SMALL.bpu}


def test_nobody_of_the_register_is_protected_today() -> None:
    assert _protected(clock.today()) == {"pu": 0, "bpu": 0}
    assert not Member.objects.filter(is_synthetic=True, state="active").exists()


def test_wage_earners_grew_month_by_month() -> None:
    counts = [_protected(Period(year, month).last_day)["pu"] for year in (2015, 2016) for month in range(1, 13)]
    assert counts == sorted(counts)
    assert 0.4 * SMALL.pu < counts[0] < counts[-1] < SMALL.pu


def test_every_wage_earner_has_a_firm_of_their_branch_that_was_there_before_them() -> None:
    assert Firm.objects.filter(is_synthetic=True).count() == SMALL.firms
    odd = ask(
        "SELECT count(*) FROM membership_member m JOIN employers_firm f ON f.id = m.firm_id "
        "WHERE m.is_synthetic AND (f.branch_id <> m.branch_id OR f.registered_on > m.joined_on)"
    )
    assert odd == [(0,)]
    empty = ask(
        "SELECT count(*) FROM employers_firm f WHERE NOT EXISTS (SELECT FROM membership_member WHERE firm_id = f.id)"
    )
    assert empty == [(0,)]


def test_the_branch_of_a_member_serves_the_village() -> None:
    pairs = Member.objects.filter(is_synthetic=True).values_list("person__village__code", "branch__code").distinct()
    for code, branch_code in pairs:
        branch = find_branch_serving(code, REPORTED_ON)
        assert branch is not None and branch.code == branch_code


def test_a_nik_tells_district_birth_and_sex_and_is_nobodys() -> None:
    for person in Person.objects.filter(is_synthetic=True).select_related("village"):
        woman = person.sex == "f"
        assert nik.parse_nik(person.nik) == person.nik
        assert nik.differences(person.nik, born_on=person.born_on, woman=woman, today=REPORTED_ON) == ()
        assert person.village.code[:8].replace(".", "") == person.nik[:6]
        assert int(person.nik[12:]) >= people.FIRST_SERIAL
        assert bytes(person.nik_index) == vault.blind_index(person.nik, context="membership.person.nik")
        assert 17 <= REPORTED_ON.year - person.born_on.year <= 57


def test_people_are_found_by_how_their_names_sound() -> None:
    for person in Person.objects.filter(is_synthetic=True):
        assert person.name == names.tidy(person.name)
        assert person.name_key == names.search_key(person.name)
        assert person.name_heard == names.heard_as(person.name)


def test_every_word_of_a_name_is_in_the_dictionary_of_the_search() -> None:
    ((unknown,),) = ask(
        "SELECT count(*) FROM membership_person, unnest(string_to_array(name_key, ' ')) AS word "
        "WHERE is_synthetic AND NOT EXISTS (SELECT FROM membership_nameword known WHERE known.word = word)"
    )
    assert unknown == 0


def test_numbers_carry_a_check_digit_and_leave_the_sequence_alone() -> None:
    numbers = list(Member.objects.filter(is_synthetic=True).values_list("number", flat=True))
    assert len(set(numbers)) == SMALL.pu + SMALL.bpu
    assert all(ids.is_checked(number) for number in numbers)
    assert all(ids.is_checked(code) for code in PaymentCode.objects.values_list("code", flat=True))
    ((following,),) = ask("SELECT last_value FROM membership_member_number")
    assert int(str(following)) < min(int(number[:-1]) for number in numbers)


def test_a_referral_was_entered_by_one_and_decided_by_another_before_money_came() -> None:
    registrations = Registration.objects.select_related("member", "agent").filter(member__is_synthetic=True)
    assert registrations.count() == SMALL.bpu
    for each in registrations:
        assert each.state == "completed"
        assert each.entered_by_id != each.decided_by_id
        assert each.member is not None and each.member.agent_id == each.agent_id
        assert each.agent.branch_id == each.branch_id
        assert each.occurred_on < each.member.joined_on
        assert each.submitted_at < each.decided_at < each.completed_at  # type: ignore[operator]


def test_the_year_is_paid_month_by_month_at_the_laws_price() -> None:
    members = list(Member.objects.filter(segment="bpu", is_synthetic=True))
    lines: dict[Any, list[ContributionLine]] = {}
    for line in ContributionLine.objects.order_by("month"):
        lines.setdefault(line.member_id, []).append(line)
    year = list(Period(2016, 10).run(12))
    for member in members:
        paid = lines[member.id]
        assert [Period.of(line.month) for line in paid] == year
        assert [line.managed_month for line in paid] == list(range(1, 13))
        assert {line.agent_id for line in paid} == {member.agent_id}
        for line in paid:
            price = bpu_contribution(
                income_idr=member.income_idr,
                programmes=[Programme(each) for each in member.programmes],
                month=Period.of(line.month),
                sector=Sector(member.sector),
            )
            assert (line.jkk_idr, line.jkm_idr, line.jht_idr) == (price.jkk_idr, price.jkm_idr, price.jht_idr)


def test_ledger_payments_and_codes_come_to_the_same_sum() -> None:
    ((ledger,),) = ask("SELECT sum(total_idr) FROM contributions_contributionline")
    ((paid,),) = ask("SELECT sum(amount_idr) FROM contributions_payment")
    ((asked,),) = ask("SELECT sum(amount_idr) FROM contributions_paymentcode WHERE state = 'paid'")
    assert ledger == paid == asked
    odd = ask(
        "SELECT p.id FROM contributions_payment p JOIN contributions_contributionline l ON l.payment_id = p.id "
        "GROUP BY p.id, p.amount_idr HAVING sum(l.total_idr) <> p.amount_idr"
    )
    assert odd == []
    assert not Payment.objects.exclude(channel="sintetis").exists()


def test_the_first_code_was_the_registrations_and_every_code_was_paid_in_time() -> None:
    assert PaymentCode.objects.filter(registration__isnull=False).count() == SMALL.bpu
    late = ask(
        "SELECT count(*) FROM contributions_payment p JOIN contributions_paymentcode c ON c.id = p.code_id "
        "WHERE p.paid_at NOT BETWEEN c.issued_at AND c.expires_at"
    )
    assert late == [(0,)]


def test_everything_is_marked_synthetic() -> None:
    for table in ("membership_member", "membership_person", "employers_firm"):
        assert ask(f"SELECT count(*) FROM {table} WHERE NOT is_synthetic") == [(0,)]  # the cast has not acted yet
    assert ask("SELECT count(*) FROM agents_agent WHERE is_synthetic AND state <> 'terminated'") == [(0,)]
    assert ask("SELECT count(*) FROM agents_agent WHERE is_synthetic") == [(SMALL.agents,)]


def test_its_users_cannot_sign_in() -> None:
    for username, _ in USERS:
        user = find_user(username)
        assert user is None or not user.has_usable_password()
        assert sign_in(username=username, password="!").user is None


def test_a_dump_of_people_tells_no_nik_no_kk_and_no_phone() -> None:
    with connection.cursor() as cursor, cursor.copy("COPY membership_person TO STDOUT") as copy:
        dump = b"".join(bytes(part) for part in copy).decode()
    told = [secret for row in Person.objects.values_list("nik", "kk", "phone") for secret in row if secret]
    assert len(told) == SMALL.pu + 3 * SMALL.bpu
    assert not [secret for secret in told if secret in dump]


def test_a_nik_of_the_register_cannot_be_written_twice() -> None:
    person = Person.objects.filter(is_synthetic=True)[0]
    person.pk = ids.new_id()
    with pytest.raises(IntegrityError, match="nik_index"), transaction.atomic():
        person.save(force_insert=True)
