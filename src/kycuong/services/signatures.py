"""Look at the signatures of files one after another: leased, fenced by attempt, each in a process of its own.

Basis: NĐ 30/2020/NĐ-CP, Điều 21 khoản 2 điểm a (authenticity and wholeness are checked when a document is taken in).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from kycuong.core.signatures import INVALID, TOPICS, UNREADABLE, UNTRUSTED, VALID, WAITING, Report, to_plain
from kycuong.models import DocumentFile, FileSignature, SignatureCheck
from kycuong.queries import trust
from kycuong.queries.files import path_of
from kycuong.reader.signatures import SECONDS, look
from kycuong.services import audit

#: Longer than one look may take.
LEASE = timedelta(seconds=SECONDS + 60)
CRASHES = 3
JUDGED = (INVALID, UNTRUSTED, VALID)

Look = Callable[..., Report]


def work(at: datetime, real: datetime, looking: Look = look) -> bool:
    """Look at the file that waits longest, then at one judged by certificates that have changed; return whether there was one.

    `at` is the product's clock, `real` the machine's, by which leases run. Killed anywhere, the lease runs out and the file
    is looked at anew; one that kills its worker three times is left unread.
    """
    trusted = trust.in_use()
    row = _claim(at, real, trusted.number)
    if row is None:
        return False
    if row.crashes >= CRASHES:
        report = Report(UNREADABLE, "too_heavy")
    else:
        path: Path = path_of(row.sha256)
        report = looking(path, roots=trusted.roots, others=trusted.others, moment=row.known_at)
    _write(row, report, trusted.number, at)
    return True


def _claim(at: datetime, real: datetime, number: int) -> SignatureCheck | None:
    """Take a file, unless somebody was faster."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=real)
    waiting = SignatureCheck.objects.filter(free, verdict=WAITING).order_by("turn_at", "id")
    again = SignatureCheck.objects.filter(free, verdict__in=JUDGED, trust_no__lt=number).order_by("trust_no", "id")
    for rows in (waiting, again):
        for row in rows[:5]:
            crashed = 1 if row.leased_until else 0  # whoever held it never came back
            taken = SignatureCheck.objects.filter(pk=row.pk, attempt=row.attempt).update(
                attempt=F("attempt") + 1, leased_until=real + LEASE, crashes=F("crashes") + crashed
            )
            if taken:
                row.refresh_from_db()
                return row
    return None


def _write(row: SignatureCheck, report: Report, number: int, at: datetime) -> None:
    """Write what was found, mark every file of these bytes; only what differs from the last look is a new run and an entry.

    Who took in a result with a signature that is not valid hears of it from the job of notices.
    """
    plain = [to_plain(one) for one in report.signatures]
    with transaction.atomic():
        known = SignatureCheck.objects.select_for_update(of=("self",)).filter(pk=row.pk, attempt=row.attempt).first()
        if known is None:  # erased, or somebody else took it over
            return
        # The verdict follows from the signatures, or from the reason where there are none.
        changed = known.run == 0 or known.reason != report.reason or _last(known) != plain
        known.run += changed
        known.verdict, known.reason, known.trust_no = report.verdict, report.reason, number
        known.to_tell = report.verdict in TOPICS
        known.checked_at, known.leased_until, known.crashes = at, None, 0
        known.save()
        DocumentFile.objects.filter(sha256=row.sha256).exclude(signed=report.verdict).update(signed=report.verdict)
        if changed:
            _add_run(known, report, plain, at)


def _last(row: SignatureCheck) -> list[Any]:
    return list(
        FileSignature.objects.filter(check_row=row, run=row.run).order_by("number").values_list("facts", flat=True)
    )


def _add_run(row: SignatureCheck, report: Report, plain: list[dict[str, Any]], at: datetime) -> None:
    FileSignature.objects.bulk_create([
        FileSignature(check_row=row, run=row.run, number=number, verdict=one.verdict, reason=one.reason, facts=facts)
        for number, (one, facts) in enumerate(zip(report.signatures, plain, strict=True), 1)
    ])  # fmt: skip
    facts = hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    audit.record(
        actor_id=None, at=at, act="check_signature", subject_kind="signature", subject_id=row.public_id, sha256=row.sha256,
        run=row.run, verdict=report.verdict, reason=report.reason, signatures=len(plain), facts=facts, trust=row.trust_no,
    )  # fmt: skip
