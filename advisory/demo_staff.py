"""Staff sign-ins for trying the site out, with new passwords at each start."""

import secrets

from django.contrib.auth.models import Group, User

DEMO_STAFF = {
    "adviser": "Adviser",
    "lead": "Lead",
    "auditor": "Auditor",
    "editor": "Editor",
    "second-editor": "Editor",  # a table needs another person's approval
}


def renew_demo_staff() -> dict[str, str]:
    """Make or renew the sign-ins; give the password of each."""
    passwords = {}
    for username, role in DEMO_STAFF.items():
        passwords[username] = secrets.token_urlsafe(12)
        user, _ = User.objects.get_or_create(username=username)
        user.is_staff = user.is_active = True
        user.set_password(passwords[username])
        user.save()
        user.groups.set([Group.objects.get(name=role)])
    return passwords
