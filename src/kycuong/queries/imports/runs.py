"""The runs of table files, newest first, and what one of them would do or has done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kycuong.core.calendars import local_date
from kycuong.core.errors import Invalid, NotAllowed, NotVisible
from kycuong.models import Appointment, ImportRow, ImportRun, Note, Unit
from kycuong.queries import scope
from kycuong.queries.competences import to_write
from kycuong.queries.files import path_of
from kycuong.queries.imports.competences import plan_registry
from kycuong.queries.imports.organisation import plan
from kycuong.queries.imports.plans import Plan, PlanRow
from kycuong.queries.imports.tasks import SKIP, DoubtName, all_units, doubts
from kycuong.queries.org import valid_on
from kycuong.reader.sheets import ENCODINGS, Book, read_book

PAGE = 200


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run in the list."""

    public_id: UUID
    kind: str
    kind_label: str
    state: str
    state_label: str
    file_name: str
    officer_name: str
    at: datetime
    applied_at: datetime | None
    undone_at: datetime | None
    source: str
    counts: Mapping[str, int]
    total: int
    encoding: str
    repaired: bool
    reason: str


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One row of a table of tasks: what was read, what it stands for, what is wrong, and the duty that it opened."""

    number: int
    state: str
    values: Mapping[str, str]
    unit_name: str
    document: str
    document_known: bool
    participants: int
    problems: list[tuple[str, Invalid]]
    duty: UUID | None


@dataclass(frozen=True, slots=True)
class RunPage:
    """A run with the rows of one state, from one place on; `stale` when the organisation has changed since the look."""

    line: RunLine
    rows: list[PlanRow] = field(default_factory=list)
    notes: list[Invalid] = field(default_factory=list)
    shown: str = ""
    total: int = 0
    next_place: int | None = None
    stale: bool = False
    tasks: list[TaskLine] = field(default_factory=list)
    doubts: list[DoubtName] = field(default_factory=list)
    units: list[tuple[int, str]] = field(default_factory=list)
    done: int = 0
    working: bool = False
    may_undo: bool = False


def runs(who: scope.Actor, *, size: int = 50) -> list[RunLine]:
    """Return the newest runs. Raises: NotAllowed."""
    must_administer(who)
    rows = list(ImportRun.objects.select_related("file", "officer").order_by("-at", "-id")[:size])
    notes = Note.objects.in_bulk([row.note_id for row in rows if row.note_id])
    return [line_of(row, notes.get(row.note_id or 0)) for row in rows]


def run_to_read(who: scope.Actor, public_id: UUID) -> ImportRun:
    """Return a run. Raises: NotAllowed, NotVisible."""
    row = ImportRun.objects.select_related("file", "officer").filter(public_id=public_id).first()
    may_take_in(who, row.kind if row else ImportRun.Kind.ORGANISATION)
    if row is None:
        raise NotVisible("import_not_visible")
    return row


def may_take_in(who: scope.Actor, kind: str) -> None:
    """Refuse whoever may not take in a table of a kind. Raises: NotAllowed."""
    if kind == ImportRun.Kind.COMPETENCE:
        to_write(who)
    else:
        must_administer(who)


def plan_of(kind: str, book: Book, at: datetime) -> Plan:
    """Return what a table of a kind would do now. Raises: Invalid."""
    return plan_registry(book) if kind == ImportRun.Kind.COMPETENCE else plan(book, local_date(at))


def run(who: scope.Actor, public_id: UUID, at: datetime, *, state: str = "", place: int = 0) -> RunPage:
    """Return what a run of the organisation would do now, or has done. Raises: NotAllowed, NotVisible, Invalid."""
    row = run_to_read(who, public_id)
    note = Note.objects.filter(pk=row.note_id).first() if row.note_id else None
    if row.kind == ImportRun.Kind.TASKS:
        return _tasks_page(row, note, at, state, place)
    if row.state != ImportRun.State.CHECKED:
        return RunPage(line_of(row, note))
    try:
        data = path_of(row.file.sha256).read_bytes()
    except OSError as error:
        raise Invalid("import_file_gone") from error
    made = plan_of(row.kind, read_book(data, row.file.name, row.encoding), at)
    shown = state or next((one for one in ("error", "changed", "ended", "new") if made.counts().get(one)), "unchanged")
    rows = [one for one in made.rows if one.state == shown]
    return RunPage(
        line=line_of(row, note),
        rows=rows[place : place + PAGE],
        notes=[fact for _, fact in made.notes],
        shown=shown,
        total=len(rows),
        next_place=place + PAGE if len(rows) > place + PAGE else None,
        stale=made.fingerprint() != row.plan,
    )


SHOWN_FIRST = ("doubt", "error", "new", "done", "undone", "known")


def _tasks_page(row: ImportRun, note: Note | None, at: datetime, state: str, place: int) -> RunPage:
    shown = state or next((one for one in SHOWN_FIRST if row.counts.get(one)), "new")
    rows = row.rows.filter(state=shown).order_by("number")
    checked = row.state == ImportRun.State.CHECKED
    open_names = row.rows.filter(state=ImportRow.State.DOUBT) if checked else row.rows.none()
    names = doubts(open_names.only("values"), local_date(at), row.choices)
    return RunPage(
        line=line_of(row, note),
        shown=shown,
        total=row.counts.get(shown, 0),
        next_place=place + PAGE if row.counts.get(shown, 0) > place + PAGE else None,
        tasks=[_task_line(one) for one in rows.select_related("unit", "document", "duty")[place : place + PAGE]],
        doubts=names,
        units=all_units(local_date(at)) if names else [],
        done=row.counts.get("done", 0),
        working=row.state in {ImportRun.State.APPLYING, ImportRun.State.UNDOING},
        may_undo=row.state == ImportRun.State.APPLIED and bool(row.counts.get("done")),
    )


def _task_line(row: ImportRow) -> TaskLine:
    return TaskLine(
        number=row.number,
        state=row.state,
        values=row.values,
        unit_name=row.unit.name if row.unit else "",
        document=str(row.document) if row.document else row.values["code"],
        document_known=row.document_id is not None,
        participants=len(row.participants),
        problems=[(heading, Invalid(code, **values)) for heading, code, values in row.problems],
        duty=row.duty.public_id if row.duty else None,
    )


def line_of(row: ImportRun, note: Note | None = None) -> RunLine:
    """Return a run as the list shows it."""
    return RunLine(
        public_id=row.public_id,
        kind=row.kind,
        kind_label=str(ImportRun.Kind(row.kind).label),
        state=row.state,
        state_label=str(ImportRun.State(row.state).label),
        file_name=row.file.name,
        officer_name=row.officer.full_name,
        at=row.at,
        applied_at=row.applied_at,
        undone_at=row.undone_at,
        source=row.source,
        counts=row.counts,
        total=sum(row.counts.values()),
        encoding=ENCODINGS.get(row.encoding, "XLSX"),
        repaired=row.repaired,
        reason=note.text if note else "",
    )


def administrator(login: str, at: datetime) -> scope.Actor | None:
    """Return the administrator of that name, or without a name the first in office; None when there is none."""
    held = Appointment.objects.filter(
        scope.held_on(local_date(at)), post__kind="administrator", officer__is_active=True
    )
    if login:
        held = held.filter(officer__login__iexact=login)
    first = held.order_by("id").values_list("officer", flat=True).first()
    return scope.actor(first, at) if first else None


def units_by_code(chosen: Mapping[str, str], at: datetime) -> dict[str, str]:
    """Return choices of units by code as choices by key. Raises: Invalid."""
    known = dict(Unit.objects.filter(valid_on(local_date(at))).values_list("code", "pk"))
    found = {}
    for name, code in chosen.items():
        if code != SKIP and code not in known:
            raise Invalid("unit_unknown", text=code)
        found[name] = code if code == SKIP else str(known[code])
    return found


def must_administer(who: scope.Actor) -> None:
    """Refuse whoever does not administer. Raises: NotAllowed."""
    if not who.may("administer"):
        raise NotAllowed("administer_not_allowed")
