"""Reading users. What a user may do is asked of ``organisation``."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from perisai.accounts.models import User
from perisai.kernel.errors import NotFound


def get_user(user_id: UUID) -> User:
    """An open user. Raises NotFound for an unknown or a closed one."""
    user = User.objects.filter(id=user_id, is_active=True).first()
    if user is None:
        raise NotFound("user")
    return user


def find_user(username: str) -> User | None:
    """The user of that name, open or closed; capitals make no difference."""
    return User.objects.filter(username=username.strip().lower()).first()


def users() -> QuerySet[User]:
    """Everybody who has an account, by name; for the administrator's page, which has passed its door."""
    return User.objects.order_by("name", "username")


def names_of(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names for the lines of a history; unknown ids are simply missing."""
    return dict(User.objects.filter(id__in=set(user_ids)).values_list("id", "name"))
