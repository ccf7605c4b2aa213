"""Refusals as RFC 9457 problem details: a stable code, one sentence in Vietnamese, and the fields that were wrong."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from kycuong.core.collisions import collided
from kycuong.core.errors import Conflict, Fact, Invalid, NotAllowed, NotVisible, TransitionNotAllowed
from kycuong.reader import Unreadable

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "Yêu cầu không đọc được",
    401: "Chưa xác thực",
    403: "Không được phép",
    404: "Không tìm thấy",
    405: "Không có phương thức này",
    409: "Xung đột với thay đổi khác",
    412: "Bản đã đọc không còn mới",
    413: "Yêu cầu quá lớn",
    422: "Dữ liệu không hợp lệ",
    428: "Thiếu điều kiện If-Match",
    429: "Gửi quá nhiều yêu cầu",
}
STATUS: tuple[tuple[type[Fact], int], ...] = (
    (NotVisible, 404),
    (NotAllowed, 403),
    (TransitionNotAllowed, 409),
    (Conflict, 409),
    (Invalid, 422),
)
#: Facts that say that somebody was faster than what the request was made on.
STALE = frozenset(
    {"moved_meanwhile", "org_change_moved_meanwhile", "calendar_changed_meanwhile", "report_changed_meanwhile"}
)


class FieldProblem(Schema):
    """One field that was wrong: where it stands, and why."""

    place: str
    said: str


class Problem(Schema):
    """Why a request was refused (RFC 9457). `code` is stable, `detail` is for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldProblem] = []


class Refused(Exception):
    """A refusal of the door itself, with its status and headers."""

    def __init__(self, status: int, code: str, detail: str, **headers: str) -> None:
        super().__init__(code)
        self.status, self.code, self.detail, self.headers = status, code, detail, headers


def answer(status: int, code: str, detail: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    """Return a refusal as problem details."""
    told = {
        "type": f"urn:kycuong:problem:{code}", "title": TITLES.get(status, TITLES[422]), "status": status, "code": code,
        "detail": detail, "errors": errors or [],
    }  # fmt: skip
    response = HttpResponse(json.dumps(told, ensure_ascii=False).encode(), status=status, content_type=MEDIA_TYPE)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def fact(request: HttpRequest, refusal: Exception) -> HttpResponse:
    """Answer a domain refusal; somebody was faster than the version that the request named: 412."""
    assert isinstance(refusal, Fact)
    status = next((status for kind, status in STATUS if isinstance(refusal, kind)), 422)
    if refusal.code in STALE and request.headers.get("If-Match", "*") != "*":
        status = 412
    return answer(status, refusal.code, refusal.message)


def refused(request: HttpRequest, refusal: Exception) -> HttpResponse:
    """Answer a refusal of the door."""
    assert isinstance(refusal, Refused)
    response = answer(refusal.status, refusal.code, refusal.detail)
    for name, value in refusal.headers.items():
        response.headers[name.replace("_", "-")] = value
    return response


def unreadable(request: HttpRequest, refusal: Exception) -> HttpResponse:
    """Answer a paper that cannot be read or must not be kept."""
    assert isinstance(refusal, Unreadable)
    return answer(422, "paper_unreadable", refusal.message_vi)


def invalid(request: HttpRequest, refusal: Exception) -> HttpResponse:
    """Answer a request whose fields are not of the shape that the operation asks for."""
    assert isinstance(refusal, ValidationError)
    errors = [{"place": ".".join(map(str, one["loc"])), "said": str(one["msg"])} for one in refusal.errors]
    return answer(422, "fields_invalid", "Có trường dữ liệu không đúng; xem errors.", errors)


def broken(request: HttpRequest, refusal: Exception) -> HttpResponse:
    """Answer what ninja itself refuses: a body that is no JSON, no credentials."""
    status = refusal.status_code if isinstance(refusal, HttpError) else 400
    if status == 401:
        said = "Gửi mã truy cập trong đầu mục Authorization: Bearer, hoặc đăng nhập trên trình duyệt."
        return answer(401, "not_authenticated", said)
    return answer(status, "request_unreadable", "Yêu cầu gửi lên không đọc được. Kiểm tra phần thân và kiểu nội dung.")


def too_big(request: HttpRequest, refusal: Exception) -> HttpResponse:
    """Answer a body that is longer than is taken."""
    return answer(413, "request_too_big", "Yêu cầu gửi lên quá lớn.")


def missing(request: HttpRequest, refusal: Exception | None = None) -> HttpResponse:
    """Answer an address that leads nowhere."""
    return answer(404, "address_unknown", "Không có địa chỉ này trong API.")


def data(request: HttpRequest, refusal: Exception) -> HttpResponse:
    """Answer a value that the database cannot hold."""
    return answer(422, "value_unstorable", "Có giá trị không lưu được.")


def busy(request: HttpRequest, refusal: Exception) -> HttpResponse:
    """Answer a collision in the database: nothing was written."""
    if not collided(refusal):
        raise refusal
    said = "Nhiều người đang xử lý cùng lúc nên việc chưa được ghi nhận. Thực hiện lại sau ít giây."
    return answer(409, "collided", said)


def install(api: NinjaAPI) -> None:
    """Give every refusal its answer."""
    handlers: dict[type[Exception], Any] = {
        Fact: fact, Refused: refused, Unreadable: unreadable, ValidationError: invalid, HttpError: broken,
        AuthenticationError: broken, Http404: missing, SuspiciousOperation: broken, MultiPartParserError: broken,
        RequestDataTooBig: too_big, DataError: data, OverflowError: data, OperationalError: busy,
    }  # fmt: skip
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
