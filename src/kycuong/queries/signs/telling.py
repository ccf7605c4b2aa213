"""Signs that arose of late and that their units have not spoken of yet: what heads are to be told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from kycuong.core.calendars import local_date, midnight
from kycuong.core.signals import DEFAULT_DAYS
from kycuong.core.signs import Code, week_of
from kycuong.models import SignContest
from kycuong.queries import calendars, limits, successions
from kycuong.queries.signs.facts import Facts

#: What arose in so many days is told each morning: longer than the longest holidays, so that no sign goes untold.
DAYS_BACK: Final = 14


class Arisen(NamedTuple):
    """A sign about a unit, the first day of the week in which it arose, and the unit that answers for it now."""

    unit: int
    code: Code
    week: int
    answers: int


def arisen(at: datetime) -> list[Arisen]:
    """Return the signs of the last days by unit and week; cases that the unit has explained tell it nothing new.

    What ended long before may become a sign today, by a ruling or a deed: the facts are those of the page's own days. Of a unit
    that was divided each heir answers for the duties that it took over, and all for what had ended before.
    """
    today = local_date(at)
    since, first = (midnight(today - timedelta(days=days)) for days in (DAYS_BACK, DEFAULT_DAYS - 1))
    facts = Facts(at, first, at, None, calendars.current(), limits.current("find_owner", today).qty)
    cases = [(code, one) for code in Code for one in facts.of_code(code) if since <= one.at <= at]
    duties = {one.duty for _, one in cases}
    known = set(SignContest.objects.filter(duty__in=duties).values_list("code", "duty", "unit")) if duties else set()
    new = [(code, one) for code, one in cases if (code.value, one.duty, one.unit) not in known]
    answering = successions.answering({(one.unit, one.duty) for _, one in new}, today)
    return sorted(
        {
            Arisen(one.unit, code, week_of(local_date(one.at)).toordinal(), answers)
            for code, one in new
            for answers in answering[one.unit, one.duty]
        }
    )
