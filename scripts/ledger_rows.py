"""Fill a ledger for `bench_ledger.py`: the made-up province, and duties by the hundred thousand, set-wise in the database.

`busy(n)`: ten years of n duties, 200 a document, units by Zipf, about 5 % open, with tasks, desks and events beside them.
`due(n)`: n open duties of which one in a hundred becomes due each minute from `EVE` on, scattered over the table.
"""

from __future__ import annotations

import json
import random
from datetime import datetime
from itertools import accumulate
from typing import Any

import ledger_search
from django.apps import apps
from django.db import connection, models

from kycuong.core.calendars import TZ
from kycuong.demo import papers, province
from kycuong.models import Appointment, Document, DocumentText, Officer, Order, Post, Unit
from kycuong.reader import read_bytes
from kycuong.services import calendars, org

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)
EVE = datetime(2026, 11, 23, 9, 0, tzinfo=TZ)
DAY = 86_400
SPAN = 3_650 * DAY
DESKS = 20_000
PER_DOCUMENT, PER_ORDER = 200, 10
TITLE = "Báo cáo kết quả rà soát, đề xuất phương án xử lý các dự án chậm tiến độ trên địa bàn, gửi Sở Nội vụ tổng hợp"


def postgresql() -> bool:
    return connection.vendor == "postgresql"


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def moment(seconds: str) -> str:
    """Return the SQL of an instant from the SQL of its seconds since 1970."""
    return f"to_timestamp({seconds})" if postgresql() else f"strftime('%Y-%m-%d %H:%M:%S', {seconds}, 'unixepoch')"


def uuid() -> str:
    """Return the SQL of a public id; it begins with the row's number, so that its index is built in order."""
    if postgresql():
        return "CAST(lpad(to_hex(s.i), 8, '0') || substr(replace(CAST(gen_random_uuid() AS text), '-', ''), 9) AS uuid)"
    return "printf('%08x', s.i) || lower(hex(randomblob(12)))"


def series(n: int) -> str:
    if postgresql():
        return f"(SELECT i FROM generate_series(1::bigint, {n}) AS g(i)) s"
    return f"(WITH RECURSIVE g(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM g WHERE i < {n}) SELECT i FROM g) s"


def empty(field: Any) -> str:
    """Return the SQL of what a field holds when nobody says anything."""
    if isinstance(field, models.BooleanField):
        return false()
    if isinstance(field, models.JSONField):
        return f"'{json.dumps(field.get_default())}'"
    return "0" if field.get_internal_type().endswith("IntegerField") else "''"


def insert(table: str, source: str, **columns: object) -> None:
    """INSERT … SELECT; a column is the SQL of its value; columns that must hold something and are not named are empty."""
    for field in apps.get_model("kycuong", table)._meta.concrete_fields:
        if not field.null and not field.primary_key and field.column not in columns:
            columns[field.column] = empty(field)
    names = ", ".join(f'"{name}"' for name in columns)
    run(
        f"INSERT INTO kycuong_{table} ({names}) SELECT {', '.join(str(value) for value in columns.values())} FROM {source}"
    )


def organisation() -> None:
    """Load the working calendar and the made-up province."""
    calendars.load_seed(at=NOW)
    rows = province.rows()
    org.load(
        at=NOW,
        units=[
            org.UnitSpec(
                u.code, u.name, u.short_name, u.kind, u.relation, u.parent_code, u.valid_from, u.valid_until, u.aliases,
                u.oversees,
            )
            for u in rows.units
        ],
        posts=[org.PostSpec(p.code, p.unit_code, p.kind, p.title, p.field) for p in rows.posts],
        officers=[org.OfficerSpec(o.login, o.full_name, o.gender) for o in rows.officers],
        appointments=[
            org.AppointmentSpec(a.login, a.post_code, a.valid_from, a.valid_until) for a in rows.appointments
        ],
    )  # fmt: skip


def charged_units() -> list[Unit]:
    """Return the units in the order of their load: departments, communes, then the others."""
    rank = {"department": 0, "commune": 1, "public_service": 2, "vertical": 3}
    units = Unit.objects.filter(kind__in=rank, oversees=False, valid_until=None)
    return sorted(units, key=lambda unit: (rank[unit.kind], unit.pk))


