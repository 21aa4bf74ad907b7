"""Make the roles of staff, or put them right."""

from django.core.management.base import BaseCommand, CommandError

from enquiries.roles import PERMISSIONS, PermissionsMissing, set_up_roles


class Command(BaseCommand):
    help = "Make the groups of staff with their permissions; safe to run again."

    def handle(self, *_args: object, verbosity: int, **_options: object) -> None:
        try:
            set_up_roles()
        except PermissionsMissing as error:
            raise CommandError(str(error)) from None
        if verbosity:
            self.stdout.write(f"Roles are set up: {', '.join(PERMISSIONS)}.")
