"""What the pages of consultations show: the list, one consultation with every opinion, one body's own question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Q

from kycuong.core.calendars import local_date
from kycuong.core.consultations import Outcome, Silence, bound
from kycuong.core.dissents import Standing
from kycuong.core.duties import last_date
from kycuong.core.errors import NotVisible
from kycuong.core.lifecycle import Row
from kycuong.core.links import OUTSIDE
from kycuong.core.opinions import LIFECYCLE
from kycuong.models import Consultation, Opinion, OpinionPoint, ProposedPoint, SilenceNotice, Unit
from kycuong.queries import calendars, org, scope
from kycuong.queries.consultations.conducting import conducts, owed, sealed_to, visible
from kycuong.queries.consultations.dissents import count_dissents
from kycuong.queries.consultations.heading import symbol
from kycuong.queries.consultations.preparing import DraftRow, desk_name, draft_of
from kycuong.queries.consultations.standing import standings
from kycuong.queries.permits import facts, permits

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point of a proposal, and on a body's side what the body said to it."""

    number: int
    words: str
    is_main: bool
    position: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One body asked on the version that stands: where its opinion stands and what may be done about it."""

    duty: UUID
    act_seq: int
    unit_name: str
    outcome: Outcome | None
    phase: str
    delivered_on: date | None
    last_on: date | None
    days_left: int | None
    letter: str
    signed_on: date | None
    file: UUID | None
    liable: str
    notice: str
    late_on: date | None
    asks_until: date | None
    points: list[PointRow]
    file_signed: str = ""
    dissent: Standing = Standing.NONE


@dataclass(frozen=True, slots=True)
class VersionRow:
    """An earlier or present version of the proposal."""

    number: int
    at: datetime
    reason: str
    digest: str
    officer_name: str


@dataclass(frozen=True, slots=True)
class ConsultationPage:
    """A consultation as its lead sees it."""

    public_id: UUID
    title: str
    lead_name: str
    asked_on: date
    ended_on: date | None
    days: int
    version: int
    digest: str
    rule_name: str
    rule_document: str
    rule_verified: bool
    silence: str
    about: UUID | None
    points: list[PointRow]
    bodies: list[BodyRow]
    versions: list[VersionRow]
    owed: list[str]
    conducts: bool
    file: UUID | None = None
    sealed: bool = False  # the person's own body is asked and has not received the paper


@dataclass(frozen=True, slots=True)
class LineRow:
    """One consultation in the list: how many bodies are asked, how many have answered, how many stay silent."""

    public_id: UUID
    title: str
    lead_name: str
    asked_on: date
    ended_on: date | None
    asked: int
    answered: int
    silent: int


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One question that a body has to answer."""

    duty: UUID
    title: str
    lead_name: str
    last_on: date | None
    delivered: bool
    desk: str = ""  # who prepares it within the unit


@dataclass(frozen=True, slots=True)
class ListPage:
    """Consultations that one conducts or oversees, newest first, and the questions that wait for one's own unit."""

    rows: list[LineRow]
    asked_of_us: list[AskedRow]
    next_page: int | None
    dissents: int = 0


def consultations(who: scope.Actor, at: datetime, *, page: int = 1) -> ListPage:
    """Return a page of the list (five queries at the most)."""
    start = (page - 1) * PAGE_SIZE
    rows = visible(who).select_related("lead_unit").order_by("-asked_at", "-id")[start : start + PAGE_SIZE + 1]
    found = list(rows)
    current = Q(proposed__number=F("consultation__version"))
    counts = {
        row[0]: row[1:]
        for row in Opinion.objects.filter(current, consultation__in=[one.pk for one in found])
        .exclude(outcome="dropped").order_by().values_list("consultation")
        .annotate(
            asked=Count("id"), answered=Count("id", filter=Q(answer__in=("opinion", "returned"))),
            silent=Count("id", filter=Q(outcome__in=("consent", "liable"))),
        )
    }  # fmt: skip
    lines = [
        LineRow(
            one.public_id, one.title, one.lead_unit.name, local_date(one.asked_at),
            local_date(one.ended_at) if one.ended_at else None, *counts.get(one.pk, (0, 0, 0)),
        )
        for one in found[:PAGE_SIZE]
    ]  # fmt: skip
    return ListPage(lines, _asked_of(who), page + 1 if len(found) > PAGE_SIZE else None, count_dissents(who))


