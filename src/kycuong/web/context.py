"""What every page shows: the province's own name, the bell, the demo's clock."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from kycuong.queries import notices


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the values that the base template needs on every page."""
    actor, at = getattr(request, "actor", None), getattr(request, "at", None)
    return {
        "province_name": settings.PROVINCE_NAME,
        "demo": settings.DEMO,
        "actor": actor,
        "at": at,
        "may_intake": bool(actor and actor.may("intake")),
        "may_give": bool(actor and actor.may("give")),
        "may_organise": bool(actor and actor.may("organise")),
        "may_administer": bool(actor and actor.may("administer")),
        "may_audit": bool(actor and actor.may("audit")),
        "unread": notices.unread(actor, at) if actor and at else 0,
        "has_provider": bool(settings.OIDC_ISSUER),
        "csp_nonce": getattr(request, "csp_nonce", None),
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
    }
