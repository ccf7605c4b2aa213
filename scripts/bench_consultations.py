"""Measure the cut-offs of consultations: 10,000 opinions whose time ends at one instant, and acts as history grows.

`.venv/bin/python scripts/bench_consultations.py [--rows 500000] [--only sqlite|postgresql]` prints markdown. Five bodies are asked
a consultation. Each database is made in a temporary folder and removed.
"""

from __future__ import annotations

import argparse
import json
import logging
import statistics
import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import bench_ledger

SMALL = 10_000
#: Opinions whose time ends at one instant, and how many such instants there are; and the same in little.
MANY, TURNS = 10_000, 8
FEW, FEW_TURNS = 200, 3
#: Opinions that nobody has received yet, on which acts are measured.
FRESH, ACTS = 400, 40
EACH, BODIES = 5, 500
DAY = 86_400


def fill(rows: int) -> None:
    """Write so many opinions, the newest of them open: set-wise, in the database."""
    import ledger_rows as ledger

    from kycuong.models import ConsultationRule, DocumentFile, Officer

    ledger.organisation()
    ledger.desks()
    _bodies()
    clerk = Officer.objects.get(login="vanthu")
    consent = ConsultationRule.objects.filter(silence="consent").order_by("id")[0]
    letter = DocumentFile.objects.create(
        name="y-kien.pdf", media_type="application/pdf", size=1, sha256="0" * 64, kept_by=clerk, kept_at=ledger.NOW,
    )  # fmt: skip
    tables = ("Duty", "DutyEvent", "DutyHolding", "Consultation", "Opinion", "OpinionPoint")
    ledger.with_rare_indexes_last(tables, lambda: _fill(rows, clerk.pk, consent.pk, letter.pk))
    ledger.finish()
    if ledger.postgresql():
        for table in ("consultation", "proposed", "proposedpoint", "opinion"):
            ledger.run(
                f"SELECT setval(pg_get_serial_sequence('kycuong_{table}', 'id'), (SELECT max(id) FROM kycuong_{table}))"
            )


def _bodies() -> None:
    """Make a table of whom one asks: so many times five bodies, each other ones, who is asked by Zipf."""
    import ledger_rows as ledger
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT unit, post, officer, division, aside FROM bench_desk ORDER BY n")
        desks = iter(cursor.fetchall())
        ledger.run(
            "CREATE TABLE bench_body (n integer, k integer, unit bigint, post bigint, officer bigint, division bigint, "
            "aside bigint, PRIMARY KEY (n, k))"
        )
        for n in range(BODIES):
            chosen: dict[int, Any] = {}
            while len(chosen) < EACH:
                desk = next(desks)
                chosen.setdefault(desk[0], desk)
            rows = [(n, k, *desk) for k, desk in enumerate(chosen.values())]
            cursor.executemany("INSERT INTO bench_body VALUES (%s, %s, %s, %s, %s, %s, %s)", rows)


