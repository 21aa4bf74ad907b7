"""Where sessions are kept: Django's own table, with what changes in one written in one query."""

from typing import override

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """Writes down that somebody is there without a transaction around its one statement."""

    @override
    def save(self, must_create: bool = False) -> None:
        """
        Store the session, as a new one if ``must_create``.

        :raises UpdateError: if it was deleted meanwhile, as by signing out elsewhere
        """
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        row = self.create_model_instance(dict(self.items()))
        written = self.model.objects.filter(pk=row.pk).update(
            session_data=row.session_data, expire_date=row.expire_date
        )
        if not written:
            raise UpdateError