def _asked_of(who: scope.Actor) -> list[AskedRow]:
    if not who.hats:  # what still lies on a desk left behind
        return []
    mine = Q(duty__holder_officer=who.officer_id) | Q(duty__holder_unit__in=who.body_ids)
    rows = Opinion.objects.filter(mine, outcome="", duty__phase="open").select_related(
        "duty__holder_officer", "duty__holder_post__unit", "consultation__lead_unit"
    )
    return [
        AskedRow(
            one.duty.public_id, one.consultation.title, one.consultation.lead_unit.name, _last(one),
            one.delivered_at is not None, desk_name(one.duty),
        )
        for one in rows.order_by(F("duty__due_at").asc(nulls_last=True), "id")[:100]
    ]  # fmt: skip


def _last(one: Opinion) -> date | None:
    return last_date(one.duty.due_at) if one.duty.due_at else None


def consultation(who: scope.Actor, public_id: UUID, at: datetime) -> ConsultationPage:
    """Return a consultation with every opinion on the version that stands (nine queries at the most). Raises: NotVisible."""
    row = visible(who).select_related("lead_unit", "rule", "about").filter(public_id=public_id).first()
    if row is None:
        raise NotVisible("consultation_not_visible")
    versions = list(row.versions.select_related("officer", "file").order_by("number"))
    standing = versions[-1]
    sealed = sealed_to(who).filter(consultation=row).exists()
    points = [] if sealed else list(standing.points.order_by("number"))
    return ConsultationPage(
        row.public_id, row.title, row.lead_unit.name, local_date(row.asked_at),
        local_date(row.ended_at) if row.ended_at else None, row.days, row.version, standing.digest, row.rule.name,
        row.rule.document, row.rule.verified, row.rule.silence, row.about.public_id if row.about else None,
        [PointRow(point.number, point.words, point.is_main) for point in points], _bodies(row, points, at),
        [VersionRow(one.number, one.at, one.reason, one.digest, one.officer.full_name) for one in versions],
        owed(row, at) if row.ended_at is None else [], conducts(who, row) and row.ended_at is None,
        standing.file.public_id if standing.file and not sealed else None, sealed,
    )  # fmt: skip


def _bodies(row: Consultation, points: list[ProposedPoint], at: datetime) -> list[BodyRow]:
    rows = list(
        Opinion.objects.filter(consultation=row, proposed__number=row.version)
        .select_related("duty", "unit", "file", "liable", "notice").order_by("unit__name", "id")
    )  # fmt: skip
    said: dict[int, dict[int, OpinionPoint]] = defaultdict(dict)
    for one in OpinionPoint.objects.filter(opinion__in=[one.pk for one in rows]):
        said[one.opinion_id][one.point_id] = one
    dissent = standings(rows)
    return [_body(one, points, said[one.pk], at, dissent) for one in rows]


def _body(
    one: Opinion, points: Iterable[ProposedPoint], said: dict[int, OpinionPoint], at: datetime, dissent: dict[int, Standing]
) -> BodyRow:  # fmt: skip
    duty, last = one.duty, _last(one)
    notice: SilenceNotice | None = getattr(one, "notice", None)
    calendar = calendars.current(duty.holder_unit_id)
    running = last is not None and duty.phase == "open" and calendar.covers(last)
    left = calendar.working_days_between(local_date(at), last) if running and last else None
    rows = []
    for point in points:
        answer = said.get(point.pk)
        rows.append(
            PointRow(
                point.number,
                point.words,
                point.is_main,
                answer.position if answer else "",
                answer.words if answer else "",
            )
        )
    return BodyRow(
        duty.public_id, duty.act_seq, one.unit.name, _standing(one), duty.phase,
        local_date(one.delivered_at) if one.delivered_at else None, last, left,
        f"{one.number}/{one.symbol}".strip("/"), one.signed_on, one.file.public_id if one.file else None,
        one.liable.full_name if one.liable else "", f"{notice.number}/{notice.symbol}".strip("/") if notice else "",
        local_date(one.late_at) if one.late_at else None,
        last_date(one.more_until) if one.more_until and one.more_given is None and duty.phase == "open" else None,
        rows if said else [],
        one.file.signed if one.file else "", dissent.get(one.pk, Standing.NONE),
    )  # fmt: skip


def _standing(one: Opinion) -> Outcome | None:
    """Return where an opinion stands; None for a body that is asked no longer."""
    if one.outcome == "dropped":
        return None
    if one.outcome:
        return Outcome(one.outcome)
    if one.delivered_at is None:
        return Outcome.UNDELIVERED
    if one.duty.phase == "answered":
        return Outcome.OPINION
    if one.answer == "vague":
        return Outcome.VAGUE
    return Outcome.WAITING


