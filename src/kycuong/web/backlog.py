"""The review of the backlog: a meeting's screens, one duty at a time, and its minutes."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kycuong.core.errors import Conflict, NotAllowed, TransitionNotAllowed
from kycuong.queries import backlog as queries
from kycuong.queries import duties, org
from kycuong.services import backlog
from kycuong.web import backlog_words, chase_words, errors, forms
from kycuong.web.doors import Request, signed_in
from kycuong.web.files import hand_out
from kycuong.web.imports import download

#: What a decision may be refused for, shown at its form.
REFUSED = (*errors.TYPED, Conflict, NotAllowed, TransitionNotAllowed)


@require_GET
@signed_in
def reviews(request: Request) -> HttpResponse:
    """List the reviews, newest first."""
    rows, after = queries.reviews(request.actor, after=request.GET.get("sau"))
    may_open = bool(queries.units_to_review(request.actor))
    return render(request, "backlog/reviews.html", {"rows": rows, "page": {"next_key": after}, "may_open": may_open})


@require_http_methods(["GET", "POST"])
@signed_in
def start(request: Request) -> HttpResponse:
    """Show how many duties a review would take in; open it."""
    units = queries.may_open(request.actor)
    typed = request.POST if request.method == "POST" else request.GET
    context = {"units": units, "form": backlog_words.form(typed, units), **backlog_words.choices()}
    try:
        wanted = backlog_words.wanted(request.actor, typed, units)
        if request.method == "POST":
            made = backlog.open_review(
                actor=request.actor, at=request.at, wanted=wanted, request_id=forms.read_uuid(typed.get("request_id", ""))
            )  # fmt: skip
            return redirect("backlog_review", made)
        found = queries.preview(request.actor, wanted, request.at)
        return render(request, "backlog/start.html", {**context, "found": found, "request_id": uuid.uuid4()})
    except (*errors.TYPED, Conflict) as refusal:
        said = errors.sentence(refusal)
        return render(request, "backlog/start.html", {**context, "said": said}, status=errors.status_of(refusal))


@require_GET
@signed_in
def review(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show one review: how far it is, its lines, its end."""
    return review_page(request, public_id)


def review_page(
    request: Request, public_id: uuid.UUID, *, refused: str = "", said: str = "", status: int = 200
) -> HttpResponse:
    """Render a review; `refused` is the form that shows the sentence `said`."""
    page = queries.review(request.actor, public_id, request.at)
    only = request.GET.get("loc", "")
    context = {
        "page": page, "only": only, "lines": backlog_words.only(page.lines, only), "counts": backlog_words.counted(page),
        "said": said, "refused": refused, "people": backlog_words.people(page, request.POST, request.actor),
    }  # fmt: skip
    return render(request, "backlog/review.html", context, status=status)


@require_GET
@signed_in
def line(request: Request, public_id: uuid.UUID, duty: uuid.UUID) -> HttpResponse:
    """Show one duty of a review, large, with what can be decided."""
    return line_page(request, public_id, duty)


def line_page(
    request: Request, public_id: uuid.UUID, duty: uuid.UUID, *, refused: str = "", said: str = "", status: int = 200
) -> HttpResponse:
    """Render one line; `refused` is the decision whose form shows the sentence `said`."""
    page = queries.line(request.actor, public_id, duty, request.at)
    context = {
        "page": page, "typed": request.POST, "refused": refused, "said": said, "request_id": uuid.uuid4(),
        "spoken": [event for event in page.duty.history if event.note],
        "units": duties.units(request.at) if page.may_act else [],
        "desks": org.desks(request.actor, duty, request.at) if page.may_act else [],
        "just": forms.read_uuid(request.GET.get("vua-ghi", "")), "first": refused or "new_date",
        "undoable": request.GET.get("hoan-tac") == "1",
    }  # fmt: skip
    return render(request, "backlog/line.html", context, status=status)


