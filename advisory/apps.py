from django.apps import AppConfig


class AdvisoryConfig(AppConfig):
    name = "advisory"

    def ready(self) -> None:
        """Register the deploy-time checks, and start the clocks of sessions."""
        from advisory import checks  # noqa: F401, PLC0415
        from advisory.sign_in import sessions  # noqa: F401, PLC0415
