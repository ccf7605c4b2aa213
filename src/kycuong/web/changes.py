"""The giver's side changes a task: each change on a page of its own that says beforehand what follows from it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kycuong.queries import duties as queries
from kycuong.services import tasks
from kycuong.web import errors, forms, words
from kycuong.web.doors import Request, signed_in

#: The last part of a change's address, and the change.
ADDRESSES = {"dinh-chinh": "correct", "thay-the": "replace", "thoi-giao": "revoke", "giao-lai": "reassign"}


@require_http_methods(["GET", "POST"])
@signed_in
def change(request: Request, public_id: uuid.UUID, act: str) -> HttpResponse:
    """Show the form of a change with what would follow, or make the change and show the task that stands now."""
    if request.method == "GET":
        return change_page(request, public_id, act)
    try:
        made = perform(request, public_id, act)
    except errors.TYPED as refusal:
        return change_page(request, public_id, act, said=errors.sentence(refusal), status=422)
    messages.success(request, words.done(act))
    return redirect("duty", made or public_id)


def change_page(request: Request, public_id: uuid.UUID, act: str, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render the form of a change; what was typed comes back with the sentence `said`."""
    page = queries.change(request.actor, public_id, act, request.at)
    typed = request.POST if request.method == "POST" else None
    context = {"page": page, "form": forms.change_form(page, typed), "request_id": uuid.uuid4(), "said": said}
    return render(request, "duties/change.html", context, status=status)


def perform(request: Request, public_id: uuid.UUID, act: str) -> uuid.UUID | None:
    """Call the one service of a change with what its form carries."""
    seen = forms.read_seen(request)
    service: Any = getattr(tasks, act)
    made = service(
        actor=request.actor, at=request.at, duty=public_id, request=seen, **forms.change_values(act, request.POST)
    )
    return made if isinstance(made, uuid.UUID) else None
