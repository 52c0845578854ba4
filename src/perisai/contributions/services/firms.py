"""The verbs of firms' money: a wage report becomes dues, money closes them, lists of arrears leave the house."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from perisai.accounts import selectors as accounts
from perisai.audit import services as audit
from perisai.contributions import firm_ledger, firm_selectors, rules
from perisai.contributions.firm_ledger import Balance
from perisai.contributions.firm_selectors import ArrearsRow
from perisai.contributions.models import FirmBill, FirmDue, FirmPayment, Payment
from perisai.employers import selectors as employers
from perisai.employers import services as employers_services
from perisai.employers.rules import FirmSize, Industry
from perisai.kernel import clock, ids, names
from perisai.kernel.actor import Actor
from perisai.kernel.errors import Code, Refused
from perisai.kernel.money import Rupiah
from perisai.kernel.period import Period
from perisai.organisation.policy import Permission
from perisai.rows import insert


@transaction.atomic
def take_wage_report(*, actor: Actor, firm_id: UUID, draft_id: UUID) -> FirmBill:
    """The draft becomes the month's report, the firm owes what the law makes of it, and gets its code; one transaction.

    The first report of a month makes its bill; a correction posts the difference. Raises NotFound,
    Refused(WAGE_REPORT_FAULTY | WAGE_REPORT_PAID).
    """
    draft = employers.draft_for(actor, firm_id, draft_id, lock=True)
    firm, month = draft.firm, Period.of(draft.month)
    bill = FirmBill.objects.filter(firm_id=firm.id, month=draft.month).first()
    if bill is not None and FirmPayment.objects.filter(bill=bill).exists():
        raise Refused(Code.WAGE_REPORT_PAID, month=month)
    owed = rules.owed_programmes(FirmSize(firm.size), month)
    report = employers_services.take_wages(actor=actor, firm_id=firm_id, draft_id=draft_id, programmes=owed)
    rates = rules.pu_rates(
        risk_class=report.risk_class,
        programmes=owed,
        month=month,
        paid_through=firm_ledger.paid_through(firm.id, month),
        industry=Industry(report.industry) if report.industry else None,
        workers=report.workers,
    )
    if bill is None:
        bill = _new_bill(firm.id, firm.branch_id, month)
    bill.relieved = rates.relieved
    bill.save(update_fields=["relieved"])
    firm_ledger.post_dues(bill.id, report.id, rates, actor.user_id)
    audit.record(actor, "contributions.firm.billed", bill, month=str(month), revision=report.revision)
    return bill


@transaction.atomic
def record_firm_payment(
    *, actor: Actor, code: str, amount_idr: int, channel: str, channel_reference: str, paid_at: datetime
) -> FirmPayment:
    """A bank's proof closes a firm's month; recorded twice, it is one payment.

    The whole contribution is paid, alone or with the fine of the day; a fine that stays goes with a later deposit
    (domain 2.10). Raises NotFound, Refused(CHANNEL_… | PAID_… | FIRM_BILL_PAID | FIRM_AMOUNT_WRONG).
    """
    channel, channel_reference = names.tidy(channel)[:20].lower(), names.tidy(channel_reference)[:40]
    if not channel or not channel_reference:
        raise Refused(Code.CHANNEL_MISSING, field="channel_reference")
    if channel in rules.AGENTS_HANDS:
        raise Refused(Code.CHANNEL_NOT_A_BANK, field="channel", channel=channel)
    bill = firm_selectors.bill_for(actor, code, Permission.RECORD_PAYMENT, lock=True)
    already = _same_proof(bill, channel, channel_reference, amount_idr)
    if already is not None:
        return already
    paid_on = _check_instant(bill, paid_at)
    balance = firm_ledger.balance_of_bill(bill.id, paid_on)
    contribution, fine = _split(balance, amount_idr)
    if contribution and balance.running_fine_idr:
        _post_fine(bill, balance, paid_on, actor)
    payment = FirmPayment(
        bill=bill,
        contribution_idr=contribution,
        fine_idr=fine,
        channel=channel,
        channel_reference=channel_reference,
        paid_at=paid_at,
        receipt_number=ids.unguessable(14),
        recorded_by_id=actor.user_id,
    )
    try:
        with transaction.atomic():
            insert(payment)
    except IntegrityError as clash:  # two bills and one proof, at the same instant
        raise _refusal_of(clash) from clash
    audit.record(actor, "contributions.firm.paid", payment, amount_idr=amount_idr, channel=channel)
    return payment


@transaction.atomic
def export_arrears(*, actor: Actor) -> list[ArrearsRow]:
    """The arrears of the actor's offices, the oldest first, and a record of who took how many. Raises NotFound."""
    rows = firm_selectors.arrears(actor, Permission.EXPORT_MEMBERS)
    audit.record(actor, "contributions.arrears.exported", accounts.get_user(actor.person_id), rows=len(rows))
    return rows


