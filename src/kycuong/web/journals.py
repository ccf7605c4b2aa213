"""One's own journal: what was signed in, seen and done in one's name; filtered by the address, printed, taken along as CSV."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from kycuong.core.errors import Invalid
from kycuong.queries import journals as queries
from kycuong.services import workbooks
from kycuong.web import errors, forms
from kycuong.web.doors import Request, signed_in
from kycuong.web.imports import download


def wanted(request: Request) -> queries.Wanted:
    """Return what the address asks for. Raises: Invalid."""
    asked = request.GET
    return queries.Wanted(
        asked.get("loai", ""), forms.read_date(asked.get("tu", "")), forms.read_date(asked.get("den", ""))
    )


@never_cache
@require_GET
@signed_in
def journal(request: Request) -> HttpResponse:
    """Show the person's journal."""
    said = ""
    try:
        page = queries.journal(request.actor, wanted(request), after=request.GET.get("sau", ""))
    except Invalid as refusal:
        page, said = queries.JournalPage([], None), errors.sentence(refusal)
    context = {"page": page, "kinds": queries.KINDS, "asked": request.GET, "said": said}
    return render(request, "accounts/journal.html", context, status=422 if said else 200)


@require_GET
@signed_in
def lines(request: Request) -> HttpResponse:
    """Hand out the journal as CSV."""
    return download(workbooks.journal(actor=request.actor, at=request.at, wanted=wanted(request)))
