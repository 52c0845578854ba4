"""Who gets through which door of the office: every address, every method, every role of the cast.

On the stage, in 2017: rina's referral of nurdin waits, upik's is returned, bakri's is approved and waits for money; siti
is a member with a card, ali one without. Who may not look gets the 404 of a thing that does not exist; 422 is a rule that
speaks after the door; 405 is nobody's, so it stands in no table.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, reverse
from tests.banks.teller import Teller, public_pem
from tests.employers import people as employers
from tests.incentives.people import Worker, enter
from tests.stage.fixtures import signed_in
from tests.web import field, people
from tests.web.test_payments import proof
from tests.web.test_registrations import typed

from perisai.accounts.selectors import find_user
from perisai.banks import selectors as banks
from perisai.contributions import firm_selectors as firm_money
from perisai.employers import selectors as firm_selectors
from perisai.incentives import services as incentives
from perisai.incentives.selectors import payouts_of
from perisai.kernel import clock, ids
from perisai.kernel.period import Period
from perisai.membership import services
from perisai.organisation.policy import POLICY, Permission
from perisai.organisation.selectors import get_office
from perisai.site.cast import FAMILY_2017, KOTO_TINGGI, PASSWORD, Cast
from perisai.villages import services as villages
from perisai.web import urls

pytestmark = pytest.mark.usefixtures("in_2017")

PEOPLE = (
    "rina", "buyung", "laras", "hendri", "nofri", "yulia", "irwansyah", "maharani", "sudirman", "datuak", "admin", "gustina",
)  # fmt: skip
Answers = dict[str, int]


def _all(status: int, *who: str) -> Answers:
    return dict.fromkeys(who, status)


OFFICERS = ("laras", "hendri")
ABOVE = ("irwansyah", "maharani", "sudirman")
LOOKERS = (*OFFICERS, *ABOVE)
DESKS = (*LOOKERS, "gustina")
"""Who looks at things of their own office, whichever it is."""
FINANCE = ("nofri", "yulia")
MONEY = (*LOOKERS, *FINANCE)
BANKERS = ("yulia", "maharani", "sudirman")
"""Who looks at banks: partners of the whole agency."""

PUBLIC = {
    "about",
    "card_form",
    "card_check",
    "receipt_form",
    "receipt_check",
    "own_months",
    "keys",
    "field",
    "field_worker",
    "sign_in",
    "sign_out",
    "language",
}
# What everybody may do with their own sign-in.
OWN = {"sign_in", "sign_out", "password", "language"}
# A POST that only reads: what is searched may be a NIK, and stands in no address.
READS = {
    "search",
    "registrations",
    "members",
    "nik_hint",
    "price",
    "card_form",
    "card_check",
    "receipt_form",
    "receipt_check",
    "own_months",
}

# Door → the answer, and who gets another one.
MATRIX: dict[str, tuple[int, Answers]] = {
    "GET home": (200, {}),
    "GET today": (200, {}),
    "GET sign_in": (302, {}),
    "POST sign_in": (302, {}),
    "POST sign_out": (302, {}),
    "GET password": (200, {}),
    "POST password": (302, {}),
    "POST language": (302, {}),
    "GET about": (200, {}),
    "POST about": (200, {}),
    "GET search": (200, {}),
    "POST search": (302, {}),
    # registrations
    "GET registrations": (404, _all(200, *DESKS, "rina", "buyung")),
    "POST registrations": (404, _all(302, *DESKS, "rina", "buyung")),
    "GET registrations_export": (404, _all(200, "hendri", "irwansyah")),
    "GET registration_new": (404, _all(200, "rina")),
    "POST registration_new": (404, _all(302, "rina")),
    "GET villages_like": (200, {}),
    "POST nik_hint": (200, {}),
    "POST price": (404, _all(200, "rina")),
    "GET registration": (404, _all(200, *LOOKERS, "rina", "buyung")),
    "POST registration_decide": (404, _all(302, *OFFICERS)),
    "POST registration_code": (404, _all(422, *OFFICERS, "rina")),
    "GET registration_mend": (404, _all(200, "rina")),
    "POST registration_mend": (404, _all(302, "rina")),
    "GET slip": (404, _all(200, *LOOKERS, "rina", "buyung")),
    "GET slip_pdf": (404, _all(200, *LOOKERS, "rina", "buyung")),
    "GET slip_png": (404, _all(200, *LOOKERS, "rina", "buyung")),
    "GET registration_evidence": (404, _all(200, *OFFICERS)),
    "GET parcel": (404, _all(200, *OFFICERS, "gustina")),
    "POST parcel": (404, _all(422, *OFFICERS, "gustina")),
    # members, cards
    "GET clashes": (404, _all(200, *OFFICERS, "gustina")),
    "GET clash": (404, _all(200, *OFFICERS)),
    "POST clash": (404, _all(302, *OFFICERS)),
    "GET member_contact": (404, _all(200, *OFFICERS)),
    "POST member_contact": (404, _all(302, *OFFICERS)),
    "GET members": (404, _all(200, *DESKS, "rina", *FINANCE)),
    "POST members": (404, _all(200, *DESKS, "rina", *FINANCE)),
    "POST members_export": (404, _all(200, "hendri", "irwansyah")),
    "GET cards": (404, _all(200, *DESKS, "rina", "buyung")),
    "POST cards": (404, _all(302, *OFFICERS)),
    "GET card_sheet": (404, _all(200, *OFFICERS)),
    "GET member": (404, _all(200, *MONEY, "rina")),
    "GET member_nik": (404, _all(200, *OFFICERS)),
    "POST member_nik": (404, _all(200, *OFFICERS)),
    "POST member_code": (404, _all(302, *OFFICERS, "rina")),
    "GET member_card": (404, _all(200, *OFFICERS)),
    "POST member_card": (404, _all(302, *OFFICERS)),
    "GET member_card_pdf": (404, _all(200, *OFFICERS)),
    # contributions
    "GET contributions": (404, _all(200, *DESKS, *FINANCE)),
    "GET payment_record": (404, _all(200, *FINANCE)),
    "POST payment_record": (404, _all(302, *FINANCE)),
    "GET code_cancel": (404, _all(200, *OFFICERS)),
    "POST code_cancel": (404, _all(302, *OFFICERS)),
    "GET payment": (404, _all(200, *MONEY)),
    "GET member_death": (404, _all(200, *OFFICERS)),
    "POST member_death": (404, _all(302, *OFFICERS)),
    "GET refunds": (404, _all(200, *DESKS, *FINANCE)),
    "GET payment_refund": (404, _all(200, *FINANCE)),
    "POST payment_refund": (404, _all(302, *FINANCE)),
    "GET refund_step": (404, _all(200, "hendri")),
    "POST refund_step": (404, _all(302, "hendri")),
    "GET groups": (404, _all(200, *DESKS, *FINANCE)),
    "GET group_new": (404, _all(200, *OFFICERS, "gustina")),
    "POST group_new": (404, _all(302, *OFFICERS) | {"gustina": 422}),
    "GET group": (404, _all(200, *MONEY)),
    "GET group_pay": (404, _all(200, *FINANCE)),
    "POST group_pay": (404, _all(302, *FINANCE)),
    "GET group_cancel": (404, _all(200, *OFFICERS)),
    "POST group_cancel": (404, _all(302, *OFFICERS)),
    "GET trace": (404, _all(200, *MONEY)),
    "GET trace_month": (404, _all(302, *MONEY)),
    "GET payment_take_back": (404, _all(200, *FINANCE)),
    "POST payment_take_back": (404, _all(302, *FINANCE)),
    "GET payment_pdf": (404, _all(200, *MONEY)),
    # banks
    "GET banks": (404, _all(200, *BANKERS)),
    "GET bank_new": (404, _all(200, "yulia")),
    "POST bank_new": (404, _all(200, "yulia")),
    "GET bank": (404, _all(200, *BANKERS)),
    "GET bank_secret": (404, _all(200, "yulia")),
    "POST bank_secret": (404, _all(200, "yulia")),
    "GET bank_key": (404, _all(200, "yulia")),
    "POST bank_key": (404, _all(302, "yulia")),
    "GET bank_limits": (404, _all(200, "yulia")),
    "POST bank_limits": (404, _all(302, "yulia")),
    "GET bank_close": (404, _all(200, "yulia")),
    "POST bank_close": (404, _all(302, "yulia")),
    "GET bank_notices": (404, _all(200, *BANKERS)),
    "GET bank_notice": (404, _all(200, *BANKERS)),
    "GET bank_days": (404, _all(200, *BANKERS)),
    "GET bank_take_in": (404, _all(200, "yulia")),
    "POST bank_take_in": (404, _all(302, "yulia")),
    "GET bank_day": (404, _all(200, *BANKERS)),
    "POST bank_day_match": (404, _all(302, "yulia")),
    "GET bank_day_close": (404, _all(200, "yulia")),
    "POST bank_day_close": (404, _all(422, "yulia")),
    "GET bank_day_export": (404, _all(200, *BANKERS)),
    "GET bank_item": (404, _all(200, "yulia")),
    "POST bank_item": (404, _all(302, "yulia")),
    # firms
    "GET firms": (404, _all(200, *DESKS, *FINANCE)),
    "GET firm_new": (404, _all(200, *OFFICERS, "gustina")),
    "POST firm_new": (404, _all(302, *OFFICERS) | {"gustina": 422}),
    "GET firm_template": (404, _all(200, *OFFICERS, "gustina")),
    "POST firms_export": (404, _all(200, "hendri", "irwansyah")),
    "GET firm": (404, _all(200, *MONEY)),
    "GET firm_wages": (404, _all(200, *OFFICERS)),
    "POST firm_wages": (404, _all(302, *OFFICERS)),
    "GET firm_draft": (404, _all(200, *OFFICERS)),
    "POST firm_draft": (404, _all(302, *OFFICERS)),
    "GET firm_report": (404, _all(200, *MONEY)),
    "GET firm_pay": (404, _all(200, *FINANCE)),
    "POST firm_pay": (404, _all(302, *FINANCE)),
    # agents
    "GET agents": (404, _all(200, *DESKS, *FINANCE, "buyung")),
    "GET agent": (404, _all(200, *MONEY, "buyung")),
    "GET agent_letter": (404, _all(200, "hendri")),
    "POST agent_letter": (404, _all(302, "hendri")),
    "GET agent_certificate": (404, _all(200, "hendri")),
    "POST agent_certificate": (404, _all(302, "hendri")),
    "GET device_revoke": (404, _all(200, "hendri")),
    "POST device_revoke": (404, _all(302, "hendri")),
    "GET agent_move": (404, _all(200, "hendri")),
    "POST agent_move": (404, _all(302, "hendri")),
    "GET agent_handover": (404, _all(200, "hendri")),
    "POST agent_handover": (404, _all(200, "hendri")),
    "GET agent_account": (404, _all(200, "hendri")),
    "POST agent_account": (404, _all(302, "hendri")),
    "GET wadah_account": (404, _all(200, "hendri")),
    "POST wadah_account": (404, _all(302, "hendri")),
    "GET wadah_new": (404, _all(200, "hendri")),
    "POST wadah_new": (404, _all(302, "hendri")),
    "GET wadah": (404, _all(200, *MONEY, "buyung")),
    "GET wadah_pks": (404, _all(200, "hendri")),
    "POST wadah_pks": (404, _all(302, "hendri")),
    "GET wadah_appoint": (404, _all(200, "hendri")),
    "POST wadah_appoint": (404, _all(302, "hendri")),
    "GET law": (200, {}),
    # messages, accounts
    "GET notices": (404, _all(200, *DESKS, *FINANCE)),
    "GET settings": (404, _all(200, "admin")),
    "GET account_new": (404, _all(200, "admin")),
    "POST account_new": (404, _all(200, "admin")),
    "GET account": (404, _all(200, "admin")),
    "GET account_reset": (404, _all(200, "admin")),
    "POST account_reset": (404, _all(200, "admin")),
    "GET account_close": (404, _all(200, "admin")),
    "POST account_close": (404, _all(302, "admin")),
    "GET account_grant": (404, _all(200, "admin")),
    "POST account_grant": (404, _all(302, "admin")),
    "GET account_end_grant": (404, _all(200, "admin")),
    "POST account_end_grant": (404, _all(302, "admin")),
    # targets, incentives
    "GET targets": (404, _all(200, *DESKS)),
    "GET rank": (404, _all(200, *DESKS)),
    "GET incentives": (404, _all(200, *DESKS, *FINANCE, "buyung") | {"rina": 302}),
    "GET events": (404, _all(200, *DESKS, "rina")),
    "GET event": (404, _all(200, *LOOKERS, "rina")),
    "GET disputes": (404, _all(200, *DESKS, *FINANCE, "buyung", "rina")),
    "GET dispute": (404, _all(200, *MONEY, "buyung", "rina")),
    "POST dispute": (404, _all(302, *FINANCE)),
    "POST incentives_accrue": (404, _all(302, *FINANCE)),
    "POST incentives_prepare": (404, _all(302, *FINANCE)),
    "GET incentives_progress": (404, _all(200, *FINANCE)),
    "GET incentive_month": (404, _all(200, *MONEY)),
    "POST incentive_month_approve": (404, _all(302, "hendri")),
    "GET incentive_month_back": (404, _all(200, "hendri")),
    "POST incentive_month_back": (404, _all(302, "hendri")),
    "POST incentive_month_close": (404, _all(302, "hendri")),
    "GET payouts": (404, _all(200, *FINANCE)),
    "POST payouts_make": (404, _all(302, *FINANCE)),
    "GET payout_batch": (404, _all(200, *FINANCE)),
    "POST payout_file": (404, _all(200, *FINANCE)),
    "POST payout_rest_paid": (404, _all(302, *FINANCE)),
    "POST payout_paid": (404, _all(302, *FINANCE)),
    "GET payout_failed": (404, _all(200, *FINANCE)),
    "POST payout_failed": (404, _all(302, *FINANCE)),
    "POST payout_confirm": (404, _all(422, "rina")),
    "GET payout_deny": (404, _all(200, "rina")),
    "POST payout_deny": (404, _all(422, "rina")),
    "GET statement_sheet": (404, _all(200, *MONEY, "buyung", "rina")),
    "GET wadah_statement_sheet": (404, _all(200, *MONEY, "buyung")),
    "GET statement": (404, _all(200, *MONEY, "buyung", "rina")),
    "GET statement_pdf": (404, _all(200, *MONEY, "buyung", "rina")),
    "GET wadah_statement": (404, _all(200, *MONEY, "buyung")),
    "GET wadah_statement_pdf": (404, _all(200, *MONEY, "buyung")),
    # villages
    "GET villages": (404, _all(200, *DESKS) | {"datuak": 302}),
    "GET village": (404, _all(200, *LOOKERS, "datuak")),
    "GET village_act": (404, _all(200, *OFFICERS)),
    "POST village_act": (404, _all(302, *OFFICERS)),
    "GET village_official": (404, _all(200, *OFFICERS)),
    "POST village_official": (404, _all(302, *OFFICERS)),
    "GET village_plan": (404, _all(200, "maharani")),
    "POST village_plan": (404, _all(302, "maharani")),
    # for everybody
    "GET card_form": (200, {}),
    "POST card_form": (200, {}),
    "GET card_check": (200, {}),
    "POST card_check": (200, {}),
    "GET receipt_form": (200, {}),
    "POST receipt_form": (200, {}),
    "GET receipt_check": (200, {}),
    "POST receipt_check": (200, {}),
    "GET own_months": (200, {}),
    "POST own_months": (200, {}),
    "GET keys": (200, {}),
    "GET field": (200, {}),
    "GET field_worker": (200, {}),
}

# List → something on it, and who reads it there; the others who may open the list find it empty of Bukittinggi.
SEEN: dict[str, tuple[str, tuple[str, ...]]] = {
    "GET registrations": ("Nurdin Sutan", (*LOOKERS, "rina", "buyung")),
    "GET members": ("Siti Aminah", (*MONEY, "rina")),
    "GET cards": ("Ali Akbar", (*LOOKERS, "rina", "buyung")),
    "GET contributions": ("Siti Aminah", MONEY),
    "GET firms": ("PT Rangkiang Baso", MONEY),
    "GET agents": ("Rina Marlina", (*MONEY, "buyung")),
    "GET notices": ("16.800", MONEY),
    "GET incentives": ("Rina Marlina", (*MONEY, "buyung")),
    "GET events": ("di Balai Nagari", (*LOOKERS, "rina")),
    "GET disputes": ("Rina Marlina", (*MONEY, "buyung", "rina")),
    "GET clashes": ("Siti Aminah", OFFICERS),
}

# Permission → a door that it opens, and for whom.
DECIDED_BY: dict[Permission, tuple[str, str]] = {
    Permission.VIEW_BANKS: ("GET bank", "sudirman"),
    Permission.MANAGE_BANKS: ("POST bank_limits", "yulia"),
    Permission.RECONCILE_BANKS: ("POST bank_item", "yulia"),
    Permission.REFER_MEMBER: ("POST registration_new", "rina"),
    Permission.VIEW_REGISTRATIONS: ("GET registration", "laras"),
    Permission.DECIDE_REGISTRATION: ("POST registration_decide", "laras"),
    Permission.VIEW_MEMBERS: ("GET member", "laras"),
    Permission.CHANGE_CONTACT: ("POST member_contact", "laras"),
    Permission.VIEW_EVENTS: ("GET event", "laras"),
    Permission.ANSWER_DISPUTE: ("POST dispute", "nofri"),
    Permission.REVEAL_NIK: ("POST member_nik", "laras"),
    Permission.EXPORT_MEMBERS: ("POST members_export", "hendri"),
    Permission.ISSUE_CARD: ("POST member_card", "laras"),
    Permission.ISSUE_PAYMENT_CODE: ("POST member_code", "laras"),
    Permission.VIEW_PAYMENTS: ("GET payment", "laras"),
    Permission.RECORD_PAYMENT: ("POST payment_record", "nofri"),
    Permission.APPROVE_REFUND: ("POST refund_step", "hendri"),
    Permission.RECORD_DEATH: ("POST member_death", "laras"),
    Permission.CORRECT_PAYMENT: ("POST payment_take_back", "nofri"),
    Permission.VIEW_FIRMS: ("GET firm", "laras"),
    Permission.MANAGE_FIRMS: ("POST firm_wages", "laras"),
    Permission.VIEW_AGENTS: ("GET agent", "laras"),
    Permission.MANAGE_AGENTS: ("POST agent_move", "hendri"),
    Permission.VIEW_INCENTIVES: ("GET statement", "laras"),
    Permission.ACCRUE_INCENTIVES: ("POST incentives_accrue", "nofri"),
    Permission.PAY_INCENTIVES: ("POST payouts_make", "nofri"),
    Permission.APPROVE_INCENTIVES: ("POST incentive_month_approve", "hendri"),
    Permission.VIEW_TARGETS: ("GET targets", "laras"),
    Permission.SET_TARGETS: ("POST village_plan", "maharani"),
    Permission.VIEW_VILLAGE: ("GET village", "datuak"),
    Permission.MANAGE_VILLAGES: ("POST village_act", "laras"),
    Permission.VIEW_NOTICES: ("GET notices", "laras"),
    Permission.MANAGE_ACCOUNTS: ("POST account_new", "admin"),
}
# No page asks for these: members lapse by a nightly job, targets come with the year's decree by command.
WITHOUT_A_DOOR = {
    Permission.RUN_LAPSE,
    Permission.OPEN_LEDGER,
    Permission.RECORD_ATTENDANCE,
}


class Stage:
    """The things that the doors lead to, and what is typed into each form."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.waiting = self._referred("nurdin")
        self.returned = self._referred("upik")
        services.return_registration(actor=cast.laras, registration_id=self.returned, note="NIK salah salin")
        self.code = people.approved(cast, "bakri")
        self.payment = people.pay(cast, people.approved(cast, "siti"))
        self.siti = self.payment.member_id
        self.card = services.issue_card(actor=cast.laras, member_id=self.siti)
        self.ali = people.member(cast, "ali", nik="1306081205870013")
        upik = people.member(cast, "upik", nik="1306084404780003")
        self.group = people.group(cast, [upik])
        self.stray = people.stray(cast, self.ali, 4_000)
        self.refund = people.refund(cast, self.stray, 800)
        incentives.accrue(actor=cast.nofri, period=Period.of(clock.today()))
        september = Period.of(clock.today()).plus(-1)
        branch = get_office("BKT").id
        self.month = incentives.prepare_month(actor=cast.nofri, branch_id=branch, period=september).id
        august = incentives.prepare_month(actor=cast.nofri, branch_id=branch, period=september.plus(-1))
        self.to_close = incentives.approve_month(actor=cast.hendri, month_id=august.id).id
        here: dict[str, Any] = {"actor": cast.laras, "village_code": KOTO_TINGGI}
        villages.nominate(**here, jorong=6, on=clock.today(), reason="Perangkat bersemangat")
        self.official = villages.add_official(
            **here, name="Datuak Rangkayo", post="Wali Nagari", nik="1306081501700001", since_on=clock.today()
        )
        self.phone = field.phone(cast)
        field.pictures(cast, self.phone, self.waiting)
        self.event = field.event(cast)
        self.dispute = field.dispute(cast, self.payment)
        self.clash = field.clash(cast, self.siti)
        self.batch, self.payout, self.statement = self._paid_out(branch, september.plus(-2))
        self.rina, self.wadah = cast.agent_ids["rina"], cast.wadah_id
        self.bank = Teller()
        day = people.bank_day(cast, self.bank)
        self.bank_day, self.bank_item = day.id, banks.items_of(day).get(difference="unknown").id
        self.bank.inquire(self.code.code)
        self.bank_notice = banks.notices_for(cast.yulia)[0].id
        self.firm = employers.firm(cast)
        self.bill = employers.reported(cast, self.firm, Period(2017, 9))
        self.report = firm_selectors.newest_reports(self.firm.id).get().id
        self.draft = employers.draft(cast, self.firm).id
        gustina = find_user("gustina")
        assert gustina is not None
        self.gustina = gustina.id

    def _referred(self, who: str) -> Any:
        applicant = FAMILY_2017[who].facts()
        return services.refer_member(
            actor=self.cast.rina, registration_id=ids.new_id(), applicant=applicant, occurred_on=clock.today()
        ).id

    def _paid_out(self, branch: int, period: Period) -> tuple[Any, Any, Any]:
        """Rina's July is in a batch, Mira's is not paid yet."""
        day = period.first_day
        enter(self.cast, [Worker(self.cast.agent_ids["rina"], day)])
        month = incentives.prepare_month(actor=self.cast.nofri, branch_id=branch, period=period)
        incentives.approve_month(actor=self.cast.hendri, month_id=month.id)
        batch = incentives.make_batch(actor=self.cast.nofri, branch_id=branch)
        rina = next(each for each in payouts_of(batch) if each.statement.agent_id == self.cast.agent_ids["rina"])
        incentives.mark_failed(
            actor=self.cast.nofri,
            payout_id=next(each for each in payouts_of(batch) if each.id != rina.id).id,
            reason="Rekening tidak aktif",
        )
        return batch.id, rina.id, rina.statement_id

    def things(self, name: str) -> dict[str, Any]:
        """The arguments of an address: each of the stage's own."""
        registration = {"registration_mend": self.returned, "registration_code": self.code.registration_id}
        return {
            "registration_id": registration.get(name, self.waiting),
            "member_id": self.siti,
            "payment_id": self.stray.id if name == "payment_refund" else self.payment.id,
            "refund_id": self.refund.id,
            "group_id": self.group.id,
            "agent_id": self.rina,
            "wadah_id": self.wadah,
            "user_id": self.gustina,
            "device_id": self.phone.id,
            "event_id": self.event,
            "dispute_id": self.dispute,
            "clash_id": self.clash,
            "which": "photo",
            "partner_id": self.bank.partner.id,
            "notice_id": self.bank_notice,
            "day_id": self.bank_day,
            "item_id": self.bank_item,
            "branch_code": "BKT",
            "batch_id": self.batch,
            "payout_id": self.payout,
            "statement_id": self.statement,
            "month_id": self.to_close if name == "incentive_month_close" else self.month,
            "code": self.bill.code
            if name == "firm_pay"
            else KOTO_TINGGI
            if name.startswith("village")
            else self.code.code,
            "step": "setujui" if name == "refund_step" else "sosialisasi",
            "official_id": self.official.id,
            "firm_id": self.firm.id,
            "draft_id": self.draft,
            "report_id": self.report,
            "token": self.card.token,
            "number": self.payment.receipt_number,
            "kind": "csv",
            "month": "2017-10",
            "action": "tangguhkan",
            "role": "branch_officer",
        }

    def address(self, name: str, **other: Any) -> str:
        known = self.things(name) | other
        found = reverse(f"web:{name}", kwargs={each: known[each] for each in arguments(name)})
        return f"{found}?kartu={self.card.id}" if name == "card_sheet" else found

    def body(self, name: str) -> dict[str, Any]:
        new = "rendang tahan sebulan"
        money = {
            "payee": "payer", "payee_name": "Nurbaya", "bank": "Bank Nagari", "account": "123", "reason": "Kelebihan",
        }  # fmt: skip
        paper = {"number": "ST/1", "starts_on": "01-03-2019", "last_on": "31-12-2019"}
        person = {
            "name": "Fitri Yani", "nik": "1306084107950031", "number": "BKT-P009", "village_code": KOTO_TINGGI,
            "phone": "081200000109", "appointed_on": "30-10-2017",
        }  # fmt: skip
        firm_proof = {name: value for name, value in proof(self.code).items() if name != "code"} | {
            "channel_reference": "TRX-FIRM"
        }
        balance = firm_money.balance_of(self.bill)
        bodies: dict[str, dict[str, Any]] = {
            "sign_in": {"username": "laras", "password": PASSWORD},
            "password": {"old": PASSWORD, "new": new, "again": new},
            "language": {"language": "en"},
            "search": {"q": "Siti"},
            "registrations": {"q": "Nurdin"},
            "members": {"q": "Siti"},
            "registration_new": typed(FAMILY_2017["siti"], nik="1306085001900103"),
            "registration_mend": typed(FAMILY_2017["upik"]),
            "nik_hint": {"nik": FAMILY_2017["siti"].nik},
            "registration_decide": {"decision": "approve"},
            "registration_code": {"months": "1"},
            "cards": {"member": [str(self.ali.id)]},
            "member_nik": {"reason": "Dicocokkan dengan KTP"},
            "member_code": {"months": "1"},
            "member_card": {"serial": self.card.serial},
            "payment_record": proof(self.code, confirmed="1"),
            "incentives_prepare": {"bulan": "2017-09"},
            "incentive_month_back": {"reason": "Belum lengkap"},
            "member_contact": {
                "version": "2",
                "phone": "081200000277",
                "address": "Jorong A",
                "village_code": KOTO_TINGGI,
            },
            "clash": {"choice": "take"},
            "dispute": {"answer": "Sudah dihitung."},
            "device_revoke": {"reason": "Hilang di pasar"},
            "code_cancel": {"reason": "Salah bulan"},
            "payment_refund": {**money, "refund_id": str(ids.new_id()), "amount_idr": "3.200"},
            "refund_step": {},
            "group_new": {
                "group_id": str(ids.new_id()),
                "kind": "wadah",
                "title": "Kelompok",
                "months": "1",
                "numbers": self.payment.payer_number,
                "confirmed": "1",
            },
            "group_pay": {**proof(self.code, amount_idr="16.800"), "channel_reference": "GRP-1"},
            "group_cancel": {"reason": "Salah bulan"},
            "member_death": {"died_on": "30-10-2017", "evidence": "certificate", "evidence_number": "AK-1"},
            "firm_new": {
                "branch_code": "BKT",
                "npp": "AK000009",
                "division": "000",
                "name": "PT Baru",
                "size": "small",
                "risk_class": "1",
                "industry": "",
                "village_code": KOTO_TINGGI,
                "registered_on": "01-10-2017",
            },
            "firm_wages": {"month": "2017-10", "file": SimpleUploadedFile("upah.csv", employers.csv())},
            "firm_pay": {**firm_proof, "amount_idr": str(balance.rest_idr + balance.rest_fine_idr)},
            "payment_take_back": {"taken_on": "30-10-2017", "bank_reference": "RTN-1", "reason": "Ditarik bank"},
            "agent_letter": paper,
            "agent_certificate": {**paper, "kind": "training"},
            "agent_move": {"reason": "Diminta Wadah"},
            "agent_handover": {"to": "cabang", "reason": "Perisai berhenti"},
            "agent_account": {"bank_account": "7002 0000 0009"},
            "wadah_account": {"bank_account": "70010000009"},
            "payout_failed": {"reason": "Rekening tidak aktif"},
            "payout_deny": {"reason": "Belum masuk"},
            "wadah_new": {"branch_code": "BKT", "code": "BKT-009", "name": "Wadah Baru", "registered_on": "30-10-2017"},
            "wadah_pks": {"number": "PKS/9", "starts_on": "01-03-2019", "last_on": "31-12-2019"},
            "wadah_appoint": person,
            "village_act": {"jorong": "Batu Taba", "on": "30-10-2017", "people": "40"},
            "village_official": {"on": "30-10-2017"},
            "village_plan": {"year": "2017", "region_code": "13", "villages": "25", "reason": "Laporan 2017"},
            "account_new": {"name": "Orang Baru", "username": "orang.baru"},
            "account_close": {"reason": "Pindah tugas"},
            "account_grant": {"role": "branch_head", "office_code": "SLK"},
            "bank_new": {
                "name": "BNI",
                "code": "bni",
                "partner_id": "MITRA-2",
                "service_id": "777",
                "public_key": public_pem("bni"),
                "payment_limit_idr": "10.000.000",
            },
            "bank_key": {"public_key": public_pem("bni")},
            "bank_limits": {"payment_limit_idr": "10.000.000", "day_limit_idr": "100.000.000"},
            "bank_close": {"reason": "Perjanjian berakhir"},
            "bank_take_in": {
                "partner_id": str(self.bank.partner.id),
                "on": "29-10-2017",
                "file": SimpleUploadedFile("hari.csv", people.EMPTY_DAY),
            },
            "bank_item": {"action": "refund_later", "reason": "Bukan kode kita"},
            "card_form": {"token": self.card.token},
            "receipt_form": {"number": self.payment.receipt_number},
        }
        return bodies.get(name, {})

    def knock(self, client: Client, door: str, **other: Any) -> Any:
        """The answer of a door; whatever it changed, in the database or in the browser, is forgotten."""
        method, name = door.split()
        browser = Client()
        browser.cookies.load({key: each.value for key, each in client.cookies.items()})
        cache.clear()  # the public pages answer so many calls a minute
        with forgotten():
            address = self.address(name, **other)
            return browser.get(address) if method == "GET" else browser.post(address, self.body(name))


