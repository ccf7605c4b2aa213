"""Changes of the organisation as pages show them: the list, a draft with all there is to say and choose, the outcome."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from kycuong.core.calendars import local_date
from kycuong.core.errors import Fact, Invalid
from kycuong.core.folding import fold, words
from kycuong.core.org_changes import OF_UNITS, Plan
from kycuong.models import Appointment, Officer, OrgChange, Post, SuccessionLine, Unit
from kycuong.queries import org, scope
from kycuong.queries.org_changes.layout import Place
from kycuong.queries.org_changes.preview import Preview, plan_of, preview_of

SIZE = 50
LEADING = ("chairman", "unit_head", "office_head", "vice_chairman", "unit_deputy", "office_deputy", "division_head")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change as the list shows it."""

    public_id: UUID
    kind: str
    state: str
    decision: str
    in_force_on: date
    subject: str
    made_by: str
    decided_by: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of changes."""

    rows: list[ChangeRow]
    next_key: str | None


@dataclass(frozen=True, slots=True)
class Target:
    """A unit that inherits, with how many duties and who will head it."""

    code: str
    name: str
    is_new: bool
    is_old: bool
    head: str
    head_name: str
    duties: int


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of the succession list, drafted or carried out."""

    public_id: UUID
    title: str
    desk: str
    due_at: datetime | None
    to: str
    to_name: str
    how: str
    old_name: str = ""
    done: bool = False


@dataclass(slots=True)
class ChangePage:
    """One change whole."""

    row: ChangeRow
    reason: str
    plan: Plan
    edition: int
    targets: list[Target] = field(default_factory=list)
    inner: list[tuple[str, str, str]] = field(default_factory=list)
    people: list[tuple[str, str, str]] = field(default_factory=list)
    unplaced: list[Place] = field(default_factory=list)
    candidates: list[tuple[str, str]] = field(default_factory=list)
    refusals: list[Fact] = field(default_factory=list)
    lines: list[LineRow] = field(default_factory=list)
    total: int = 0
    unassigned: int = 0
    next_key: str | None = None
    open_before: int | None = None
    open_after: int | None = None
    applied_at: datetime | None = None


def changes(who: scope.Actor, *, after: str | None = None) -> Page:
    """Return a page of the changes, newest first. Raises: NotAllowed, Invalid."""
    scope.to_organise(who)
    rows = OrgChange.objects.select_related("made_by", "decided_by").order_by("-id")
    if after:
        if not after.isdecimal():
            raise Invalid("kind_unknown", text=after)
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: SIZE + 1])
    names = _names(found[:SIZE])
    return Page([_row(row, names) for row in found[:SIZE]], str(found[SIZE - 1].pk) if len(found) > SIZE else None)


def _names(rows: list[OrgChange]) -> dict[str, str]:
    """Return what the units and posts of some changes are called, by code."""
    units = {code for row in rows for code in row.plan.get("units", [])}
    posts = {row.plan.get("post", "") for row in rows} - {""}
    found = dict(Unit.objects.filter(code__in=units).values_list("code", "name"))
    named = Post.objects.filter(code__in=posts).values_list("code", "title", "unit__name")
    return found | {f"post:{code}": f"{title}, {unit}" for code, title, unit in named}


def _row(row: OrgChange, names: dict[str, str]) -> ChangeRow:
    units = [names.get(code, code) for code in row.plan.get("units", [])]
    subject = "; ".join(units) or names.get(f"post:{row.plan.get('post', '')}", "")
    return ChangeRow(
        row.public_id, row.kind, row.state, row.decision, row.in_force_on, subject, row.made_by.full_name,
        row.decided_by.full_name if row.decided_by else "", row.decided_at,
    )  # fmt: skip


def change(
    who: scope.Actor, public_id: UUID, at: datetime, *, to: str = "", after: str | None = None, size: int = SIZE
) -> ChangePage:
    """Return one change: a draft as it would turn out, else what became of it; `to` shows the lines of one successor.

    Raises: NotAllowed, NotVisible.
    """
    row = scope.change_to_organise(who, public_id)
    plan = plan_of(row)
    page = ChangePage(
        _row(row, _names([row])), plan.reason, plan, row.edition, open_before=row.open_before, open_after=row.open_after,
        applied_at=row.applied_at,
    )  # fmt: skip
    if row.state == OrgChange.State.DRAFT:
        _draft(page, preview_of(row, local_date(at)), to, (int(after) if after and after.isdecimal() else 0, size))
    else:
        if row.state == OrgChange.State.DECIDED and row.built_at is None:
            page.refusals = [
                fact for fact in preview_of(row, local_date(at)).refusals if fact.code != "org_change_duties_unassigned"
            ]
        _outcome(page, row, to, (int(after) if after and after.isdecimal() else 0, size))
    return page


