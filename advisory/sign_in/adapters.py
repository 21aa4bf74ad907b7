"""What the sign-in of staff asks and records, as allauth calls for it."""

import logging
import time
from typing import Any, override

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from advisory.sign_in.attempts import Failures, LockedOut, attempt, failures_to_tell
from advisory.sign_in.devices import origin_of, remember_device
from advisory.sign_in.secrets import seal, unseal
from enquiries.models import AccessKind
from enquiries.records import note_access

logger = logging.getLogger(__name__)
_WHAT_TO_DO = "put that key into SECRET_KEY_FALLBACKS, or take the factor away."
LOCKED_OUT = "Too many tries failed. Wait 15 minutes, then try again."
MISMATCH = "The user name or the password is wrong."
WRONG_CODE = "This code is wrong, or it was used before."
LAST_FACTOR = "You need one second factor. Add another before you remove this one."
NO_FACTOR = "Set up an app or a passkey first."
_SAID_NOTHING = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Lets active staff in, locks out who fails too often, and leaves a record of each."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": LOCKED_OUT,
        "username_password_mismatch": MISMATCH,
        "incorrect_password": "The password is wrong.",
    }

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @override
    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        def check() -> User | None:
            user = authenticate(request, **credentials)
            return user if isinstance(user, User) and user.is_staff else None

        try:
            name = credentials.get("username", "")
            return attempt(
                name,
                origin=origin_of(request, name=name),
                now=timezone.now(),  # noqa: TID251 (an edge)
                how="Password",
                check=check,
            )
        except LockedOut:
            raise self.validation_error("too_many_login_attempts") from None

    @override
    def login(self, request: HttpRequest, user: User) -> None:
        methods = {
            record.get("type", record["method"])
            for record in get_authentication_records(request, user)
        }
        now = timezone.now()  # noqa: TID251 (an edge)
        origin = origin_of(request, name=user.get_username())
        failures = failures_to_tell(user, but_from=origin, now=now)
        super().login(request, user)
        note_access(AccessKind.SIGNED_IN, by=user, now=now, what=", ".join(sorted(methods)))
        if failures:
            messages.warning(request, _told(failures))

    @override
    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Know the browser from now on, which no stranger can lock out of this account."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_device(request, response, name=user.get_username())
        return response

    @override
    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask nobody twice who signed in just now and sets up a second factor."""
        if app == "allauth.mfa":
            request = context.request
            records = get_authentication_records(request, request.user)
            latest = max((record["at"] for record in records), default=0.0)
            if time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:  # noqa: TID251
                return False
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return required

    @override
    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        if message_template not in _SAID_NOTHING:
            super().add_message(request, level, message_template, *args, **kwargs)

    @override
    def send_notification_mail(
        self, template_prefix: str, user: User, *args: Any, **kw: Any
    ) -> None:
        """Record each change of a second factor, of which allauth would write an e-mail."""
        note_access(
            AccessKind.SECOND_FACTOR_CHANGED,
            by=user,
            now=timezone.now(),  # noqa: TID251 (an edge)
            what=template_prefix.rpartition("/")[2],
        )


def _told(failures: Failures) -> str:
    tries = "1 try" if failures.count == 1 else f"{failures.count} tries"
    latest = timezone.localtime(failures.last_at)  # noqa: TID251 (an edge)
    return (
        f"{tries} to sign in as you failed elsewhere since you last did, the latest on "
        f"{latest:%-d %B at %H:%M}. Was it not you? Change your password and tell a lead."
    )


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Names the desk to authenticator apps, and keeps staff from losing their last factor."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": LAST_FACTOR,
        "cannot_generate_recovery_codes": NO_FACTOR,
    }

    @override
    def encrypt(self, text: str) -> str:
        return seal(text)

    @override
    def decrypt(self, encrypted_text: str) -> str:
        """Give a secret; one that no key of ours opens fits no code, rather than each."""
        try:
            return unseal(encrypted_text)
        except InvalidToken:
            logger.error("A second factor was sealed by a key that is gone: %s", _WHAT_TO_DO)  # noqa: TRY400
            another: str = generate_totp_secret()
            return another

    @override
    def build_totp_svg(self, url: str) -> str:
        """Draw the code to stand in the page itself, which loads no picture from elsewhere."""
        drawn: str = super().build_totp_svg(url)
        return drawn[drawn.index("<svg") :]

    @override
    def get_totp_label(self, user: User) -> str:
        return user.get_username()

    @override
    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"

    @override
    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not settings.STAFF_SECOND_FACTOR:
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(
            pk=authenticator.pk
        )
        left: bool = others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
        return left
