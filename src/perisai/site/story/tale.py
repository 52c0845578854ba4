"""The chapters of the story. Every figure expected here is worked out in docs/algorithms or in the law itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from perisai.contributions import services as contributions
from perisai.incentives import selectors as statements
from perisai.incentives import services as incentives
from perisai.kernel import clock, ids
from perisai.kernel.actor import Actor
from perisai.kernel.period import Period
from perisai.membership import selectors as membership
from perisai.membership.tokens import slip_token
from perisai.site import cast
from perisai.site.cast import Cast, Worker
from perisai.site.story.stage import Account, Player, refusal
from perisai.targets import selectors as targets
from perisai.targets import services as goals

REPORT_DAY = datetime(2017, 10, 30, 9, tzinfo=clock.WIB)
MONTHS_LATER = datetime(2018, 2, 3, 9, tzinfo=clock.WIB)
_BRANCH = "BKT"


@dataclass(slots=True)
class Chapter:
    """One life of the cast: who is referred, what each first month costs, what the month pays."""

    year: str
    family: dict[str, Worker]
    duplicate: str
    mended: str
    prices_idr: dict[str, int]
    agent_idr: int
    wadah_idr: int
    people: dict[str, Player] = field(default_factory=dict)

    @property
    def accepted(self) -> list[str]:
        return [name for name in self.family if name != self.duplicate]

    def who(self, username: str) -> Player:
        """The player, signed in at the first knock."""
        if username not in self.people:
            self.people[username] = Player(username)
        return self.people[username]


def tell(account: Account) -> Cast:
    """Assemble the cast and play both chapters; what was played stays in the database."""
    today = clock.today()
    with clock.turned_to(datetime(2017, 2, 1, 9, tzinfo=clock.WIB)):
        people = cast.assemble(until=today)
    then = Chapter(
        year="2017",
        family=cast.FAMILY_2017,
        duplicate="ali",
        mended="nurdin",
        prices_idr=dict.fromkeys(("siti", "bakri", "nurdin", "upik"), 16_800),
        agent_idr=4 * (1_260 - 126),
        wadah_idr=4 * 126,
    )
    with clock.turned_to(REPORT_DAY):
        _play(account, people, then)
    with clock.turned_to(MONTHS_LATER):
        _fall_asleep(account)
    prices = cast.prices_now(today)
    received = sum(prices[name] * 15 // 100 for name in prices)
    now = Chapter(
        year=str(today.year),
        family=cast.FAMILY_NOW,
        duplicate="eri",
        mended="joni",
        prices_idr=prices,
        agent_idr=received,
        wadah_idr=sum(prices[name] * 15 // 100 // 10 for name in prices),
    )
    _play(account, people, now)
    _leave_work(account, now)
    return people


def _play(account: Account, people: Cast, chapter: Chapter) -> None:
    goals.load_report_figures(actor=Actor.job("story"))
    with _scene(account, chapter, "Before the first referral"):
        before = _attained(people)
        account.check("every branch of the region has the same place", [(1, 12, True)] * 12, _places(people))
    with _scene(account, chapter, "Who may not refer"):
        _turn_away(account, chapter)
    with _scene(account, chapter, "Rina refers the family"):
        referred = _refer(account, chapter)
    with _scene(account, chapter, "The branch decides"):
        codes = _decide(account, chapter, referred)
    with _scene(account, chapter, "The first payments come"):
        payments = _pay(account, chapter, codes)
    with _scene(account, chapter, "Numbers and cards"):
        _issue(account, chapter, referred, payments)
    with _scene(account, chapter, "The month is accrued"):
        _accrue(account, people, chapter)
    with _scene(account, chapter, "Target and rank move"):
        _compare(account, people, chapter, before)


@contextmanager
def _scene(account: Account, chapter: Chapter, title: str) -> Iterator[None]:
    account.scene = f"{chapter.year}: {title}"
    yield


def _turn_away(account: Account, chapter: Chapter) -> None:
    worker, today = next(iter(chapter.family.values())).facts(), clock.today()
    account.check(
        "Yusuf's training certificate has lapsed",
        "agent_without_certificate",
        refusal(chapter.who("yusuf").refer(worker, today)),
    )
    account.check("Dedi was terminated", "agent_not_active", refusal(chapter.who("dedi").refer(worker, today)))
    account.check("an officer does not refer", "404", refusal(chapter.who("laras").refer(worker, today)))
    short = next(iter(chapter.family.values())).facts(nik="130608500190000")
    account.check("a NIK of 15 digits is refused", "nik_malformed", refusal(chapter.who("rina").refer(short, today)))


def _refer(account: Account, chapter: Chapter) -> dict[str, str]:
    referred = {}
    for name, worker in chapter.family.items():
        agent = "mira" if name == chapter.duplicate else "rina"
        status, answer = chapter.who(agent).refer(worker.facts(), clock.today())
        waits = "in_review" if name == chapter.duplicate else "submitted"
        account.check(f"{worker.name} is referred", (201, waits), (status, answer.get("state")))
        referred[name] = answer["id"]
        if name == chapter.duplicate:
            account.check("the duplicate NIK is caught", ["nik_referred_twice"], answer["doubts"])
    return referred


def _decide(account: Account, chapter: Chapter, referred: dict[str, str]) -> dict[str, dict[str, Any]]:
    laras, mended = chapter.who("laras"), referred[chapter.mended]
    first = referred[chapter.accepted[0]]
    account.check(
        "the neighbour's officer finds nothing",
        "404",
        refusal(chapter.who("gustina").post(f"registrations/{first}/approve")),
    )
    account.check("an agent never approves", "404", refusal(chapter.who("rina").post(f"registrations/{first}/approve")))
    reason = "Nomor HP bukan milik calon peserta."
    status, _ = laras.post(f"registrations/{mended}/return", note=reason)
    account.check("one is returned with its reason", 200, status)
    _, seen = chapter.who("rina").get(f"registrations/{mended}")
    account.check("Rina reads why", ("returned", reason), (seen["state"], seen["decision_note"]))
    status, again = chapter.who("rina").mend(mended, chapter.family[chapter.mended].facts(phone="081200000299"))
    account.check("she mends it and sends it again", (200, "submitted"), (status, again.get("state")))
    codes = {}
    for name in chapter.accepted:
        status, approval = laras.post(f"registrations/{referred[name]}/approve")
        codes[name] = approval.get("payment_code", {})
        account.check(
            f"{chapter.family[name].name} is approved, Rp {chapter.prices_idr[name]}",
            (200, chapter.prices_idr[name]),
            (status, codes[name].get("amount_idr")),
        )
    account.check("approving twice is refused", "wrong_order", refusal(laras.post(f"registrations/{first}/approve")))
    status, _ = laras.post(f"registrations/{referred[chapter.duplicate]}/reject", note="NIK milik orang lain.")
    account.check("the duplicate is rejected", 200, status)
    return codes


def _pay(account: Account, chapter: Chapter, codes: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    nofri, first = chapter.who("nofri"), chapter.accepted[0]
    wrong = nofri.pay(codes[first], f"TRX-{chapter.year}-0", amount_idr=codes[first]["amount_idr"] - 1)
    account.check("one rupiah too little is refused", "amount_wrong", refusal(wrong))
    account.check(
        "an agent records no money", "code_unknown", refusal(chapter.who("rina").pay(codes[first], "TRX-rina"))
    )
    payments = {}
    for place, name in enumerate(chapter.accepted, start=1):
        status, payments[name] = nofri.pay(codes[name], f"TRX-{chapter.year}-{place}")
        account.check(f"the payment for {chapter.family[name].name} is recorded", 201, status)
    status, same = nofri.pay(codes[first], f"TRX-{chapter.year}-1")
    account.check(
        "the same proof again is the same payment",
        (200, payments[first]["receipt_number"]),
        (status, same.get("receipt_number")),
    )
    second = nofri.pay(codes[first], f"TRX-{chapter.year}-9", bank="bni")
    account.check("a second payment of the same code is refused", "code_already_paid", refusal(second))
    receipt = payments[first]["receipt_number"]
    status, public = chapter.who("nofri").get(f"public/receipts/{receipt}")
    account.check(
        "anybody with the number can check the receipt",
        (200, codes[first]["amount_idr"]),
        (status, public.get("amount_idr")),
    )
    return payments


def _issue(account: Account, chapter: Chapter, referred: dict[str, str], payments: dict[str, dict[str, Any]]) -> None:
    laras, first = chapter.who("laras"), chapter.accepted[0]
    numbers = [payments[name]["member_number"] for name in chapter.accepted]
    account.check("every number has 11 digits and its check digit", True, all(map(_is_number, numbers)))
    account.check("every number is another", len(numbers), len(set(numbers)))
    account.check(
        "an agent issues no card",
        "404",
        refusal(chapter.who("rina").post(f"members/{payments[first]['member_id']}/card")),
    )
    cards = {}
    for name in chapter.accepted:
        status, cards[name] = laras.post(f"members/{payments[name]['member_id']}/card")
        account.check(f"the card of {chapter.family[name].name} is issued", 201, status)
    status, check = laras.post("public/card", token=cards[first]["token"])
    account.check("the public check says valid", (200, "valid"), (status, check.get("status")))
    account.check("and shows a masked name only", True, "*" in check.get("masked_name", ""))
    registration = membership.registration_of_member(payments[first]["member_id"])
    assert registration is not None
    _, slip = laras.post("public/card", token=slip_token(registration))
    account.check("a referral slip is no card", "slip", slip.get("status"))
    account.check("the registration is completed", referred[first], str(registration.id))


def _is_number(number: str) -> bool:
    return len(number) == 11 and ids.is_checked(number)


def _accrue(account: Account, people: Cast, chapter: Chapter) -> None:
    period = Period.of(clock.today())
    posted = incentives.accrue(actor=people.nofri, period=period).lines
    account.check("lines are posted", True, posted > 0)
    account.check("accrued again, nothing is posted", 0, incentives.accrue(actor=people.nofri, period=period).lines)
    statement = statements.statement(people.rina, people.agent_ids["rina"], period)
    account.check("Rina's incentive in rupiah", chapter.agent_idr, statement.agent_idr)
    account.check("her Wadah's share in rupiah", chapter.wadah_idr, statement.wadah_idr)
    account.check("no fee below the threshold", 0, statement.acquisition_idr)
    account.check("new members counted", len(chapter.accepted), statement.counted_members)


def _attained(people: Cast) -> int:
    return targets.attainment(people.hendri, _BRANCH, "bpu", clock.today()).attained


def _compare(account: Account, people: Cast, chapter: Chapter, before: int) -> None:
    reached = targets.attainment(people.hendri, _BRANCH, "bpu", clock.today())
    account.check("so many more are protected", before + len(chapter.accepted), reached.attained)
    percent = (Decimal(100 * reached.attained) / (reached.target or 1)).quantize(Decimal("0.01"))
    account.check("attainment in per cent", str(percent), str(reached.percent))
    account.check("Bukittinggi is the first of twelve, alone", (1, 12, False), _places(people)[0])


def _places(people: Cast) -> list[tuple[int | None, int, bool]]:
    """Place, population and whether it is shared, of every branch, best first."""
    today = clock.today()
    rows = targets.rank(people.irwansyah, "branch", "bpu", today.year, today)
    return [(row.place, row.population, row.shared) for row in rows]


def _fall_asleep(account: Account) -> None:
    """Nobody of 2017 pays November, December and January: in February their protection has ended."""
    account.scene = "2018: Three months without contributions"
    asleep = contributions.lapse_unpaid(actor=Actor.job("story"))
    account.check("four members fell asleep", 4, asleep)
    account.check("nobody falls asleep twice", 0, contributions.lapse_unpaid(actor=Actor.job("story")))


def _leave_work(account: Account, chapter: Chapter) -> None:
    """Cases that wait, so that the demo has something to decide."""
    account.scene = f"{chapter.year}: What waits on the desk"
    for agent, name in (("rina", "eti"), ("mira", "syam"), ("mira", "eti_again"), ("rina", "pono"), ("zul", "mak")):
        status, _ = chapter.who(agent).refer(cast.WAITING[name].facts(), clock.today())
        account.check(f"{cast.WAITING[name].name} is referred", 201, status)
