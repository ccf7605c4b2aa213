"""Pages for what cannot be done: polite, in one clear sentence, naming who can help."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import DataError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _

from kycuong.core.collisions import collided
from kycuong.core.errors import Conflict, Fact, Invalid, NotAllowed, NotVisible, Throttled, TransitionNotAllowed
from kycuong.reader import Unreadable
from kycuong.web import words

Refusal = Fact | Unreadable
log = logging.getLogger("kycuong.web")
#: What was given cannot be taken: shown at the form it came from.
TYPED = (Invalid, Unreadable)
#: What a form shows beside its fields: also that somebody was faster, or that the act is another person's.
REFUSED = (Invalid, Conflict, NotAllowed, Throttled)

STATUS: tuple[tuple[type[Fact], int], ...] = (
    (NotVisible, 404),
    (NotAllowed, 403),
    (TransitionNotAllowed, 409),
    (Conflict, 409),
    (Throttled, 429),
    (Invalid, 422),
    (Fact, 422),
)


def sentence(fact: Refusal) -> str:
    """Return the sentence of a refusal in the reader's language."""
    return words.said(fact.message_vi if isinstance(fact, Unreadable) else fact.message)


def status_of(fact: Refusal) -> int:
    """Return the HTTP status of a refusal."""
    return next((status for kind, status in STATUS if isinstance(fact, kind)), 422)


def answer(request: HttpRequest, exception: BaseException) -> HttpResponse | None:
    """Return the page for a domain refusal or a collision in the database, or None when it is a fault."""
    if isinstance(exception, OperationalError) and collided(exception):
        busy = _("Nhiều người đang xử lý cùng lúc nên việc chưa được ghi nhận. Thực hiện lại sau ít giây.")
        return page(request, 409, busy)
    if isinstance(exception, DataError):  # a character or a number that no column takes
        log.warning("a value could not be stored", exc_info=exception)
        return bad_request(request)
    if not isinstance(exception, Refusal):
        return None
    return page(request, status_of(exception), sentence(exception))


def page(request: HttpRequest, status: int, said: str = "") -> HttpResponse:
    """Render the page of a status; for a part asked by htmx only the notice, put above the page's content."""
    if getattr(request, "htmx", False):
        response = render(request, "parts/refusal.html", {"said": said, "status": status}, status=status)
        response.headers["HX-Retarget"], response.headers["HX-Reswap"] = "#notices", "innerHTML"
        return response
    return render(request, f"errors/{status}.html", {"said": said}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be read."""
    return page(
        request, 422, _("Yêu cầu gửi lên không đọc được. Quay lại trang trước, tải lại trang rồi thực hiện lại.")
    )


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an act that is another person's."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere, or nowhere for this person."""
    return page(request, 404)


def failure(request: HttpRequest) -> HttpResponseBase:
    """Answer when the fault is ours, with a page that asks nothing of the database."""
    page = get_template("errors/500.html").render({"province_name": settings.PROVINCE_NAME}, None)
    return HttpResponse(page, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose session has ended."""
    return page(
        request, 403, _("Phiên làm việc đã hết hoặc trang đã cũ. Tải lại trang, đăng nhập lại rồi gửi lại biểu mẫu.")
    )
