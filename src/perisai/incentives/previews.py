"""What an accrual would book, summed by agent and reason, for the person who approves; and whether it still would."""

from typing import Final
from uuid import UUID

from django.db.models import Count, Sum

from perisai.incentives import accrual
from perisai.incentives.models import IncentiveLine, Month, Preview
from perisai.kernel.period import Period

_BY: Final = ("agent_id", "wadah_id", "kind", "reason")


def write(month: Month) -> int:
    """Put the figures of now in place of those of before; how many lines would be booked. The caller holds the locks."""
    forget(month)
    period = Period.of(month.period)
    accrual.write_preview(period, {month.branch_id: period}, month.id)
    return Preview.objects.filter(month=month).aggregate(lines=Sum("lines"))["lines"] or 0


def forget(month: Month) -> None:
    Preview.objects.filter(month=month).delete()


def agrees(month: Month, accrual_id: UUID) -> bool:
    """Whether the run booked what was prepared, to the rupiah and by agent, Wadah, kind and reason."""
    prepared = Preview.objects.filter(month=month).values_list(*_BY, "lines", "agent_idr", "wadah_idr")
    booked = (
        IncentiveLine.objects.filter(period=month.period, accrual_id=accrual_id)
        .values_list(*_BY)
        .annotate(Count("subject"), Sum("agent_idr"), Sum("wadah_idr"))
    )
    return set(prepared) == set(booked)