@contextmanager
def forgotten() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def arguments(name: str) -> list[str]:
    """What an address needs: ``registration_id``, ``kind`` … The name with the most of them is the whole of it."""
    return next(list(each.pattern.converters) for each in patterns() if each.name == name)


def patterns() -> list[URLPattern]:
    return [each for each in urls.urlpatterns if isinstance(each, URLPattern)]


def expected(door: str, who: str) -> int:
    usual, others = MATRIX[door]
    return others.get(who, usual)


@pytest.fixture
def stage(cast: Cast) -> Stage:
    return Stage(cast)


@pytest.mark.parametrize("who", PEOPLE)
def test_each_role_gets_its_answer_at_every_door(who: str, stage: Stage) -> None:
    client = signed_in(who)
    answers = {door: stage.knock(client, door) for door in MATRIX}
    assert {door: answer.status_code for door, answer in answers.items()} == {
        door: expected(door, who) for door in MATRIX
    }
    for door, (words, readers) in SEEN.items():
        if answers[door].status_code == 200:
            page = answers[door].content.decode().replace("\u00a0", " ")
            assert (words in page) == (who in readers), f"{who}: {door}"


def test_without_signing_in_only_the_public_pages_open(stage: Stage) -> None:
    for door in MATRIX:
        answer = stage.knock(Client(), door)
        led_away = answer.status_code == 302 and answer["Location"].startswith("/masuk?next=")
        assert led_away == (door.split()[1] not in PUBLIC), door


