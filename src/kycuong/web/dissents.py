"""Dissent: the docket of what two bodies do not agree on, the meeting of their heads, its minutes."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kycuong.queries import consultations as queries
from kycuong.services import consultations
from kycuong.web import chase_words, dissent_words, errors, forms
from kycuong.web.doors import Request, signed_in
from kycuong.web.files import hand_out


@require_GET
@signed_in
def docket(request: Request) -> HttpResponse:
    """List the open dissents of one's unit, asked or asking."""
    page = queries.docket(request.actor, request.at, page=forms.read_page(request.GET.get("trang", "")))
    return render(request, "consultations/docket.html", {"page": page})


@require_http_methods(["GET", "POST"])
@signed_in
def meeting(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show the dissent of one body and its meetings; record one, or correct what was recorded."""
    if request.method == "GET":
        return _page(request, public_id)
    post = request.POST
    try:
        given = {"duty": public_id, "meeting": dissent_words.meeting(request), "request": forms.read_seen(request)}
        if post.get("correct"):
            consultations.correct_meeting(actor=request.actor, at=request.at, note=post.get("note", ""), **given)  # type: ignore[arg-type]
        else:
            consultations.record_meeting(actor=request.actor, at=request.at, **given)  # type: ignore[arg-type]
    except errors.TYPED as refusal:
        return _page(request, public_id, refused="meeting", said=errors.sentence(refusal), status=422)
    messages.success(request, _("Đã ghi kết quả làm việc. In biên bản, hai bên ký, rồi gắn biên bản đã ký."))
    return redirect("meeting", public_id)


def _page(
    request: Request, public_id: uuid.UUID, *, refused: str = "", said: str = "", status: int = 200
) -> HttpResponse:
    page = queries.meeting_page(request.actor, public_id, request.at)
    context = {
        "page": page, "sides": dissent_words.sides(page, request.POST), "points": dissent_words.points(page, request.POST),
        "settlements": dissent_words.settlements(), "typed": request.POST, "refused": refused, "said": said,
        "request_id": uuid.uuid4(),
    }  # fmt: skip
    return render(request, "consultations/meeting.html", context, status=status)


@require_POST
@signed_in
def sign(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Take the signed minutes back."""
    try:
        consultations.sign_meeting(
            actor=request.actor, at=request.at, duty=public_id, file=forms.read_file(request, required=False),
            typed=chase_words.signed(request.POST), request=forms.read_seen(request),
        )  # fmt: skip
    except errors.TYPED as refusal:
        return _page(request, public_id, refused="sign", said=chase_words.refused(request, refusal), status=422)
    messages.success(request, _("Đã gắn biên bản đã ký: ý kiến khác nhau này không còn giữ việc trình."))
    return redirect("meeting", public_id)


@require_GET
@signed_in
def minutes(request: Request, public_id: uuid.UUID, form: str) -> HttpResponse:
    """Hand out the minutes of the meeting, to be signed by both heads."""
    return hand_out(consultations.write_minutes(actor=request.actor, at=request.at, duty=public_id, form=form))
