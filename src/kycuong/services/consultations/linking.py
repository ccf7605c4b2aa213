"""Links for bodies outside the system: made and revoked by the asker, opened and used once by whoever holds the secret.

The secret stands in no row, log, event or audit entry. Whoever holds it acts for the body on this one opinion only, and the
file of the proposal is the only one that it opens. Basis: 2230/UBND-NC item 2.2; OWASP ASVS 4.0.3 V2.7, V3.5, V12.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import BinaryIO
from uuid import UUID

from django.db import IntegrityError, transaction

from kycuong.core import links as law
from kycuong.core.consultations import Answer, Said, answer_of
from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from kycuong.core.opinions import LIFECYCLE
from kycuong.models import Duty, Opinion, OutsideLink
from kycuong.queries import consultations as queries
from kycuong.queries import scope
from kycuong.queries.consultations import links
from kycuong.queries.consultations.conducting import visible
from kycuong.queries.files import path_of
from kycuong.reader.edxml import is_edxml
from kycuong.reader.signatures import is_pdf
from kycuong.services import files, papers, watermark
from kycuong.services.closing import close
from kycuong.services.consultations.answering import answered_columns, ask_for_time, keep_answer, read_letter
from kycuong.services.consultations.delivering import start
from kycuong.services.consultations.dissenting import raise_dissent
from kycuong.services.consultations.expiring import expire_one
from kycuong.services.consultations.noticing import print_opinion
from kycuong.services.consultations.opening import find_live as _held
from kycuong.services.consultations.opening import record as _record
from kycuong.services.tasks.papers import Returned, Signed
from kycuong.services.transitions import Act, move, not_before


@dataclass(frozen=True, slots=True)
class Given:
    """A link as it is shown this once: its public part, and the secret that stands behind the # of the address."""

    public_id: UUID
    secret: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the outside body keeps: that its letter arrived, when, for which question, the SHA-256 of the file."""

    number: str
    at: datetime
    title: str
    unit_name: str
    letter: str
    digest: str
    returned: bool
    late: bool


def make_link(*, actor: scope.Actor, at: datetime, duty: UUID, given_to: str, days: int | None = None) -> Given:
    """Give a body outside the system a link to its question; the one before opens nothing any more.

    `given_to` says to whom and how it is handed over. Raises: NotVisible, NotAllowed, Conflict, Invalid.
    """
    lasting, told = law.read_days(days), " ".join(given_to.split())[:200]
    if not told:
        raise Invalid("link_given_to")
    with transaction.atomic():
        watermark.hold()
        opinion = _to_give(actor, duty)
        law.check_body(opinion.unit.relation, opinion.unit.name)
        facts = links.facts(OutsideLink(opinion=opinion, expires_at=at + lasting))
        if not facts.waiting:
            raise Conflict("link_ended")
        OutsideLink.objects.filter(opinion=opinion, used_at__isnull=True, revoked_at__isnull=True).update(
            revoked_at=at, revoked_by=actor.officer_id
        )
        secret = secrets.token_urlsafe(32)
        row = OutsideLink(
            opinion=opinion, digest=law.digest_of(secret), given_to=told, made_by_id=actor.officer_id, made_at=at,
            expires_at=at + lasting,
        )  # fmt: skip
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:  # somebody else gave one at the same moment
            raise Conflict("moved_meanwhile") from error
        _record(actor.officer_id, at, "make_link", row, duty)
    return Given(row.public_id, secret, row.expires_at)


def revoke_link(*, actor: scope.Actor, at: datetime, link: UUID) -> None:
    """Take a link back; one that is used or revoked stays as it is. Raises: NotVisible, NotAllowed."""
    row = OutsideLink.objects.select_related("opinion__duty").filter(public_id=link).first()
    if row is None:
        raise NotVisible("opinion_not_visible")
    with transaction.atomic():
        _to_give(actor, row.opinion.duty.public_id)
        live = OutsideLink.objects.filter(pk=row.pk, used_at__isnull=True, revoked_at__isnull=True)
        if live.update(revoked_at=at, revoked_by=actor.officer_id):
            _record(actor.officer_id, at, "revoke_link", row, row.opinion.duty.public_id)


def _to_give(actor: scope.Actor, duty: UUID) -> Opinion:
    rows = Opinion.objects.select_related("duty", "consultation", "proposed", "unit").filter(duty__public_id=duty)
    found = rows.filter(consultation__in=visible(actor)).first()
    if found is None:
        raise NotVisible("opinion_not_visible")
    if not queries.conducts(actor, found.consultation):
        raise NotAllowed("consultation_not_allowed")
    return found


def open_link(*, link: UUID, secret: str, at: datetime, real: datetime, source: str = "") -> links.LinkPage:
    """Open a question with its secret; the first time is the receipt from which the term runs.

    Raises: NotVisible for a wrong link or secret, Throttled, Conflict for one that is used, revoked or past.
    """
    row = _held(link, secret, at, real, source)
    duty = row.opinion.duty
    with transaction.atomic():
        if row.opinion.delivered_at is None and duty.phase == "open":
            _receive(row, duty, at)
        OutsideLink.objects.filter(pk=row.pk, opened_at__isnull=True).update(opened_at=at)
    return links.page_of(row, duty)


def _receive(row: OutsideLink, duty: Duty, at: datetime) -> None:
    """Start the term; a button pressed twice receives once, and the second sees the same. Raises: Conflict."""
    try:
        with transaction.atomic():
            start(duty, Act(LIFECYCLE.row("open_by_link"), at, data={"link": str(row.public_id)}), "link")
    except Conflict:
        duty.refresh_from_db()
        if not Opinion.objects.filter(pk=row.opinion_id, delivered_at__isnull=False).exists():
            raise


def answer_by_link(
    *, link: UUID, secret: str, at: datetime, real: datetime, said: Mapping[int, Said], file: tuple[str, bytes] | None,
    typed: Signed = Signed(), source: str = "",
) -> Receipt:  # fmt: skip
    """Use a link: take the signed letter with a position on each point, once; what comes after the cut-off is filed as late.

    Raises: NotVisible, Throttled, Conflict, Invalid, Secret, TransitionNotAllowed.
    """
    row = _held(link, secret, at, real, source)
    opinion, duty = row.opinion, row.opinion.duty
    _check_letter(file)
    letter = read_letter(said, duty, file, typed, at)
    expire_one(duty, at)
    late = duty.phase == "closed"
    returned = answer_of(said.values()) is Answer.RETURNED and not late
    with transaction.atomic():
        watermark.hold()
        _use(row, at)
        opinion = Opinion.objects.select_related("consultation", "unit").get(pk=opinion.pk)
        data: dict[str, object] = {"link": str(row.public_id)}
        if late:
            _file_late(row, duty, opinion, letter, said, at, data)
        elif returned:
            _give_back(row, duty, opinion, letter, said, at, data)
        else:
            _take_answer(row, duty, opinion, letter, said, at, data)
        _record(None, at, "answer_by_link", row, duty.public_id)
    code = f"{letter.number}/{letter.symbol}".strip("/")
    assert opinion.file is not None
    return Receipt(
        row.receipt, at, opinion.consultation.title, opinion.unit.name, code, opinion.file.sha256, returned, late
    )


def _take_answer(
    row: OutsideLink, duty: Duty, opinion: Opinion, letter: Returned, said: Mapping[int, Said], at: datetime,
    data: dict[str, object],
) -> None:  # fmt: skip
    if opinion.delivered_at is None:
        start(duty, Act(LIFECYCLE.row("open_by_link"), at, data=data), "answer")
        opinion.refresh_from_db(fields=["delivered_at", "delivered_by"])
    act = not_before(duty, Act(LIFECYCLE.row("answer_by_link"), at, data=data))
    move(duty, act, desk=None, **answered_columns(duty, act.at))
    _keep(row, opinion, letter, said, at)
    opinion.answer, opinion.said_at = Answer.OPINION.value, act.at
    opinion.save()
    raise_dissent(duty, opinion, act.at)


def _give_back(
    row: OutsideLink, duty: Duty, opinion: Opinion, letter: Returned, said: Mapping[int, Said], at: datetime,
    data: dict[str, object],
) -> None:  # fmt: skip
    note = "\n".join(f"{n}. {one.words}" for n, one in sorted(said.items()))
    close(duty, Act(LIFECYCLE.row("return_by_link"), at, note=note, data=data), "returned")
    _keep(row, opinion, letter, said, at)
    opinion.answer, opinion.outcome, opinion.said_at = Answer.RETURNED.value, "returned", at
    opinion.save()


def _file_late(
    row: OutsideLink, duty: Duty, opinion: Opinion, letter: Returned, said: Mapping[int, Said], at: datetime,
    data: dict[str, object],
) -> None:  # fmt: skip
    move(duty, Act(LIFECYCLE.row("late_by_link"), at, data=data))
    if opinion.outcome == "" or opinion.late_at is not None:
        raise Invalid("opinion_not_closed")
    _keep(row, opinion, letter, said, at)
    opinion.late_at = at
    opinion.save()


def _keep(row: OutsideLink, opinion: Opinion, letter: Returned, said: Mapping[int, Said], at: datetime) -> None:
    """Keep the letter under the name of who gave the link: nobody else here has taken it in."""
    keep_answer(opinion, said, letter, at)
    paper = letter.paper
    media = paper.reading.media_type if paper.reading else "application/octet-stream"
    opinion.file = files.keep(officer_id=row.made_by_id, at=at, data=paper.data, name=paper.name, media_type=media)


def ask_time_by_link(
    *, link: UUID, secret: str, at: datetime, real: datetime, until: date, note: str, source: str = ""
) -> None:  # fmt: skip
    """Ask once for a later cut-off, as a body inside may; undecided at the old one, the later one holds.

    The link lasts until then, at the most as long as any. Raises: NotVisible, Throttled, Conflict, Invalid, TransitionNotAllowed.
    """
    row = _held(link, secret, at, real, source)
    duty = row.opinion.duty
    with transaction.atomic():
        watermark.hold()
        act = Act(LIFECYCLE.row("ask_time_by_link"), at, note=note, data={"link": str(row.public_id)})
        asked = ask_for_time(duty, act, until)
        lasting = min(asked, row.made_at + timedelta(days=law.MOST_DAYS))
        OutsideLink.objects.filter(pk=row.pk, expires_at__lt=lasting).update(expires_at=lasting)
        _record(None, at, "ask_time_by_link", row, duty.public_id)


def _check_letter(file: tuple[str, bytes] | None) -> None:
    """Take from somebody unknown only what a signed letter can be."""
    if file is not None and not (is_pdf(file[1]) or is_edxml(file[1])):
        raise Invalid("link_letter_kind")


def _use(row: OutsideLink, at: datetime) -> None:
    """Use the link up, once whatever the number of requests. Raises: Conflict."""
    row.receipt = f"YK-{secrets.token_hex(5).upper()}"
    live = OutsideLink.objects.filter(pk=row.pk, used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at)
    if not live.update(used_at=at, receipt=row.receipt, opened_at=at if row.opened_at is None else row.opened_at):
        raise Conflict("link_ended")


def file_by_link(
    *, link: UUID, secret: str, at: datetime, real: datetime, source: str = ""
) -> tuple[str, str, BinaryIO]:
    """Open the file of the proposal, once it has been received: name, media type, stream. Raises: NotVisible, Throttled, Conflict."""
    row = _held(link, secret, at, real, source)
    found = row.opinion.proposed.file
    if found is None or row.opinion.delivered_at is None:
        raise NotVisible("file_not_visible")
    try:
        stream = path_of(found.sha256).open("rb")
    except FileNotFoundError as gone:
        raise NotVisible("file_not_visible") from gone
    _record(None, at, "file_by_link", row, row.opinion.duty.public_id, file=found.sha256)
    return found.name, found.media_type, stream


def draft_by_link(
    *,
    link: UUID,
    secret: str,
    at: datetime,
    real: datetime,
    said: Mapping[int, Said],
    form: str = "docx",
    source: str = "",
) -> papers.Paper:
    """Print the draft of the opinion for signing. Raises: NotVisible, Throttled, Conflict."""
    row = _held(link, secret, at, real, source)
    if row.opinion.delivered_at is None:
        raise NotVisible("link_wrong")
    paper = print_opinion(links.page_of(row, row.opinion.duty), said, form, at)
    _record(None, at, "draft_by_link", row, row.opinion.duty.public_id, form=form)
    return paper
