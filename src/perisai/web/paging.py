"""Lists that may be long: counted and paged no further than anybody reads."""

from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

from perisai.web.doors import OfficeRequest

MOST_COUNTED: Final = 10_000
"""Who looks deeper narrows the list."""
A_PAGE: Final = 50


class Bounded(Paginator):  # type: ignore[type-arg]  # not subscriptable at run time
    """``count`` is exact up to MOST_COUNTED; one more means "more than that"."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        if isinstance(rows, list):
            return len(rows)
        return int(rows.order_by()[: MOST_COUNTED + 1].count())

    @property
    def most(self) -> int | None:
        """Where counting stopped; None where everything was counted."""
        return MOST_COUNTED if self.count > MOST_COUNTED else None


def page_of(request: OfficeRequest, rows: QuerySet[Any] | list[Any], size: int = A_PAGE) -> Page[Any]:
    """The page that the address asks for; a number that is none is the first page, one too far the last."""
    return Bounded(rows, size).get_page(request.GET.get("page"))
