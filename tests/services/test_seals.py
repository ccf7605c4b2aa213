"""Rows are sealed once and verified; whatever is done to them behind the product's back is found and located."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from tests import make

from kycuong import jobs
from kycuong.core.seals import Marks, Refused, Tree
from kycuong.models import AuditEntry, Checkpoint, Duty, DutyEvent, Note
from kycuong.services import audit, duties, seals, watermark
from kycuong.services.seals import sealing

AT = make.at("2026-11-20 08:00")
EVENTS, ENTRIES = "kycuong_dutyevent", "kycuong_auditentry"


@pytest.fixture(autouse=True)
def _keys(settings: Any, tmp_path: Path) -> None:
    settings.SEAL_KEY_FILE = tmp_path / "keys" / "seal.pem"


@pytest.fixture
def ledger() -> list[DutyEvent]:
    """Two duties that walked a part of the road, sealed in one checkpoint; return their events in order."""
    first, _ = make.issued(make.TWO_ORDERS)
    road = make.Road(first)
    road.assign("gdsxd", "cvqldt", "2026-11-03 09:00")
    road.submit("cvqldt", "2026-11-09 09:00")
    duties.sweep(make.at("2026-11-18 08:00"))
    assert seals.seal(AT).checkpoints == 1
    return list(DutyEvent.objects.order_by("id"))


@contextmanager
def behind_the_back() -> Iterator[Any]:
    """Give a cursor to somebody who owns the database: no trigger refuses."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET session_replication_role = replica")
            yield cursor
            cursor.execute("SET session_replication_role = origin")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%RAISE(%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield cursor


def tamper(*statements: str) -> None:
    with behind_the_back() as cursor:
        for statement in statements:
            cursor.execute(statement)


def found() -> set[tuple[str, object]]:
    """Return the code of every finding with the id, duty or checkpoint that it names."""
    rows = seals.verify().findings
    assert all(row.sentence.endswith(".") for row in rows)
    return {(row.code, row.values.get("id", row.values.get("duty", row.values.get("no")))) for row in rows}


@pytest.mark.usefixtures("ledger")
def test_what_is_sealed_is_intact_and_sealing_again_adds_nothing() -> None:
    verdict = seals.verify()
    rows = DutyEvent.objects.count() + AuditEntry.objects.count()
    assert (verdict.intact, verdict.checkpoints, verdict.leaves, verdict.unsealed) == (True, 1, rows, 0)
    assert DutyEvent.objects.filter(rung__isnull=False).exists()
    before = make.picture()
    assert seals.seal(AT + timedelta(hours=1)) == sealing.Sealed()
    assert make.picture() == before


@pytest.mark.usefixtures("ledger")
def test_the_next_checkpoint_continues_the_one_before() -> None:
    make.issued()
    assert seals.verify().unsealed > 0
    assert seals.seal(AT + timedelta(hours=1)).checkpoints == 1
    verdict = seals.verify()
    assert (verdict.intact, verdict.checkpoints, verdict.unsealed) == (True, 2, 0)


def test_batches_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    make.issued(make.TWO_ORDERS)
    monkeypatch.setattr(sealing, "BATCH_LEAVES", 3)
    rows = DutyEvent.objects.count() + AuditEntry.objects.count()
    done = seals.seal(AT)
    assert done.leaves == rows
    assert done.checkpoints == -(-rows // 3)
    assert seals.verify().intact


def test_the_job_seals_at_most_every_few_minutes_whatever_the_clock_does() -> None:
    make.issued()
    assert seals.seal_when_due(AT).checkpoints == 1
    make.issued()
    assert seals.seal_when_due(AT + timedelta(minutes=1)) == sealing.Sealed()
    assert seals.seal_when_due(AT - timedelta(days=1)).checkpoints == 1
    assert seals.seal_when_due(AT + timedelta(days=1)) == sealing.Sealed()


def test_a_round_of_the_worker_seals(capsys: pytest.CaptureFixture[str]) -> None:
    make.issued()
    assert jobs.main(["--once", "--json"]) == 0
    assert "rungs" in capsys.readouterr().out
    assert Checkpoint.objects.count() == 1


def test_the_key_is_for_its_owner_alone(ledger: list[DutyEvent], settings: Any) -> None:
    assert ledger
    assert stat.S_IMODE(Path(settings.SEAL_KEY_FILE).stat().st_mode) == 0o600


def test_instants_of_any_zone_and_precision_come_back_as_they_were_sealed() -> None:
    odd = make.at("2026-11-02 08:00") + timedelta(microseconds=120_030)
    for at in (odd, make.at("2026-11-02 00:00"), odd.replace(microsecond=1)):
        audit.record(
            actor_id=None, at=at, act="try", subject_kind="test", word="đủ dấu “ngoặc”", n=3, flag=True, none=None
        )
    duty = make.issued()[0]
    make.Road(duty).assign("gdsxd", "cvqldt", "2026-11-03 09:00")
    assert seals.verify().intact
    seals.seal(odd)
    assert seals.verify().intact


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "'2026-11-01 00:00:00+00:00'"), ("recorded_at", "'2026-11-01 00:00:00+00:00'"), ("actor_id", "NULL"),
        ("actor_post_id", "NULL"), ("holder_officer_to_id", "NULL"), ("holder_post_to_id", "NULL"), ("due_to", "NULL"),
        ("reason_code", "'x'"), ("basis", "'x'"), ("request_id", "NULL"), ("data", "'{\"x\": 1}'"), ("phase_to", "'closed'"),
        ("cover_for_id", "(SELECT MIN(id) FROM kycuong_officer)"), ("outcome", "'done'"), ("note_hash", "'x'"),
    ],
)  # fmt: skip
def test_a_changed_column_is_found_and_located(ledger: list[DutyEvent], column: str, value: str) -> None:
    event = next(row for row in ledger if row.act == "assign")
    if connection.vendor == "sqlite":
        value = value.replace("+00:00", "")
    tamper(f"UPDATE {EVENTS} SET {column} = {value} WHERE id = {event.pk}")
    assert ("row_changed", event.pk) in found()
    assert {row for row in found() if row[0] != "note_changed"} == {("row_changed", event.pk)}