def _fill(rows: int, clerk: int, rule: int, letter: int) -> None:
    import ledger_rows as ledger

    eve = int(ledger.EVE.timestamp())
    few, many = FRESH + FEW * FEW_TURNS, FRESH + FEW * FEW_TURNS + (MANY * TURNS if rows > MANY * TURNS else 0)
    behind = f"({rows} - s.i)"
    turn = (
        f"CASE WHEN {behind} < {FRESH} THEN -1 WHEN {behind} < {few} THEN {TURNS} + s.i % {FEW_TURNS} "
        f"WHEN {behind} < {many} THEN s.i % {TURNS} END"
    )
    asked = f"({eve} - 8 * {DAY} - ({rows} - s.i) * 300)"
    source = (
        f"(SELECT s.i, d.*, {asked} AS asked, {turn} AS turn, (s.i - 1) / {EACH} + 1 AS consultation "
        f"FROM {ledger.series(rows)} JOIN bench_body d ON d.n = (s.i - 1) / {EACH} % {BODIES} AND d.k = s.i % {EACH}) s"
    )
    lead = f"{ledger.series(rows // EACH)} JOIN bench_desk d ON d.n = s.i * 31 % {ledger.DESKS}"
    when = ledger.moment(f"{eve} - 8 * {DAY} - ({rows // EACH} - s.i) * 1500")
    ledger.insert(
        "consultation", lead, id="s.i", public_id=ledger.uuid(), title=f"'{ledger.TITLE}'", lead_unit_id="d.unit",
        asked_by_id="d.officer", rule_id=rule, days=5, version=1, asked_at=when,
    )  # fmt: skip
    plain = ledger.series(rows // EACH)
    ledger.insert(
        "proposed", plain, id="s.i", consultation_id="s.i", number=1, digest=f"'{'0' * 64}'", officer_id=clerk, at=when
    )
    two = f"{plain} JOIN (SELECT 1 AS n UNION ALL SELECT 2) p ON 1 = 1"
    ledger.insert(
        "proposedpoint", two, id="s.i * 2 + p.n", proposed_id="s.i", number="p.n", words="'Phân bổ vốn'", is_main="p.n = 1"
        if ledger.postgresql() else "(p.n = 1)",
    )  # fmt: skip
    _duties(source, ledger, eve)
    _beside(source, ledger, clerk, letter, eve)


def _duties(source: str, ledger: Any, eve: int) -> None:
    closed = "CASE WHEN s.turn IS NULL THEN {} END"
    dated = "CASE WHEN s.turn IS NULL OR s.turn >= 0 THEN {} END"
    ends = f"CASE WHEN s.turn IS NULL THEN s.asked + 5 * {DAY} ELSE {eve} + s.turn * 60 END"
    ledger.insert(
        "duty", source, id="s.i", public_id=ledger.uuid(), kind="'opinion'", title=f"'Cho ý kiến: {ledger.TITLE}'",
        giver_unit_id="s.aside", holder_unit_id="s.unit", holder_post_id="s.post", holder_officer_id="s.officer",
        term="CASE WHEN s.turn = -1 THEN 'standing' ELSE 'dated' END",
        phase="CASE WHEN s.turn IS NULL THEN 'closed' ELSE 'open' END", outcome=closed.format("'done'"),
        anchor_at=ledger.moment("s.asked"), limit_unit="'working_day'", bound="'by'", rule_version="'seed'",
        calendar="'seed'", consumed_minutes=0, due_at=dated.format(ledger.moment(ends)),
        original_due_at=dated.format(ledger.moment(ends)), answered_at=closed.format(ledger.moment("s.asked + 86400")),
        closed_at=closed.format(ledger.moment("s.asked + 90000")), late_working_days=closed.format("0"), clock_no=1,
        running_since=f"CASE WHEN s.turn >= 0 THEN {ledger.moment('s.asked + 3600')} END",
        late_at=f"CASE WHEN s.turn >= 0 THEN {ledger.moment(ends)} END",
        next_check_at=f"CASE WHEN s.turn >= 0 THEN {ledger.moment(ends)} END",
        seq="CASE WHEN s.turn IS NULL THEN 5 WHEN s.turn >= 0 THEN 3 ELSE 1 END", act_seq=1,
        opened_at=ledger.moment("s.asked"),
    )  # fmt: skip


def _beside(source: str, ledger: Any, clerk: int, letter: int, eve: int) -> None:
    closed = "CASE WHEN s.turn IS NULL THEN {} END"
    ledger.insert(
        "opinion", source, id="s.i", duty_id="s.i", consultation_id="s.consultation", proposed_id="s.consultation",
        unit_id="s.unit", delivered_by="CASE WHEN s.turn = -1 THEN '' ELSE 'read' END",
        delivered_at=f"CASE WHEN s.turn = -1 THEN NULL ELSE {ledger.moment('s.asked + 3600')} END",
        answer="CASE WHEN s.turn IS NULL THEN 'opinion' ELSE '' END", outcome="CASE WHEN s.turn IS NULL THEN 'opinion' ELSE '' END",
        said_at=closed.format(ledger.moment("s.asked + 86400")), answered_by_id=closed.format("s.officer"),
        number="CASE WHEN s.turn IS NULL THEN CAST(s.i AS varchar(30)) ELSE '' END", file_id=closed.format(str(letter)),
        signed_on=closed.format("CAST('2026-11-02' AS date)" if ledger.postgresql() else "'2026-11-02'"),
    )  # fmt: skip
    points = f"{source} JOIN (SELECT 1 AS n UNION ALL SELECT 2) p ON s.turn IS NULL"
    ledger.insert("opinionpoint", points, opinion_id="s.i", point_id="s.consultation * 2 + p.n", position="'agree'")
    ledger.insert(
        "dutyholding", source, duty_id="s.i", unit_id="s.division", post_id="s.post", officer_id="s.officer",
        from_at=ledger.moment("s.asked"), until_at=closed.format(ledger.moment("s.asked + 90000")),
    )  # fmt: skip
    for seq, act, which in (
        (1, "open", "1 = 1"), (2, "take_delivery", "s.turn IS NULL OR s.turn >= 0"), (3, "rung_near", "s.turn IS NULL OR s.turn >= 0"),
        (4, "give_opinion", "s.turn IS NULL"), (5, "accept_opinion", "s.turn IS NULL"),
    ):  # fmt: skip
        at = ledger.moment(f"s.asked + {seq} * 3600")
        ledger.insert(
            "dutyevent", f"{source} WHERE {which}", duty_id="s.i", seq=seq, act=f"'{act}'", at=at, recorded_at=at,
            actor_id=clerk, phase_to="'open'", clock_no=1, reason_code="''", basis="''", note_hash="''", data="'{}'",
            leaf=f"'{'0' * 64}'",
        )  # fmt: skip


#: The peer: rows, events, outbox, holdings and opinions become the same in one transaction, by plain SQL and without leaves.
PLAIN = (
    "CREATE TEMPORARY TABLE passed AS SELECT id, seq, due_at FROM kycuong_duty WHERE kind = 'opinion' AND phase <> 'closed' "
    "AND due_at <= {at}",
    "INSERT INTO kycuong_dutyevent (duty_id, seq, act, at, recorded_at, phase_to, due_to, clock_no, outcome, reason_code, "
    "basis, note_hash, data, leaf) SELECT id, seq + 1, 'expire', {at}, {at}, 'closed', due_at, 1, 'silent', '', '', '', "
    "'{{}}', '' FROM passed",
    "INSERT INTO kycuong_outbox (duty_id, seq, topic, at) SELECT id, seq + 1, 'expire', {at} FROM passed",
    "UPDATE kycuong_dutyholding SET until_at = {at} WHERE until_at IS NULL AND duty_id IN (SELECT id FROM passed)",
    "UPDATE kycuong_opinion SET outcome = 'consent' WHERE duty_id IN (SELECT id FROM passed)",
    "UPDATE kycuong_duty SET seq = seq + 1, phase = 'closed', closed_at = {at}, outcome = 'silent', running_since = NULL, "
    "next_check_at = NULL, late_working_days = 1 WHERE id IN (SELECT id FROM passed)",
    "DROP TABLE passed",
)


def plain(at: datetime) -> None:
    from django.db import connection, transaction

    instant = f"'{at:%Y-%m-%d %H:%M:%S}'" + ("::timestamptz" if connection.vendor == "postgresql" else "")
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in PLAIN:
            cursor.execute(statement.format(at=instant))


def measure_sweep(rows: int) -> dict[str, Any]:
    """Plain SQL and the sweep in turn, each on the instant of its own; then little sweeps, the empty round, and acts."""
    import ledger_rows as ledger

    from kycuong.models import DutyEvent, Opinion
    from kycuong.services import consultations

    bench_ledger.build(fill, rows)
    eve = ledger.EVE.astimezone(UTC)
    ours, theirs, used, found = [], [], [], 0
    turns = TURNS if rows > MANY * TURNS else 0
    for turn in range(turns):
        at = eve + timedelta(minutes=turn)
        if turn % 2 == 0:
            theirs.append(bench_ledger.timed(lambda: plain(at)))  # noqa: B023
            continue
        before = bench_ledger.processor()
        ours.append(bench_ledger.timed(lambda: consultations.expire(at)))  # noqa: B023
        used.append(bench_ledger.processor() - before)
        found = DutyEvent.objects.filter(act="expire", at=at).count()
        assert found == MANY, found
    made: dict[str, Any] = {"rows": Opinion.objects.count(), **acts(rows)}
    if turns:
        ratios = [a / b for a, b in zip(ours[1:], theirs[1:], strict=True)]
        made |= {
            "sweep_ms": statistics.median(ours[1:]), "sweep_processor": statistics.median(used[1:]),
            "plain_ms": statistics.median(theirs[1:]), "ratio": statistics.median(ratios), "worst": max(ratios), "ended": found,
        }  # fmt: skip
    return made


def acts(rows: int) -> dict[str, Any]:
    """Return the processor time in ms of little sweeps, of a round without work, and of each act of people."""
    import ledger_rows as ledger

    from kycuong.services import consultations

    eve, few = ledger.EVE.astimezone(UTC), []
    for turn in range(FEW_TURNS):
        at = eve + timedelta(minutes=TURNS + turn)
        before = bench_ledger.processor()
        assert consultations.expire(at) == FEW
        few.append(bench_ledger.processor() - before)
    at = eve + timedelta(minutes=TURNS + FEW_TURNS)
    idle = bench_ledger.spread(lambda: consultations.expire(at))
    return {"acts": {f"cut-off of {FEW}": min(few), "a round without work": idle["processor"], **_people(rows, at)}}


def _people(rows: int, at: datetime) -> dict[str, float]:
    from kycuong.core.consultations import Position, Said
    from kycuong.models import Duty
    from kycuong.queries import org, scope
    from kycuong.services import consultations as services

    said = {1: Said(Position.AGREE), 2: Said(Position.AGREE)}
    text = "SỞ TÀI CHÍNH\nSố: {}/STC-NS\nLam Giang, ngày 10 tháng 11 năm 2026\nÝ KIẾN\nNhất trí\nGIÁM ĐỐC\nNgô Văn A\n"
    spent: dict[str, list[float]] = {
        "take delivery": [],
        "give an opinion": [],
        "take note of it": [],
        "ask five bodies": [],
    }
    fresh = Duty.objects.filter(pk__gt=rows - FRESH, kind="opinion", phase="open").select_related(
        "opinion__consultation"
    )
    numbers = count(1)

    def spend(name: str, act: Any) -> None:
        before = bench_ledger.processor()
        act()
        spent[name].append(bench_ledger.processor() - before)

    for duty in list(fresh.order_by("-id")[:ACTS]):
        head = org.head_of(duty.holder_unit_id, at.date())
        lead = org.head_of(duty.opinion.consultation.lead_unit_id, at.date())
        if not (head and head.officer_id and lead and lead.officer_id) or head.unit_id == lead.unit_id:
            continue
        body, asker = scope.actor(head.officer_id, at), scope.actor(lead.officer_id, at)
        one: dict[str, Any] = {"at": at, "duty": duty.public_id}
        spend("take delivery", lambda: services.take_delivery(actor=body, **one))  # noqa: B023
        letter = ("y-kien.txt", text.format(next(numbers)).encode())
        spend("give an opinion", lambda: services.give_opinion(actor=body, said=said, file=letter, **one))  # noqa: B023
        spend("take note of it", lambda: services.accept_opinion(actor=asker, **one))  # noqa: B023
        units = tuple(_five(lead.unit_id))
        question = services.Question("Phương án phân bổ vốn", (("Phân bổ vốn", True),), units)
        spend("ask five bodies", lambda: services.ask(actor=asker, at=at, question=question))  # noqa: B023
    assert len(spent["give an opinion"]) > ACTS // 2
    return {name: statistics.median(found[3:]) for name, found in spent.items()}


def _five(lead: int) -> list[Any]:
    import ledger_rows as ledger

    return [unit.public_id for unit in ledger.charged_units()[: EACH + 1] if unit.pk != lead][:EACH]


def report(kinds: list[str], rows: int) -> None:
    """Print the cut-off of many, and acts at few and at many opinions."""
    big = {kind: bench_ledger.measure(kind, "sweep", rows, __file__) for kind in kinds}
    small = {kind: bench_ledger.measure(kind, "sweep", SMALL, __file__) for kind in kinds}
    print(
        f"## Consultations\n\n### Cut-off of {MANY:,} opinions at one instant, {rows // EACH:,} consultations, {rows:,} opinions\n"
    )
    print(
        "Plain SQL writes the same rows, events, outbox, holdings and outcomes in one transaction, without asking any rule and "
        "without leaves: nearest to what the machine can do.\n"
    )
    lines = [
        [bench_ledger.DATABASES[kind], f"{one['ended']:,}", f"{one['plain_ms']:.0f} ms", f"{one['sweep_ms']:.0f} ms",
         f"{one['sweep_processor']:.0f} ms", f"**{one['ratio']:.2f} ×**", f"{one['worst']:.2f} ×"]
        for kind, one in big.items()
    ]  # fmt: skip
    head = ["Database", "Ended", "Plain SQL", "Cut-off", "of it processor", "Ratio (median)", "Worst"]
    print(bench_ledger.table(head, lines))
    print("Wanted: ≤ 3 s on SQLite.\n")
    print(f"### Acts at {SMALL:,} and at {rows:,} opinions, processor time in ms\n")
    lines = [
        [bench_ledger.DATABASES[kind], act, f"{small[kind]['acts'][act]:.1f}", f"{cost:.1f}",
         f"**{cost / small[kind]['acts'][act]:.2f} ×**"]
        for kind in kinds
        for act, cost in big[kind]["acts"].items()
    ]  # fmt: skip
    print(bench_ledger.table(["Database", "Act", f"{SMALL:,}", f"{rows:,}", "Ratio"], lines))


def main() -> int:
    """Measure on each database and print markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--only", choices=bench_ledger.DATABASES)
    parser.add_argument("--measure", choices=["sweep"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        import django

        django.setup()
        logging.disable(logging.WARNING)
        print(json.dumps(measure_sweep(options.rows)))
        return 0
    report([options.only] if options.only else list(bench_ledger.DATABASES), options.rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
