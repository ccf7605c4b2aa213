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


@register(deploy=True)
def mail(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse mail settings that lead nowhere, or that carry a password or a duty's title in the open."""
    if not settings.SMTP_HOST:
        return []
    found: list[CheckMessage] = []
    local = settings.SMTP_HOST in {"localhost", "127.0.0.1", "::1"}
    if settings.SMTP_SECURITY not in {"starttls", "tls", "none"}:
        found.append(Error("KYCUONG_SMTP_SECURITY is starttls, tls or none.", id="kycuong.E003"))
    if settings.SMTP_SECURITY == "none" and not local:
        found.append(Error("KYCUONG_SMTP_SECURITY=none is for a mail server on this machine only.", id="kycuong.E004"))
    if "@" not in settings.SMTP_FROM or settings.SMTP_FROM.endswith("@localhost"):
        found.append(
            Error(
                "Set KYCUONG_SMTP_FROM to the address that the mail server lets this product send from.",
                id="kycuong.E005",
            )
        )
    if not settings.SITE_URL.startswith("https://"):
        found.append(Error("Set KYCUONG_SITE_URL to the https address that links in mails lead to.", id="kycuong.E006"))
    if settings.DEMO:
        found.append(Error("A demo sends no mail; unset KYCUONG_SMTP_HOST or KYCUONG_DEMO.", id="kycuong.E007"))
    return found
