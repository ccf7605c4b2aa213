"""Chasing: whom to urge, what would be drafted, the letters, the signed paper back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kycuong.core.chasing import SIGNING_LABELS, signing_named, step_of
from kycuong.queries import chasing as queries
from kycuong.services import chasing
from kycuong.web import chase_words, errors, forms
from kycuong.web.doors import Request, signed_in
from kycuong.web.files import hand_out


@require_GET
@signed_in
def whom(request: Request) -> HttpResponse:
    """Propose whom to urge: late and about to be, by unit."""
    asked = request.GET
    near, page = asked.get("sap") == "1", forms.read_page(asked.get("trang", ""))
    unit, document = forms.read_uuid(asked.get("don-vi", "")), forms.read_uuid(asked.get("van-ban", ""))
    text = asked.get("q", "")
    found = queries.whom(request.actor, request.at, unit=unit, document=document, near=near, text=text, page=page)
    context = {"page": found, "near": near, "unit": unit, "document": document, "text": text}
    return render(request, "chasing/whom.html", context)


@require_POST
@signed_in
def preview(request: Request) -> HttpResponse:
    """Show the letters that would be drafted about what was marked; nothing is written yet."""
    return preview_page(request)


def preview_page(request: Request, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render the letters about to be drafted; `said` is why what was typed is refused."""
    post = request.POST
    duties = queries.marked(request.actor, request.at, chase_words.duties(post), chase_words.units(post))
    groups, gone, in_draft = queries.grouped(request.actor, request.at, duties)
    context = {
        "cards": chase_words.cards(groups, post),
        "left_out": chase_words.left_out(gone, in_draft),
        "signings": list(SIGNING_LABELS),
        "reply_on": post.get("reply_on", ""),
        "usual": queries.reply_on(request.at),
        "request_id": uuid.uuid4(),
        "said": said,
    }
    return render(request, "chasing/preview.html", context, status=status)


@require_POST
@signed_in
def draft(request: Request) -> HttpResponse:
    """Draft the letters; what is to be reminded only is reminded at once."""
    post = request.POST
    try:
        made = chasing.draft(
            actor=request.actor, at=request.at, duties=chase_words.duties(post), choices=chase_words.chosen(post),
            reply_on=forms.read_date(post.get("reply_on", "")), request_id=forms.read_uuid(post.get("request_id", "")),
        )  # fmt: skip
    except errors.TYPED as refusal:
        return preview_page(request, said=errors.sentence(refusal), status=422)
    messages.success(request, chase_words.done(made))
    return redirect(f"{reverse('chase_letters')}?dot={made.batch}")


@require_GET
@signed_in
def letters(request: Request) -> HttpResponse:
    """List the letters, newest first."""
    state, batch = request.GET.get("loc", ""), forms.read_uuid(request.GET.get("dot", ""))
    page = queries.letters(request.actor, state=state, batch=batch, after=request.GET.get("sau"))
    return render(request, "chasing/letters.html", {"page": page, "state": state, "batch": batch})


@require_GET
@signed_in
def letter(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show one letter with its duties as they stand now."""
    return letter_page(request, public_id)


def letter_page(
    request: Request, public_id: uuid.UUID, *, refused: str = "", said: str = "", status: int = 200
) -> HttpResponse:
    """Render a letter; `refused` is the form that shows the sentence `said`."""
    context = {
        "page": queries.letter(request.actor, public_id, request.at), "typed": request.POST, "refused": refused,
        "said": said, "signings": list(SIGNING_LABELS),
    }  # fmt: skip
    return render(request, "chasing/letter.html", context, status=status)


@require_GET
@signed_in
def paper(request: Request, public_id: uuid.UUID, form: str) -> HttpResponse:
    """Hand out a letter as DOCX or PDF, its number blank."""
    return hand_out(chasing.write(actor=request.actor, at=request.at, letter=public_id, form=form))


@require_POST
@signed_in
def record(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Take the signed paper back: from now on the step counts."""
    try:
        counted, left = chasing.record(
            actor=request.actor, at=request.at, letter=public_id, file=forms.read_file(request, required=True),
            typed=chase_words.signed(request.POST),
        )  # fmt: skip
    except errors.TYPED as refusal:
        return letter_page(request, public_id, refused="record", said=chase_words.refused(request, refusal), status=422)
    messages.success(request, chase_words.recorded(counted, left))
    return redirect("chase_letter", public_id)


@require_POST
@signed_in
def cancel(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Cancel a draft."""
    chasing.cancel(actor=request.actor, at=request.at, letter=public_id)
    messages.success(request, _("Đã hủy dự thảo; các nhiệm vụ có thể đôn đốc lại."))
    return redirect("chase_letter", public_id)


@require_POST
@signed_in
def renew(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Draft a letter anew in place of a draft."""
    post = request.POST
    try:
        made = chasing.renew(
            actor=request.actor, at=request.at, letter=public_id, step=step_of(post.get("step", "")),
            reason=post.get("reason", "").strip(), signing=signing_named(post.get("signing", "")),
            reply_on=forms.read_date(post.get("reply_on", "")),
        )  # fmt: skip
    except errors.TYPED as refusal:
        return letter_page(request, public_id, refused="renew", said=errors.sentence(refusal), status=422)
    messages.success(request, _("Đã soạn lại; dự thảo cũ đã hủy."))
    return redirect("chase_letter", made)
