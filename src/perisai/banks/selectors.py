"""Reading partners, the log of what they told us, and their days. All of it belongs to the head office."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from perisai.banks.models import BankDay, BankNotice, OpenItem, Partner
from perisai.kernel.actor import Actor
from perisai.kernel.errors import NotFound
from perisai.organisation.policy import Permission
from perisai.organisation.selectors import scope_of


def must_reach(actor: Actor, permission: Permission) -> None:
    """The door of the room: the permission over the whole agency. Raises NotFound."""
    if not scope_of(actor, permission).everywhere:
        raise NotFound("page")


def partners_for(actor: Actor) -> QuerySet[Partner]:
    """By name. Raises NotFound."""
    must_reach(actor, Permission.VIEW_BANKS)
    return Partner.objects.order_by("name")


def find_partner(code: str) -> Partner | None:
    """By its short name, for commands of this machine."""
    return Partner.objects.filter(code=code).first()


def partner_for(
    actor: Actor, partner_id: UUID, permission: Permission = Permission.VIEW_BANKS, *, lock: bool = False
) -> Partner:
    """Raises NotFound."""
    must_reach(actor, permission)
    rows = Partner.objects.select_for_update() if lock else Partner.objects.all()
    partner = rows.filter(pk=partner_id).first()
    if partner is None:
        raise NotFound("partner")
    return partner


def notices_for(actor: Actor, *, refused_only: bool = False) -> QuerySet[BankNotice]:
    """Newest first. Raises NotFound."""
    must_reach(actor, Permission.VIEW_BANKS)
    rows = BankNotice.objects.select_related("partner").order_by("-received_at", "-id")
    return rows.filter(outcome=BankNotice.Outcome.REFUSED) if refused_only else rows


def notice_for(actor: Actor, notice_id: UUID) -> BankNotice:
    """Raises NotFound."""
    notice = notices_for(actor).filter(pk=notice_id).first()
    if notice is None:
        raise NotFound("notice")
    return notice


def notices_of_payment(payment_id: UUID, recorded_at: datetime) -> list[BankNotice]:
    """What the bank told us of a payment, about the time it was recorded. The caller has passed the payment's door."""
    near = timedelta(hours=1)
    rows = BankNotice.objects.filter(received_at__gte=recorded_at - near, received_at__lte=recorded_at + near)
    return list(rows.filter(payment_id=payment_id).select_related("partner").order_by("received_at"))


def days_for(actor: Actor) -> QuerySet[BankDay]:
    """Newest first, with ``open_items``: how many differences wait. Raises NotFound."""
    must_reach(actor, Permission.VIEW_BANKS)
    waiting = OpenItem.objects.filter(day=OuterRef("pk"), state=OpenItem.State.OPEN).order_by().values("day")
    counted = Coalesce(Subquery(waiting.annotate(items=Count("pk")).values("items")), 0)
    return (
        BankDay.objects.select_related("partner", "statement").annotate(open_items=counted).order_by("-on", "partner")
    )


def day_for(
    actor: Actor, day_id: UUID, permission: Permission = Permission.VIEW_BANKS, *, lock: bool = False
) -> BankDay:
    """Raises NotFound."""
    must_reach(actor, permission)
    rows = BankDay.objects.select_for_update(of=("self",)) if lock else BankDay.objects.all()
    day = rows.select_related("partner", "statement", "closed_by").filter(pk=day_id).first()
    if day is None:
        raise NotFound("day")
    return day


def items_of(day: BankDay) -> QuerySet[OpenItem]:
    """Those that wait first. The caller has passed the day's door."""
    rows = OpenItem.objects.filter(day=day).select_related("line", "payment", "settled_by")
    return rows.order_by("state", "difference", "reference", "key")


def item_for(actor: Actor, item_id: UUID) -> OpenItem:
    """Raises NotFound."""
    must_reach(actor, Permission.RECONCILE_BANKS)
    item = OpenItem.objects.select_related("day__partner", "line").filter(pk=item_id).first()
    if item is None:
        raise NotFound("item")
    return item


@dataclass(frozen=True, slots=True)
class Balance:
    """Both sides of a day, and what lies between: ``open_idr`` waits, ``settled_idr`` is explained by decisions."""

    bank_idr: int
    ours_idr: int
    open_idr: int
    settled_idr: int
    open_items: int

    @property
    def difference_idr(self) -> int:
        return self.bank_idr - self.ours_idr


def balance_of(day: BankDay) -> Balance:
    """What still lies between the two sides. Always: difference = open + settled."""
    standing = OpenItem.objects.filter(day=day, stands=True).values("state")
    rows = {row["state"]: row for row in standing.annotate(lies=Sum("bank_idr") - Sum("ours_idr"), items=Count("pk"))}
    waiting, settled = rows.get(OpenItem.State.OPEN), rows.get(OpenItem.State.SETTLED)
    return Balance(
        day.bank_idr,
        day.ours_idr,
        waiting["lies"] if waiting else 0,
        settled["lies"] if settled else 0,
        waiting["items"] if waiting else 0,
    )