def test_the_supervisory_board_changes_nothing(stage: Stage) -> None:
    sudirman = signed_in("sudirman")
    before = contents()
    for door in MATRIX:
        method, name = door.split()
        if method == "POST" and name not in OWN:
            answer = sudirman.post(stage.address(name), stage.body(name))
            assert name in READS | {"about"} or answer.status_code == 404, door
    assert contents() == before


def contents() -> dict[str, tuple[int, int]]:
    """Table → rows and a sum over what stands in them; sessions are the browser's."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model is Session or not model._meta.managed:
                continue
            table = model._meta.db_table
            cursor.execute(f'SELECT count(*), coalesce(sum(hashtext(t::text)), 0) FROM "{table}" t')
            found[table] = cursor.fetchone()
    return found


@pytest.mark.parametrize("who", PEOPLE)
def test_a_thing_that_one_may_not_see_looks_like_one_that_does_not_exist(who: str, stage: Stage) -> None:
    client = signed_in(who)
    for door in MATRIX:
        name = door.split()[1]
        plain = ("kind", "action", "role", "step", "which", "month")
        needed = [each for each in arguments(name) if each not in plain]
        if needed and name not in PUBLIC and expected(door, who) == 404:
            other = {each: "13.06.08.2099" if each == "code" else ids.new_id() for each in needed}
            assert body(stage.knock(client, door)) == body(stage.knock(client, door, **other)), door


def body(answer: Any) -> tuple[int, str]:
    """What is written, without the token that every page has for its own."""
    return answer.status_code, re.sub(
        r'(csrf-token" content|csrfmiddlewaretoken" value)="\w+"', "", answer.content.decode()
    )


@pytest.mark.parametrize("permission", DECIDED_BY)
def test_without_its_permission_a_door_is_shut(
    permission: Permission, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    door, who = DECIDED_BY[permission]
    assert stage.knock(signed_in(who), door).status_code < 400
    for role, held in POLICY.items():
        monkeypatch.setitem(POLICY, role, held - {permission})
    assert stage.knock(signed_in(who), door).status_code == 404


def test_every_address_is_in_the_matrix_with_every_method_it_answers(stage: Stage) -> None:
    laras = signed_in("laras")
    answering = set()
    for each in patterns():
        for method in ("GET", "POST"):
            with forgotten():
                address = stage.address(str(each.name))
                answer = laras.get(address) if method == "GET" else laras.post(address)
            if answer.status_code != 405:
                answering.add(f"{method} {each.name}")
    assert answering == set(MATRIX)


def test_every_permission_opens_a_door_or_is_known_to_have_none() -> None:
    assert set(DECIDED_BY) | WITHOUT_A_DOOR == set(Permission)
    assert not set(DECIDED_BY) & WITHOUT_A_DOOR
