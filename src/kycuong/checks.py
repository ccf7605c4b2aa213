"""System checks: combinations of settings that must never serve a real province."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register


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


ONE_OF = {
    "SECOND_FACTOR": ("policy", "all", "none"), "PASSWORDS": ("all", "administrators"), "OIDC_MATCH": ("login", "email"),
    "OIDC_SECOND_FACTOR": ("provider", "here"),
}  # fmt: skip


@register()
def sign_in(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse settings of signing in that mean nothing, or that let nobody in."""
    found: list[CheckMessage] = [
        Error(f"KYCUONG_{name} is {', '.join(values[:-1])} or {values[-1]}.", id="kycuong.E008")
        for name, values in ONE_OF.items()
        if getattr(settings, name) not in values
    ]
    if settings.OIDC_ISSUER and not (settings.OIDC_CLIENT_ID and settings.OIDC_CLIENT_SECRET):
        found.append(
            Error("Single sign-on needs KYCUONG_OIDC_CLIENT_ID and KYCUONG_OIDC_CLIENT_SECRET.", id="kycuong.E009")
        )
    if settings.PASSWORDS == "administrators" and not settings.OIDC_ISSUER:
        found.append(
            Error("Without single sign-on KYCUONG_PASSWORDS=administrators lets nobody in.", id="kycuong.E010")
        )
    if min(settings.SESSION_IDLE_MINUTES, settings.SESSION_COOKIE_AGE) < 1:
        found.append(Error("A session lives at least a minute.", id="kycuong.E011"))
    return found


@register(deploy=True)
def unsafe_sign_in(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse settings of signing in that must not serve a real province, and warn of those that weaken it."""
    found: list[CheckMessage] = []
    if settings.OIDC_ISSUER and not settings.OIDC_ISSUER.startswith("https://"):
        found.append(Error("KYCUONG_OIDC_ISSUER must be an https address.", id="kycuong.E012"))
    if not settings.DEMO and not settings.SECURE:
        found.append(Error("Without KYCUONG_SECURE sessions travel in the open; serve behind TLS.", id="kycuong.E013"))
    if not settings.DEMO and settings.SECOND_FACTOR == "none":
        found.append(
            Warning("KYCUONG_SECOND_FACTOR=none: administrators sign in with a password alone.", id="kycuong.W001")
        )
    if settings.SECURE and not settings.PROXIES:
        found.append(
            Warning("KYCUONG_PROXIES=0 behind a proxy: every visitor has the proxy's address.", id="kycuong.W002")
        )
    if settings.SESSION_COOKIE_AGE > 24 * 3600:
        found.append(Warning("KYCUONG_SESSION_HOURS is more than a day.", id="kycuong.W003"))
    return found
