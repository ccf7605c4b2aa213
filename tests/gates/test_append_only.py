"""The tests' own plumbing: append-only tables are emptied between tests that commit, and refuse change again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from kycuong.models import AuditEntry

AT = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_starts_empty_and_the_database_refuses_change(turn: int) -> None:
    assert AuditEntry.objects.count() == 0
    AuditEntry.objects.create(at=AT, recorded_at=AT, act="try", subject_kind="test", subject_id=str(turn))
    for change in (lambda: AuditEntry.objects.update(act="other"), lambda: AuditEntry.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert AuditEntry.objects.get().act == "try"
