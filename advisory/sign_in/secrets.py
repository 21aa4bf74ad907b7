"""Secrets of second factors as they lie in the database: sealed by a key made of SECRET_KEY."""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT = "advisory.sign_in.secrets"


def seal(text: str) -> str:
    """Seal a text by the present key."""
    return (
        _keys(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).encrypt(text.encode()).decode()
    )


def unseal(sealed: str) -> str:
    """
    Give what was sealed by the present key or by one of SECRET_KEY_FALLBACKS.

    :raises cryptography.fernet.InvalidToken: if it was sealed by none of them
    """
    keys = _keys(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return keys.decrypt(sealed.encode()).decode()


@lru_cache(maxsize=4)
def _keys(*secrets: str) -> MultiFernet:
    derived = (salted_hmac(_SALT, "", secret=each, algorithm="sha256") for each in secrets)
    return MultiFernet([Fernet(urlsafe_b64encode(each.digest())) for each in derived])
