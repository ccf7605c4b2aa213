"""Note from where open duties are seen, beside the tallies of them: a step of services.open_tallies, inside its transactions.

Raw SQL, marked: one statement over thousands of rows, the same on both databases but for how it is told which.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from django.db import connection

from kycuong.core.tallies import DESK, OFFICER, SIDE, UNIT
from kycuong.models import Duty, TallySeat

#: What says from where a duty is seen, as queries.scope says it: seat, number and duty of some duties.
_SAID: Final = " UNION ".join(
    (
        f"SELECT '{UNIT}' AS seat, holder_unit_id AS number, id AS duty FROM kycuong_duty WHERE id {{some}}",  # noqa: S608
        f"SELECT '{OFFICER}', holder_officer_id, id FROM kycuong_duty WHERE id {{some}}",  # noqa: S608
        *(
            f"SELECT '{SIDE}', {side}_unit_id, id FROM kycuong_duty WHERE id {{some}}"  # noqa: S608
            for side in ("giver", "follower", "confirmer")
        ),
        f"SELECT '{OFFICER}', officer_id, duty_id FROM kycuong_dutyholding WHERE duty_id {{some}}",  # noqa: S608
        f"SELECT '{DESK}', unit_id, duty_id FROM kycuong_dutyholding WHERE duty_id {{some}}",  # noqa: S608
        f"SELECT '{SIDE}', p.unit_id, t.duty_id FROM kycuong_task t JOIN kycuong_taskparticipant p ON p.task_id = t.id "  # noqa: S608
        "WHERE t.duty_id {some}",
        f"SELECT '{OFFICER}', holder_officer_id, parent_id FROM kycuong_duty "  # noqa: S608
        "WHERE parent_id {some} AND parent_id IS NOT NULL AND kind <> 'opinion'",
    )
)
_INSERT: Final = (
    "INSERT INTO kycuong_tallyseat (seat, number, duty_id, kind, given, unit, post, officer, phase, due_at) "  # noqa: S608 -- names are ours
    "SELECT s.seat, s.number, d.id, d.kind, {given}, d.holder_unit_id, COALESCE(d.holder_post_id, 0), "
    f"COALESCE(d.holder_officer_id, 0), d.phase, d.due_at FROM ({_SAID}) AS s JOIN kycuong_duty d ON d.id = s.duty "
    "WHERE d.phase <> 'closed' AND s.number IS NOT NULL"
)

#: The local day on which a duty was given, counted from year 1 as Python counts.
_GIVEN: Final = {
    "postgresql": "(d.opened_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - DATE '0001-01-01' + 1",
    "sqlite": "CAST(julianday(date(d.opened_at, '+7 hours')) - 1721424.5 AS integer)",
}


def add(keys: Sequence[int]) -> None:
    """Note the seats of open duties of which none are noted yet."""
    if not keys:
        return
    postgresql = connection.vendor == "postgresql"
    some = "= ANY(%s)" if postgresql else "IN (SELECT value FROM json_each(%s))"
    sql = _INSERT.format(some=some, given=_GIVEN[connection.vendor])
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(keys) if postgresql else json.dumps(list(keys))] * sql.count("%s"))


def count(keys: Sequence[int]) -> None:
    """Note the seats of some duties anew, and of those on which they hang: whoever is asked about a duty sees it."""
    meant = asked_about(keys)
    TallySeat.objects.filter(duty__in=meant).delete()
    add(meant)


def asked_about(keys: Sequence[int]) -> list[int]:
    """Return some duties and those on which they hang: whoever is asked about a duty sees it (one query)."""
    hung = Duty.objects.filter(pk__in=keys, parent__isnull=False).values_list("parent", flat=True)
    return sorted({*keys, *(parent for parent in hung if parent)})


def clear() -> None:
    """Forget all."""
    TallySeat.objects.all().delete()
