"""Consultations: ask, follow each body, answer point by point, notify the silent, go on."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kycuong.core.calendars import local_date
from kycuong.core.consultations import Said
from kycuong.queries import consultations as queries
from kycuong.queries import duties, org, transfers
from kycuong.services import consultations, receipts
from kycuong.web import chase_words, consultation_words, errors, forms
from kycuong.web.doors import Request, signed_in
from kycuong.web.files import hand_out


@require_GET
@signed_in
def consultation_list(request: Request) -> HttpResponse:
    """List what waits for one's own unit, and the consultations that one conducts."""
    page = queries.consultations(request.actor, request.at, page=forms.read_page(request.GET.get("trang", "")))
    return render(request, "consultations/list.html", {"page": page})


@require_GET
@signed_in
def consultation(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show a consultation with every opinion and what is still owed."""
    return consultation_page(request, public_id)


def consultation_page(request: Request, public_id: uuid.UUID, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render a consultation; `said` is why an act on it is refused."""
    page = queries.consultation(request.actor, public_id, request.at)
    context = {"page": page, "said": said, "grounds": queries.grounds(request.actor, public_id)}
    return render(request, "consultations/consultation.html", context, status=status)


@require_http_methods(["GET", "POST"])
@signed_in
def change(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Change the proposal: a new version, asked anew."""
    post, said = request.POST, ""
    if request.method == "POST":
        try:
            consultations.change_proposal(
                actor=request.actor, at=request.at, consultation=public_id, reason=post.get("reason", ""),
                points=consultation_words.points(post.get("points", "")), file=forms.read_file(request, required=False),
                request_id=forms.read_uuid(post.get("request_id", "")),
            )  # fmt: skip
            return redirect("consultation", public_id)
        except errors.TYPED as refusal:
            said = errors.sentence(refusal)
    page = queries.consultation(request.actor, public_id, request.at)
    written = post.get("points", consultation_words.typed_points(page.points))
    context = {
        "page": page,
        "points": written,
        "reason": post.get("reason", ""),
        "said": said,
        "request_id": uuid.uuid4(),
    }
    return render(request, "consultations/change.html", context, status=422 if said else 200)


@require_POST
@signed_in
def end(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """End a consultation, or say what is owed."""
    try:
        consultations.end(actor=request.actor, at=request.at, consultation=public_id)
    except errors.TYPED as refusal:
        return consultation_page(request, public_id, said=errors.sentence(refusal), status=422)
    messages.success(request, _("Đã kết thúc lấy ý kiến; có thể trình tiếp."))
    return redirect("consultation", public_id)


@require_GET
@signed_in
def opinion(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show one body's question; looking starts no clock, the button that confirms receipt does."""
    if not queries.opinion_page(request.actor, public_id, request.at).sealed:
        receipts.receive(actor=request.actor, at=request.at, duty=public_id)
    return opinion_page(request, public_id)


def opinion_page(
    request: Request, public_id: uuid.UUID, *, refused: str = "", said: str = "", status: int = 200
) -> HttpResponse:
    """Render a body's question; `refused` is the act whose form shows the sentence `said`."""
    page = queries.opinion_page(request.actor, public_id, request.at)
    context: dict[str, Any] = {
        "page": page, "rows": consultation_words.rows_with_typed(page.points, request.POST, _drafted(page)),
        "refused": refused, "said": said,
        "positions": consultation_words.positions(), "typed": request.POST, "request_id": uuid.uuid4(),
        "history": duties.duty(request.actor, public_id, request.at) if page.sees_duty else None,
        "forms": consultation_words.forms_of(page), "path": transfers.opinion_path(request.actor, public_id, request.at),
        **_returning(request, page),
        "drafting": "submit_opinion" in page.acts and "give_opinion" not in page.acts and not page.sealed,
        "desks": org.desks(request.actor, public_id, request.at) if "assign_opinion" in page.acts else [],
        "alike": queries.alike(request.actor, public_id),
    }  # fmt: skip
    return render(request, "consultations/opinion.html", context, status=status)


def _drafted(page: queries.OpinionPage) -> Mapping[int, Said] | None:
    return page.draft.said if page.draft and page.body.phase == "open" else None


def _returning(request: Request, page: queries.OpinionPage) -> dict[str, Any]:
    """Return what the form of a return needs, filled from the registry; nothing when the body may not return it."""
    if "return_opinion" not in page.acts:
        return {}
    found, post = transfers.return_form(request.actor, page.duty, request.at), request.POST
    return {
        "returning": found, "grounds": consultation_words.grounds(), "ground": post.get("ground", found.ground.value),
        "return_unit": post.get("unit", str(found.unit or "")),
    }  # fmt: skip


@require_POST
@signed_in
def act(request: Request, public_id: uuid.UUID, address: str) -> HttpResponse:
    """Do one act on an opinion; a refusal of what was typed shows the page again with the sentence at the form."""
    name = consultation_words.ADDRESSES.get(address)
    if name is None:
        raise Http404
    try:
        in_time = getattr(consultations, name)(
            actor=request.actor, at=request.at, duty=public_id, **_given(request, name), **_seen(request, name)
        )
    except errors.TYPED as refusal:
        return opinion_page(request, public_id, refused=name, said=chase_words.refused(request, refusal), status=422)
    messages.success(request, str(consultation_words.DONE["file_late" if in_time is False else name]))
    return redirect("opinion", public_id)


def _given(request: Request, name: str) -> dict[str, Any]:
    """Return what the form of an act carries. Raises: Invalid."""
    post = request.POST
    if name in {"give_opinion", "file_late"}:
        return {
            "said": consultation_words.said(post), "file": forms.read_file(request, required=False),
            "typed": chase_words.signed(post),
        }  # fmt: skip
    if name == "assign_opinion":
        return {"desk": post.get("desk", ""), "note": post.get("note", "").strip()}
    if name == "submit_opinion":
        return {"said": consultation_words.said(post), "note": post.get("note", "").strip()}
    if name == "record_notice":
        return {"file": forms.read_file(request, required=False), "typed": chase_words.signed(post)}
    if name == "ask_time":
        return {"until": forms.read_date(post.get("until", "")) or local_date(request.at), "note": post.get("note", "")}
    if name == "return_opinion":
        words = {field: post.get(field, "") for field in ("note", "ground", "matter", "why")}
        return words | {"unit": forms.read_uuid(post.get("unit", ""))}
    wordy = {"return_opinion_draft", "prove_delivery", "refuse_time", "refuse_vague", "drop_opinion"}
    return {"note": post.get("note", "")} if name in wordy else {}


def _seen(request: Request, name: str) -> dict[str, Any]:
    if name == "record_notice":
        return {}
    return {"request": forms.read_seen(request)}


@require_POST
@signed_in
def draft(request: Request, public_id: uuid.UUID, form: str) -> HttpResponse:
    """Hand out the draft of an opinion with the positions chosen so far."""
    said = consultation_words.said(request.POST)
    return hand_out(
        consultations.write_opinion(actor=request.actor, at=request.at, duty=public_id, said=said, form=form)
    )


@require_GET
@signed_in
def notice(request: Request, public_id: uuid.UUID, form: str) -> HttpResponse:
    """Hand out the draft of the notice to a silent body."""
    return hand_out(consultations.write_notice(actor=request.actor, at=request.at, duty=public_id, form=form))