def desks() -> None:
    """Make a table of desks from which duties draw theirs: units by Zipf, three in ten on the head's own desk."""
    rng = random.Random(2026)
    seats: dict[int, list[tuple[int, int, int]]] = {}
    held = Appointment.objects.filter(valid_until=None, post__kind__in=["unit_head", "division_head", "officer"])
    for one in held.select_related("post__unit").order_by("post__kind", "post_id"):
        unit = one.post.unit
        body = unit.parent_id if unit.kind == "division" and unit.parent_id else unit.pk
        place = (one.post_id, one.officer_id, unit.pk)
        seats.setdefault(body, []).insert(0 if one.post.kind == "unit_head" else 99, place)
    units = [unit for unit in charged_units() if unit.pk in seats]
    weights = list(accumulate(1 / rank for rank in range(1, len(units) + 1)))
    rows = []
    for n, unit in enumerate(rng.choices(units, cum_weights=weights, k=DESKS)):
        post, officer, division = seats[unit.pk][0 if rng.random() < 0.3 else rng.randrange(len(seats[unit.pk]))]
        rows.append((n, unit.pk, post, officer, division, units[rng.randrange(len(units))].pk))
    run(
        "CREATE TABLE bench_desk (n integer PRIMARY KEY, unit bigint, post bigint, officer bigint, division bigint, aside bigint)"
    )
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO bench_desk VALUES (%s, %s, %s, %s, %s, %s)", rows)


