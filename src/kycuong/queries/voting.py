"""Voting slips to read: the rounds that a person conducts, one round with its count, one's own slip."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count as Counted
from django.db.models import Max, Q, QuerySet

from kycuong.core.calendars import local_date
from kycuong.core.consultations import SLIP_RULES, Silence
from kycuong.core.duties import last_date
from kycuong.core.errors import Conflict, NotAllowed, NotVisible
from kycuong.core.slips import LIFECYCLE
from kycuong.core.voting import Choice, Count, Result, Slip, count
from kycuong.models import ConsultationRule, Duty, SlipVote, Voting, VotingSlip
from kycuong.queries import consultations, org, scope
from kycuong.queries.permits import facts, permits

PAGE_SIZE = 30


def visible(who: scope.Actor) -> QuerySet[Voting]:
    """Return the rounds that a person conducts or oversees; a member sees a round through his own slip."""
    if who.sees_all:
        return Voting.objects.all()
    if not who.hats:
        return Voting.objects.none()
    return Voting.objects.filter(Q(lead_unit__in=who.body_ids) | Q(asked_by=who.officer_id))


def _own(who: scope.Actor) -> QuerySet[VotingSlip]:
    """Return the person's own slips; none for who has left office, whatever still lies on the desk left behind."""
    rows = VotingSlip.objects.filter(duty__holder_officer=who.officer_id)
    return rows if who.hats else rows.none()


def _opens(who: scope.Actor, one: VotingSlip) -> bool:
    """Return whether the person opens a slip: as its member in office, or with the round."""
    if who.hats and one.duty.holder_officer_id == who.officer_id:
        return True
    return visible(who).filter(pk=one.voting_id).exists()


def conducts(who: scope.Actor, row: Voting) -> bool:
    """Return whether the person conducts the round: who leads the unit that asked, or asked and is there still."""
    asked = row.asked_by_id == who.officer_id and any(hat.body_id == row.lead_unit_id for hat in who.hats)
    return who.leads(row.lead_unit_id) or asked


def to_conduct(who: scope.Actor, public_id: UUID) -> Voting:
    """Return a round for acting, locked. Raises: NotVisible, NotAllowed."""
    rows = visible(who).filter(public_id=public_id)
    found = (rows.select_for_update(of=("self",)) if connection.vendor == "postgresql" else rows).first()
    if found is None:
        raise NotVisible("voting_not_visible")
    if not conducts(who, found):
        raise NotAllowed("voting_not_allowed")
    return found


