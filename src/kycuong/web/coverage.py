"""The coverage of a document: what each sentence is, who owns it, and what nobody owns yet."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kycuong.core.errors import Invalid
from kycuong.queries import documents as queries
from kycuong.services import directives as services
from kycuong.web import errors, forms, words
from kycuong.web.doors import Request, signed_in


@require_GET
@signed_in
def coverage(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show every sentence of a document with its class and its owner, or those alone that nobody owns."""
    return coverage_page(request, public_id)


def coverage_page(request: Request, public_id: uuid.UUID, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render the coverage; `said` is the sentence of a refusal."""
    only = request.GET.get("chi") == "chua-co"
    page = queries.coverage(request.actor, public_id, request.at, only_orphans=only, after=request.GET.get("sau"))
    context = {
        "page": page,
        "said": said,
        "legend": [(code, words.CLASSES[code], page.classes[code]) for code in words.CLASSES if code in page.classes],
    }
    return render(request, "documents/coverage.html", context, status=status)


@require_POST
@signed_in
def mend(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Make an order of a sentence that nobody owns: added by its span, or taken back when it had been dropped."""
    try:
        no = _mend(request, public_id)
    except errors.TYPED as refusal:
        return coverage_page(request, public_id, said=errors.sentence(refusal), status=422)
    messages.success(request, _("Đã đưa câu này vào nội dung giao việc. Kiểm tra đơn vị chủ trì ở màn hình rà soát."))
    return redirect(f"{reverse('coverage', args=[public_id])}#c-{no}")


def _mend(request: Request, public_id: uuid.UUID) -> int:
    post = request.POST
    order = forms.read_uuid(post.get("order", ""))
    if order:
        services.restore_order(actor=request.actor, at=request.at, order=order)
    else:
        start, end = forms.read_number(post.get("start", "")), forms.read_number(post.get("end", ""))
        if start is None or end is None:
            raise Invalid("span_unknown")
        services.add_order(actor=request.actor, at=request.at, document=public_id, start=start, end=end)
    return forms.read_number(post.get("no", "")) or 1