@require_POST
@signed_in
def decide(request: Request, public_id: uuid.UUID, duty: uuid.UUID) -> HttpResponse:
    """Carry out what was decided about one duty, and go on to the next one that waits."""
    post = request.POST
    seen = forms.read_seen(request)
    try:
        backlog.decide(
            actor=request.actor, at=request.at, review=public_id, duty=duty, chosen=backlog_words.chosen(post), request=seen
        )  # fmt: skip
    except REFUSED as refusal:
        said, status = errors.sentence(refusal), errors.status_of(refusal)
        return line_page(request, public_id, duty, refused=post.get("decision", ""), said=said, status=status)
    page = queries.line(request.actor, public_id, duty, request.at)
    if page.next_undecided is None:
        messages.success(
            request, _("Đã ghi quyết định. Mọi nhiệm vụ đã được xem xét: kết thúc cuộc rà soát để lập biên bản.")
        )
        return redirect("backlog_review", public_id)
    undoable = "&hoan-tac=1" if page.may_undo else ""  # what was handed to another unit stays handed over
    return redirect(f"{reverse('backlog_line', args=[public_id, page.next_undecided])}?vua-ghi={duty}{undoable}")


@require_POST
@signed_in
def undo(request: Request, public_id: uuid.UUID, duty: uuid.UUID) -> HttpResponse:
    """Take a decision back."""
    try:
        backlog.undo(actor=request.actor, at=request.at, review=public_id, duty=duty)
    except REFUSED as refusal:
        said, status = errors.sentence(refusal), errors.status_of(refusal)
        return line_page(request, public_id, duty, refused="undo", said=said, status=status)
    messages.success(
        request, _("Đã hoàn tác; nhiệm vụ chờ quyết định lại. Cả hai bước vẫn còn trong lịch sử nhiệm vụ.")
    )
    return redirect("backlog_line", public_id, duty)


@require_POST
@signed_in
def act(request: Request, public_id: uuid.UUID, address: str) -> HttpResponse:
    """Do one act on the review as a whole: end it, correct its people, cancel it, attach the signed minutes."""
    call = ACTS.get(address)
    if call is None:
        raise Http404
    try:
        said = call(request, public_id)
    except REFUSED as refusal:
        told, status = chase_words.refused(request, refusal), errors.status_of(refusal)
        return review_page(request, public_id, refused=address, said=told, status=status)
    messages.success(request, said)
    return redirect("backlog_review", public_id)


def _close(request: Request, public_id: uuid.UUID) -> str:
    left, _done = backlog.close_review(
        actor=request.actor, at=request.at, review=public_id, meeting=backlog_words.meeting(request.POST)
    )
    return backlog_words.closed(left)


def _describe(request: Request, public_id: uuid.UUID) -> str:
    backlog.describe(actor=request.actor, at=request.at, review=public_id, meeting=backlog_words.meeting(request.POST))
    return _("Đã lưu thành phần và kết luận; tải lại biên bản để trình ký.")


def _cancel(request: Request, public_id: uuid.UUID) -> str:
    backlog.cancel_review(actor=request.actor, at=request.at, review=public_id)
    return _("Đã hủy cuộc rà soát; các nhiệm vụ có thể đưa vào cuộc rà soát khác.")


def _record(request: Request, public_id: uuid.UUID) -> str:
    backlog.record_minutes(
        actor=request.actor, at=request.at, review=public_id, file=forms.read_file(request, required=True),
        typed=chase_words.signed(request.POST),
    )  # fmt: skip
    return _("Đã gắn biên bản đã ký.")


ACTS = {"ket-thuc": _close, "thanh-phan": _describe, "huy": _cancel, "gan": _record}


@require_GET
@signed_in
def paper(request: Request, public_id: uuid.UUID, form: str) -> HttpResponse:
    """Hand out the minutes as DOCX or PDF, their number blank."""
    return hand_out(backlog.write(actor=request.actor, at=request.at, review=public_id, form=form))


@require_GET
@signed_in
def table(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Hand out the lines of a review as XLSX."""
    return download(backlog.table(actor=request.actor, at=request.at, review=public_id))
