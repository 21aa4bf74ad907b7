"""The forms that ask for a code: one that is wrong counts like a wrong password."""

from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils import timezone

from advisory.sign_in.attempts import LockedOut, attempt
from advisory.sign_in.devices import origin_of
from advisory.sign_in.used_codes import use_up

CODE = {"autocomplete": "one-time-code", "inputmode": "text", "autocapitalize": "none"}


def _plain(form: forms.Form) -> None:
    """Take what repeats the labels out of the fields."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
        field.help_text = ""


class SignInForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class SetUpAppForm(ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        self.fields["code"].label = "Code that the app shows"
        self.fields["code"].widget.attrs |= {**CODE, "inputmode": "numeric"}


class _CountedCode(forms.Form):
    """Hands each try with a code to the lock-out first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        self.fields["code"].label = "Code from your app, or a recovery code"
        self.fields["code"].widget.attrs |= CODE

    def clean_code(self) -> str:
        def check() -> str | None:
            try:
                code: str = super(_CountedCode, self).clean_code()  # type: ignore[misc]
            except forms.ValidationError:
                return None
            return code if use_up(self.authenticator, code) else None  # type: ignore[attr-defined]

        name: str = self.user.get_username()  # type: ignore[attr-defined]
        try:
            code = attempt(
                name,
                origin=origin_of(context.request, name=name),
                now=timezone.now(),  # noqa: TID251 (an edge)
                how="Code",
                check=check,
            )
        except LockedOut:
            raise get_account_adapter().validation_error("too_many_login_attempts") from None
        if code is None:
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_CountedCode, codes.AuthenticateForm):  # type: ignore[misc]
    pass


class CodeAgainForm(_CountedCode, codes.ReauthenticateForm):  # type: ignore[misc]
    pass
