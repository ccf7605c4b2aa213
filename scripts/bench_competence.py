"""Measure the questions of the registry of competence at 100,000 rows: who is competent, may this post sign, whose matter an order is.

`.venv/bin/python scripts/bench_competence.py [--rows 100000] [--only sqlite|postgresql]` prints markdown.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from typing import Any

import bench_ledger
from timed_questions import Bench

DAY, TY = date(2026, 11, 2), 10**9
ORDER = "Rà soát, báo cáo việc phê duyệt loại 7 nhóm 3 nhóm 5 trên địa bàn trong quý IV"
OTHER = "Rà soát, báo cáo kết quả sắp xếp các đơn vị sự nghiệp công lập trong quý IV"
#: Fields, matters in each, matters in each of those.
FIELDS, WITHIN, DEEP = 20, 10, 10


def fill(rows: int) -> None:
    """Write a province of 100 communes and a registry: of each deepest matter its own rows, half of them passed on to a commune."""
    from kycuong.models import Officer, Post, Unit

    day = date(2025, 7, 1)
    top = Unit.objects.create(
        code="T", name="Tỉnh", short_name="T", folded="", kind="province", relation="subordinate", valid_from=day
    )
    communes = Unit.objects.bulk_create(
        Unit(
            code=f"X{n}",
            name=f"Xã {n}",
            short_name=f"X{n}",
            folded="",
            kind="commune",
            relation="subordinate",
            parent=top,
            valid_from=day,
        )
        for n in range(100)
    )
    chair = Post.objects.create(code="T.1", unit=top, kind="chairman", title="Chủ tịch")
    heads = Post.objects.bulk_create(
        Post(code=f"X{n}.1", unit=unit, kind="unit_head", title="Chủ tịch xã") for n, unit in enumerate(communes)
    )
    _rows(rows, _matters(), chair, heads, Officer.objects.create(login="a", full_name="A", folded="a"))


def _matters() -> list[Any]:
    """Return the deepest matters; each is known by phrases that begin as those of many others do."""
    from kycuong.models import Matter
    from kycuong.services.competences import keep_phrases

    found: list[Any] = []
    level: list[Any] = [None]
    for width in (FIELDS, WITHIN, DEEP):
        made = [
            Matter(
                code=f"{above.code}.{n:02}" if above else f"{n:02}",
                name=f"Phê duyệt loại {n}" if above is None else f"{above.name} nhóm {n}",
                folded=f"van de {n}",
                parent=above,
            )
            for above in level
            for n in range(width)
        ]
        level = Matter.objects.bulk_create(made, batch_size=500)
        keep_phrases(level)
        found = level
    return found


def _rows(rows: int, matters: list[Any], chair: Any, heads: list[Any], officer: Any) -> None:
    from kycuong.models import Competence

    at, own, passed = datetime(2026, 1, 1, tzinfo=UTC), [], []
    each = rows // (2 * len(matters)) or 1
    for matter in matters:
        for n in range(each):
            common = {
                "matter": matter, "basis": "QĐ 1/2026/QĐ-UBND", "above_vnd": n * TY, "ceiling_vnd": (n + 1) * TY, "may_pass_on": True,
                "valid_from": date(2026, 1, 1), "made_by": officer, "made_at": at,
            }  # fmt: skip
            own.append(
                Competence(
                    code=f"{matter.code}-{n}", level="province", kind="own", unit_id=chair.unit_id, post=chair, **common
                )
            )
            head = heads[n % len(heads)]
            given = {
                **common,
                "level": "commune",
                "kind": "delegated",
                "unit_id": head.unit_id,
                "post": head,
                "territory_id": head.unit_id,
            }
            passed.append(Competence(code=f"{matter.code}-{n}-x", **given))
    own = Competence.objects.bulk_create(own, batch_size=500)
    for source, row in zip(own, passed, strict=True):
        row.source = source
    Competence.objects.bulk_create(passed, batch_size=500)


def measure_questions(rows: int) -> dict[str, Any]:
    """Return the figures of each question, asked again and again of the same connection."""
    from django.db import connection

    from kycuong.core.competence import Question
    from kycuong.models import Competence, Unit
    from kycuong.queries import competences

    bench_ledger.build(fill, rows)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    place = Unit.objects.get(code="X3").pk
    one = Question("07.03.05", DAY, place, 3 * TY + 1)
    far = Question("07.03.05", DAY, None, 20 * TY + 1)
    post = competences.post_of("X3.1")
    return {
        "rows": Competence.objects.count(),
        "pages": {
            "who is competent, at a commune": bench_ledger.spread(lambda: competences.ask(one), 200),
            "who is competent, province": bench_ledger.spread(lambda: competences.ask(far), 200),
            "may this post sign": bench_ledger.spread(lambda: competences.may_sign(post, one), 200),
            "may not, with reason and who may": bench_ledger.spread(lambda: competences.may_sign(post, far), 50),
            "whose matter an order is": bench_ledger.spread(lambda: competences.named_for({0: ORDER}, DAY), 200),
            "an order that mentions no matter": bench_ledger.spread(
                lambda: competences.named_for({0: OTHER}, DAY), 200
            ),
        },
    }


BENCH = Bench(
    __file__,
    __doc__,
    "Registry of competence",
    "Wanted: a question ≤ 1 ms at 100,000 rows.",
    "rows",
    "Question",
    measure_questions,
)

if __name__ == "__main__":
    sys.exit(BENCH.main())
