"""The addresses of signing in; there is none for signing up or for a forgotten password."""

from django.urls import path

from advisory.sign_in import views

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("account/leave/", views.leave, name="account_logout"),
    path("account/typed/", views.typed, name="account_typed"),
    path("account/confirm/", views.password_again, name="account_reauthenticate"),
    path("account/second-factor/", views.second_factors, name="mfa_index"),
    path("account/second-factor/enter/", views.second_factor, name="mfa_authenticate"),
    path("account/second-factor/confirm/", views.code_again, name="mfa_reauthenticate"),
    path("account/second-factor/app/", views.set_up_app, name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", views.remove_app, name="mfa_deactivate_totp"),
    path("account/second-factor/codes/", views.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/second-factor/codes/new/",
        views.new_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path("account/second-factor/passkeys/", views.second_factors, name="mfa_list_webauthn"),
    path("account/second-factor/passkeys/add/", views.add_passkey, name="mfa_add_webauthn"),
    path(
        "account/second-factor/passkeys/<int:pk>/remove/",
        views.remove_passkey,
        name="mfa_remove_webauthn",
    ),
    path(
        "account/second-factor/passkeys/confirm/",
        views.passkey_again,
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/passkey/", views.passkey_sign_in, name="mfa_login_webauthn"),
]
