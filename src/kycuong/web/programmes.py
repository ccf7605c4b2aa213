"""Programmes of work: the year's page, one programme with its lines, its drafting and its approval."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kycuong.core.errors import Invalid, TransitionNotAllowed
from kycuong.queries import programmes as queries
from kycuong.services import programmes as services
from kycuong.services import workbooks
from kycuong.web import errors, forms
from kycuong.web.doors import Request, signed_in
from kycuong.web.imports import download


@require_http_methods(["GET", "POST"])
@signed_in
def year(request: Request) -> HttpResponse:
    """Show the programmes of a year beside its theme, or start the programme of a unit."""
    if request.method == "GET":
        return year_page(request, forms.read_year(request.GET.get("nam", "")))
    typed = request.POST
    chosen = forms.read_year(typed.get("year", "")) or 0
    try:
        unit = forms.read_uuid(typed.get("unit", ""))
        if unit is None:
            raise Invalid("programme_unit_unknown")
        started = services.start(actor=request.actor, at=request.at, unit=unit, year=chosen)
    except errors.REFUSED as refusal:
        return year_page(request, chosen, said=errors.sentence(refusal), status=errors.status_of(refusal))
    return redirect("programme", started)


def year_page(request: Request, chosen: int | None, *, said: str = "", status: int = 200) -> HttpResponse:
    """Render the year's page; `said` stands at the form."""
    this = forms.today(request.at).year
    page = queries.year(request.actor, request.at, chosen or this)
    context = {"page": page, "said": said, "years": [this + 1, this, this - 1], "whole": f"?nam={page.year}&"}
    context["counted"] = [(row, f"{reverse('programme', args=[row.public_id])}?") for row in page.rows]
    if "loc" in request.GET:
        context["rows"] = queries.of_year(request.actor, page.year, request.at, _bucket(request))
    return render(request, "programmes/year.html", context, status=status)


def _bucket(request: Request) -> str:
    """Return which figure was opened, "" for all tasks."""
    asked = request.GET.get("loc", "")
    return "" if asked == "tat-ca" else asked


@require_GET
@signed_in
def table(request: Request) -> HttpResponse:
    """Hand out the programmes of a year as a table file."""
    chosen = forms.read_year(request.GET.get("nam", ""))
    return download(workbooks.programmes_book(actor=request.actor, at=request.at, year=chosen))


@require_GET
@signed_in
def programme(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show a programme: progress by quarter, what waits for approval, what is proposed."""
    return programme_page(request, public_id)


def programme_page(
    request: Request, public_id: uuid.UUID, *, said: str = "", part: str = "", status: int = 200
) -> HttpResponse:
    """Render a programme; `said` stands at the form that `part` names."""
    page, asked = queries.programme(request.actor, public_id, request.at), request.GET
    context = {"page": page, "said": said, "part": part, "typed": request.POST, "quarters": ("I", "II", "III", "IV")}
    context["counted"] = [(part, f"?quy={part.quarter}&") for part in page.quarters]
    if "loc" in asked:
        quarter = forms.read_number(asked.get("quy", ""))
        context["rows"] = queries.of_programme(request.actor, public_id, request.at, _bucket(request), quarter)
    return render(request, "programmes/programme.html", context, status=status)


@require_POST
@signed_in
def programme_act(request: Request, public_id: uuid.UUID, address: str) -> HttpResponse:
    """Do one act on a programme and show it again."""
    act = ACTS.get(address)
    if act is None:
        raise Http404
    try:
        said = act(request, public_id)
    except (*errors.REFUSED, *errors.TYPED, TransitionNotAllowed) as refusal:
        part = request.POST.get("part", "") or address
        code = errors.status_of(refusal)
        return programme_page(request, public_id, said=errors.sentence(refusal), part=part, status=code)
    messages.success(request, said)
    return redirect("programme", public_id)


def typed_line(post: QueryDict) -> services.Typed:
    """Return a line as its form sent it."""
    return services.Typed(
        **{name: post.get(name, "") for name in ("text", "lead", "participants", "quarter", "term", "product")}
    )


def _put(request: Request, programme: uuid.UUID) -> str:
    line = forms.read_uuid(request.POST.get("line", ""))
    services.put(actor=request.actor, at=request.at, programme=programme, typed=typed_line(request.POST), line=line)
    return _("Đã lưu dòng chương trình.")


def _chosen(request: Request) -> list[uuid.UUID]:
    return [key for key in map(forms.read_uuid, request.POST.getlist("line")) if key]


def _accept(request: Request, programme: uuid.UUID) -> str:
    n = services.accept(actor=request.actor, at=request.at, programme=programme, lines=_chosen(request))
    return ngettext("Đã nhận %(n)s dòng vào chương trình.", "Đã nhận %(n)s dòng vào chương trình.", n) % {"n": n}


def _drop(request: Request, programme: uuid.UUID) -> str:
    n = services.drop(actor=request.actor, at=request.at, programme=programme, lines=_chosen(request))
    return ngettext("Đã bỏ %(n)s dòng.", "Đã bỏ %(n)s dòng.", n) % {"n": n}


def _file(request: Request, programme: uuid.UUID) -> str:
    sent = forms.read_file(request, required=False)
    return _taken(*services.take_file(actor=request.actor, at=request.at, programme=programme, file=sent))


def _text(request: Request, programme: uuid.UUID) -> str:
    text = request.POST.get("text", "")
    return _taken(*services.take_text(actor=request.actor, at=request.at, programme=programme, text=text))


def _taken(new: int, known: int) -> str:
    return _("Đọc được %(new)s dòng mới; %(known)s dòng đã có trong chương trình nên bỏ qua. Xem lại rồi nhận.") % {
        "new": new,
        "known": known,
    }


def _submit(request: Request, programme: uuid.UUID) -> str:
    services.submit(actor=request.actor, at=request.at, programme=programme)
    return _("Đã trình chương trình để phê duyệt.")


def _send_back(request: Request, programme: uuid.UUID) -> str:
    services.send_back(actor=request.actor, at=request.at, programme=programme, note=request.POST.get("note", ""))
    return _("Đã trả lại chương trình để hoàn thiện.")


def _approve(request: Request, programme: uuid.UUID) -> str:
    typed = request.POST
    n = services.approve(
        actor=request.actor, at=request.at, programme=programme, number=typed.get("number", ""),
        symbol=typed.get("symbol", ""),
    )  # fmt: skip
    return ngettext(
        "Đã phê duyệt; %(n)s nhiệm vụ được giao theo chương trình.",
        "Đã phê duyệt; %(n)s nhiệm vụ được giao theo chương trình.",
        n,
    ) % {"n": n}


ACTS: dict[str, Callable[[Request, uuid.UUID], str]] = {
    "dong": _put, "nhan": _accept, "bo": _drop, "tep": _file, "van-ban": _text, "trinh": _submit, "tra-lai": _send_back,
    "phe-duyet": _approve,
}  # fmt: skip


@require_GET
@signed_in
def template(request: Request) -> HttpResponse:
    """Hand out the table to be filled in."""
    return download(services.template(actor=request.actor, at=request.at))
