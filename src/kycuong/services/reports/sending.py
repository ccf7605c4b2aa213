"""A report goes up the line and out: the numbers are frozen, the paper is made, the report duty is answered with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from kycuong.core.errors import Invalid, NotAllowed
from kycuong.models import Duty, ReportEdition, TaskResult
from kycuong.queries import reports as queries
from kycuong.queries import scope
from kycuong.services import audit, files, papers, tasks
from kycuong.services.reports.drafting import begin, freeze
from kycuong.services.reports.place import Found, Place, mark, to_write
from kycuong.services.reports.printing import printed
from kycuong.services.requests import Request


def submit(
    *, actor: scope.Actor, at: datetime, place: Place, note: str = "", request: Request = Request()
) -> None:  # fmt: skip
    """Submit the report one step up, with its numbers frozen and its paper attached for the head to sign.

    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid.
    """
    found = to_write(actor, place, at)
    duty = _duty(found)
    upto = mark()
    gathered = queries.gather(found.asked, found.unit, at, upto)
    with transaction.atomic():
        edition = freeze(begin(found, actor, at), gathered, actor, at, upto)
        paper = printed(edition, found, at)
        tasks.submit(actor=actor, at=at, duty=duty.public_id, note=note, file=(paper.name, paper.data), request=request)
        _attach(edition, duty)


def send(
    *, actor: scope.Actor, at: datetime, place: Place, file: tuple[str, bytes] | None = None, note: str = "",
    request: Request = Request(),
) -> None:  # fmt: skip
    """Send the report out: the head's act. Every number is frozen with its question, watermark and hash.

    `file` is the signed paper of the last edition; without it the paper is made now, with the numbers of now. Report duties
    that the unit inherited in the same collection are answered by the same report.
    Raises: NotVisible, NotAllowed, TransitionNotAllowed, Conflict, Invalid, Secret.
    """
    found = to_write(actor, place, at)
    if found.duty is None and not actor.leads(found.unit.pk):
        raise NotAllowed("report_not_allowed", unit=found.unit.name)
    upto = mark()
    last = _frozen(found) if file else None
    gathered = None if last else queries.gather(found.asked, found.unit, at, upto)
    with transaction.atomic():
        report = begin(found, actor, at)
        if (
            found.line is None and report.editions.filter(sent_at__isnull=False).exists()
        ):  # no duty that only one can move
            raise Invalid("report_sent")
        edition = last if gathered is None else freeze(report, gathered, actor, at, upto)
        assert edition is not None
        paper = printed(edition, found, at)
        given = file or (paper.name, paper.data)
        _answer(found, edition, actor, at, given, note, request)
        _say_sent(edition, found, actor, at)


def _frozen(found: Found) -> ReportEdition | None:
    """Return the last edition whose paper may have been signed: frozen, and not sent before."""
    return found.report.editions.filter(sent_at__isnull=True).order_by("-no").first() if found.report else None


def _answer(
    found: Found, edition: ReportEdition, actor: scope.Actor, at: datetime, given: tuple[str, bytes], note: str, request: Request
) -> None:  # fmt: skip
    """Answer the report duty with the paper, and those that the unit inherited; who has none keeps the paper alone."""
    if found.line is None:
        edition.file = files.keep(
            officer_id=actor.officer_id, at=at, data=given[1], name=given[0], media_type=papers.FORMS["docx"]
        )
        edition.sent_at = at
        edition.save(update_fields=["file", "sent_at"])
        return
    tasks.send(actor=actor, at=at, duty=found.line.own.duty.public_id, file=given, request=request, note=note)
    _attach(edition, found.line.own.duty)
    for _, inherited in found.line.before:
        if inherited.duty.pk != found.line.own.duty.pk and inherited.duty.phase == "open":
            alike = replace(request, seen=None, request_id=None)
            tasks.send(actor=actor, at=at, duty=inherited.duty.public_id, file=given, request=alike, note=note)


def _attach(edition: ReportEdition, duty: Duty) -> None:
    """Note with which attempt an edition goes, its file, and when it was sent."""
    result = TaskResult.objects.filter(task__duty=duty).order_by("-attempt").first()
    assert result is not None
    edition.attempt, edition.file, edition.sent_at = result.attempt, result.file, result.sent_at
    edition.save(update_fields=["attempt", "file", "sent_at"])


def _say_sent(edition: ReportEdition, found: Found, actor: scope.Actor, at: datetime) -> None:
    """Write the hash into the audit, where it is sealed: who changes a number later cannot change it there."""
    parts = [str(key) for key in edition.parts.order_by("part").values_list("part__public_id", flat=True)]
    audit.record(
        actor_id=actor.officer_id, at=at, act="issue_report" if found.collects else "send_report", subject_kind="report",
        subject_id=edition.report.public_id, edition=edition.no, fingerprint=edition.fingerprint, watermark=edition.watermark,
        parts=parts,
    )  # fmt: skip


def _duty(found: Found) -> Duty:
    if found.duty is None:
        raise NotAllowed("report_without_duty")
    return found.duty
