"""The one Django application."""

from django.apps import AppConfig


class KyCuongConfig(AppConfig):
    """Kỷ Cương as a Django application."""

    name = "kycuong"
    verbose_name = "Kỷ Cương"

    def ready(self) -> None:
        """Register the system checks on unsafe settings."""
        from kycuong import checks  # noqa: F401