def rules_now(on: date) -> list[ConsultationRule]:
    """Return the rules of slips in force on a day."""
    return [consultations.rule_now(code, on, codes=SLIP_RULES) for code in sorted(SLIP_RULES)]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may be a member: the seat, and whether the Committee usually counts it among its own."""

    code: str
    name: str
    title: str
    unit_name: str
    usual: bool


def candidates(who: scope.Actor, at: datetime) -> list[Member]:
    """Return whom a round may be put to, the Chairman first: heads and deputies of the Committee, heads of its bodies."""
    lead, _post, _about = consultations.asking_side(who, None, at)
    rows = org.committee(lead, local_date(at))
    return [
        Member(seat.code, seat.officer_name, seat.title, seat.unit_name, kind != "vertical")
        for seat, kind, _chair in rows
    ]


@dataclass(frozen=True, slots=True)
class VotingLine:
    """One round in the list."""

    public_id: UUID
    title: str
    lead_name: str
    asked_on: date
    last_on: date
    members: int
    voted: int
    result: Result
    cancelled: bool


@dataclass(frozen=True, slots=True)
class MySlipRow:
    """One slip that waits for the person, or was sent and may still be changed."""

    duty: UUID
    title: str
    lead_name: str
    last_on: date
    voted: bool


@dataclass(frozen=True, slots=True)
class VotingList:
    """The rounds that a person conducts or oversees, newest first, and the slips that wait for the person."""

    rows: list[VotingLine]
    mine: list[MySlipRow]
    next_page: int | None


def votings(who: scope.Actor, *, page: int = 1) -> VotingList:
    """Return a page of the rounds (three queries)."""
    start = (page - 1) * PAGE_SIZE
    rows = visible(who).select_related("lead_unit").annotate(
        ends=Max("slips__duty__due_at"), members=Counted("slips", distinct=True),
        voted=Counted("slips", filter=Q(slips__votes__number=1), distinct=True),
    )  # fmt: skip
    found = list(rows.order_by("-asked_at", "-id")[start : start + PAGE_SIZE + 1])
    lines = [
        VotingLine(
            one.public_id, one.title, one.lead_unit.name, local_date(one.asked_at), last_date(one.ends), one.members, one.voted,
            Result(one.result or "waiting"), one.cancelled,
        )
        for one in found[:PAGE_SIZE]
    ]  # fmt: skip
    mine = _own(who).filter(voting__closed_at__isnull=True)
    own = [
        MySlipRow(one.duty.public_id, one.voting.title, one.voting.lead_unit.name, last_date(one.ends),
                  one.duty.phase == "answered")
        for one in mine.annotate(ends=Max("voting__slips__duty__due_at")).select_related("duty", "voting__lead_unit").order_by("ends", "id")
    ]  # fmt: skip
    return VotingList(lines, own, page + 1 if len(found) > PAGE_SIZE else None)


@dataclass(frozen=True, slots=True)
class VoteRow:
    """One vote on a slip: what was chosen, when."""

    choice: str
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One member's slip with its votes, the one that counts first."""

    duty: UUID
    name: str
    title: str
    is_chair: bool
    votes: list[VoteRow] = field(default_factory=list)

    @property
    def present(self) -> VoteRow | None:
        """Return the vote that counts."""
        return self.votes[0] if self.votes else None


@dataclass(frozen=True, slots=True)
class VotingPage:
    """One round with every slip and the count."""

    public_id: UUID
    title: str
    words: str
    lead_name: str
    lead_symbol: str
    asked_on: date
    last_on: date
    days: int
    closed_at: datetime | None
    cancelled: bool
    rule_name: str
    rule_document: str
    rule_verified: bool
    silence: str
    count: Count
    slips: list[SlipRow]
    conducts: bool
    may_close: bool
    tally: str
    tally_signed_on: date | None
    tally_file: UUID | None
    file: UUID | None
    tally_signed: str = ""


def cut_off(row: Voting) -> datetime:
    """Return the cut-off of a round: the latest of its slips', as the calendar may have moved some (one query)."""
    found = VotingSlip.objects.filter(voting=row).aggregate(ends=Max("duty__due_at"))["ends"]
    assert isinstance(found, datetime)
    return found


def passed(at: datetime) -> list[int]:
    """Return the open rounds whose cut-off has passed (one query)."""
    rows = Voting.objects.filter(closed_at__isnull=True).annotate(ends=Max("slips__duty__due_at"))
    return list(rows.filter(ends__lte=at).order_by("ends").values_list("pk", flat=True))


def slips_of(row: Voting) -> list[SlipRow]:
    """Return the slips of a round with their votes, the Chairman first (two queries)."""
    rows = list(VotingSlip.objects.filter(voting=row).select_related("duty").order_by("-is_chair", "id"))
    votes: dict[int, list[VoteRow]] = {one.pk: [] for one in rows}
    for vote in SlipVote.objects.filter(slip__in=votes).order_by("-number"):
        votes[vote.slip_id].append(VoteRow(vote.choice, vote.words, vote.at))
    return [SlipRow(one.duty.public_id, one.name, one.title, one.is_chair, votes[one.pk]) for one in rows]


def counted(slips: Collection[SlipRow], rule: ConsultationRule, *, closed: bool) -> Count:
    """Return the count of slips as they stand, by the rule under which they were asked for."""
    chosen = [Slip(Choice(one.present.choice) if one.present else None, one.is_chair) for one in slips]
    return count(chosen, Silence(rule.silence), closed=closed, casting=rule.casting_vote)


