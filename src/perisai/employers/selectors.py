"""Reading firms."""

from django.db.models import QuerySet

from perisai.employers.models import Firm
from perisai.kernel.actor import Actor
from perisai.organisation.policy import Permission
from perisai.organisation.selectors import scope_of, under_offices


def visible_to(actor: Actor) -> QuerySet[Firm]:
    """The firms whose members the actor may see."""
    reach = scope_of(actor, Permission.VIEW_MEMBERS)
    return Firm.objects.filter(under_offices(reach)) if reach.office_paths else Firm.objects.none()
