from django.apps import AppConfig


class AdvisoryConfig(AppConfig):
    name = "advisory"

    def ready(self) -> None:
        """Register the deploy-time checks."""
        from advisory import checks  # noqa: F401, PLC0415
