"""My duties, one duty, and the acts on it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from kycuong.queries import accountability, backlog, covers, documents, org, periods, reports, targets, transfers
from kycuong.queries import chasing as chased
from kycuong.queries import duties as queries
from kycuong.queries.competences import submitting
from kycuong.services import chasing, proposals, receipts, tasks
from kycuong.web import errors, forms, words
from kycuong.web.doors import Request, signed_in

#: The last part of an act's address, and the act.
ADDRESSES = {
    "giao": "assign",
    "trinh": "submit",
    "tra-lai": "return_draft",
    "gui": "send",
    "sua-ket-qua": "correct_result",
    "xac-nhan": "confirm",
    "chuyen-lai": "send_back",
    "xin-gia-han": "propose_extension",
    "tra-lai-nhiem-vu": "propose_return",
    "kho-khan": "propose_obstacle",
    "kien-nghi": "propose_suggestion",
    "giai-trinh": "explain",
    "chap-nhan": "accept_explanation",
    "chua-chap-nhan": "refuse_explanation",
    "thoi-yeu-cau": "drop_explanation",
    "dong-y": "accept",
    "khong-dong-y": "refuse",
    "rut-de-xuat": "withdraw",
}
DECISIONS = frozenset({"accept", "refuse", "withdraw"})
#: Kinds of duties that have a page of their own, named as the kind.
OWN_PAGES = frozenset({"opinion", "arbitration", "slip"})
EXPLAINING = frozenset({"explain", "accept_explanation", "refuse_explanation", "drop_explanation"})


@require_GET
@signed_in
def my_duties(request: Request) -> HttpResponse:
    """Show what is on the person's desk, what hurts first on top."""
    actor, at = request.actor, request.at
    context = {
        "page": queries.my_duties(actor, at, after=request.GET.get("sau")),
        "counts": queries.my_counts(actor, at),
        "covered": queries.covered(actor, at),
        "to_check": periods.to_check(actor, at),
        "handled": covers.handled(actor.officer_id, None, at),
        "given_late": queries.given_late(actor, at),
        "waiting": documents.waiting(actor, at) if actor.may("intake") else [],
    }
    return render(request, "duties/mine.html", context)


@require_GET
@signed_in
def duty(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show a duty with its one act, its history, its desks and its clock; the desk's own officer has now opened it."""
    page = queries.duty(request.actor, public_id, request.at)
    if page.row.kind in OWN_PAGES:
        return redirect(page.row.kind, public_id)
    if page.to_receive and receipts.receive(actor=request.actor, at=request.at, duty=public_id):
        page = queries.duty(request.actor, public_id, request.at)
    return duty_page(request, public_id, page)


def duty_page(
    request: Request, public_id: uuid.UUID, page: queries.DutyPage, *, refused: str = "", said: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Render a duty; `refused` is the act whose form shows the sentence `said`."""
    desks = org.desks(request.actor, public_id, request.at) if forms.asks_desk(page.acts) else []
    acts = [act for act in page.acts if act.code != "correct_result" and (desks or act.code != "assign")]
    to_decide = [one for one in page.proposals if any(act.code == "accept" for act in one.acts)]
    context = {
        "page": page,
        "acts": acts,
        "primary": acts[0].code if acts else "",
        "may_correct": any(act.code == "correct_result" for act in page.acts),
        "desks": desks,
        "addresses": {act: address for address, act in ADDRESSES.items()},
        "request_id": uuid.uuid4(),
        "to_decide": to_decide,
        "to_withdraw": [one for one in page.proposals if any(act.code == "withdraw" for act in one.acts)],
        "acted_on": public_id,
        "offers": [f"propose_{kind}" for kind in page.offers],
        "returning": submitting.of_return(request.actor, public_id, request.at)
        if "so-tham-quyen" in request.GET
        else None,
        "path": transfers.shown_path(
            request.actor,
            page.row.public_id,
            request.at,
            handed=bool(page.replaces or page.replaced_by),
            desks=[one.unit_name for one in page.holdings],
            unit=page.row.unit_name,
        ),
        "units": queries.units(request.at) if any(one.kind == "return" for one in to_decide) else [],
        "targets": targets.rows_of_duty(request.actor, page.row.public_id) if "targets" in page.there else [],
        "case": accountability.of_explanation(page.row.public_id) if page.row.kind == "explanation" else None,
        "chased": chased.chased(request.actor, page.row.public_id) if "letters" in page.there else [],
        "reviewed": backlog.of_duty(request.actor, page.row.public_id) if "reviews" in page.there else [],
        "explanation": chased.explanation(request.actor, page.row.public_id)
        if page.row.kind == "explanation"
        else None,
        "refused": refused,
        "said": said,
        "typed": request.POST,
        "report": reports.address_of(public_id) if page.row.term == "periodic" and page.row.kind == "task" else None,
    }
    return render(request, "duties/duty.html", context, status=status)


@require_POST
@signed_in
def duty_act(request: Request, public_id: uuid.UUID, address: str) -> HttpResponse:
    """Do one act on a duty; a refusal of what was typed shows the duty again with the sentence at the form."""
    act = ADDRESSES.get(address)
    if act is None:
        raise Http404
    try:
        perform(request, public_id, act)
    except errors.TYPED as refusal:
        page = queries.duty(request.actor, public_id, request.at)
        return duty_page(request, public_id, page, refused=act, said=errors.sentence(refusal), status=422)
    messages.success(request, words.done(act))
    return redirect("duty", public_id)


def perform(request: Request, public_id: uuid.UUID, act: str) -> None:
    """Call the one service of an act with what its form carries."""
    name, _, kind = act.partition("_") if act.startswith("propose_") else (act, "", "")
    of_proposals = kind or act in DECISIONS
    call: Any = getattr(proposals if of_proposals else chasing if act in EXPLAINING else tasks, name)
    given = forms.act_values(act, request)
    seen = forms.read_seen(request)
    call(actor=request.actor, at=request.at, duty=public_id, request=seen, **given)
