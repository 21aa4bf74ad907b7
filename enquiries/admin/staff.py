"""Members of staff: who is signed in, and how each is named."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def signed_in(request: HttpRequest) -> User:
    """
    Give the member of staff who is signed in.

    :raises PermissionDenied: if nobody is
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def staff_name(user: User) -> str:
    """Name a member of staff."""
    return user.get_full_name() or user.get_username()