def _new_bill(firm_id: UUID, branch_id: int, month: Period) -> FirmBill:
    """Its code has eleven digits; the first tells it from a member's, the last checks the others (domain 9)."""
    bill = FirmBill(
        firm_id=firm_id,
        branch_id=branch_id,
        month=month.first_day,
        code=ids.with_check_digit("8" + ids.random_digits(9)),
        due_on=rules.pu_due_on(month),
        relieved=False,
    )
    insert(bill)
    return bill


def _same_proof(bill: FirmBill, channel: str, channel_reference: str, amount_idr: int) -> FirmPayment | None:
    """The payment that this very proof made before. A reference of another payment is refused."""
    known = FirmPayment.objects.filter(channel=channel, channel_reference=channel_reference).first()
    if known is not None and known.bill_id == bill.id and known.contribution_idr + known.fine_idr == amount_idr:
        return known
    if known is not None or Payment.objects.filter(channel=channel, channel_reference=channel_reference).exists():
        raise Refused(Code.CHANNEL_REFERENCE_USED, field="channel_reference")
    return None


def _refusal_of(clash: IntegrityError) -> Exception:
    """Any other broken constraint is a bug and stays one."""
    constraint = getattr(getattr(clash.__cause__, "diag", None), "constraint_name", None)
    if constraint == "contributions_firmpayment_channel_reference":
        return Refused(Code.CHANNEL_REFERENCE_USED, field="channel_reference")
    return clash


def _check_instant(bill: FirmBill, paid_at: datetime) -> date:
    """The day of the payment in the branch's zone."""
    zone = ZoneInfo(bill.branch.timezone)
    if paid_at > clock.now() + timedelta(minutes=5):
        raise Refused(Code.PAID_IN_FUTURE, field="paid_at")
    if paid_at.astimezone(zone).date() < bill.issued_at.astimezone(zone).date():
        raise Refused(Code.PAID_BEFORE_CODE, field="paid_at")
    return paid_at.astimezone(zone).date()


def _split(balance: Balance, amount_idr: int) -> tuple[Rupiah, Rupiah]:
    """Contribution and fine in what has come: everything, or the contribution alone, or a fine that was left."""
    if balance.is_paid:
        raise Refused(Code.FIRM_BILL_PAID, month=balance.month)
    rest, fine = balance.rest_idr, balance.rest_fine_idr
    if amount_idr == rest + fine:
        return Rupiah(rest), Rupiah(fine)
    if rest and amount_idr == rest:
        return Rupiah(rest), Rupiah(0)
    raise Refused(
        Code.FIRM_AMOUNT_WRONG, field="amount_idr", contribution=rest or fine, whole=rest + fine, given=amount_idr
    )


def _post_fine(bill: FirmBill, balance: Balance, paid_on: date, actor: Actor) -> None:
    """The fine stops running on the day the contribution is paid."""
    FirmDue.objects.create(
        bill=bill,
        report=None,
        fine_idr=balance.running_fine_idr,
        rulebook_hash=rules.law_hash(paid_on),
        posted_by_id=actor.user_id,
    )
