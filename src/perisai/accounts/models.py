"""Users and their failed sign-ins."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from perisai.kernel import clock, ids


class UserManager(BaseUserManager["User"]):
    """Users are created by ``accounts.services.create_user`` only."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in. What they may do stands in ``organisation``: their grants."""

    id = models.UUIDField(primary_key=True, default=ids.new_id, editable=False)
    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    language = models.CharField(max_length=2, default="id", choices=[("id", "Bahasa Indonesia"), ("en", "English")])
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    failed_sign_ins = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(language__in=["id", "en"]), name="accounts_user_language_known"),
            models.CheckConstraint(condition=Q(username=Lower("username")), name="accounts_user_username_lower"),
        ]

    def __str__(self) -> str:
        return self.username
