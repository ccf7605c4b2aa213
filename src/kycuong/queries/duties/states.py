"""How many of some duties stand in each of the seven states: for a theme, a plan, a period."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, QuerySet

from kycuong.core.duties import State, ended
from kycuong.models import Duty
from kycuong.queries import calendars
from kycuong.queries.duties.lists import state_case


def counts_of(duties: QuerySet[Duty], at: datetime) -> dict[State, int]:
    """Return how many stand in each state; those taken off their holder stand apart (one query beside the calendar's)."""
    rows = duties.annotate(state=state_case(at, calendars.current())).order_by()
    found: dict[State, int] = {}
    for row in rows.values("phase", "outcome", "state").annotate(n=Count("pk")):
        done = ended(row["outcome"], late=row["outcome"] == "done_late")
        state = done if row["phase"] == "closed" else State(row["state"])
        found[state] = found.get(state, 0) + row["n"]
    return found
