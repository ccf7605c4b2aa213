"""Ask bodies for their opinion on a frozen proposal; a changed proposal is asked anew and voids every silence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from kycuong.core.calendars import local_date
from kycuong.core.consultations import check_question
from kycuong.core.errors import Conflict, Invalid
from kycuong.core.opinions import LIFECYCLE
from kycuong.models import Consultation, Duty, Opinion, Proposed, ProposedPoint, Unit
from kycuong.queries import consultations as queries
from kycuong.queries import org, scope
from kycuong.services import audit, watermark
from kycuong.services.closing import close
from kycuong.services.consultations.concerning import Concerns, keep, weigh
from kycuong.services.requests import Request, asked_of, for_request, keep_once
from kycuong.services.tasks.papers import keep_file, read_file
from kycuong.services.transitions import Act, already_done, open_many


@dataclass(frozen=True, slots=True)
class Question:
    """What a lead asks: the matter, the numbered points with whether each is a main one, whom, by which rule, how long.

    `days` are working days, None for the usual term of the rule. `about` is the task that this serves.
    """

    title: str
    points: tuple[tuple[str, bool], ...]
    units: tuple[UUID, ...]
    rule: str = "regulation"
    days: int | None = None
    about: UUID | None = None
    file: tuple[str, bytes] | None = None
    concerns: Concerns = field(default_factory=Concerns)


def ask(*, actor: scope.Actor, at: datetime, question: Question, request_id: UUID | None = None) -> UUID:
    """Ask every body at once and return the consultation; no clock runs before a body has received it.

    Raises: NotAllowed, NotVisible, Invalid, Secret.
    """
    asked, given = asked_of("ask_opinions", question), partial(_ask, actor, at, question, request_id)
    return keep_once(Consultation, request_id, given, actor=actor, at=at, asked=asked).public_id


def _ask(actor: scope.Actor, at: datetime, question: Question, request_id: UUID | None) -> Consultation:
    check_question(question.title, [words for words, _ in question.points], len(question.units))
    lead, post_id, about = queries.asking_side(actor, question.about, at)
    rule = queries.rule_now(question.rule, local_date(at))
    days = rule.usual_days if question.days is None else question.days
    if not rule.least_days <= days <= rule.most_days:
        raise Invalid("consultation_days", least=rule.least_days, most=rule.most_days)
    units = _bodies(question.units, lead, local_date(at))
    weighed = weigh(question.concerns, actor, units, lead=lead, about=about, on=local_date(at))
    with transaction.atomic():
        watermark.hold()
        row = Consultation.objects.create(
            title=" ".join(question.title.split())[:500], lead_unit_id=lead, asked_by_id=actor.officer_id, about=about,
            rule=rule, days=days, asked_at=at, request_id=request_id,
        )  # fmt: skip
        proposed = _freeze(row, 1, question, actor, at)
        keep(row, weighed)
        open_opinions(row, proposed, units, actor, post_id, at)
        told = {"reasoned": sum(bool(why.reason) for why in weighed.bodies.values()), "twice": weighed.twice}
        _note("ask_opinions", row, actor, at, bodies=len(units), digest=proposed.digest, **told)
    return row


def _bodies(public_ids: Sequence[UUID], lead: int, on: date) -> list[Unit]:
    wanted = set(public_ids)
    units = list(Unit.objects.filter(org.valid_on(on), public_id__in=wanted).exclude(kind="division").order_by("id"))
    if len(units) != len(wanted):
        raise Invalid("consultation_unit_unknown")
    for unit in units:
        if unit.pk == lead:
            raise Invalid("consultation_own_unit", unit=unit.name)
    return units


def _freeze(
    row: Consultation, number: int, question: Question, actor: scope.Actor, at: datetime, reason: str = ""
) -> Proposed:
    """Write one version of the proposal; its digest covers the points in their order and the bytes of the file."""
    kept = read_file(question.file) if question.file else None
    file = keep_file(actor, at, kept) if kept else None
    proposed = Proposed.objects.create(
        consultation=row, number=number, digest=_digest(question.points, file.sha256 if file else ""), file=file,
        reason=reason[:500], officer_id=actor.officer_id, at=at,
    )  # fmt: skip
    ProposedPoint.objects.bulk_create(
        [
            ProposedPoint(proposed=proposed, number=n, words=words.strip(), is_main=is_main)
            for n, (words, is_main) in enumerate(question.points, 1)
        ]
    )
    return proposed


def _digest(points: Sequence[tuple[str, bool]], file: str) -> str:
    """Return the digest of what is proposed: the points in their order, and the hash of the file's bytes."""
    said = [(words.strip(), is_main) for words, is_main in points]
    canon = json.dumps([said, file], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canon.encode()).hexdigest()


