"""Who conducts a consultation, by which rule, and what is owed before the lead may go on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from kycuong.core.consultations import SLIP_RULES, Outcome, may_go_on
from kycuong.core.dissents import Standing
from kycuong.core.duties import last_date
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible, TransitionNotAllowed
from kycuong.core.lifecycle import Row
from kycuong.core.opinions import LIFECYCLE
from kycuong.core.sentences import Sentence
from kycuong.models import Arbitration, Consultation, ConsultationRule, Duty, Opinion
from kycuong.models.duties import Phase
from kycuong.queries import calendars, scope
from kycuong.queries.consultations.standing import held, kept_with
from kycuong.queries.permits import on_own_desk


def rule_now(code: str, on: date, codes: Collection[str] | None = None) -> ConsultationRule:
    """Return the rule in force on a day, of opinions, or one of `codes`. Raises: Invalid."""
    wanted = code in codes if codes is not None else code not in SLIP_RULES
    rows = ConsultationRule.objects.filter(code=code, in_force_from__lte=on).order_by("-in_force_from", "-id")
    found = rows.first() if wanted else None
    if found is None:
        raise Invalid("kind_unknown", text=code)
    return found


def rules_now(on: date) -> list[ConsultationRule]:
    """Return the rules of opinions in force on a day, one a code, in the order in which they were made."""
    codes = ConsultationRule.objects.exclude(code__in=SLIP_RULES).order_by().values_list("code", flat=True).distinct()
    return sorted((rule_now(code, on) for code in codes), key=lambda one: one.pk)


def asking_side(who: scope.Actor, about: UUID | None, at: datetime) -> tuple[int, int | None, Duty | None]:
    """Return the unit that asks, the post that does, and the task asked about. Raises: NotAllowed, NotVisible."""
    if about is None:
        hat = next((hat for hat in who.hats if who.leads(hat.body_id) and hat.body_id == hat.unit_id), None)
        if hat is None:
            raise NotAllowed("consultation_not_allowed")
        return hat.body_id, hat.post_id, None
    duty = scope.duty_to_read(who, about)
    if duty.kind != "task" or duty.phase == Phase.CLOSED:
        raise Invalid("kind_unknown", text=duty.kind)
    if not (on_own_desk(who, duty) or who.leads(duty.holder_unit_id)):
        raise NotAllowed("consultation_not_allowed")
    post = next((hat.post_id for hat in who.hats if hat.body_id == duty.holder_unit_id), None)
    return duty.holder_unit_id, post, duty


def visible(who: scope.Actor) -> QuerySet[Consultation]:
    """Return the consultations whose every opinion a person sees: the lead's people and the overseers."""
    rows = Consultation.objects.all()
    if who.sees_all:
        return rows
    if not who.hats:
        return rows.none()
    return rows.filter(Q(lead_unit__in=who.body_ids) | Q(asked_by=who.officer_id))


def conducts(who: scope.Actor, row: Consultation) -> bool:
    """Return whether the person conducts the consultation: who asked, in the unit still, and who leads the unit."""
    if who.leads(row.lead_unit_id):
        return True
    return row.asked_by_id == who.officer_id and any(hat.body_id == row.lead_unit_id for hat in who.hats)


def sealed_to(who: scope.Actor) -> QuerySet[Opinion, int]:
    """Return the consultations whose paper the person's own body was sent and has not received, also where it oversees others.

    Nobody reads a question without the clock of the answer running.
    """
    waiting = Opinion.objects.filter(delivered_at__isnull=True, duty__phase="open")
    own = waiting.filter(duty__holder_unit__in=who.member_ids).exclude(consultation__lead_unit__in=who.member_ids)
    return own.values_list("consultation", flat=True)


def reads(who: scope.Actor, file_id: int) -> bool:
    """Return whether a file is of a consultation that the person sees, or of the question and answer of one's own unit."""
    kept = Q(opinions__file=file_id) | Q(opinions__notice__file=file_id)
    if visible(who).filter(kept).exists():
        return True
    if visible(who).filter(versions__file=file_id).exclude(pk__in=sealed_to(who)).exists():
        return True
    received = Q(proposed__file=file_id, delivered_at__isnull=False)
    mine = Opinion.objects.filter(Q(file=file_id) | received | Q(notice__file=file_id))
    of_meetings = Opinion.objects.filter(kept_with(file_id))
    if of_meetings.filter(consultation__in=visible(who)).exists():
        return True
    either = Q(pk__in=mine.values("duty")) | Q(pk__in=of_meetings.values("duty"))
    return scope.visible_duties(who).filter(either).exists()


def opened_to(who: scope.Actor, duties: Collection[UUID]) -> set[UUID]:
    """Return those of some opinions that the person may open, as one's own question or with the consultation."""
    if not duties:
        return set()
    whole = Opinion.objects.filter(duty__public_id__in=duties, consultation__in=visible(who))
    return scope.seen_of(who, duties) | set(whole.values_list("duty__public_id", flat=True))


