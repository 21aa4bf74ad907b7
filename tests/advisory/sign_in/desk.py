"""What signing in to the desk takes: addresses, a password, a secret, and how to use them."""

import time
from datetime import timedelta

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from enquiries.models import AccessRecord

LOGIN = "/admin/login/"
DESK = "/admin/"
QUEUE = "/admin/enquiries/enquiry/"
PASSWORD = "a-long-password-of-staff"  # noqa: S105
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105


def sign_in(client, name="mia", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": name, "password": password}, **more)


def kinds():
    return list(AccessRecord.objects.order_by("id").values_list("kind", flat=True))


def code(secret=SECRET, *, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))  # noqa: TID251


def text(answer):
    return answer.content.decode()


def let_pass(client, *, idle=timedelta(), since=timedelta()):
    session = client.session
    session["seen_at"] -= idle.total_seconds()
    session["signed_in_at"] -= since.total_seconds()
    session.save()
