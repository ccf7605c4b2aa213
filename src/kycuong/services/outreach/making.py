"""Make mails: of what happened for those who want it at once, and of each morning for those who want that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from kycuong.core.calendars import local_date
from kycuong.core.duties import morning
from kycuong.core.mails import AT_ONCE, Choice, Line, digest_mail, hook_mail, link, message_id, notice_mail
from kycuong.models import DayMark, Duty, Mail, Notice, Officer
from kycuong.queries import calendars, digests, hours, scope
from kycuong.queries.notices import label_of

BATCH = 50
MARK = "digest"


def _domain() -> str:
    return settings.SMTP_FROM.rpartition("@")[2].rstrip(">") or "localhost"


def mail_notices(notices: Iterable[Notice], duties: Mapping[int, Duty], at: datetime) -> int:
    """Make the mails of notices, inside the caller's transaction, for those who want to hear of such a thing at once."""
    urgent = [notice for notice in notices if notice.topic in AT_ONCE]
    if not (settings.SENDS_MAIL and urgent):
        return 0
    wanting = Officer.objects.filter(
        pk__in={notice.recipient_id for notice in urgent}, mail_choice=Choice.AT_ONCE, is_active=True
    ).exclude(email="")
    people = {officer.pk: officer for officer in wanting}
    asked: dict[int, list[Notice]] = defaultdict(list)
    for notice in urgent:
        if notice.recipient_id in people:
            asked[notice.recipient_id].append(notice)
    made = [
        _of_notice(notice, people[officer_id], duty, at)
        for officer_id, told in asked.items()
        for notice, duty in _still_seen(officer_id, told, duties, at)
    ]
    Mail.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def hook_stopped(officer_id: int, subscription: UUID, name: str, why: str, at: datetime) -> None:
    """Make the mail to whoever subscribed that a receiver of events is no longer served, inside the caller's transaction."""
    officer = Officer.objects.filter(pk=officer_id, is_active=True).exclude(email="").first()
    if not settings.SENDS_MAIL or officer is None or officer.mail_choice == Choice.NONE:
        return
    subject, text = hook_mail(
        officer.full_name, name, why, f"{settings.SITE_URL}/quan-tri/he-thong-ket-noi/", settings.PROVINCE_NAME
    )
    named = message_id(_domain(), "hook", subscription, at)
    Mail.objects.create(
        recipient=officer, kind="hook", message_id=named, subject=subject, text=text, made_at=at, next_try_at=at
    )


def _still_seen(
    officer_id: int, told: list[Notice], duties: Mapping[int, Duty], at: datetime
) -> list[tuple[Notice, Duty]]:  # fmt: skip
    """Return the notices of duties that the person sees, with the duty: a mail says no more than the list of notices."""
    about = [(notice, duties[notice.duty_id]) for notice in told if notice.duty_id is not None]
    seen = scope.seen_of(scope.actor(officer_id, at), {duty.public_id for _, duty in about})
    return [(notice, duty) for notice, duty in about if duty.public_id in seen]


def _of_notice(notice: Notice, officer: Officer, duty: Duty, at: datetime) -> Mail:
    line = Line(duty.title, "", link(settings.SITE_URL, duty.public_id))
    subject, text = notice_mail(officer.full_name, label_of(duty.kind, notice.topic), line, settings.PROVINCE_NAME)
    named = message_id(_domain(), "notice", officer.pk, duty.public_id, notice.seq)
    return Mail(
        recipient=officer, kind="notice", message_id=named, subject=subject, text=text, made_at=at,
        next_try_at=notice.told_at or at,
    )  # fmt: skip


def digest(at: datetime) -> int:
    """Make this morning's mail for everyone who wants it and has something to hear; return how many were made.

    Killed anywhere it goes on after the last batch; a mail is made once, because its Message-ID is of its person and day.
    """
    if not settings.SENDS_MAIL:
        return 0
    calendar, day = calendars.current(), local_date(at)
    if not (calendar.covers(day) and calendar.is_working(day) and morning(day, calendar) <= at):
        return 0
    DayMark.objects.get_or_create(name=MARK)
    total = 0
    while True:
        with transaction.atomic():
            mark = DayMark.objects.select_for_update().get(name=MARK)
            if mark.done_on and mark.done_on >= day:
                return total
            after = mark.after if mark.doing_on == day else 0
            people = list(_wanting(after)[:BATCH])
            total += _make(people, day, at)
            if len(people) < BATCH:
                mark.done_on, mark.doing_on, mark.after = day, None, 0
            else:
                mark.doing_on, mark.after = day, people[-1].pk
            mark.save()


def _wanting(after: int) -> QuerySet[Officer]:
    found = Officer.objects.filter(pk__gt=after, is_active=True).exclude(email="")
    return found.exclude(mail_choice=Choice.NONE).order_by("pk")


def _make(people: list[Officer], day: date, at: datetime) -> int:
    opens = hours.openings([officer.pk for officer in people], at)
    found = digests.digests([officer.pk for officer in people if officer.pk in opens], at, site=settings.SITE_URL)
    made = []
    for officer in people:
        told = found.get(officer.pk)
        if told is None or not told.parts():
            continue
        subject, text = digest_mail(officer.full_name, told, day, settings.PROVINCE_NAME)
        named = message_id(_domain(), "digest", officer.pk, day)
        made.append(
            Mail(
                recipient=officer, kind="digest", message_id=named, subject=subject, text=text, made_at=at,
                next_try_at=opens[officer.pk],
            )
        )  # fmt: skip
    Mail.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)
