"""Digital signatures: what was found of a file, and the certificates by which they are judged."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kycuong.core.errors import Invalid
from kycuong.queries import signatures as queries
from kycuong.queries import trust as trust_queries
from kycuong.services import trust as services
from kycuong.web import errors, forms
from kycuong.web.doors import Request, signed_in


@require_GET
@signed_in
def signatures(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show what was found of the signatures of a file."""
    return render(request, "files/signatures.html", {"page": queries.page(request.actor, public_id)})


@require_http_methods(["GET", "POST"])
@signed_in
def trust(request: Request) -> HttpResponse:
    """Show the certificates, or trust the ones in a file."""
    if request.method == "GET":
        return trust_page(request)
    try:
        given = forms.read_file(request, required=False)
        added = services.add(actor=request.actor, at=request.at, data=given[1] if given else b"")
    except (Invalid, *errors.TYPED) as refusal:
        return trust_page(request, said=errors.sentence(refusal), status=422)
    told = ngettext("Đã thêm %(n)s chứng thư.", "Đã thêm %(n)s chứng thư.", len(added)) % {"n": len(added)}
    messages.success(request, f"{told} {_('Các tệp có chữ ký số đang được kiểm tra lại.')}")
    return redirect("trust")


def trust_page(request: Request, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render the certificates; `said` is why a file is refused."""
    rows = trust_queries.listed(request.actor, request.at)
    context = {"rows": rows, "waiting": trust_queries.waiting(request.actor), "said": said}
    return render(request, "files/trust.html", context, status=status)


@require_POST
@signed_in
def retire(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Trust a certificate no more."""
    services.retire(actor=request.actor, at=request.at, certificate=public_id)
    messages.success(request, _("Đã thôi tin cậy chứng thư. Các tệp có chữ ký số đang được kiểm tra lại."))
    return redirect("trust")
