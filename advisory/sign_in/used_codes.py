"""Codes of an app that let somebody in: no process takes one again, or an older one."""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.db import transaction

LATEST = "latest_counter"  # beside the secret, in the row that all processes share


@transaction.atomic
def use_up(authenticator: Authenticator, code: str) -> bool:
    """
    Take a code that was found right, so that it serves once; False if it did already.

    Recovery codes are crossed out by allauth itself. (RFC 6238, section 5.2)
    """
    if authenticator.type != Authenticator.Type.TOTP:
        return True
    locked = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    secret = decrypt(locked.data["secret"])
    shown_at = [
        counter
        for counter in yield_hotp_counters_from_time()
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter)))
    ]
    latest = locked.data.get(LATEST, -1)
    if not shown_at or shown_at[0] <= latest:
        return False
    locked.data[LATEST] = shown_at[0]
    locked.save(update_fields=["data"])
    return True
