"""Print a report: the last edition as it was frozen, or a draft with the numbers of the moment, marked as such."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kycuong.core.calendars import TZ, local_date
from kycuong.core.letters import symbol_of
from kycuong.models import ReportEdition, Unit
from kycuong.queries import figures, org, scope
from kycuong.queries import reports as queries
from kycuong.services import papers
from kycuong.services.reports.paper import Frame, Proof, build
from kycuong.services.reports.place import Found, Place, find


def print_out(*, actor: scope.Actor, at: datetime, place: Place, form: str = "docx") -> papers.Paper:
    """Return the report as DOCX or PDF: its last edition, or a draft. Raises: NotVisible, Invalid."""
    found = find(place, at)
    queries.must_see(actor, found.asked, found.line, found.unit)
    made = found.report.editions.order_by("-no") if found.report else ()
    own, editions = queries.readable(actor, found.unit.pk, found.line, made)
    edition = queries.shown(found.line, editions)
    if edition:
        return printed(edition, found, at, form)
    mark = figures.newest()
    gathered = queries.gather(found.asked, found.unit, at, mark)
    head, texts = queries.head_of(gathered).to_json(), queries.texts_of(found.report, found.line) if own else {}
    hashes = {one.code: one.fingerprint for one in gathered.answers}
    proof = Proof(at.astimezone(TZ), mark.event, gathered.fingerprint, hashes)
    parts = build(_frame(found, at, draft=True), head, queries.outline(gathered, texts), proof, local_date(at))
    return papers.write(_name(found), parts, form=form)


def print_edition(*, actor: scope.Actor, at: datetime, edition: UUID, form: str = "docx") -> papers.Paper:
    """Return one edition as DOCX or PDF, as it was frozen: what is signed and sent. Raises: NotVisible, Invalid."""
    row = queries.edition_to_read(actor, edition, at)
    report = row.report
    found = find(Place(report.key, report.slot, queries.unit_of(report, at)), at)
    return printed(row, found, at, form)


def printed(edition: ReportEdition, found: Found, at: datetime, form: str = "docx") -> papers.Paper:
    """Return an edition as a paper."""
    hashes = dict(edition.figures.values_list("code", "fingerprint"))
    proof = Proof(edition.made_at.astimezone(TZ), edition.watermark, edition.fingerprint, hashes)
    content = edition.content
    parts = build(_frame(found, at), content["head"], content["blocks"], proof, local_date(edition.made_at))
    return papers.write(_name(found), parts, form=form)


def _name(found: Found) -> str:
    return f"bao-cao-{found.unit.code.lower()}-{found.place.slot:%Y-%m-%d}"


def _frame(found: Found, at: datetime, *, draft: bool = False) -> Frame:
    unit = found.unit
    seat = org.head_of(unit.pk, local_date(at))
    via = found.asked.collector
    to = found.asked.document.giver_unit
    receivers = [to.name] if to else []
    receivers += [via.name] if via and via.pk != unit.pk else []
    above = Unit.objects.filter(children=unit, kind="province").values_list("name", flat=True).first()
    symbol = f"BC-{symbol_of(unit.kind, unit.code, unit.short_name)}"
    return Frame(
        above=(above or "") if unit.kind != "commune" else "", unit=unit.name, symbol=symbol, place=_place(unit),
        signer_title=seat.title if seat else "", signer=seat.officer_name if seat else "", receivers=(*receivers, "Lưu: VT"),
        draft=draft,
    )  # fmt: skip


def _place(unit: Unit) -> str:
    """Return the place of the date line: the commune's own name, else the province's."""
    if unit.kind == "commune":
        words = unit.name.removeprefix("Ủy ban nhân dân ").split(" ", 1)
        return words[-1]
    top = Unit.objects.filter(kind="province").order_by("id").values_list("name", flat=True).first() or ""
    return top.split("tỉnh ")[-1] if "tỉnh " in top else top
