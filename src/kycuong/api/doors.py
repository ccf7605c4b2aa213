"""Who calls: a system with its token, or the person whose browser it is; with which right, how often, how they repeat."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import APIKeyCookie, HttpBearer

from kycuong.api.problems import Refused
from kycuong.core.errors import NotAllowed
from kycuong.core.tokens import RIGHT_LABELS, Right
from kycuong.queries import scope, tokens
from kycuong.services import requests
from kycuong.services import tokens as services
from kycuong.services.requests import Request as Seen

UNSAID = "Thiếu đầu mục If-Match. Gửi ETag của bản ghi đã đọc, hoặc * nếu chấp nhận ghi đè lên thay đổi của người khác."
#: So many calls are counted in the worker before they are noted for all workers.
NOTED_EVERY = 20


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: `token` is none for a person's own browser."""

    token: int | None = None
    rights: frozenset[str] = frozenset(Right)


class Request(HttpRequest):
    """A request of somebody who was let in."""

    actor: scope.Actor
    at: datetime
    caller: Caller


class SystemToken(HttpBearer):
    """The token of a system, in the header Authorization."""

    def __init__(self, right: Right | None) -> None:
        super().__init__()
        self.right = right

    def authenticate(self, request: Any, token: str) -> Caller | None:
        """Let a system in when its token stands, has the right and was not used too often."""
        found = tokens.bearer(token, request.at)
        if found is None:
            return None
        _count(found, request.at)
        if self.right is not None and self.right not in found.rights:
            raise NotAllowed("right_not_given", right=RIGHT_LABELS[self.right])
        caller = Caller(found.token, found.rights)
        request.actor, request.caller = found.actor, caller
        return caller


class Session(APIKeyCookie):
    """The session of a person's own browser; a change also wants the CSRF token of the page."""

    param_name = settings.SESSION_COOKIE_NAME

    def _get_key(self, request: HttpRequest) -> str | None:
        if not getattr(request, "actor", None):
            return None
        return super()._get_key(request)

    def authenticate(self, request: Any, key: str | None) -> Caller | None:
        """Let in whoever is signed in, holds a post and has a password of their own."""
        if not key or not request.actor.hats or getattr(request.user, "must_change", False):
            return None
        request.caller = caller = Caller()
        return caller


def may(right: Right | None) -> list[Any]:
    """Return who is let in to an operation: a system with this right, a person with the session of the browser."""
    return [SystemToken(right), Session()]


def holds(request: Request, right: Right) -> bool:
    """Return whether the caller has a right beside the one that let them in; a person in the browser has all of them."""
    return right in request.caller.rights


def must_hold(request: Request, right: Right) -> None:
    """Refuse a caller without a second right that the operation needs. Raises: NotAllowed."""
    if not holds(request, right):
        raise NotAllowed("right_not_given", right=RIGHT_LABELS[right])


class _Counts:
    """The calls of a minute that this worker has not noted yet, by token."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.held: dict[str, tuple[int, int, int]] = {}  # token: minute, noted by all, not yet noted

    def add(self, found: tokens.Bearer, minute: int) -> tuple[int, int]:
        """Count one call; return how many the minute has had, and how many of them are to be noted now."""
        with self.lock:
            kept, noted, own = self.held.get(found.key, (0, 0, 0))
            if kept != minute:
                noted, own = 0, 0
            if found.minute == minute:
                noted = max(noted, found.calls)
            first = kept != minute
            own += 1
            due = own if first or own >= NOTED_EVERY else 0
            self.held[found.key] = (minute, noted, 0 if due else own)
            return noted + own, due

    def noted(self, token: str, minute: int, total: int) -> None:
        """Take over how many calls all workers have noted."""
        with self.lock:
            _, _, own = self.held.get(token, (0, 0, 0))
            self.held[token] = (minute, total, own)


_COUNTS = _Counts()


def _count(found: tokens.Bearer, at: datetime) -> None:
    """Count a call of a token by the real clock. Raises: Refused when the minute has had too many."""
    now = timezone.now()
    minute = int(now.timestamp()) // 60
    total, due = _COUNTS.add(found, minute)
    if due:
        total = services.note_calls(found.token, minute, due, at)
        _COUNTS.noted(found.key, minute, total)
    if total > settings.API_CALLS_A_MINUTE:
        wait = str(60 - now.second)
        said = f"Mã truy cập này gửi quá {settings.API_CALLS_A_MINUTE} yêu cầu trong một phút. Gửi lại sau {wait} giây."
        raise Refused(429, "calls_too_many", said, Retry_After=wait)


def seen(request: Request, if_match: str | None, key: str | None) -> Seen:
    """Return what a service is told of a request: the version that was read, and what makes repeating harmless.

    Raises: Refused when the version is missing.
    """
    return Seen(version(if_match), _request_id(request, key))


def version(if_match: str | None) -> int | None:
    """Return the version that a request was made on, none for whichever stands now. Raises: Refused when it is missing."""
    if if_match is None:
        raise Refused(428, "version_missing", UNSAID)
    return None if if_match == "*" else int(if_match.strip('"'))


def _request_id(request: Request, key: str | None) -> UUID | None:
    """Return the identity of a repeated request: of this person, so that nobody else's key can stand in its way."""
    return uuid5(NAMESPACE_URL, f"{request.actor.officer_id}/{request.path}/{key}") if key else None


def once(request: Request, key: str | None, call: Callable[[], dict[str, Any]], body: object = None) -> dict[str, Any]:
    """Do what a request asks, or return what was answered when it came before with the same key."""
    asked = requests.asked_of(f"{request.method} {request.path}", body)
    return requests.once(actor=request.actor, at=request.at, key=key, asked=asked, call=call)