def test_a_changed_row_with_its_leaf_computed_anew_is_found_too(ledger: list[DutyEvent]) -> None:
    from kycuong.services.leaves import leaf_of

    event = ledger[1]
    event.late_working_days = 9
    tamper(f"UPDATE {EVENTS} SET late_working_days = 9, leaf = '{leaf_of(event)}' WHERE id = {event.pk}")
    assert found() == {("row_changed", event.pk)}
    assert f"số {event.pk} (nhiệm vụ {event.duty_id}, lần {event.seq}" in seals.verify().findings[0].sentence


def test_an_unsealed_row_is_compared_with_its_leaf() -> None:
    duty = make.issued()[0]
    event = DutyEvent.objects.filter(duty=duty).get()
    tamper(f"UPDATE {EVENTS} SET actor_id = NULL WHERE id = {event.pk}")
    assert found() == {("row_changed", event.pk)}


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize("last", [False, True])
def test_a_deleted_entry_is_found_and_located(last: bool) -> None:
    ids = sorted(AuditEntry.objects.values_list("id", flat=True))
    gone = ids[-1] if last else ids[1]
    tamper(f"DELETE FROM {ENTRIES} WHERE id = {gone}")
    assert found() == {("row_deleted", gone)}


def test_a_deleted_event_is_found_in_its_batch_and_in_its_run(ledger: list[DutyEvent]) -> None:
    gone = ledger[1]
    tamper(f"DELETE FROM {EVENTS} WHERE id = {gone.pk}")
    assert found() == {("row_deleted", gone.pk), ("run_broken", gone.duty_id)}


def test_an_inserted_row_is_found_and_located(ledger: list[DutyEvent]) -> None:
    columns = "at, recorded_at, actor_id, act, subject_kind, subject_id, data, leaf"
    spot = AuditEntry.objects.order_by("id")[1].pk
    copied = f"INSERT INTO {ENTRIES} (id, {columns}) SELECT -id, {columns} FROM {ENTRIES} WHERE id = {spot}"
    tamper(
        copied,
        f"UPDATE {ENTRIES} SET id = id + 1000000 WHERE id > {spot}",
        f"UPDATE {ENTRIES} SET id = {spot + 1} WHERE id < 0",
    )
    assert ledger
    assert ("row_inserted", spot + 1) in found() or ("row_changed", spot + 1) in found()


def test_swapped_rows_are_found_and_located(ledger: list[DutyEvent]) -> None:
    one, other = ledger[0].pk, ledger[2].pk
    swap = [(one, -1), (other, one), (-1, other)]
    tamper(*[f"UPDATE {EVENTS} SET id = {to} WHERE id = {was}" for was, to in swap])
    assert found() == {("row_moved", one), ("row_moved", other)}


def test_events_cut_off_after_the_last_checkpoint_are_found_by_the_count_on_their_duty() -> None:
    duty = make.issued()[0]
    seals.seal(AT)
    make.Road(duty).assign("gdsxd", "cvqldt", "2026-11-03 09:00")
    last = DutyEvent.objects.latest("id")
    tamper(f"DELETE FROM {EVENTS} WHERE id = {last.pk}")
    assert found() == {("run_broken", duty.pk)}


