"""The forms that take a passkey: one that is not accepted is told as that, not as a wrong code."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as stock
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS

NOT_ACCEPTED = "The passkey was not accepted. Try again, or choose another way."
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)  # of what no browser sends
NOT_ADDED = "The passkey was not added. Try again, or set up an app instead."


class _Passkey(forms.Form):
    said = NOT_ACCEPTED

    def full_clean(self) -> None:
        """Say of whatever was wrong with a passkey the one thing that its owner can act on."""
        super().full_clean()
        for field in ("credential", NON_FIELD_ERRORS):
            if field in self.errors:
                self.errors[field] = self.error_class([self.said])


class _Shown(_Passkey):
    def clean_credential(self) -> Authenticator:
        try:
            shown: Authenticator = super().clean_credential()  # type: ignore[misc]
        except UNREADABLE:
            raise forms.ValidationError(self.said, code="unreadable") from None
        return shown


class PasskeyForm(_Shown, stock.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeySignInForm(_Shown, stock.LoginWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyAgainForm(_Shown, stock.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class AddPasskeyForm(_Passkey, stock.AddWebAuthnForm):  # type: ignore[misc]
    said = NOT_ADDED

    def clean(self) -> dict[str, Any]:
        try:
            typed: dict[str, Any] = super().clean() or {}
        except UNREADABLE:
            raise forms.ValidationError(self.said, code="unreadable") from None
        return typed