def voting(who: scope.Actor, public_id: UUID, at: datetime) -> VotingPage:
    """Return one round, to whoever conducts or oversees it (six queries). Raises: NotVisible."""
    rows = visible(who).select_related("lead_unit", "rule", "file", "tally_file").filter(public_id=public_id)
    one = rows.first()
    if one is None:
        raise NotVisible("voting_not_visible")
    slips, leads = slips_of(one), conducts(who, one)
    return VotingPage(
        one.public_id, one.title, one.words, one.lead_unit.name, consultations.symbol(one.lead_unit), local_date(one.asked_at),
        last_date(cut_off(one)), one.days, one.closed_at, one.cancelled, one.rule.name, one.rule.document, one.rule.verified,
        one.rule.silence, counted(slips, one.rule, closed=bool(one.result)), slips, leads,
        leads and one.closed_at is None and all(slip.votes for slip in slips),
        f"{one.tally_number}/{one.tally_symbol}".strip("/"), one.tally_signed_on,
        one.tally_file.public_id if one.tally_file else None, one.file.public_id if one.file else None,
        one.tally_file.signed if one.tally_file else "",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SlipPage:
    """One's own slip: the matter, what one has said, what one may do; the result once the round is closed."""

    duty: UUID
    act_seq: int
    title: str
    words: str
    lead_name: str
    last_on: date
    silence: str
    rule_document: str
    rule_verified: bool
    slip: SlipRow
    act: str
    file: UUID | None
    count: Count | None


def slip_page(who: scope.Actor, duty: UUID, at: datetime) -> SlipPage:
    """Return a slip, to the member alone and to who conducts the round (eight queries). Raises: NotVisible."""
    beside = ("duty", "duty__holder_post", "voting__lead_unit", "voting__rule", "voting__file")
    one = VotingSlip.objects.select_related(*beside).filter(duty__public_id=duty).first()
    if one is None:
        raise NotVisible("slip_not_visible")
    if not _opens(who, one):
        raise NotVisible("slip_not_visible")
    row, its = one.voting, slips_of(one.voting)
    mine = next(slip for slip in its if slip.duty == duty)
    known, ends = facts(one.duty), cut_off(row)
    own = one.officer_id == who.officer_id or not mine.votes  # what somebody sent is not his successor's to change
    acts = [step for step in LIFECYCLE.from_phase(one.duty.phase) if own and permits(who, one.duty, step, known)]
    return SlipPage(
        one.duty.public_id, one.duty.act_seq, row.title, row.words, row.lead_unit.name, last_date(ends), row.rule.silence,
        row.rule.document, row.rule.verified, mine, acts[0].action if acts and at < ends else "",
        row.file.public_id if row.file else None,
        counted(its, row.rule, closed=True) if row.result else None,
    )  # fmt: skip


def slip_to_vote(who: scope.Actor, duty: UUID) -> tuple[VotingSlip, Duty]:
    """Return a member's own slip for voting. Raises: NotVisible, NotAllowed, Conflict."""
    one = VotingSlip.objects.select_related("duty", "voting").filter(duty__public_id=duty).first()
    if one is None or not _opens(who, one):
        raise NotVisible("slip_not_visible")
    if not permits(who, one.duty, LIFECYCLE.row("vote"), facts(one.duty)):
        raise NotAllowed("slip_not_own")
    if one.voting.closed_at is not None:
        raise Conflict("voting_closed")
    return one, one.duty


def reads(who: scope.Actor, file_id: int) -> bool:
    """Return whether a file is of a round that the person conducts or oversees, or of a slip of one's own."""
    if visible(who).filter(Q(file=file_id) | Q(tally_file=file_id)).exists():
        return True
    return _own(who).filter(voting__file=file_id).exists()
