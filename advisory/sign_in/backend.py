"""Who somebody is and what they may do, read in one query where the stock backend takes two."""

from typing import override

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.db.models import Model

KEPT = "_perm_cache"  # where Django's own backend looks before it asks the database


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]
    """Gives what staff may do by themselves and by their roles at once."""

    @override
    def get_all_permissions(
        self, user_obj: User | AnonymousUser, obj: Model | None = None
    ) -> set[str]:
        if isinstance(user_obj, User) and user_obj.is_active and not user_obj.is_superuser:
            kept = vars(user_obj)
            if KEPT not in kept:
                theirs, of_roles = (
                    Permission.objects.filter(**{whose: user_obj})
                    .order_by()
                    .values_list("content_type__app_label", "codename")
                    for whose in ("user", "group__user")
                )
                kept[KEPT] = {f"{app}.{name}" for app, name in theirs.union(of_roles).order_by()}
        permissions: set[str] = super().get_all_permissions(user_obj, obj)
        return permissions