@pytest.mark.usefixtures("ledger")
def test_a_changed_note_is_found_and_an_erased_one_is_not() -> None:
    event = DutyEvent.objects.get(note__isnull=False)
    Note.objects.filter(pk=event.note_id).update(text="khác")
    assert found() == {("note_changed", event.pk)}
    Note.objects.filter(pk=event.note_id)._raw_delete("default")
    assert found() == set()


@pytest.mark.parametrize("act", ["root", "signature", "upto_event", "at", "marks", "chain"])
def test_a_changed_checkpoint_is_found(act: str) -> None:
    make.issued()
    seals.seal(AT)
    make.issued()
    seals.seal(AT + timedelta(hours=1))
    marks = "X'00'" if connection.vendor == "sqlite" else "'\\x00'"
    change = {
        "root": f"root = '{'0' * 64}'", "signature": f"signature = '{'0' * 128}'", "upto_event": "upto_event = upto_event - 1",
        "at": "at = '2026-11-01 00:00:00'", "marks": f"marks = {marks}", "chain": f"previous = '{'1' * 64}'",
    }[act]  # fmt: skip
    tamper(f"UPDATE kycuong_checkpoint SET {change} WHERE no = 1")
    assert ("signature_wrong", 1) in found()


@pytest.mark.parametrize("last", [False, True])
def test_a_deleted_checkpoint_is_found(last: bool) -> None:
    for hour in range(3):
        make.issued()
        seals.seal(AT + timedelta(hours=hour))
    tamper(f"DELETE FROM kycuong_checkpoint WHERE no = {3 if last else 2}")
    assert found() == {("tail_cut", 3) if last else ("checkpoint_missing", 2)}


def test_a_checkpoint_of_an_unknown_key_is_found(ledger: list[DutyEvent], settings: Any, tmp_path: Path) -> None:
    assert ledger
    settings.SEAL_KEY_FILE = tmp_path / "other" / "seal.pem"
    assert found() == {("key_unknown", 1)}


def test_checkpoints_refuse_change_and_removal(ledger: list[DutyEvent]) -> None:
    assert ledger
    for statement in ("UPDATE kycuong_checkpoint SET leaves = 1", "DELETE FROM kycuong_checkpoint"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Checkpoint.objects.count() == 1


def test_an_unreadable_key_is_one_sentence(settings: Any) -> None:
    make.issued()
    path = Path(settings.SEAL_KEY_FILE)
    path.parent.mkdir()
    path.write_text("không phải khóa")
    with make.refused(Refused, "key_unreadable"):
        seals.seal(AT)


def test_the_tree_is_that_of_rfc_9162() -> None:
    """Roots of the test vectors of Certificate Transparency."""
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    roots = {
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    }
    tree = Tree()
    for number, record in enumerate(inputs, start=1):
        tree.add(bytes.fromhex(record))
        assert tree.root() == roots.get(number, tree.root())


def test_marks_come_back_as_they_were_packed() -> None:
    marks = Marks()
    for kind, row_id in (("event", 3), ("event", 5_000_000_000), ("entry", 1), ("entry", 2)):
        marks.add(kind, row_id, bytes([row_id % 256] * 32))
    assert Marks.unpack(marks.pack()) == marks
    assert Marks.unpack(Marks().pack()) == Marks()
    assert replace(marks) == marks


@pytest.mark.django_db(transaction=True)
def test_a_late_commit_is_waited_for_and_not_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """One writer takes an id and dawdles, another takes the next id and commits: the seal waits for the first."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: nobody can commit late")
    monkeypatch.setattr(watermark, "TRIES", 1)
    seals.seal(AT)
    written, go = threading.Event(), threading.Event()

    def dawdle() -> None:
        try:
            with transaction.atomic():
                audit.record(actor_id=None, at=AT, act="slow", subject_kind="test")
                written.set()
                go.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=dawdle)
    thread.start()
    assert written.wait(20)
    audit.record(actor_id=None, at=AT, act="quick", subject_kind="test")
    assert seals.seal(AT).busy
    go.set()
    thread.join(20)
    done = seals.seal(AT)
    assert (done.busy, done.leaves) == (False, 2)
    assert seals.verify().unsealed == 0


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_make_one_chain() -> None:
    make.issued()
    start, errors = threading.Barrier(2), []

    def work() -> None:
        try:
            start.wait(20)
            seals.seal(AT)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not errors
    verdict = seals.verify()
    assert verdict.intact
    assert verdict.unsealed == 0
    assert Duty.objects.exists()
