"""The API as a whole: its operations, its description, its page for people."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from kycuong import __version__
from kycuong.api import (
    acts,
    backlogs,
    boards,
    closing,
    comparing,
    competences,
    concerns,
    consultations,
    days,
    dissents,
    documents,
    duties,
    files,
    found,
    hooks,
    offices,
    orders,
    organising,
    places,
    planning,
    problems,
    processes,
    reports,
    rooms,
    rules,
    signatures,
    signs,
    steering,
    transfers,
    voting,
)
from kycuong.api.shapes import hooks as hook_shapes
from kycuong.core.hooks import kinds

DESCRIPTION = (
    "Mọi việc làm được với hồ sơ trên trang web đều làm được ở đây, theo cùng một phạm vi xem và cùng một quy tắc. "
    "Hệ thống khác gửi mã truy cập trong đầu mục Authorization: Bearer; trình duyệt đã đăng nhập dùng phiên của mình. "
    "Thay đổi nhiệm vụ cần If-Match với ETag đã đọc; gửi lại an toàn với Idempotency-Key."
)
#: The subjects of the operations, as people read them.
SUBJECTS = {
    "duties": "Nhiệm vụ", "acts": "Thao tác trên nhiệm vụ", "documents": "Văn bản", "review": "Rà soát nội dung giao việc",
    "files": "Tệp, xuất dữ liệu", "search": "Tìm kiếm, thông báo", "calendar": "Lịch làm việc, thời hạn, thang nhắc việc",
    "organisation": "Tổ chức bộ máy", "competence": "Sổ thẩm quyền", "steering": "Bảng theo dõi, tiếp nhận, xử lý thay, nhật ký",
    "periods": "Chỉ tiêu, kỳ báo cáo, đối soát", "programmes": "Chương trình công tác, chủ đề", "reports": "Báo cáo kèm chứng cứ",
    "chasing": "Đôn đốc", "backlog": "Rà soát tồn đọng", "accountability": "Trách nhiệm người đứng đầu",
    "signs": "Dấu hiệu cần rà soát, quy trình của cơ quan",
    "consultations": "Lấy ý kiến phối hợp", "transfers": "Chuyển việc, phân xử thẩm quyền",
    "comparisons": "Đối chiếu văn bản, khối lượng giao việc",
    "signatures": "Chữ ký số", "imports": "Nhập dữ liệu", "accounts": "Tài khoản, thư đi", "webhooks": "Sự kiện (webhook)",
}  # fmt: skip
#: What every operation may answer beside what it is for.
REFUSALS = (400, 401, 403, 404, 409, 412, 413, 422, 428, 429)


class Gate(NinjaAPI):
    """The API with its description completed: refusals are problem details on every operation."""

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        """Return the description (OpenAPI 3.1)."""
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        return _completed(schema)

    def create_response(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer; what is told of a person's records is kept by nobody on the way."""
        response = super().create_response(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response


def _completed(schema: OpenAPISchema) -> OpenAPISchema:
    components = schema["components"]["schemas"]
    schema["tags"] = [{"name": name, "description": said} for name, said in SUBJECTS.items()]
    schema["webhooks"] = {"event": hook_shapes.webhook(kinds())}
    for shape in (
        problems.FieldProblem,
        problems.Problem,
        hook_shapes.EventData,
        hook_shapes.RecordData,
        hook_shapes.Event,
    ):
        told = shape.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
        told.pop("$defs", None)
        components[shape.__name__] = told
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    schema["components"]["responses"] = {
        str(status): {"description": problems.TITLES[status], "content": content} for status in REFUSALS
    }
    for path in schema["paths"].values():
        for operation in path.values():
            responses = {str(status): told for status, told in operation["responses"].items()}
            refusals = {str(status): {"$ref": f"#/components/responses/{status}"} for status in REFUSALS}
            operation["responses"] = responses | refusals
            vietnamese, _, english = operation["summary"].partition(" | ")
            operation |= {"summary": vietnamese, "x-summary-en": english or operation["operationId"].replace("_", " ")}
            for one in operation.get("parameters", []):
                one["schema"] = _untitled(one["schema"])
    schema["components"]["schemas"] = {name: _untitled(shape) for name, shape in components.items()}
    return schema


def _untitled(shape: Any) -> Any:
    """Return a shape without the titles that only repeat the names of its fields."""
    if isinstance(shape, list):
        return [_untitled(one) for one in shape]
    if not isinstance(shape, dict):
        return shape
    return {name: _untitled(one) for name, one in shape.items() if name != "title" or not isinstance(one, str)}


api = Gate(
    title="Kỷ Cương", version=__version__, description=DESCRIPTION, urls_namespace="api", docs_url=None,
    openapi_url="/openapi.json",
)  # fmt: skip
problems.install(api)
ROOMS = (
    duties,
    acts,
    documents,
    orders,
    files,
    found,
    concerns,
    consultations,
    dissents,
    voting,
    days,
    rules,
    places,
    organising,
    boards,
    rooms,
    closing,
    planning,
)
for _room in (
    *ROOMS,
    reports,
    steering,
    backlogs,
    comparing,
    signatures,
    signs,
    competences,
    offices,
    hooks,
    transfers,
    processes,
):
    api.add_router("/v1", _room.router)
for _more in (steering.cases, offices.people):
    api.add_router("/v1", _more)


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """Return the description of the API as plain data."""
    return dict(api.get_openapi_schema())
