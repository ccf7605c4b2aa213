"""Search: the address is the question, its filters and its page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kycuong.queries import search as queries
from kycuong.web import forms, words
from kycuong.web.doors import Request, signed_in

#: The values of a kind in the address.
KINDS = {"van-ban": "document", "noi-dung": "order", "nhiem-vu": "task"}
YEARS_SHOWN = 10


@require_GET
@signed_in
def search(request: Request) -> HttpResponse:
    """Show the documents, orders and tasks that have the words and that the person sees."""
    asked = request.GET
    text = asked.get("q", "").strip()
    filters = queries.Filters(
        kind=KINDS.get(asked.get("loai", ""), ""),
        year=forms.read_year(asked.get("nam", "")),
        unit=forms.read_uuid(asked.get("don-vi", "")),
        state=asked.get("trang-thai", ""),
        document=forms.read_uuid(asked.get("van-ban", "")),
    )
    page = queries.search(request.actor, request.at, text=text, filters=filters, after=asked.get("sau"))
    context = {
        "text": text,
        "page": page,
        "filters": filters,
        "kinds": words.found_by_kind(page.counts, KINDS),
        "states": words.SEARCH_STATES,
        "years": range(request.at.year, request.at.year - YEARS_SHOWN, -1),
        "units": queries.unit_choices(request.actor),
        "narrowed": filters != queries.Filters(kind=filters.kind),
    }
    return render(request, "pages/search.html", context)
