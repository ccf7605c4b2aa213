"""Records other than duties that systems are told of: which of them somebody sees, and where each is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from kycuong.core.errors import NotVisible
from kycuong.models import Period, Report
from kycuong.queries import scope
from kycuong.queries.backlog import visible_reviews
from kycuong.queries.chasing.seeing import visible_letters
from kycuong.queries.reports import unit_of
from kycuong.queries.reports.seeing import must_see_report


def seen(who: scope.Actor, kind: str, ids: Collection[UUID], at: datetime) -> set[UUID]:
    """Return which records of one kind of event (`document.issued`) somebody sees; that a period exists is no secret."""
    room = kind.partition(".")[0]
    if room == "document":
        rows = scope.visible_documents(who).filter(public_id__in=ids)
    elif room == "letter":
        return set(visible_letters(who).filter(public_id__in=ids).values_list("public_id", flat=True))
    elif room == "review":
        return set(visible_reviews(who).filter(public_id__in=ids).values_list("public_id", flat=True))
    elif room == "report":
        return {row.public_id for row in Report.objects.filter(public_id__in=ids) if _sees_report(who, row, at)}
    else:
        return set(Period.objects.filter(public_id__in=ids).values_list("public_id", flat=True)) if who.hats else set()
    return set(rows.values_list("public_id", flat=True))


def _sees_report(who: scope.Actor, row: Report, at: datetime) -> bool:
    try:
        must_see_report(who, row, at)
    except NotVisible:
        return False
    return True


#: Where a record is read: in the API, and as a page.
_PLACES = {
    "document": ("documents/{}", "van-ban/{}/"),
    "period": ("periods/{}", "ky-bao-cao/{}/"),
    "letter": ("chasing/letters/{}", "don-doc/van-ban/{}/"),
    "review": ("backlog-reviews/{}", "ra-soat-ton-dong/{}/"),
}


def places(found: Iterable[tuple[str, UUID]], at: datetime) -> dict[UUID, tuple[str, str]]:
    """Return where each record is read in the API and as a page, by its id, from kinds of events and ids."""
    given = list(found)
    told = {
        key: (_PLACES[room][0].format(key), _PLACES[room][1].format(key))
        for kind, key in given
        if (room := kind.partition(".")[0]) in _PLACES
    }
    reports = [key for kind, key in given if kind.startswith("report.")]
    for row in Report.objects.filter(public_id__in=reports):
        unit = unit_of(row, at)
        told[row.public_id] = (f"reports/{row.key}/{row.slot}/units/{unit}", f"bao-cao/{row.key}/{row.slot}/{unit}/")
    return told
