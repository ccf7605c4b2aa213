"""Reports: the slots in which they fall due, who has sent, one report with its text, the proof of its numbers."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from kycuong.core.calendars import local_date
from kycuong.core.figures import BY_CODE
from kycuong.queries import reports as queries
from kycuong.services import reports as services
from kycuong.web import errors, forms, report_words
from kycuong.web.doors import Request, signed_in
from kycuong.web.files import hand_out


@require_GET
@signed_in
def reports(request: Request) -> HttpResponse:
    """Show the collections around today, or of a year."""
    year = forms.read_number(request.GET.get("nam", ""))
    chosen = year if year and 2000 <= year <= 2100 else None
    lines = queries.listed(request.actor, request.at, chosen)
    this = local_date(request.at).year
    many, single = [row for row in lines if row.line.units > 1], [row for row in lines if row.line.units == 1]
    context = {"many": many, "single": single, "year": chosen, "years": [this + 1, this, this - 1, this - 2]}
    return render(request, "reports/list.html", context)


@require_GET
@signed_in
def collection(request: Request, key: uuid.UUID, slot: date) -> HttpResponse:
    """Show who has sent the report of a slot and who has not."""
    return _collection(request, key, slot)


def _collection(request: Request, key: uuid.UUID, slot: date, said: str = "", status: int = 200) -> HttpResponse:
    page = queries.collection(request.actor, key, slot, request.at)
    shown = request.GET.get("loc", "")
    lines = [line for line in page.lines if report_words.is_shown(line.state, shown)]
    context = {
        "page": page, "lines": lines, "shown": shown, "filters": report_words.filters(page.lines), "said": said,
        "states": report_words.STATES, "drafts_letters": request.actor.chases,
    }  # fmt: skip
    return render(request, "reports/collection.html", context, status=status)


@require_POST
@signed_in
def chase(request: Request, key: uuid.UUID, slot: date) -> HttpResponse:
    """Ask the units chosen, or all that are missing, for their reports."""
    units = [found for text in request.POST.getlist("unit") if (found := forms.read_uuid(text))]
    try:
        n = services.chase(actor=request.actor, at=request.at, key=key, slot=slot, units=units)
    except errors.TYPED as refusal:
        return _collection(request, key, slot, errors.sentence(refusal), 422)
    messages.success(request, ngettext("Đã nhắc %(n)d đơn vị.", "Đã nhắc %(n)d đơn vị.", n) % {"n": n})
    return redirect("collection", key, slot)


@require_GET
@signed_in
def report(request: Request, key: uuid.UUID, slot: date, unit: uuid.UUID) -> HttpResponse:
    """Show a unit's report: to be written, or as it was sent."""
    return _report(request, services.Place(key, slot, unit))


def _report(request: Request, place: services.Place, said: str = "", status: int = 200) -> HttpResponse:
    page = queries.report(request.actor, place.key, place.slot, place.unit, request.at)
    context = {
        "page": page, "place": place, "said": said, "typed": request.POST, "request_id": uuid.uuid4(),
        "states": report_words.STATES, "names": {code: figure.name for code, figure in BY_CODE.items()},
    }  # fmt: skip
    return render(request, "reports/report.html", context, status=status)


@require_POST
@signed_in
def report_act(request: Request, key: uuid.UUID, slot: date, unit: uuid.UUID, address: str) -> HttpResponse:
    """Do one act on a report; what was typed is kept first, so that nothing is lost by a refusal."""
    place = services.Place(key, slot, unit)
    try:
        _perform(request, place, address)
    except errors.TYPED as refusal:
        return _report(request, place, errors.sentence(refusal), 422)
    messages.success(request, report_words.done(address))
    return redirect("report", key, slot, unit)


def _perform(request: Request, place: services.Place, address: str) -> None:
    """Call the one service of an act with what its form carries."""
    given: dict[str, Any] = {"actor": request.actor, "at": request.at, "place": place}
    texts = {
        name[5:]: text for name, text in request.POST.items() if name.startswith("text-") and isinstance(text, str)
    }
    note = request.POST.get("note", "")
    seen = forms.read_seen(request)
    if texts:
        services.write(**given, texts=texts, seen=forms.read_number(request.POST.get("seq", "")))
    if address == "trinh":
        services.submit(**given, note=note, request=seen)
    elif address == "gui":
        services.send(**given, file=forms.read_file(request, required=False), note=note, request=seen)
    elif address == "tiep-nhan":
        services.receive(**given)
    elif address in {"tong-hop", "chot"}:
        services.merge(**given)


@require_GET
@signed_in
def report_paper(request: Request, key: uuid.UUID, slot: date, unit: uuid.UUID, form: str) -> HttpResponse:
    """Hand out a report as DOCX or PDF."""
    place = services.Place(key, slot, unit)
    return hand_out(services.print_out(actor=request.actor, at=request.at, place=place, form=form))


@require_GET
@signed_in
def edition_paper(request: Request, public_id: uuid.UUID, form: str) -> HttpResponse:
    """Hand out an edition as it was frozen."""
    return hand_out(services.print_edition(actor=request.actor, at=request.at, edition=public_id, form=form))


@require_GET
@signed_in
def proof(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show every number of an edition with its question and hash, run again at its own watermark."""
    edition = queries.edition_to_read(request.actor, public_id, request.at)
    context = {"edition": edition, "found": queries.check(edition), "figures": BY_CODE}
    return render(request, "reports/proof.html", context)


@require_GET
@signed_in
def proof_rows(request: Request, public_id: uuid.UUID, code: str) -> HttpResponse:
    """Show the duties that one number of an edition counts, as they stood."""
    edition = queries.edition_to_read(request.actor, public_id, request.at)
    page = queries.behind(request.actor, edition, code, after=request.GET.get("sau", ""))
    return render(request, "reports/rows.html", {"edition": edition, "page": page})


@require_GET
@signed_in
def difference(request: Request, public_id: uuid.UUID) -> HttpResponse:
    """Show how the numbers of an edition would read today, and what moved them."""
    edition = queries.edition_to_read(request.actor, public_id, request.at)
    context = {"edition": edition, "found": queries.today(request.actor, edition, request.at)}
    return render(request, "reports/difference.html", context)
