"""Yulia takes in the bank's day, works off what differs, and closes it; the rule is the oracle of the SQL."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.banks.teller import Teller, code_of
from tests.contributions.money import approved

from perisai.banks import selectors
from perisai.banks.models import BankDay, OpenItem, Statement, StatementLine
from perisai.banks.rules.reconciling import Action, Booked, Difference, Line, judge
from perisai.banks.services import statements
from perisai.contributions.models import Payment, PaymentCode
from perisai.kernel import clock
from perisai.kernel.errors import Code, NotFound, Refused
from perisai.kernel.money import Rupiah
from perisai.membership.models import Member
from perisai.site.cast import FAMILY_2017, Cast
from perisai.site.commands.take_statement import command as take_statement

DAY = date(2017, 10, 30)
pytestmark = pytest.mark.usefixtures("in_2017")


@pytest.fixture
def nagari(cast: Cast) -> Teller:
    return Teller()


def csv(*lines: tuple[str, str, int], hour: int = 9, on: date = DAY) -> bytes:
    """(reference, payment code or any account, rupiah) each."""
    rows = ["booked_at,reference,virtual_account,amount"]
    rows += [
        f"{on}T{hour:02d}:00:00+07:00,{name},{'88899' if code else ''}{code},{amount}.00"
        for name, code, amount in lines
    ]
    rows.append(f"TOTAL,{len(lines)},,{sum(line[2] for line in lines)}.00")
    return "\n".join(rows).encode()


def take_in(cast: Cast, bank: Teller, content: bytes, on: date = DAY, who: str = "yulia") -> BankDay:
    return statements.take_in_statement(actor=cast.actors[who], partner_id=bank.partner.id, on=on, content=content)


def paid(cast: Cast, bank: Teller, who: str = "siti", reference: str = "T-1") -> str:
    code = approved(cast, FAMILY_2017[who]).code
    assert code_of(bank.pay(code, body={"paymentRequestId": reference})) == "2002500"
    return code


def items(day: BankDay) -> list[tuple[str, str, str]]:
    return [(each.difference, each.reference, each.state) for each in selectors.items_of(day)]


def settle(cast: Cast, day: BankDay, action: Action, who: str = "yulia", reason: str = "Sudah ditelepon") -> OpenItem:
    item = OpenItem.objects.get(day=day, state="open")
    return statements.settle_item(actor=cast.actors[who], item_id=item.id, action=action, reason=reason)


def balance(day: BankDay) -> tuple[int, int, int]:
    """Difference, open, settled; the first is always the sum of the others."""
    day.refresh_from_db()
    found = selectors.balance_of(day)
    assert found.difference_idr == found.open_idr + found.settled_idr
    return found.difference_idr, found.open_idr, found.settled_idr


def test_a_day_on_which_both_agree_balances_to_zero_and_is_closed(cast: Cast, nagari: Teller) -> None:
    code = paid(cast, nagari)
    day = take_in(cast, nagari, csv(("T-1", code, 16_800)))
    assert (day.bank_idr, day.ours_idr, day.matched, items(day)) == (16_800, 16_800, 1, [])
    assert balance(day) == (0, 0, 0)
    closed = statements.close_day(actor=cast.yulia, day_id=day.id)
    assert (closed.state, closed.closed_by_id) == ("closed", cast.yulia.user_id)


def test_the_same_file_again_is_one_statement(cast: Cast, nagari: Teller) -> None:
    content = csv(("T-1", paid(cast, nagari), 16_800))
    assert take_in(cast, nagari, content).id == take_in(cast, nagari, content).id
    assert Statement.objects.count() == StatementLine.objects.count() == 1


def test_every_kind_of_difference_is_listed(cast: Cast, nagari: Teller) -> None:
    siti = paid(cast, nagari, "siti", "T-1")
    paid(cast, nagari, "nurdin", "T-2")
    upik = paid(cast, nagari, "upik", "T-3")
    bakri = approved(cast, FAMILY_2017["bakri"]).code
    day = take_in(
        cast,
        nagari,
        csv(
            ("T-1", siti, 16_800), ("T-1", siti, 16_800), ("T-3", upik, 16_801), ("T-4", bakri, 16_800), ("T-5", "", 5)
        ),
    )
    assert sorted(items(day)) == [
        ("amount_differs", "T-3", "open"),
        ("double", "T-1", "open"),
        ("missing_at_bank", "T-2", "open"),
        ("missing_here", "T-4", "open"),
        ("unknown", "T-5", "open"),
    ]
    assert balance(day) == (16_800 + 1 - 16_800 + 16_800 + 5, 16_806, 0)
    with pytest.raises(Refused) as refusal:
        statements.close_day(actor=cast.yulia, day_id=day.id)
    assert refusal.value.code is Code.BANK_DAY_OPEN_ITEMS


def test_money_we_never_heard_of_is_booked_by_the_banks_own_instant(cast: Cast, nagari: Teller) -> None:
    """The line was cut; three days later Yulia books it from the statement, and Bakri is protected from the 30th."""
    code = approved(cast, FAMILY_2017["bakri"]).code
    content = csv(("T-4", code, 16_800), hour=10)
    with clock.turned_to(clock.now() + timedelta(days=3)):
        day = take_in(cast, nagari, content)
        item = settle(cast, day, Action.BOOK_NOW)
        payment = Payment.objects.get()
        assert (payment.channel, payment.channel_reference) == ("bank nagari", "T-4")
        assert Member.objects.get().protected_from == DAY
        assert (item.state, balance(day)) == ("settled", (0, 0, 0))
        notice = nagari.notice(code, paymentRequestId="T-4")
        answer = nagari.transact("transfer-va/payment", notice)
        assert code_of(answer) == "2002500", "the notice comes after all, and finds the payment"
        assert Payment.objects.count() == 1
        assert statements.close_day(actor=cast.yulia, day_id=day.id).state == "closed"


def test_a_difference_that_is_explained_closes_the_day_without_adding_up(cast: Cast, nagari: Teller) -> None:
    day = take_in(cast, nagari, csv(("T-5", "", 16_800)))
    settle(cast, day, Action.REFUND_LATER)
    assert balance(day) == (16_800, 0, 16_800)
    assert statements.close_day(actor=cast.yulia, day_id=day.id).state == "closed"


def test_a_corrected_file_clears_what_it_corrects(cast: Cast, nagari: Teller) -> None:
    code = paid(cast, nagari)
    day = take_in(cast, nagari, csv(("T-1", code, 16_800), ("T-1", code, 16_800)))
    assert items(day) == [("double", "T-1", "open")]
    corrected = take_in(cast, nagari, csv(("T-1", code, 16_800)))
    assert (corrected.id, items(day), balance(day)) == (day.id, [("double", "T-1", "settled")], (0, 0, 0))
    assert OpenItem.objects.get().action == Action.SEEN_LATER
    take_in(cast, nagari, csv(("T-1", code, 16_800), ("T-1", code, 16_800), ("T-9", "", 5)))
    assert ("double", "T-1", "open") in items(day), "back again, it is to be decided anew"


def test_a_decision_stays_while_the_difference_stays_the_same(cast: Cast, nagari: Teller) -> None:
    day = take_in(cast, nagari, csv(("T-5", "", 16_800)))
    settle(cast, day, Action.BANK_TO_CORRECT)
    statements.match_again(actor=cast.yulia, day_id=day.id)
    assert items(day) == [("unknown", "T-5", "settled")]
    take_in(cast, nagari, csv(("T-5", "", 16_700)))
    assert items(day) == [("unknown", "T-5", "open")], "another amount is another question"


def test_a_late_notice_clears_what_was_missing_here(cast: Cast, nagari: Teller) -> None:
    code = approved(cast).code
    day = take_in(cast, nagari, csv(("T-1", code, 16_800)))
    assert items(day) == [("missing_here", "T-1", "open")]
    assert code_of(nagari.pay(code, body={"paymentRequestId": "T-1"})) == "2002500"
    statements.match_again(actor=cast.yulia, day_id=day.id)
    assert (items(day), balance(day)) == ([("missing_here", "T-1", "settled")], (0, 0, 0))


def test_money_of_late_evening_on_the_next_days_list_is_not_missing(cast: Cast, nagari: Teller) -> None:
    code = paid(cast, nagari)
    first = take_in(cast, nagari, csv())
    assert items(first) == [("missing_at_bank", "T-1", "open")]
    with clock.turned_to(clock.now() + timedelta(days=1)):
        on = DAY + timedelta(days=1)
        second = take_in(cast, nagari, csv(("T-1", code, 16_800), on=on), on)
    assert (items(first), balance(first)) == ([("missing_at_bank", "T-1", "settled")], (0, 0, 0))
    assert (items(second), balance(second)) == ([], (0, 0, 0))


def test_the_same_number_on_two_days_is_double(cast: Cast, nagari: Teller) -> None:
    code = paid(cast, nagari)
    take_in(cast, nagari, csv(("T-1", code, 16_800)))
    with clock.turned_to(clock.now() + timedelta(days=1)):
        on = DAY + timedelta(days=1)
        assert items(take_in(cast, nagari, csv(("T-1", code, 16_800), on=on), on)) == [("double", "T-1", "open")]


def test_a_closed_day_takes_no_other_file_and_what_is_booked_later_shows_on_the_next(
    cast: Cast, nagari: Teller
) -> None:
    code = approved(cast).code
    notice = nagari.notice(code, paymentRequestId="T-1")
    day = take_in(cast, nagari, csv())
    statements.close_day(actor=cast.yulia, day_id=day.id)
    with pytest.raises(Refused) as refusal:
        take_in(cast, nagari, csv(("T-1", code, 16_800)))
    assert refusal.value.code is Code.BANK_DAY_CLOSED
    with clock.turned_to(clock.now() + timedelta(days=1)):
        assert code_of(nagari.transact("transfer-va/payment", notice)) == "2002500"
        on = DAY + timedelta(days=1)
        assert items(take_in(cast, nagari, csv(on=on), on)) == [("missing_at_bank", "T-1", "open")]


def test_another_banks_money_is_another_matter(cast: Cast, nagari: Teller) -> None:
    bni = Teller("bni", "77788")
    paid(cast, bni)
    assert items(take_in(cast, nagari, csv())) == []


@pytest.mark.parametrize(
    ("action", "reason", "refused"),
    [
        (Action.BOOK_NOW, "Ya", Code.ITEM_ACTION_WRONG),
        (Action.SEEN_LATER, "Ya", Code.ITEM_ACTION_WRONG),
        (Action.REFUND_LATER, "  ", Code.REASON_MISSING),
    ],
)
def test_a_step_that_does_not_fit_or_has_no_reason_is_refused(
    cast: Cast, nagari: Teller, action: Action, reason: str, refused: Code
) -> None:
    day = take_in(cast, nagari, csv(("T-5", "", 5)))
    with pytest.raises(Refused) as refusal:
        settle(cast, day, action, reason=reason)
    assert refusal.value.code is refused
    assert items(day) == [("unknown", "T-5", "open")]


def test_what_is_settled_is_not_settled_again(cast: Cast, nagari: Teller) -> None:
    item = settle(cast, take_in(cast, nagari, csv(("T-5", "", 5))), Action.REFUND_LATER)
    with pytest.raises(Refused) as refusal:
        statements.settle_item(actor=cast.yulia, item_id=item.id, action=Action.BANK_TO_CORRECT, reason="Lagi")
    assert refusal.value.code is Code.ITEM_SETTLED


@pytest.mark.parametrize("who", ["nofri", "laras", "hendri", "maharani", "sudirman", "rina", "admin"])
def test_only_finance_of_the_head_office_reconciles(cast: Cast, nagari: Teller, who: str) -> None:
    """Nofri is a finance officer, too: of a branch."""
    day = take_in(cast, nagari, csv(("T-5", "", 5)))
    item = OpenItem.objects.get()
    for forbidden in (
        lambda: take_in(cast, nagari, csv(), who=who),
        lambda: settle(cast, day, Action.REFUND_LATER, who),
        lambda: statements.close_day(actor=cast.actors[who], day_id=day.id),
        lambda: statements.match_again(actor=cast.actors[who], day_id=day.id),
        lambda: selectors.item_for(cast.actors[who], item.id),
    ):
        with pytest.raises(NotFound):
            forbidden()


# --- the oracle ------------------------------------------------------------------------------------------------------

REFERENCES = [f"T{place}" for place in range(6)]
WHERE = st.sampled_from(["", "known", "stranger"])
TOLD = st.lists(st.tuples(st.sampled_from(REFERENCES), WHERE, st.sampled_from([16_800, 8_400])), max_size=9)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=st.lists(st.tuples(st.sampled_from(REFERENCES), WHERE, st.just(16_800)), max_size=3),
    told=TOLD,
    ours=st.dictionaries(st.sampled_from(REFERENCES), st.just(16_800), max_size=4),
)
def test_sql_and_rule_say_the_same_of_any_day(cast: Cast, before: Any, told: Any, ours: dict[str, int]) -> None:
    """Payments of today for the people of the family, and any statement of today and yesterday."""
    with transaction.atomic():
        nagari = Teller()
        known = approved(cast, FAMILY_2017["ali"]).code
        for who, (reference, _) in zip(("siti", "nurdin", "upik", "bakri"), ours.items(), strict=False):
            nik = FAMILY_2017[who].nik[:-1] + "9"
            code = approved(cast, FAMILY_2017[who], nik=nik).code
            assert code_of(nagari.pay(code, body={"paymentRequestId": reference})) == "2002500"
        account = {"": "", "known": known, "stranger": "90000000000"}
        yesterday = DAY - timedelta(days=1)
        take_in(cast, nagari, csv(*[(name, account[of], idr) for name, of, idr in before], on=yesterday), yesterday)
        day = take_in(cast, nagari, csv(*[(name, account[of], idr) for name, of, idr in told]))
        verdicts = judge(
            [Line(name, account[of], Rupiah(idr), clock.now()) for name, of, idr in told],
            [Booked(name, Rupiah(idr)) for name, idr in ours.items()],
            codes=set(PaymentCode.objects.values_list("code", flat=True)),
            told_before={name for name, *_ in before},
            told_elsewhere={name for name, *_ in before},
        )
        found = OpenItem.objects.filter(day=day).values_list("difference", "reference", "bank_idr", "ours_idr")
        assert sorted(found) == sorted(
            (str(each.difference), each.reference, each.bank_idr, each.ours_idr) for each in verdicts if each.difference
        )
        assert (day.bank_idr, day.ours_idr, day.matched) == (
            sum(each.bank_idr for each in verdicts),
            sum(each.ours_idr for each in verdicts),
            sum(each.difference is None for each in verdicts),
        )
        balance(day)
        transaction.set_rollback(True)


def test_a_long_statement_is_matched_in_one_statement(cast: Cast, nagari: Teller) -> None:
    """A thousand lines cost as many statements as one."""
    content = csv(*[(f"T-{place}", "", 5) for place in range(1000)])
    with connection.execute_wrapper(counting := Counting()):
        day = take_in(cast, nagari, content)
    assert len(items(day)) == 1000
    assert counting.statements < 20


class Counting:
    """How many statements went to the database."""

    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Any, *arguments: Any) -> Any:
        self.statements += 1
        return execute(*arguments)


def test_contributions_stay_the_books(cast: Cast, nagari: Teller) -> None:
    """Taking in a statement books nothing by itself."""
    code = approved(cast).code
    take_in(cast, nagari, csv(("T-1", code, 16_800)))
    assert not Payment.objects.exists()
    assert OpenItem.objects.get().difference == Difference.MISSING_HERE


# --- the command -----------------------------------------------------------------------------------------------------


def command(tmp_path: Path, content: bytes, *arguments: str) -> Result:
    file = tmp_path / "day.csv"
    file.write_bytes(content)
    return CliRunner().invoke(take_statement, ["bank nagari", "2017-10-30", str(file), *arguments])


def test_the_command_takes_a_file_in_as_the_page_does(cast: Cast, nagari: Teller, tmp_path: Path) -> None:
    done = command(tmp_path, csv(("T-5", "", 16_800)), "--as", "yulia")
    assert (done.exit_code, done.output) == (0, "bank 16,800  ours 0  between 16,800\n0 matched, 1 open\n")


@pytest.mark.parametrize(("who", "content"), [("nofri", csv()), ("nobody", csv()), ("yulia", b"nonsense")])
def test_the_command_says_why_not(cast: Cast, nagari: Teller, tmp_path: Path, who: str, content: bytes) -> None:
    refused = command(tmp_path, content, "--as", who)
    assert refused.exit_code == 1 and refused.output.startswith("Error: ")
    assert not Statement.objects.exists()
