"""Make the roles of staff, or put them right."""

from django.core.management.base import BaseCommand, CommandError

from enquiries.roles import PERMISSIONS, PermissionsMissing, set_up_roles


class Command(BaseCommand):
    help = "Make the groups Adviser and Lead with their permissions; safe to run again."

    def handle(self, *_args: object, **_options: object) -> None:
        try:
            set_up_roles()
        except PermissionsMissing as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Roles are set up: {', '.join(PERMISSIONS)}.")
