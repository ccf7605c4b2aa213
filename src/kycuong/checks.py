"""System checks: combinations of settings that must never serve a real province."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register(deploy=True)
def secret_key(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse the demo's secret key, and the demo's open sign-in names, outside a demo."""
    found: list[CheckMessage] = []
    if not settings.DEMO and settings.SECRET_KEY.startswith("insecure"):
        found.append(
            Error("Set KYCUONG_SECRET_KEY (or KYCUONG_SECRET_KEY_FILE) to a long random value.", id="kycuong.E001")
        )
    if settings.DEMO and settings.SECURE:
        found.append(
            Error("KYCUONG_DEMO shows sign-in names to everyone; unset it on a real server.", id="kycuong.E002")
        )
    return found