def open_opinions(
    row: Consultation, proposed: Proposed, units: Sequence[Unit], actor: scope.Actor, post_id: int | None, at: datetime,
    **facts: object,
) -> list[Duty]:  # fmt: skip
    """Open one duty a body, on the desk of its head, without a clock until it has received the paper; return them."""
    heads = org.heads([unit.pk for unit in units], local_date(at))
    duties = []
    for unit in units:
        seat = heads.get(unit.pk)
        duties.append(
            Duty(
                kind="opinion", title=f"Cho ý kiến: {row.title}"[:500], parent=row.about, root=row.about,
                giver_unit_id=row.lead_unit_id, giver_post_id=post_id, holder_unit=unit,
                holder_post_id=seat.post_id if seat else None, holder_officer_id=seat.officer_id if seat else None,
                term="standing", anchor_at=at,
            )
        )  # fmt: skip
    data: dict[str, object] = {"consultation": str(row.public_id), "version": proposed.number, **facts}
    opened = open_many(duties, Act(LIFECYCLE.row("open"), at, actor, data=data))
    Opinion.objects.bulk_create(
        [Opinion(duty=duty, consultation=row, proposed=proposed, unit_id=duty.holder_unit_id) for duty in opened]
    )
    return opened


def change_proposal(
    *, actor: scope.Actor, at: datetime, consultation: UUID, points: tuple[tuple[str, bool], ...], reason: str,
    file: tuple[str, bytes] | None = None, request_id: UUID | None = None,
) -> None:  # fmt: skip
    """Freeze a new version and ask anew whoever did not return the matter: answers stay on file, every silence is void.

    Raises: NotVisible, NotAllowed, Conflict, Invalid, Secret.
    """
    with transaction.atomic():
        watermark.hold()
        row = queries.to_conduct(actor, consultation)
        if request_id and (done := Proposed.objects.filter(request_id=request_id).first()):
            if (done.consultation_id, done.officer_id) != (row.pk, actor.officer_id) or done.digest != _digest(
                points, hashlib.sha256(file[1]).hexdigest() if file else ""
            ):
                raise Conflict("request_used")
            return
        check_question(row.title, [words for words, _ in points], 1)
        if not reason.strip():
            raise Invalid("consultation_reason_missing")
        before = row.versions.get(number=row.version)
        question = Question(row.title, points, (), file=file)
        proposed = _freeze(row, row.version + 1, question, actor, at, reason.strip())
        if proposed.digest == before.digest:
            raise Invalid("consultation_unchanged")
        Proposed.objects.filter(pk=proposed.pk).update(request_id=request_id)
        units, post_id = _void(row, before, actor, at)
        row.version = proposed.number
        row.save()
        open_opinions(row, proposed, units, actor, post_id, at)
        _note("change_proposal", row, actor, at, version=row.version, digest=proposed.digest)


def _void(row: Consultation, before: Proposed, actor: scope.Actor, at: datetime) -> tuple[list[Unit], int | None]:
    """End what is open on the old version; return whom to ask anew and from which post."""
    units, post_id = [], None
    for opinion in before.opinions.select_related("duty", "duty__holder_unit").order_by("id"):
        post_id = opinion.duty.giver_post_id
        if opinion.duty.phase != "closed":
            close(opinion.duty, Act(LIFECYCLE.row("lapse"), at, actor), "lapsed")
        if opinion.answer == "returned" or opinion.outcome == "dropped":
            continue
        if opinion.answer != "opinion":  # this column only: a late letter may be filed at the same moment
            Opinion.objects.filter(pk=opinion.pk).update(outcome="void")
        units.append(opinion.duty.holder_unit)  # whoever inherited the body meanwhile is asked
    return list({unit.pk: unit for unit in units}.values()), post_id


def drop_opinion(*, actor: scope.Actor, at: datetime, duty: UUID, note: str, request: Request = Request()) -> None:
    """Ask one body no longer, with a reason. Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid."""
    if already_done(request.request_id, actor):
        return
    row, step = for_request(*queries.duty_to_conduct(actor, duty, "drop_opinion"), request)
    if not note.strip():
        raise Invalid("act_reason_missing")
    with transaction.atomic():
        close(row, Act(step, at, actor, request.seen, request.request_id, note), "withdrawn")
        Opinion.objects.filter(duty=row).update(outcome="dropped")


def end(*, actor: scope.Actor, at: datetime, consultation: UUID) -> None:
    """End a consultation: the lead may go on. Refused while an opinion, a signed notice or a meeting is owed.

    Raises: NotVisible, NotAllowed, Conflict, Invalid.
    """
    with transaction.atomic():
        watermark.hold()
        row = queries.to_conduct(actor, consultation)
        owed = queries.owed(row, at)
        if owed:
            raise Conflict("consultation_held", why="; ".join(owed))
        row.ended_at = at
        row.save()
        _note("end_consultation", row, actor, at)


def _note(act: str, row: Consultation, actor: scope.Actor, at: datetime, **facts: object) -> None:
    audit.record(
        actor_id=actor.officer_id, at=at, act=act, subject_kind="consultation", subject_id=row.public_id, **facts
    )