def _draft(page: ChangePage, made: Preview, to: str, window: tuple[int, int]) -> None:
    after, size = window
    laid = made.laid
    counts = made.by_successor
    heads = {head.code: head for head in laid.heads}
    new = {one.code: one for one in page.plan.successors}
    for code in page.plan.targets:
        head = heads.get(code)
        one = new.get(code)
        page.targets.append(
            Target(
                code, laid.name_of(code), bool(one and one.name), one is None, one.head if one else "",
                head.officer_name if head else "", counts[code],
            )
        )  # fmt: skip
    page.inner = [
        (one.unit.code, one.unit.name, one.to or (page.plan.units[0] if one.stays else "")) for one in laid.inner
    ]
    page.people = [
        (place.officer.login, f"{place.officer.full_name}, {place.post.title}", place.to)
        for place in laid.places
        if place.officer and not place.is_head and place.post.unit_id in {old.pk for old in laid.olds}
    ]
    page.unplaced, page.refusals, page.total = laid.unplaced, made.refusals, len(made.lines)
    page.unassigned = counts[""]
    page.candidates = _candidates(page.plan)
    names = {target.code: target.name for target in page.targets}
    shown = [line for line in made.lines if not to or line.to == ("" if to == "-" else to)]
    shown.sort(key=lambda line: (bool(line.to), line.duty_id))
    page.next_key = str(after + size) if len(shown) > after + size else None
    page.lines = [
        LineRow(
            line.public_id, line.title, line.desk_name or line.desk_title, line.due_at, line.to,
            names.get(line.to, line.to), line.how,
        )
        for line in shown[after : after + size]
    ]  # fmt: skip


def _candidates(plan: Plan) -> list[tuple[str, str]]:
    """Return who may be asked to head a successor: those who lead in the units of the change."""
    codes = [*plan.units, *(one.code for one in plan.successors)]
    inside = Q(post__unit__code__in=codes) | Q(post__unit__parent__code__in=codes, post__unit__kind="division")
    rows = Appointment.objects.filter(scope.held_on(plan.in_force_on), inside, post__kind__in=LEADING)
    found = sorted(rows.select_related("officer", "post__unit"), key=lambda row: (LEADING.index(row.post.kind), row.pk))
    return list(
        {
            row.officer.login: (row.officer.login, f"{row.officer.full_name} · {row.post.title}, {row.post.unit.name}")
            for row in reversed(found)
        }.values()
    )[::-1]


def _outcome(page: ChangePage, row: OrgChange, to: str, window: tuple[int, int]) -> None:
    after, size = window
    codes: dict[str, int] = row.mapping.get("codes", {})
    names = dict(Unit.objects.filter(pk__in=codes.values()).values_list("pk", "name"))
    lines = SuccessionLine.objects.filter(change=row)
    handed: dict[str, int] = {}
    for code in lines.values_list("successor_code", flat=True):
        handed[code] = handed.get(code, 0) + 1
    page.total = sum(handed.values())
    if row.kind in OF_UNITS:
        new = {one.code for one in page.plan.successors if one.name}
        page.targets = [
            Target(
                code,
                names.get(codes.get(code, 0), _new_name(page.plan, code)),
                code in new,
                code in page.plan.units,
                "",
                "",
                n,
            )
            for code, n in sorted(handed.items())
        ]
    shown = lines.filter(successor_code=to) if to else lines
    found = list(
        shown.order_by("id").filter(pk__gt=after)
        .select_related("duty__holder_officer", "duty__holder_post", "old_unit", "new_unit")[: size + 1]
    )  # fmt: skip
    page.next_key = str(found[size - 1].pk) if len(found) > size else None
    page.lines = [_line(line) for line in found[:size]]


def _new_name(plan: Plan, code: str) -> str:
    return next((one.name for one in plan.successors if one.code == code and one.name), code)


def _line(line: SuccessionLine) -> LineRow:
    duty = line.duty
    desk = duty.holder_officer.full_name if duty.holder_officer else ""
    return LineRow(
        duty.public_id, duty.title, desk, duty.due_at, line.successor_code, line.new_unit.name if line.new_unit else "",
        line.how, line.old_unit.name if line.old_unit else "", line.moved_at is not None,
    )  # fmt: skip


def unit_code(text: str, on: date) -> str:
    """Return the code of the unit in force that a person typed: its name, short name or code. Raises: Invalid."""
    wanted = words(text)
    rows = Unit.objects.filter(
        org.valid_on(on), folded__contains=fold(text.split(maxsplit=1)[0]) if text.split() else ""
    )
    for unit in [*rows, *Unit.objects.filter(code=text.strip())]:
        if wanted in {words(one) for one in (unit.name, unit.short_name, unit.code, *unit.aliases)}:
            return unit.code
    raise Invalid("unit_unknown", text=text.strip())


def officer_login(text: str) -> str:
    """Return the sign-in name of the officer that a person typed: the name itself, or a full name borne by one only.

    Raises: Invalid.
    """
    typed = text.partition("·")[0].strip()
    found = list(
        Officer.objects.filter(Q(login=typed) | Q(folded=fold(typed)), is_active=True).values_list("login", flat=True)[
            :3
        ]
    )
    if len(found) != 1:
        raise Invalid("officer_ambiguous" if found else "officer_unknown", text=typed)
    return found[0]


def free_code(name: str) -> str:
    """Return a code for a new unit from its name, one that no unit has."""
    base = "-".join(words(name).split())[:34] or "don-vi"
    code, number = base, 1
    while Unit.objects.filter(code=code).exists():
        number += 1
        code = f"{base}-{number}"
    return code


def unit_names(on: date) -> list[str]:
    """Return the names of the charged units in force on a day, for a list of suggestions."""
    rows = Unit.objects.filter(org.valid_on(on)).exclude(kind__in=["division", "province", "district"])
    return list(rows.order_by("kind", "name").values_list("name", flat=True))


def seats_to_change(unit: UUID | None, on: date) -> list[org.Seat]:
    """Return the seats of a unit and its divisions, filled or empty."""
    if unit is None:
        return []
    inside = Q(public_id=unit) | Q(parent__public_id=unit, kind="division")
    return org.seats_in(list(Unit.objects.filter(inside).values_list("pk", flat=True)), on)
