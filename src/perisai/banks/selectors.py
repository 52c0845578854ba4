"""Reading partners and the log of what they told us. All of it belongs to the head office."""

from uuid import UUID

from django.db.models import QuerySet

from perisai.banks.models import BankNotice, Partner
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
