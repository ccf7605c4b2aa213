"""Run the figures of an edition again: at the same watermark they must be the same; with the ledger of today they may move."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kycuong.core import figures as core
from kycuong.core.errors import NotVisible
from kycuong.core.figures import BY_CODE, FIGURES, Aim, Difference, Filters, Line
from kycuong.models import Checkpoint, Duty, ReportEdition, Unit
from kycuong.queries import figures, scope
from kycuong.queries.reports.gathering import united
from kycuong.queries.reports.seeing import must_see_edition


@dataclass(frozen=True, slots=True)
class FigureCheck:
    """One number of an edition run again: what was printed, what comes out now, whether its kept proof still holds."""

    code: str
    name: str
    printed: str
    again: str
    fingerprint: str
    same: bool
    kept: bool


@dataclass(frozen=True, slots=True)
class Check:
    """An edition run again; `kept`: nobody changed what was frozen; `same`: the ledger still says it at that watermark."""

    edition: UUID
    no: int
    as_of: datetime
    watermark: int
    sealed: int | None
    fingerprint: str
    since: date
    kept: bool
    same: bool
    figures: list[FigureCheck]
    differences: list[Difference]


def filters_of(edition: ReportEdition) -> Filters:
    """Return the question of an edition."""
    return Filters.from_json({name: value for name, value in edition.filters.items() if name != "parts"})


def lines_of(edition: ReportEdition) -> list[Line]:
    """Return the lines that an edition froze."""
    return [Line.from_json(row) for row in edition.lines]


def _parts(edition: ReportEdition) -> list[ReportEdition]:
    return [row.part for row in edition.parts.select_related("part").order_by("part")]


def again(edition: ReportEdition) -> list[Line]:
    """Return what the ledger says to the question of an edition, at its own watermark."""
    asked = filters_of(edition)
    return united(asked, _parts(edition), asked.as_of)


def check(edition: ReportEdition) -> Check:
    """Run an edition again: its kept proof, then its question at its own watermark."""
    frozen, now = lines_of(edition), again(edition)
    question: dict[str, Any] = edition.filters
    stored = {row.code: row for row in edition.figures.order_by("code")}
    rows = []
    for figure in FIGURES:
        row = stored.get(figure.code)
        if row is None:
            continue
        was, is_now = core.answer(figure, frozen, question), core.answer(figure, now, question)
        kept = (was.n, was.of, was.fingerprint) == (row.n, row.of, row.fingerprint)
        same = (is_now.n, is_now.of) == (row.n, row.of) and is_now.rows == was.rows
        printed = core.written(row.n, row.of)
        rows.append(FigureCheck(row.code, BY_CODE[row.code].name, printed, is_now.shown, row.fingerprint, same, kept))
    moved = core.differences(frozen, now)
    kept = core.fingerprint(frozen, question) == edition.fingerprint and all(row.kept for row in rows)
    return Check(
        edition.public_id, edition.no, edition.made_at, edition.watermark, _sealed(edition.watermark), edition.fingerprint,
        filters_of(edition).since, kept, not moved and all(row.same for row in rows), rows, moved,
    )  # fmt: skip


def sent_editions() -> list[UUID]:
    """Return every edition that was sent, the oldest first."""
    rows = ReportEdition.objects.filter(sent_at__isnull=False).order_by("id")
    return list(rows.values_list("public_id", flat=True))


def check_of(public_id: UUID) -> Check:
    """Run an edition again by its public id, for the operator. Raises: NotVisible when there is none."""
    found = ReportEdition.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotVisible("report_not_visible")
    return check(found)


def _sealed(watermark: int) -> int | None:
    """Return the checkpoint under whose signature the ledger lies up to a watermark, None while it is not sealed."""
    return Checkpoint.objects.filter(upto_event__gte=watermark).order_by("no").values_list("no", flat=True).first()


@dataclass(frozen=True, slots=True)
class Today:
    """How the numbers of an edition would read today, and which duties moved them, those that were set right first."""

    rows: list[tuple[str, str, str, str]]
    moves: list[figures.Move]


def today(who: scope.Actor, edition: ReportEdition, at: datetime) -> Today:
    """Return what the same question finds today: number by number, duty by duty, with the acts that moved them."""
    asked = filters_of(edition)
    units = {*asked.units, *(line.unit for line in lines_of(edition))}
    newest = figures.newest()
    fresh = figures.question(
        UUID(asked.document), [UUID(unit) for unit in units], without=UUID(asked.without) if asked.without else None,
        since=asked.since, until=asked.until, at=at, mark=newest,
    )  # fmt: skip
    if asked.actual is None:  # frozen before targets were told
        fresh = replace(fresh, actual=None, change=None)
    was, now = lines_of(edition), figures.lines(fresh)
    moved = core.differences(was, now)
    rows = []
    for figure in FIGURES:
        before, after = core.answer(figure, was, {}), core.answer(figure, now, {})
        rows.append((figure.code, figure.name, before.shown, after.shown))
    seen = scope.seen_of(who, [UUID(one.duty) for one in moved])
    found = figures.moves(moved, asked, seen)
    return Today(rows, sorted(found, key=lambda one: not any(why.corrects for why in one.why)))


def edition_to_read(who: scope.Actor, public_id: UUID, at: datetime) -> ReportEdition:
    """Return an edition that the person may read. Raises: NotVisible."""
    rows = ReportEdition.objects.select_related(
        "report__unit", "report__duty", "report__document", "report__order", "made_by"
    )
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise NotVisible("report_not_visible")
    must_see_edition(who, found, at)
    return found


@dataclass(frozen=True, slots=True)
class RowLine:
    """One duty behind a number, as it stood; the title only for who may read the duty."""

    duty: UUID
    title: str
    visible: bool
    unit: str
    state: str
    late: int
    weight: int
    targets: tuple[Aim, ...] = ()


@dataclass(frozen=True, slots=True)
class RowsPage:
    """The duties that a number counts."""

    code: str
    name: str
    sentence: str
    basis: str
    printed: str
    fingerprint: str
    total: int
    rows: list[RowLine]
    next_key: str | None


def _counted(line: Line, figure: core.Figure) -> tuple[Aim, ...]:
    return tuple(one for one in line.targets if one.state in figure.aims)


def behind(who: scope.Actor, edition: ReportEdition, code: str, *, after: str = "", size: int = 100) -> RowsPage:
    """Return the duties that a number of an edition counts, a page of them. Raises: NotVisible for a code that is none."""
    figure, stored = BY_CODE.get(code), edition.figures.filter(code=code).first()
    if figure is None or stored is None:
        raise NotVisible("report_not_visible")
    counting = [line for line in lines_of(edition) if figure.count(line)]
    shown = [line for line in counting if line.duty > after][: size + 1]
    keys = [UUID(line.duty) for line in shown[:size]]
    seen = scope.seen_of(who, keys)
    titles = dict(Duty.objects.filter(public_id__in=seen).values_list("public_id", "title"))
    units = Unit.objects.filter(public_id__in={line.unit for line in shown})
    names = {str(key): name for key, name in units.values_list("public_id", "name")}
    rows = [
        RowLine(UUID(line.duty), titles.get(UUID(line.duty), ""), UUID(line.duty) in seen, names.get(line.unit, ""), line.state.value,
                line.late, figure.count(line), _counted(line, figure) if UUID(line.duty) in seen else ())
        for line in shown[:size]
    ]  # fmt: skip
    return RowsPage(
        code, figure.name, figure.sentence, figure.basis, core.written(stored.n, stored.of), stored.fingerprint, len(counting),
        rows, shown[size - 1].duty if len(shown) > size else None,
    )  # fmt: skip
