"""What is recorded stays: sign-ins and registers in the audit table, acts in the events; the database refuses change."""

from __future__ import annotations

import hashlib

import pytest
from django.db import DatabaseError, connection, transaction
from tests import make

from kycuong.core.errors import NotAllowed
from kycuong.models import AuditEntry, DutyEvent, Officer
from kycuong.queries import audit as queries
from kycuong.services import accounts, audit
from kycuong.services.leaves import leaf

AT = make.at(make.MONDAY)


def test_signing_in_and_out_is_recorded_with_who_and_from_where() -> None:
    officer = Officer.objects.get(login="gdsxd")
    accounts.signed_in(officer_id=officer.pk, at=AT, address="10.0.0.7")
    accounts.signed_out(officer_id=officer.pk, at=AT)
    came, went = AuditEntry.objects.filter(subject_kind="officer").order_by("id")
    assert (came.act, came.actor, came.at, came.data) == ("sign_in", officer, AT, {"address": "10.0.0.7"})
    assert (went.act, went.actor) == ("sign_out", officer)


def test_a_refused_sign_in_keeps_no_word_that_was_typed() -> None:
    accounts.sign_in_failed(login="mat-khau-go-nham", at=AT, address="10.0.0.7")
    entry = AuditEntry.objects.get(act="sign_in_failed")
    assert entry.actor is None
    assert "mat-khau" not in str(entry.data)
    assert entry.data["typed"] == hashlib.sha256(b"mat-khau-go-nham").hexdigest()[:16]


def test_the_leaf_is_the_hash_of_what_is_recorded() -> None:
    entry = audit.record(actor_id=None, at=AT, act="try", subject_kind="test", subject_id=7, word="x")
    content = {"at": AT, "actor": None, "act": "try", "kind": "test", "id": "7", "data": {"word": "x"}}
    assert entry.leaf == leaf(content)


@pytest.mark.parametrize("table", ["kycuong_dutyevent", "kycuong_auditentry"])
def test_the_database_refuses_to_change_or_remove_what_happened(table: str) -> None:
    make.issued()
    statements = [f"UPDATE {table} SET act = 'x'", f"DELETE FROM {table}"]
    if connection.vendor == "postgresql":
        statements.append(f"TRUNCATE {table} CASCADE")
    before = make.picture()
    for statement in statements:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert make.picture() == before
    assert DutyEvent.objects.exists()
    assert AuditEntry.objects.exists()


@pytest.mark.parametrize("login", ["kiemtoan", "quantri", "chanhvp"])
def test_those_who_audit_read_it_by_pages_newest_first(login: str) -> None:
    for _ in range(3):
        make.line()
    seen, key = [], None
    while True:
        page = queries.entries(make.who(login), after=key, size=2)
        seen += page.rows
        key = page.next_key
        if key is None:
            break
    assert len(seen) == AuditEntry.objects.count()
    assert [row.act for row in seen[-2:]] == ["load_organisation", "load_calendar"]
    assert [row.act for row in queries.entries(make.who(login), act="register").rows] == ["register"] * 3


@pytest.mark.parametrize("login", ["chutich", "gdsxd", "vanthu", "gdsnv"])
def test_nobody_else_reads_it(login: str) -> None:
    with make.refused(NotAllowed, "page_not_visible"):
        queries.entries(make.who(login))
