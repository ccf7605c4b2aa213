"""Voting slips of Committee members: put a matter, vote, count, bring the signed tally back."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kycuong.core.calendars import local_date
from kycuong.queries import voting as queries
from kycuong.services import receipts
from kycuong.services import voting as services
from kycuong.web import chase_words, errors, forms, voting_words
from kycuong.web.doors import Request, signed_in
from kycuong.web.files import hand_out


@require_GET
@signed_in
def voting_list(request: Request) -> HttpResponse:
    """List one's own slips, and the rounds that one conducts."""
    page = queries.votings(request.actor, page=forms.read_page(request.GET.get("trang", "")))
    return render(request, "voting/list.html", {"page": page})


@require_http_methods(["GET", "POST"])
@signed_in
def put(request: Request) -> HttpResponse:
    """Put a matter to the members; what was typed stays when it is refused."""
    said = ""
    if request.method == "POST":
        try:
            made = services.open_voting(
                actor=request.actor, at=request.at, matter=voting_words.matter(request),
                request_id=forms.read_uuid(request.POST.get("request_id", "")),
            )  # fmt: skip
            messages.success(request, _("Đã gửi phiếu đến từng thành viên."))
            return redirect("voting", made)
        except errors.TYPED as refusal:
            said = errors.sentence(refusal)
    return _put_page(request, said)


def _put_page(request: Request, said: str) -> HttpResponse:
    context = {
        "members": queries.candidates(request.actor, request.at), "rules": queries.rules_now(local_date(request.at)),
        "typed": request.POST, "chosen": request.POST.getlist("member"), "said": said, "request_id": uuid.uuid4(),
    }  # fmt: skip
    return render(request, "voting/put.html", context, status=422 if said else 200)


@require_GET
@signed_in
def voting(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show a round with every slip and the count."""
    return _page(request, public_id)


def _page(
    request: Request, public_id: uuid.UUID, *, refused: str = "", said: str = "", status: int = 200
) -> HttpResponse:
    page = queries.voting(request.actor, public_id, request.at)
    context = {"page": page, "refused": refused, "said": said, "typed": request.POST}
    return render(request, "voting/voting.html", context, status=status)


@require_POST
@signed_in
def act(request: Request, public_id: uuid.UUID, address: str) -> HttpResponse:
    """Close a round, call it off, or attach the signed tally."""
    if address not in {"kiem-phieu", "thoi", "da-ky"}:
        raise Http404
    who = {"actor": request.actor, "at": request.at, "voting": public_id}
    try:
        if address == "kiem-phieu":
            services.close_voting(**who)  # type: ignore[arg-type]
        elif address == "thoi":
            services.cancel_voting(note=request.POST.get("note", ""), **who)  # type: ignore[arg-type]
        else:
            file, typed = forms.read_file(request, required=False), chase_words.signed(request.POST)
            services.sign_tally(file=file, typed=typed, **who)  # type: ignore[arg-type]
    except errors.TYPED as refusal:
        return _page(request, public_id, refused=address, said=chase_words.refused(request, refusal), status=422)
    messages.success(request, _("Đã ghi."))
    return redirect("voting", public_id)


@require_http_methods(["GET", "POST"])
@signed_in
def slip(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show one's own slip; send it, or change it while the round is open."""
    if request.method == "GET":
        receipts.receive(actor=request.actor, at=request.at, duty=public_id)
        return _slip_page(request, public_id)
    post = request.POST
    try:
        services.vote(
            actor=request.actor, at=request.at, duty=public_id, choice=voting_words.chosen(post), words=post.get("words", ""),
            request=forms.read_seen(request),
        )  # fmt: skip
    except errors.TYPED as refusal:
        return _slip_page(request, public_id, said=errors.sentence(refusal), status=422)
    messages.success(request, _("Đã gửi phiếu. Có thể thay đổi cho đến khi hết hạn hoặc kiểm phiếu."))
    return redirect("slip", public_id)


def _slip_page(request: Request, public_id: uuid.UUID, *, said: str = "", status: int = 200) -> HttpResponse:
    page = queries.slip_page(request.actor, public_id, request.at)
    present = page.slip.present
    context = {
        "page": page, "said": said, "choices": voting_words.choices(), "request_id": uuid.uuid4(),
        "choice": request.POST.get("choice", present.choice if present else ""),
        "words": request.POST.get("words", present.words if present else ""),
    }  # fmt: skip
    return render(request, "voting/slip.html", context, status=status)


@require_GET
@signed_in
def tally(request: Request, public_id: uuid.UUID, form: str) -> HttpResponse:
    """Hand out the tally of a round."""
    return hand_out(services.write_tally(actor=request.actor, at=request.at, voting=public_id, form=form))


@require_GET
@signed_in
def ballot(request: Request, public_id: uuid.UUID, form: str) -> HttpResponse:
    """Hand out one slip on paper."""
    return hand_out(services.write_slip(actor=request.actor, at=request.at, duty=public_id, form=form))


@require_GET
@signed_in
def ballots(request: Request, public_id: uuid.UUID, form: str) -> HttpResponse:
    """Hand out every slip of a round on paper."""
    return hand_out(services.write_slips(actor=request.actor, at=request.at, voting=public_id, form=form))
