"""Cases of signs explained by the unit, and decided: kept, or set aside with a reason; a sign is never a verdict."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import CharField, DateField, QuerySet

from kycuong.core import signs as law
from kycuong.core.calendars import local_date
from kycuong.core.duties import morning
from kycuong.core.errors import Conflict, NotAllowed, NotVisible
from kycuong.models import DayMark, Duty, SignContest
from kycuong.queries import calendars, scope
from kycuong.queries import signs as queries
from kycuong.queries.kept import Slot, kept
from kycuong.queries.notices import OF_SIGN
from kycuong.services import audit, notices
from kycuong.services.leaves import keep_note
from kycuong.services.tasks.papers import keep_file, read_file

MARK = "signs"


def explain(
    *, actor: scope.Actor, at: datetime, unit: UUID, code: str, duty: UUID, note: str, file: tuple[str, bytes] | None = None,
    since: date | None = None, until: date | None = None,
) -> UUID:  # fmt: skip
    """Explain one case of one's own unit, with a file if there is one; within the unit's own days it counts only if kept.

    Basis: practice of provinces: the unit sees a sign first and may contest it. Raises: NotVisible, NotAllowed, Conflict,
    Invalid, Secret.
    """
    body = queries.to_explain(actor, unit)
    rule = law.code_of(code)
    law.check_contest(note)
    reading = queries.Reading(actor, at, since, until, [body.pk])
    key = Duty.objects.filter(public_id=duty).values_list("pk", flat=True).first() or 0
    found = reading.case(rule, key, body.pk)
    if found is None:
        raise NotVisible("sign_not_visible")
    paper = read_file(file) if file else None
    in_time = local_date(at) <= reading.last_on(found.found)
    with transaction.atomic():
        kept, _ = keep_note(note)
        try:
            with transaction.atomic():
                made = SignContest.objects.create(
                    code=rule.value, duty_id=key, unit=body, in_time=in_time, note=kept, made_by_id=actor.officer_id, made_at=at,
                    file=keep_file(actor, at, paper) if paper else None,
                )  # fmt: skip
        except IntegrityError as error:
            raise Conflict("sign_explained") from error
        _audit(actor, at, "explain_sign", made)
    return made.public_id


def decide(*, actor: scope.Actor, at: datetime, contest: UUID, verdict: str, note: str) -> None:
    """Decide what a unit explained: `kept` still calls for a look, `aside` counts no longer; with a reason either way.

    Raises: NotVisible, NotAllowed, Conflict, Invalid.
    """
    row = SignContest.objects.filter(public_id=contest).first()
    if row is None or not queries.may_see(actor, row.unit_id):
        raise NotVisible("sign_not_visible")
    if not queries.may_decide(actor, row.unit_id):
        raise NotAllowed("sign_not_decider")
    law.check_verdict(verdict, note)
    with transaction.atomic():
        kept, _ = keep_note(note)
        waiting = SignContest.objects.filter(pk=row.pk, verdict="")
        if not waiting.update(verdict=verdict, answer=kept, decided_by=actor.officer_id, decided_at=at):
            raise Conflict("sign_decided")
        row.verdict = verdict
        _audit(actor, at, "decide_sign", row)


def tell(at: datetime) -> int:
    """Tell heads in the first round of a working day of the signs that arose about their units; return how many notices were made.

    Once a sign and week, so that the unit sees it first and may explain. Run twice or killed anywhere, nobody hears twice.
    """
    calendar, day = calendars.current(), local_date(at)
    if not (calendar.covers(day) and calendar.is_working(day) and morning(day, calendar) <= at):
        return 0
    if _told(MARK, day):
        return 0
    told = notices.tell_heads(
        [(one.unit, f"{OF_SIGN}{one.code.value}", one.week, one.answers) for one in queries.arisen(at)], at
    )
    DayMark.objects.update_or_create(name=MARK, defaults={"done_on": day})
    return told


@kept(CharField(), DateField())
def _told(name: Slot, day: Slot) -> QuerySet[DayMark, int]:
    return DayMark.objects.filter(name=name, done_on__gte=day).values_list("pk", flat=True)[:1]


def _audit(actor: scope.Actor, at: datetime, act: str, row: SignContest) -> None:
    audit.record(
        actor_id=actor.officer_id, at=at, act=act, subject_kind="sign", subject_id=row.public_id, code=row.code,
        in_time=row.in_time, verdict=row.verdict,
    )  # fmt: skip
