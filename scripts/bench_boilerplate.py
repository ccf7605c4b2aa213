"""Measure the check of answers for words that a body has used before, against 100,000 answers.

`.venv/bin/python scripts/bench_boilerplate.py [--rows 100000] [--only sqlite|postgresql]` prints markdown. A hundred bodies; each answer
has four paragraphs, of which one in four bodies gives the same two again and again.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

import bench_ledger
from timed_questions import Bench

BODIES, EACH, BATCH = 100, 5, 500
START = datetime(2026, 1, 5, 1, tzinfo=UTC)


def fill(rows: int) -> None:
    """Write bodies, consultations of five bodies each, and their answers with the fingerprints of four paragraphs."""
    from kycuong.models import Consultation, ConsultationRule, DocumentFile, Officer, Proposed, Unit

    day = date(2025, 7, 1)
    common = {"folded": "", "kind": "department", "relation": "subordinate", "valid_from": day}
    units = Unit.objects.bulk_create(
        Unit(code=f"S{n}", name=f"Sở {n}", short_name=f"S{n}", **common) for n in range(BODIES)
    )
    officer = Officer.objects.create(login="a", full_name="A", folded="a")
    rule = ConsultationRule.objects.create(
        code="r", name="r", silence="consent", least_days=2, usual_days=5, most_days=5, return_days=1, document="d",
        in_force_from=day, at=START,
    )  # fmt: skip
    file = DocumentFile.objects.create(
        name="a.pdf", media_type="application/pdf", size=1, sha256="0" * 64, kept_by=officer, kept_at=START
    )
    asked = Consultation.objects.bulk_create(
        (
            Consultation(
                title=f"việc {n}", lead_unit=units[n % BODIES], asked_by=officer, rule=rule, days=5, asked_at=START
            )
            for n in range(rows // EACH)
        ),
        batch_size=BATCH,
    )
    proposed = Proposed.objects.bulk_create(
        (Proposed(consultation=one, number=1, digest="0" * 64, officer=officer, at=START) for one in asked),
        batch_size=BATCH,
    )
    _answers(rows, units, proposed, file)


def _answers(rows: int, units: list[Any], proposed: list[Any], file: Any) -> None:
    from kycuong.models import Duty, Opinion, OpinionPrint

    def unit(n: int) -> Any:
        return units[(n // EACH + 1 + n % EACH) % BODIES]

    duties = Duty.objects.bulk_create(
        (
            Duty(
                kind="opinion", title="ý kiến", holder_unit=unit(n), term="standing", anchor_at=START, opened_at=START,
                phase="closed", outcome="done", closed_at=START,
            )
            for n in range(rows)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    opinions = Opinion.objects.bulk_create(
        (
            Opinion(
                duty=duties[n], consultation_id=proposed[n // EACH].consultation_id, proposed=proposed[n // EACH], unit=unit(n),
                delivered_at=START, delivered_by="read", answer="opinion", outcome="opinion",
                said_at=START + timedelta(minutes=n), number=str(n), symbol="S", signed_on=date(2026, 1, 5), file=file,
            )
            for n in range(rows)
        ),
        batch_size=BATCH,
    )  # fmt: skip
    OpinionPrint.objects.bulk_create(
        (
            OpinionPrint(
                opinion=opinions[n], unit_id=opinions[n].unit_id, fingerprint=_print(n, k, opinions[n].unit_id),
                at=START + timedelta(minutes=n),
            )
            for n in range(rows)
            for k in range(4)
        ),
        batch_size=BATCH,
    )  # fmt: skip


def _print(n: int, k: int, unit: int) -> str:
    again = unit % 4 == 0 and k < 2
    return f"{unit:08x}{k:024x}" if again else f"{n:016x}{k:016x}"


def measure_check(rows: int) -> dict[str, Any]:
    """Return the figures of the check for a body that repeats itself and for one that does not, by a lead and by an overseer."""
    from django.db import connection
    from django.db.models import F

    from kycuong.models import Opinion
    from kycuong.queries import consultations as queries
    from kycuong.queries.actors import Actor, Hat

    bench_ledger.build(fill, rows)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    newest = Opinion.objects.order_by("-id").annotate(rest=F("unit_id") % 4)
    same, other = newest.filter(rest=0)[0], newest.exclude(rest=0)[0]

    def seen(opinion: Opinion, oversees: bool) -> Any:
        lead = opinion.consultation.lead_unit_id
        hat = Hat(1, "unit_head", "Giám đốc", lead, "Sở", "department", lead, "Sở", "department", oversees)
        who = Actor(1, "a", "A", (hat,))
        return bench_ledger.spread(lambda: queries.alike(who, opinion.duty.public_id), 100)

    return {
        "rows": Opinion.objects.count(),
        "pages": {
            "a body that repeats itself, the lead looks": seen(same, False),
            "a body that repeats itself, an overseer looks": seen(same, True),
            "a body that does not, an overseer looks": seen(other, True),
        },
    }


BENCH = Bench(
    __file__,
    __doc__,
    "Answers in the same words",
    "Wanted: ≤ 50 ms against 100,000 answers.",
    "answers",
    "Check",
    measure_check,
)

if __name__ == "__main__":
    sys.exit(BENCH.main())
