"""Papers on their way in: batches, and scans read page by page; the pages ask again by themselves, or on a reload."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from kycuong.queries import intake as queries
from kycuong.services import directives, intake
from kycuong.web import errors
from kycuong.web.doors import Request, signed_in

ITEMS: dict[str, str | Promise] = {
    "waiting": gettext_lazy("Chờ đọc"),
    "done": gettext_lazy("Đã vào sổ"),
    "duplicate": gettext_lazy("Đã có trong sổ"),
    "refused": gettext_lazy("Không nhận"),
    "cancelled": gettext_lazy("Đã hủy"),
}
BATCHES: dict[str, str | Promise] = {
    "open": gettext_lazy("Đang tiếp nhận"),
    "done": gettext_lazy("Đã xong"),
    "cancelled": gettext_lazy("Đã hủy"),
}


@require_GET
@signed_in
def batches(request: Request) -> HttpResponse:
    """Show the batches, newest first."""
    rows, next_key = queries.batches(request.actor, after=request.GET.get("sau"))
    context = {"rows": [(row, BATCHES[row.state]) for row in rows], "page": {"next_key": next_key}}
    return render(request, "intake/batches.html", context)


@require_GET
@signed_in
def batch(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show a batch with what became of each file, whole or (for htmx) its changing part."""
    state = request.GET.get("tt", "")
    page = queries.batch(request.actor, public_id, state=state, after=request.GET.get("sau"))
    context = {
        "page": page,
        "state": BATCHES[page.batch.state],
        "chosen": state,
        "counts": [(code, ITEMS[code], count) for code, count in page.counts.items()],
        "items": [(item, ITEMS[item.state]) for item in page.items],
    }
    return render(request, "intake/batch_part.html" if request.htmx else "intake/batch.html", context)


@require_POST
@signed_in
def cancel_batch(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Stop a batch."""
    left = intake.cancel(actor=request.actor, at=request.at, batch=public_id)
    said = ngettext("Đã hủy: %(n)d tệp không đọc nữa.", "Đã hủy: %(n)d tệp không đọc nữa.", left)
    messages.success(request, said % {"n": left})
    return redirect("batch", public_id)


@require_POST
@signed_in
def retry_batch(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Read again what was refused."""
    again = intake.retry(actor=request.actor, at=request.at, batch=public_id)
    said = ngettext("%(n)d tệp sẽ được đọc lại.", "%(n)d tệp sẽ được đọc lại.", again)
    messages.success(request, said % {"n": again})
    return redirect("batch", public_id)


@require_GET
@signed_in
def scan(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show how far the reading of a scan is; once it is read, go on to the review."""
    return scan_page(request, public_id)


def scan_page(request: Request, public_id: uuid.UUID, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render how far a scan is, whole or (for htmx) its changing part; `said` is the sentence of a refusal."""
    page = queries.scan(request.actor, public_id, request.at)
    if page.state == "done" or page.typed:
        return _gone(request, reverse("review" if page.may_act else "document", args=[public_id]))
    context = {"page": page, "refused": said, "typed": request.POST.get("text", "")}
    template = "intake/scan_part.html" if request.htmx else "intake/scan.html"
    return render(request, template, context, status=status)


def _gone(request: Request, place: str) -> HttpResponse:
    if not request.htmx:
        return redirect(place)
    response = HttpResponse()
    response.headers["HX-Redirect"] = place
    return response


@require_POST
@signed_in
def cancel_scan(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Stop reading a scan."""
    directives.cancel_scan(actor=request.actor, at=request.at, document=public_id)
    messages.success(request, _("Đã dừng đọc. Nhập thông tin văn bản bằng tay, hoặc đọc tiếp sau."))
    return redirect("scan", public_id)


@require_POST
@signed_in
def retry_scan(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Go on reading a scan that failed or was stopped."""
    directives.retry_scan(actor=request.actor, at=request.at, document=public_id)
    return redirect("scan", public_id)


@require_POST
@signed_in
def type_text(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Take the orders of a scan as somebody typed them."""
    text = request.POST.get("text", "")
    try:
        directives.type_text(actor=request.actor, at=request.at, document=public_id, text=text)
    except errors.TYPED as refusal:
        return scan_page(request, public_id, said=errors.sentence(refusal), status=422)
    return redirect("review", public_id)