def documents(n: int) -> None:
    """Register the documents and their orders; the newest one gets a real text with its reading."""
    giver, office = Post.objects.get(kind="chairman"), Unit.objects.get(kind="office")
    follower = Post.objects.filter(kind="follower", appointments__officer__login="theodoi").order_by("id")[0]
    clerk = Officer.objects.get(login="vanthu")
    at = moment(f"{int(NOW.timestamp()) - SPAN} + s.i * {SPAN // n}")
    insert(
        "document", series(n), id="s.i", public_id=uuid(), register="'outgoing'", state="'issued'",
        is_line=false(), number="CAST(s.i AS varchar(30))", symbol="'CT-UBND'", doc_type="'Chỉ thị'",
        issuer="'Ủy ban nhân dân tỉnh'", issuer_folded="'uy ban nhan dan tinh'", higher_level=false(),
        issued_year=2026, signer="'Phan Trọng Nghiêm'", signing_mark="''", subject=f"'{TITLE}'", theme="''",
        addressees="'[]'", cites="'[]'", folded="'bao cao ket qua ra soat'", giver_unit_id=giver.unit_id,
        giver_post_id=giver.pk, follower_unit_id=office.pk, confirmer_unit_id=office.pk, follower_post_id=follower.pk,
        report_rrule="''", registered_by_id=clerk.pk, registered_at=at, issued_at=at,
    )  # fmt: skip
    per = PER_DOCUMENT // PER_ORDER
    insert(
        "order", f"{series(n * per)} JOIN bench_title b ON b.n = {ledger_search.title_of('s.i')}", id="s.i", public_id=uuid(),
        document_id=f"(s.i - 1) / {per} + 1", path="CAST(s.i AS varchar(40))", text="b.title",
        start=f"(s.i - 1) % {per} * 200",
        end=f"(s.i - 1) % {per} * 200 + 180", kind="'standing'", status="'checked'", drop_reason="''",
        deadline_kind="'none'", deadline_text="''", bound="''", rrule="''", product="'Báo cáo'", channel="''",
        targets="'[]'", doubts="'[]'", confidence=1, rule="''", is_key=false(), added=false(),
    )  # fmt: skip
    reading = read_bytes(
        next(paper.path for paper in papers.PAPERS if paper.file == "chi-thi-12.docx").read_bytes(), "a.docx"
    )
    for pk in (n, n // 2):
        DocumentText.objects.create(
            document_id=pk, text=reading.text, reading=reading.to_json(), reader_version="bench"
        )
    assert Document.objects.count() * per == Order.objects.count()


def false() -> str:
    return "false" if postgresql() else "0"


def with_rare_indexes_last(tables: tuple[str, ...], fill: object) -> None:
    """Fill tables without their plain indexes and build those afterwards, as a restored dump does."""
    filled = [apps.get_model("kycuong", table) for table in tables]
    with connection.schema_editor() as editor:
        for model in filled:
            for index in model._meta.indexes:
                editor.remove_index(model, index)
    fill()  # type: ignore[operator]
    with connection.schema_editor() as editor:
        for model in filled:
            for index in model._meta.indexes:
                editor.add_index(model, index)


def busy(n: int) -> None:
    """Build ten years of duties."""
    organisation()
    desks()
    ledger_search.titles()
    documents(n // PER_DOCUMENT)
    with_rare_indexes_last(("Duty", "DutyEvent", "DutyHolding", "Task"), lambda: _busy_duties(n))
    with_rare_indexes_last(("SearchRow",), lambda: ledger_search.rows(n))
    finish()


def _busy_duties(n: int) -> None:
    start, now, mix = int(NOW.timestamp()) - SPAN, int(NOW.timestamp()), "(s.i * 48271 % 2147483647)"
    anchor = f"({start} + s.i * {SPAN} / {n})"
    due = f"(({anchor} / {DAY} + 3 + {mix} % 150) * {DAY} + 17 * 3600)"
    source = (
        f"(SELECT s.i, d.*, {anchor} AS anchor, {mix} AS mix, {due} AS due, "
        f"CASE WHEN s.i <= {n} * 0.955 AND {mix} % 200 > 0 THEN 'closed' WHEN {mix} % 10 = 3 THEN 'answered' ELSE 'open' END AS phase, "
        f"CASE WHEN {mix} % 10 < 2 THEN 'standing' ELSE 'dated' END AS term "
        f", b.title FROM {series(n)} JOIN bench_desk d ON d.n = {mix} / 7 % {DESKS} "
        f"JOIN bench_title b ON b.n = {ledger_search.title_of(f'((s.i - 1) / {PER_ORDER} + 1)')}) s"
    )
    document = Document.objects.order_by("-id")[0]
    dated = "CASE WHEN s.term = 'dated' THEN {} END"
    closed = "CASE WHEN s.phase = 'closed' THEN {} END"
    insert(
        "duty", source, id="s.i", public_id=uuid(), kind="'task'", title="s.title",
        document_id=f"(s.i - 1) / {PER_DOCUMENT} + 1", giver_unit_id=document.giver_unit_id,
        giver_post_id=document.giver_post_id, follower_unit_id=document.follower_unit_id,
        confirmer_unit_id=document.confirmer_unit_id, holder_unit_id="s.unit", holder_post_id="s.post",
        holder_officer_id="s.officer", term="s.term", phase="s.phase",
        outcome=closed.format("CASE WHEN s.mix % 8 = 0 THEN 'done_late' ELSE 'done' END"),
        anchor_at=moment("s.anchor"), limit_unit="''", bound="'by'", rule_version="'seed'", calendar="'seed'",
        consumed_minutes=0, running_since=f"CASE WHEN s.phase = 'open' AND s.term = 'dated' THEN {moment('s.anchor')} END",
        due_at=dated.format(moment("s.due")), original_due_at=dated.format(moment("s.due")),
        answered_at=f"CASE WHEN s.phase <> 'open' THEN {moment('s.anchor + 86400')} END",
        closed_at=closed.format(moment("s.anchor + 90000")),
        late_working_days=closed.format("CASE WHEN s.mix % 8 = 0 THEN 2 ELSE 0 END"), clock_no=1,
        next_check_at=f"CASE WHEN s.phase = 'open' AND s.term = 'dated' AND s.due > {now} THEN {moment('s.due')} END",
        seq=2, act_seq=2, opened_at=moment("s.anchor"),
    )  # fmt: skip
    every = (
        "(SELECT y.id AS i, y.holder_post_id AS post, y.holder_officer_id AS officer, y.opened_at AS at, y.closed_at AS ended "
        f"FROM kycuong_duty y) s JOIN bench_desk d ON d.n = (s.i * 48271 % 2147483647) / 7 % {DESKS}"
    )
    insert(
        "task", every, id="s.i", duty_id="s.i", order_id=f"(s.i - 1) / {PER_ORDER} + 1",
        document_id=f"(s.i - 1) / {PER_DOCUMENT} + 1", product="'Báo cáo'", channel="''", is_key=false(),
    )  # fmt: skip
    aside = f"kycuong_task t JOIN bench_desk d ON t.id % 5 = 0 AND d.n = t.id * 31 % {DESKS}"
    insert("taskparticipant", aside, task_id="t.id", unit_id="d.aside")
    insert(
        "dutyholding", every, duty_id="s.i", unit_id="d.division", post_id="s.post", officer_id="s.officer",
        from_at="s.at", until_at="s.ended",
    )  # fmt: skip
    clerk = Officer.objects.get(login="vanthu").pk
    for seq, act in ((1, "open"), (2, "assign")):
        insert(
            "dutyevent", every, duty_id="s.i", seq=seq, act=f"'{act}'", at="s.at", recorded_at="s.at", actor_id=clerk,
            phase_to="'open'", holder_post_to_id="s.post", holder_officer_to_id="s.officer", clock_no=1,
            reason_code="''", basis="''", note_hash="''", data="'{}'", leaf=f"'{'0' * 64}'",
        )  # fmt: skip


def finish() -> None:
    """Put the counters behind the rows written with their keys, and tell the planner what there is."""
    if postgresql():
        for table in ("duty", "document", "order", "task", "searchrow"):
            run(
                f"SELECT setval(pg_get_serial_sequence('kycuong_{table}', 'id'), (SELECT max(id) FROM kycuong_{table}))"
            )
        run("VACUUM ANALYZE")
    else:
        run("PRAGMA wal_checkpoint(TRUNCATE)")


def due(n: int) -> None:
    """Build open duties, a hundredth of which becomes due each minute, scattered over the table."""
    organisation()
    desks()
    with_rare_indexes_last(("Duty",), lambda: _due_duties(n))
    finish()


def _due_duties(n: int) -> None:
    eve, mix = int(EVE.timestamp()), "(s.i * 48271 % 2147483647)"
    source = (
        f"(SELECT s.i, d.*, {mix} AS mix, {eve} + s.i * 7919 % 100 * 60 AS fires "
        f"FROM {series(n)} JOIN bench_desk d ON d.n = {mix} / 7 % {DESKS}) s"
    )
    insert(
        "duty", source, id="s.i", public_id=uuid(), kind="'task'", title=f"'{TITLE}'", holder_unit_id="s.unit",
        giver_unit_id=Unit.objects.get(kind="province").pk, holder_post_id="s.post", holder_officer_id="s.officer",
        term="'dated'", phase="'open'", anchor_at=moment(f"{eve} - s.mix % 9000000"), limit_unit="''", bound="'by'",
        rule_version="'seed'", calendar="'seed'", consumed_minutes=0, running_since=moment(f"{eve} - s.mix % 9000000"),
        due_at=moment(f"({eve} / {DAY} + 1 + s.mix % 90) * {DAY} + 17 * 3600"),
        original_due_at=moment(f"({eve} / {DAY} + 1 + s.mix % 90) * {DAY} + 17 * 3600"), clock_no=1,
        near_at=moment(f"CASE WHEN s.mix % 3 = 0 THEN s.fires ELSE s.fires - {5 * DAY} END"),
        last_day_at=moment(f"CASE WHEN s.mix % 3 = 0 THEN s.fires + {5 * DAY} WHEN s.mix % 3 = 1 THEN s.fires ELSE s.fires - {DAY} END"),
        late_at=moment(f"CASE WHEN s.mix % 3 = 2 THEN s.fires ELSE s.fires + {7 * DAY} END"),
        next_check_at=moment("s.fires"), seq=1, act_seq=1, opened_at=moment(f"{eve} - s.mix % 9000000"),
    )  # fmt: skip
