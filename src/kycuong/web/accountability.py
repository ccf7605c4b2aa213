"""Accountability of heads: the signals, one case, the joint submission, the decision."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kycuong.core.accountability import CAUSES, STEP_LABELS
from kycuong.queries import accountability as queries
from kycuong.services import accountability
from kycuong.web import chase_words, errors, forms, words
from kycuong.web.doors import Request, signed_in
from kycuong.web.files import hand_out


@require_GET
@signed_in
def heads(request: Request) -> HttpResponse:
    """Show the heads to look at, and the cases."""
    return heads_page(request)


def heads_page(request: Request, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render the signals; `said` is why a new threshold is refused."""
    context = {
        "signals": queries.signals(request.actor, request.at), "rule": queries.rule(), "cases": queries.cases(request.actor),
        "may_change": any(queries.sides(request.actor)), "said": said, "typed": request.POST,
        "steps": {code: words.said(label) for code, label in STEP_LABELS.items()},
    }  # fmt: skip
    return render(request, "accountability/heads.html", context, status=status)


@require_POST
@signed_in
def change(request: Request) -> HttpResponse:
    """Change the threshold by a document."""
    post = request.POST
    try:
        accountability.change_rule(
            actor=request.actor, at=request.at, times=forms.read_number(post.get("times", "")),
            months=forms.read_number(post.get("months", "")), document=post.get("document", ""),
        )  # fmt: skip
    except errors.TYPED as refusal:
        return heads_page(request, said=errors.sentence(refusal), status=422)
    messages.success(request, _("Đã thay đổi ngưỡng rà soát."))
    return redirect("heads")


@require_GET
@signed_in
def signal(request: Request, unit: uuid.UUID) -> HttpResponse:
    """Show the rows behind one signal, before a case is opened."""
    one, rows = queries.signal_of(request.actor, unit, request.at)
    return render(request, "accountability/signal.html", {"one": one, "rows": rows})


@require_POST
@signed_in
def open_case(request: Request, unit: uuid.UUID) -> HttpResponse:
    """Open a case and ask the head to explain."""
    made = accountability.open_case(actor=request.actor, at=request.at, unit=unit)
    messages.success(request, _("Đã yêu cầu thủ trưởng đơn vị giải trình."))
    return redirect("head_case", made)


@require_GET
@signed_in
def case(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show one case."""
    return case_page(request, public_id)


def case_page(
    request: Request, public_id: uuid.UUID, *, refused: str = "", said: str = "", status: int = 200
) -> HttpResponse:
    """Render a case; `refused` is the form that shows the sentence `said`."""
    context = {
        "page": queries.case(request.actor, public_id, request.at), "refused": refused, "said": said, "typed": request.POST,
        "causes": [(code, words.said(label)) for code, label in CAUSES.items()],
        "steps": {code: words.said(label) for code, label in STEP_LABELS.items()},
    }  # fmt: skip
    return render(request, "accountability/case.html", context, status=status)


@require_POST
@signed_in
def act(request: Request, public_id: uuid.UUID, address: str) -> HttpResponse:
    """Do one act on a case; a refusal of what was typed shows the case again with the sentence at the form."""
    try:
        done = perform(request, public_id, address)
    except errors.TYPED as refusal:
        return case_page(request, public_id, refused=address, said=chase_words.refused(request, refusal), status=422)
    messages.success(request, done)
    return redirect("head_case", public_id)


def perform(request: Request, public_id: uuid.UUID, address: str) -> str:
    """Call the one service of an act and return the sentence that follows it."""
    who, at, post = request.actor, request.at, request.POST
    if address == "nguyen-nhan":
        duty = forms.read_uuid(post.get("duty", "")) or public_id
        accountability.mark_cause(actor=who, at=at, case=public_id, duty=duty, cause=post.get("cause", ""))
        return _("Đã ghi nguyên nhân. Ý kiến đồng ý đã ghi trước đó (nếu có) được bỏ để hai bên xem lại.")
    if address == "dong-y":
        accountability.agree(actor=who, at=at, case=public_id)
        return _("Đã ghi ý kiến đồng ý trình.")
    if address == "ket-thuc":
        accountability.end_case(actor=who, at=at, case=public_id, reason=post.get("reason", ""))
        return _("Đã kết thúc việc rà soát.")
    accountability.decide(
        actor=who, at=at, case=public_id, conclusion=post.get("conclusion", ""), file=forms.read_file(request, required=True),
        typed=chase_words.signed(post),
    )  # fmt: skip
    return _("Đã ghi kết luận; việc thực hiện kết luận đã mở ở bàn thủ trưởng đơn vị.")


@require_GET
@signed_in
def paper(request: Request, public_id: uuid.UUID, form: str) -> HttpResponse:
    """Hand out the joint submission as DOCX or PDF."""
    return hand_out(accountability.write(actor=request.actor, at=request.at, case=public_id, form=form))
