"""The pages of signing in, in the look of the desk, and the one that gives back what was typed."""

from typing import Any

from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from advisory.sign_in.adapters import LAST_FACTOR
from advisory.sign_in.sessions import TYPED
from advisory.sign_in.used_codes import use_up

NOT_TYPED = {"from", "key", "row", "seen", "submission_key", "wording"}  # the page's own


class DeskPage(View):
    """Gives a page of allauth what the admin's own pages have: name, tools and title."""

    page_title = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            "form": None,
            **admin.site.each_context(self.request),
            **super().get_context_data(**kwargs),  # type: ignore[misc]
            "title": self.page_title,
            "subtitle": None,
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
            "must_set_up": settings.STAFF_SECOND_FACTOR,
        }


class SignIn(DeskPage, LoginView):  # type: ignore[misc]
    page_title = "Sign in"


class PasswordAgain(DeskPage, ReauthenticateView):  # type: ignore[misc]
    page_title = "Confirm that it is you"


class SecondFactor(DeskPage, mfa.AuthenticateView):  # type: ignore[misc]
    page_title = "Second factor"


class CodeAgain(DeskPage, mfa.ReauthenticateView):  # type: ignore[misc]
    page_title = "Confirm that it is you"


class PasskeyAgain(DeskPage, ReauthenticateWebAuthnView):  # type: ignore[misc]
    page_title = "Confirm that it is you"


class SecondFactors(DeskPage, mfa.IndexView):  # type: ignore[misc]
    page_title = "Your second factor"


class SetUpApp(DeskPage, ActivateTOTPView):  # type: ignore[misc]
    page_title = "Set up an authenticator app"

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Set it up; the code that showed that it works signs nobody in any more."""
        done: HttpResponse = super().form_valid(form)
        apps = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
        use_up(apps.get(user=self.request.user.pk), form.cleaned_data["code"])
        return done


class RemoveApp(DeskPage, DeactivateTOTPView):  # type: ignore[misc]
    page_title = "Remove the authenticator app"


class RecoveryCodes(DeskPage, ViewRecoveryCodesView):  # type: ignore[misc]
    page_title = "Recovery codes"


class NewRecoveryCodes(DeskPage, GenerateRecoveryCodesView):  # type: ignore[misc]
    page_title = "New recovery codes"


class AddPasskey(DeskPage, AddWebAuthnView):  # type: ignore[misc]
    page_title = "Add a passkey"


class RemovePasskey(DeskPage, RemoveWebAuthnView):  # type: ignore[misc]
    page_title = "Remove a passkey"

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if not get_adapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, LAST_FACTOR)
            return HttpResponseRedirect(reverse("mfa_index"))
        removed: HttpResponse = super().form_valid(form)
        return removed


sign_in = SignIn.as_view()
leave = LogoutView.as_view()
password_again = PasswordAgain.as_view()
second_factor = SecondFactor.as_view()
code_again = CodeAgain.as_view()
passkey_again = PasskeyAgain.as_view()
second_factors = SecondFactors.as_view()
set_up_app = SetUpApp.as_view()
remove_app = RemoveApp.as_view()
recovery_codes = RecoveryCodes.as_view()
new_recovery_codes = NewRecoveryCodes.as_view()
add_passkey = AddPasskey.as_view()
remove_passkey = RemovePasskey.as_view()
passkey_sign_in = LoginWebAuthnView.as_view()


@login_required
def typed(request: HttpRequest) -> HttpResponse:
    """Give back what a form held when the session of its writer ended; once, and to nobody else."""
    kept = request.session.pop(TYPED, None)
    if not kept or kept["by"] != request.user.pk:
        return redirect("admin:index")
    context = {
        **admin.site.each_context(request),
        "title": "What you typed is here",
        "subtitle": None,
        "is_popup": False,
        "is_nav_sidebar_enabled": False,
        "path": kept["path"],
        "fields": [(name, value) for name, values in kept["fields"] for value in values],
        "shown": [
            (name.replace("_", " ").capitalize(), value)
            for name, values in kept["fields"]
            for value in values
            if value and name not in NOT_TYPED
        ],
    }
    return render(request, "account/typed.html", context)