def to_conduct(who: scope.Actor, public_id: UUID) -> Consultation:
    """Return a consultation for acting, locked. Raises: NotVisible, NotAllowed, Conflict."""
    rows = visible(who).filter(public_id=public_id)
    found = (rows.select_for_update(of=("self",)) if connection.vendor == "postgresql" else rows).first()
    if found is None:
        raise NotVisible("consultation_not_visible")
    if not conducts(who, found):
        raise NotAllowed("consultation_not_allowed")
    if found.ended_at is not None:
        raise Conflict("consultation_ended")
    return found


def silent(who: scope.Actor, duty: UUID, *, lock: bool = False) -> Opinion:
    """Return the opinion whose silence became consent, for its notice. Raises: NotVisible, NotAllowed, Invalid."""
    rows = Opinion.objects.select_related("consultation", "liable").filter(duty__public_id=duty)
    if lock and connection.vendor == "postgresql":
        rows = rows.select_for_update(of=("self",))
    found = rows.first()  # by its own key first: whoever has asked much waits no longer
    if found is None or not visible(who).filter(pk=found.consultation_id).exists():
        raise NotVisible("opinion_not_visible")
    if not conducts(who, found.consultation):
        raise NotAllowed("consultation_not_allowed")
    if found.outcome != Outcome.CONSENT:
        raise Invalid("opinion_not_silent")
    return found


def latest_time(one: Opinion, duty: Duty) -> date:
    """Return the last day until which a body may ask for time: as many working days more as the rule gives at the most."""
    assert duty.due_at is not None
    calendar = calendars.current(duty.holder_unit_id)
    return calendar.add_working_days(last_date(duty.due_at), one.consultation.rule.most_days)


def returned_text(one: Opinion) -> str:
    """Return the words in which a question that is to be returned says what it is about: its title and points."""
    points = one.proposed.points.order_by("number").values_list("words", flat=True)
    return " ".join((one.consultation.title, *points))


def owed(row: Consultation, at: datetime) -> list[str]:
    """Return, in words, what keeps the lead from going on; nothing when it may (four queries).

    Basis: 2230/UBND-NC items 2.2 and 2.3.
    """
    now = Opinion.objects.filter(consultation=row, proposed__number=row.version).exclude(outcome="dropped")
    found = list(now.select_related("unit", "notice", "duty").order_by("id"))
    dissent = held(found)
    arbitrated = set(
        Arbitration.objects.filter(about__opinion__in=[one.pk for one in found], ended_at__isnull=True).values_list(
            "about", flat=True
        )
    )
    return [said for one in found if (said := _arbitrated(one, arbitrated) or _owed(one, dissent.get(one.pk)))]


def _arbitrated(one: Opinion, waiting: set[int]) -> str:
    if one.duty_id not in waiting:
        return ""
    return Sentence("đang chờ phân xử cơ quan có thẩm quyền thay {unit}", unit=one.unit.name)


def _owed(one: Opinion, dissent: Standing | None) -> str:
    found = Outcome(one.outcome or (Outcome.UNDELIVERED if one.delivered_at is None else Outcome.WAITING))
    if may_go_on(found, notice_signed=hasattr(one, "notice"), dissent=dissent is not None):
        return ""
    name = one.unit.name
    if dissent is Standing.UNSIGNED:
        return Sentence("chưa gắn biên bản làm việc đã ký với {unit}", unit=name)
    if dissent is not None:
        return Sentence(
            "{unit} không đồng ý ở nội dung chính: thủ trưởng hai cơ quan phải làm việc trực tiếp và ghi kết quả",
            unit=name,
        )
    waiting = Sentence("{unit} còn thời gian trả lời hoặc ý kiến chưa được ghi nhận", unit=name)
    return {
        Outcome.UNDELIVERED: Sentence("{unit} chưa nhận văn bản", unit=name),
        Outcome.CONSENT: Sentence("chưa ban hành thông báo gửi {unit} về việc không trả lời", unit=name),
        Outcome.VAGUE: Sentence("{unit} trả lời không rõ chính kiến", unit=name),
    }.get(found, waiting)


def duty_to_conduct(who: scope.Actor, public_id: UUID, action: str) -> tuple[Duty, Row]:
    """Return an opinion's duty and the asker's move on it.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed.
    """
    found = Opinion.objects.select_related("consultation", "duty").filter(duty__public_id=public_id).first()
    if found is None or not visible(who).filter(pk=found.consultation_id).exists():
        raise NotVisible("opinion_not_visible")
    if not conducts(who, found.consultation):
        raise NotAllowed("consultation_not_allowed")
    row = LIFECYCLE.row(action)
    if found.duty.phase not in row.sources:
        raise TransitionNotAllowed("move_not_possible", phase=Phase(found.duty.phase).label, act=row.label)
    return found.duty, row
