"""The working calendar: is a day worked, when does a limit end, and why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ninja import Router

from kycuong.api.doors import Request, may
from kycuong.api.shapes import places as shapes
from kycuong.api.shapes.plain import Day, Year
from kycuong.core.calendars import TZ
from kycuong.core.errors import Invalid
from kycuong.core.limits import Due, due, due_fixed, parse_limit
from kycuong.queries import calendars, org

router = Router(tags=["calendar"])
READ = may(None)


@router.get(
    "/calendar/days/{on}",
    operation_id="read_day",
    auth=READ,
    response=shapes.DayAsked,
    summary="Một ngày có làm việc không | Is a day worked",
)
def day(request: Request, on: Day) -> dict[str, Any]:
    """Say whether a day is worked, and which is the next one that is."""
    calendar = calendars.current()
    if not calendar.covers(on) or not calendar.covers(on + timedelta(days=31)):
        raise Invalid("date_unknown", text=f"{on:%d/%m/%Y}")
    return {
        "on": on, "working": calendar.is_working(on), "next_working": calendar.next_working(on), "calendar": calendar.name,
    }  # fmt: skip


@router.get(
    "/calendar/years/{year}",
    operation_id="list_days",
    auth=READ,
    response=list[shapes.DayMarked],
    summary="Ngày nghỉ, ngày làm bù của năm | Days off of a year",
)
def year(request: Request, year: Year) -> list[calendars.DayLine]:
    """List the days off of a year and the days made up for them, each with its basis."""
    return calendars.days(year)


@router.post(
    "/calendar/due",
    operation_id="explain_due",
    auth=READ,
    response=shapes.DueFound,
    summary="Tính hạn, kèm từng bước | When it ends, and why",
)
def explain(request: Request, body: shapes.DueAsked) -> dict[str, Any]:
    """Compute when a limit or a fixed day ends, with every step; nothing is kept."""
    return _found(request, body).to_json()


def _found(request: Request, body: shapes.DueAsked) -> Due:
    calendar = calendars.current(org.unit_id(body.unit) if body.unit else None)
    given = [value for value in (body.limit, body.by, body.before) if value is not None]
    if len(given) != 1:
        raise Invalid("due_asked_once")
    if body.limit is not None:
        at = body.from_at or request.at
        if not calendar.covers(at.astimezone(TZ).date()):
            raise Invalid("date_unknown", text=at.isoformat())
        return due(at, parse_limit(body.limit), calendar)
    on = body.by or body.before
    assert on is not None
    return due_fixed(on, "by" if body.by else "before", calendar)