@dataclass(frozen=True, slots=True)
class OpinionPage:
    """One body's question: the frozen proposal, the term, what was said, what the person may do."""

    duty: UUID
    act_seq: int
    title: str
    lead_name: str
    lead_symbol: str
    unit_name: str
    unit_symbol: str
    asked_on: date
    delivered_on: date | None
    last_on: date | None
    days: int
    version: int
    digest: str
    silence: str
    rule_document: str
    rule_verified: bool
    points: list[PointRow]
    body: BodyRow
    file: UUID | None
    acts: frozenset[str] = field(default_factory=frozenset)
    consultation: UUID | None = None
    conducts: bool = False
    sees_duty: bool = False
    asked_time: bool = False
    outside: bool = False  # its people do not sign in: it answers by a link
    draft: DraftRow | None = None  # shown to the body's own people
    sealed: bool = False  # nobody of the body has confirmed receipt: it sees who asks about what, not yet the points
    binds: bool = True  # whether silence of this body means what the rule says
    lead_key: int | None = None
    unit_key: int | None = None  # whoever answers for the body now


def opinion_page(who: scope.Actor, duty: UUID, at: datetime) -> OpinionPage:
    """Return one body's question, to whoever sees its duty or the consultation (ten queries at the most).

    The body reads the proposal once it has confirmed receipt, so that nobody reads without a clock, and no preview starts one.
    Raises: NotVisible.
    """
    one, sees_duty, sees_all = _opinion(who, duty)
    row, proposed = one.consultation, one.proposed
    asked = one.duty.holder_unit_id in who.member_ids  # also where the body oversees others
    sealed = one.delivered_at is None and (asked or not sees_all)
    sealed = sealed or (sees_all and sealed_to(who).filter(consultation=row).exists())
    points = [] if sealed else list(proposed.points.order_by("number"))
    said = {point.point_id: point for point in OpinionPoint.objects.filter(opinion=one)}
    body = _body(one, points, said, at, standings([one]))
    known = facts(one.duty)
    acts = frozenset(
        step.action for step in _steps() if one.duty.phase in step.sources and permits(who, one.duty, step, known)
    )
    return OpinionPage(
        one.duty.public_id, one.duty.act_seq, row.title, row.lead_unit.name, symbol(row.lead_unit), one.unit.name,
        symbol(one.unit), local_date(proposed.at), body.delivered_on, body.last_on, row.days, proposed.number,
        proposed.digest, row.rule.silence, row.rule.document, row.rule.verified,
        body.points or [PointRow(point.number, point.words, point.is_main) for point in points], body,
        proposed.file.public_id if proposed.file and not sealed else None, acts, row.public_id if sees_all else None,
        conducts(who, row) and row.ended_at is None,
        sees_duty, one.more_until is not None, one.unit.relation in OUTSIDE,
        draft_of(one, points) if _of_the_body(who, one) else None, sealed, _binds(one), row.lead_unit_id,
        one.duty.holder_unit_id,
    )  # fmt: skip


def _binds(one: Opinion) -> bool:
    """Return whether the rule binds whoever answers for the body; what a law wants in writing is wanted of everybody."""
    rule, unit = one.consultation.rule, one.duty.holder_unit
    kinds = rule.bound_kinds.split(",")
    return rule.silence == Silence.WRITTEN or bound(unit.kind, unit.relation, Silence(rule.silence), kinds)


def _of_the_body(who: scope.Actor, one: Opinion) -> bool:
    """Return whether a person works in the body asked: what it prepares is its own until its head sends it."""
    return one.duty.holder_unit_id in who.member_ids


def _steps() -> tuple[Row, ...]:
    return tuple(row for row in LIFECYCLE.rows if row.by_person)


def _opinion(who: scope.Actor, duty: UUID) -> tuple[Opinion, bool, bool]:
    """Return an opinion, and whether the person sees its duty, and the whole consultation. Raises: NotVisible."""
    beside = (
        "duty__holder_post",
        "duty__holder_unit",
        "unit",
        "file",
        "liable",
        "notice",
        "proposed__file",
        "consultation__lead_unit",
        "consultation__rule",
    )
    one = Opinion.objects.select_related(*beside).filter(duty__public_id=duty).first()
    if one is None:
        raise NotVisible("opinion_not_visible")
    sees_duty = scope.visible_duties(who).filter(pk=one.duty_id).exists()
    sees_all = visible(who).filter(pk=one.consultation_id).exists()
    if not (sees_duty or sees_all):
        raise NotVisible("opinion_not_visible")
    return one, sees_duty, sees_all


def bodies(who: scope.Actor, at: datetime) -> list[tuple[UUID, str, str]]:
    """Return the bodies that may be asked: public id, name, kind; not one's own."""
    own = set(who.member_ids)
    rows = (
        Unit.objects.filter(org.valid_on(local_date(at))).exclude(kind__in=("division", "province")).exclude(pk__in=own)
    )
    return list(rows.order_by("kind", "name").values_list("public_id", "name", "kind"))
