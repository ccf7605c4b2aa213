"""The pages of a body outside the system: opened by a button with the secret of its link, answered once, without signing in.

The secret stands behind the # of the address, which no browser sends and no server logs; it travels in the body of each POST.
A GET looks at no table, so that a preview learns nothing and starts nothing. The policy of the referrer stays "same-origin":
with "no-referrer" browsers send `Origin: null` and the check against forged forms would refuse every POST.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kycuong.core.calendars import local_date
from kycuong.core.errors import Fact
from kycuong.reader import Unreadable
from kycuong.services import consultations
from kycuong.web import chase_words, consultation_words, errors, forms, sessions
from kycuong.web.doors import Request
from kycuong.web.files import hand_out, make_powerless

View = Callable[..., HttpResponseBase]


def _unseen(view: View) -> View:
    """Keep a page out of caches, search engines, frames and reports of errors."""

    @never_cache
    @sensitive_post_parameters("secret")
    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except (Fact, Unreadable) as refusal:
            response = _refused(request, refusal)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


def _refused(request: Request, refusal: errors.Refusal) -> HttpResponse:
    status = 422 if isinstance(refusal, Unreadable) else errors.status_of(refusal)
    return render(request, "outside/door.html", {"said": errors.sentence(refusal)}, status=status)


def _key(request: Request, link: uuid.UUID) -> dict[str, Any]:
    """Return what every act on a link begins with."""
    return {"link": link, "secret": request.POST.get("secret", ""), "at": request.at, "real": request.real,
            "source": sessions.address(request)}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@_unseen
def link(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show the door, the same for every address; opened by its button it shows the question."""
    if request.method != "POST":
        return render(request, "outside/door.html", {})
    return _question(request, public_id)


def _question(
    request: Request, public_id: uuid.UUID, *, refused: str = "", said: str = "", status: int = 200
) -> HttpResponse:
    page = consultations.open_link(**_key(request, public_id))
    context = {
        "page": page, "said": said, "refused": refused, "secret": request.POST.get("secret", ""), "link": public_id, "typed": request.POST,
        "rows": consultation_words.rows_with_typed(page.points, request.POST), "positions": consultation_words.positions(),
    }  # fmt: skip
    return render(request, "outside/question.html", context, status=status)


@require_POST
@_unseen
def answer(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Take the signed letter with the positions and show the receipt; a refusal of what was typed shows the form again."""
    try:
        receipt = consultations.answer_by_link(
            said=consultation_words.said(request.POST), file=forms.read_file(request, required=False),
            typed=chase_words.signed(request.POST), **_key(request, public_id),
        )  # fmt: skip
    except errors.TYPED as refusal:
        return _question(request, public_id, said=chase_words.refused(request, refusal), status=422)
    return render(request, "outside/receipt.html", {"receipt": receipt})


@require_POST
@_unseen
def more_time(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Ask once for more time; the page shows the question again, with what was asked for or why not."""
    try:
        until = forms.read_date(request.POST.get("until", "")) or local_date(request.at)
        consultations.ask_time_by_link(until=until, note=request.POST.get("note", ""), **_key(request, public_id))
    except errors.TYPED as refusal:
        return _question(request, public_id, refused="more", said=errors.sentence(refusal), status=422)
    return _question(request, public_id)


@require_POST
@_unseen
def file(request: Request, public_id: uuid.UUID) -> HttpResponseBase:
    """Hand out the file of the proposal, powerless in a browser."""
    name, media_type, stream = consultations.file_by_link(**_key(request, public_id))
    response = FileResponse(stream, as_attachment=True, filename=name, content_type=media_type)
    make_powerless(response)
    return response


@require_POST
@_unseen
def draft(request: Request, public_id: uuid.UUID, form: str) -> HttpResponse:
    """Hand out the draft of the opinion with the positions chosen so far."""
    said = consultation_words.said(request.POST)
    return hand_out(consultations.draft_by_link(said=said, form=form, **_key(request, public_id)))
