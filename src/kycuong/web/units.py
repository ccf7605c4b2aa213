"""A unit's duties: who is late, with what, on whose desk."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from kycuong.queries import chasing, themes, unit_duties
from kycuong.queries import duties as queries
from kycuong.web import forms
from kycuong.web.doors import Request, signed_in

LATE_SHOWN = 5


@require_GET
@signed_in
def unit(request: Request, public_id: uuid.UUID | None = None) -> HttpResponse:
    """Show a unit's duties, filtered by state, desk and words."""
    wanted = forms.read_uuid(request.GET.get("don-vi", ""))
    if wanted and wanted != public_id:
        return redirect(f"{reverse('unit', args=[wanted])}?{without(request.GET, 'don-vi', 'ban')}")
    chosen: dict[str, Any] = {
        "state": request.GET.get("loc", ""),
        "desk": request.GET.get("ban", ""),
        "text": request.GET.get("q", ""),
        "theme": forms.read_uuid(request.GET.get("chu-de", "")),
    }
    page = unit_duties.of_unit(
        request.actor,
        request.at,
        unit=public_id,
        state=queries.State(chosen["state"]) if chosen["state"] in set(queries.State) else None,
        desk=forms.read_number(chosen["desk"]),
        text=chosen["text"],
        theme=chosen["theme"],
        after=request.GET.get("sau"),
    )
    late = [desk for desk in page.desks if desk.overdue and desk.post_id][:LATE_SHOWN]
    context = {"page": page, "chosen": chosen, "late_desks": late, "themes": themes.choices(ended=True)}
    context |= {"may_chase": request.actor.chases, "chased": chasing.of_unit(request.actor, page.unit_id)}
    return render(request, "duties/unit.html", context)


def without(query: QueryDict, *names: str) -> str:
    """Return the query of an address without some of its names."""
    kept = query.copy()
    for name in names:
        kept.pop(name, None)
    return kept.urlencode()
