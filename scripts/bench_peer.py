"""Measure the product beside what a user would pick instead: django-helpdesk, installed for the run, on the same PostgreSQL.

`.venv/bin/python scripts/bench_peer.py [--rows 100000]` prints markdown. Both are served by gunicorn with four workers of
one thread; a request costs the processor time of every process of the server and of PostgreSQL, in milliseconds.

While working on one act: `--only ours --acts create,comment --keep FOLDER` keeps the filled databases for the next run.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import uuid
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import bench_ledger
import peer_desk
import pg
from peer_served import EACH, TURNS, WARM, WORKERS, Cost, Server, postmaster, served, wait_until_quiet

PEER = ("django-helpdesk==2.6.1", "Django==5.2.19", "gunicorn==27.0.1", "psycopg[binary]==3.3.9")
OPEN_SHARE, LATE = 0.05, 1_000  # tickets still open, of which so many are late, as in the ledger of the same size
NEEDED = WARM + TURNS * EACH
SWEEPS = 3
#: The best of four products at 100,000 duties, in processor ms of application and database, measured once elsewhere.
KNOWN = {"create": 32, "comment": 33, "overdue": 80, "board": 117, "search": 76, "record": 55}
KNOWN_SWEEP_S = 8.5
WHAT = {
    "create": "create (one task given directly)", "comment": "comment (a duty assigned with a note)",
    "directive": "a line read, and issued as a duty (two requests)",
    "overdue": "overdue list", "board": "board", "search": "search", "record": "record page",
}  # fmt: skip
Acts = dict[str, Callable[[int], object]]


# ---- ours -----------------------------------------------------------------------------------------------------------


def prepare(rows: int) -> dict[str, object]:
    """Fill our ledger, and let the people who act sign in."""
    import ledger_rows
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from kycuong.models import Duty, Officer, TallyMark
    from kycuong.queries import org
    from kycuong.services import clocks, tallies

    bench_ledger.build(ledger_rows.busy, rows)
    while tallies.keep_up() or not TallyMark.objects.filter(event__isnull=False).exists():
        pass  # as the job of a running instance has long done
    clocks.keep_mark(at=timezone.now(), real=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    people = bench_ledger.people()
    head = next(iter(people.values()))
    found: dict[str, object] = {}
    for name, who in (("boss", people["Chairman (sees all)"]), ("clerk", people["following specialist (sees all)"]),
                      ("head", head)):  # fmt: skip
        browser = Client()
        browser.force_login(Officer.objects.get(pk=who.officer_id), "kycuong.web.sessions.Keeper")
        found[name] = browser.cookies[settings.SESSION_COOKIE_NAME].value
    unit = head.body_ids[0]
    desks = [row.post_id for row in org.below(head, unit, timezone.now())]
    chosen = Duty.objects.filter(holder_unit=unit, phase="open", kind="task", term="dated").order_by("-id")
    found["duties"] = [
        (str(key), [f"post:{desk}" for desk in desks if desk != post][:2])
        for key, post in chosen.values_list("public_id", "holder_post")[:NEEDED]
    ]
    return found | {"cookie": settings.SESSION_COOKIE_NAME}


def token_of(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, "a page without a form"
    return found[1]


def our_acts(known: dict[str, Any], boss: Server, clerk: Server, head: Server) -> Acts:
    """Return the acts on the product, by name; what they need is looked up before."""
    duties = known["duties"]
    late = re.search(r'href="(/bang-theo-doi/nhiem-vu/\?[^"]*loc=overdue[^"]*)"', boss.page("/bang-theo-doi/"))
    assert late, "the board has no figure of overdue duties"
    overdue = late[1].replace("&amp;", "&")
    found = re.sub("<[^>]+>", "", boss.page("/tim/?q=ky+luat")).casefold()
    assert "kỷ luật" in found, "typed without diacritics it is not found"
    csrf = token_of(clerk.page("/van-ban/moi/"))
    form = boss.page("/giao-viec/")
    units, spoken = re.findall(r'<option value="(unit:\d+)"', form), token_of(form)
    heads = token_of(head.page(f"/viec/{duties[0][0]}/"))

    def create(n: int) -> None:
        text = f"Rà soát, báo cáo kết quả sắp xếp nội dung số {n}"
        given = {"csrfmiddlewaretoken": spoken, "unit": units[n % len(units)], "text": text, "due_on": "15/12/2026"}
        boss.sent("/giao-viec/", given | {"request_id": uuid.uuid4()})

    def directive(n: int) -> None:
        text = f"Giao Sở Xây dựng rà soát, báo cáo kết quả sắp xếp nội dung số {n} trước ngày 15/12/2026."
        place = clerk.sent("/van-ban/moi/mot-dong/", {"csrfmiddlewaretoken": csrf, "text": text})
        clerk.sent(f"{urlsplit(place).path}ban-hanh/", {"csrfmiddlewaretoken": csrf})

    def comment(n: int) -> None:
        key, below = duties[n % len(duties)]
        desk = below[n // len(duties) % 2]  # with few duties each goes to and fro
        form = {"csrfmiddlewaretoken": heads, "desk": desk, "note": f"Đề nghị báo cáo sớm {n}."}
        head.sent(f"/viec/{key}/giao/", form)

    return {
        "overdue": lambda n: boss.page(overdue),
        "board": lambda n: boss.page("/bang-theo-doi/"),
        "search": lambda n: boss.page("/tim/?q=ky+luat"),
        "record": lambda n: boss.page(f"/viec/{duties[n % len(duties)][0]}/"),
        "comment": comment,
        "create": create,
        "directive": directive,
    }


def ours(rows: int, url: str, home: Path, folder: Path, chosen: list[str]) -> dict[str, Cost]:
    environment = {**os.environ, "KYCUONG_DATABASE": url, "KYCUONG_HOME": str(folder)}
    environment |= {"DJANGO_SETTINGS_MODULE": "kycuong.settings", "KYCUONG_LOG_LEVEL": "ERROR"}
    environment["PYTHONPATH"] = str(Path("src").resolve())
    command = [sys.executable, __file__, "--measure", "prepare", "--rows", str(rows)]
    told = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    known = json.loads(told.splitlines()[-1])
    with served(Path(sys.executable), "kycuong.wsgi:application", environment, folder) as (port, master):
        roots = [master, postmaster(home)]
        boss, clerk, head = (Server(port, roots, {known["cookie"]: known[name]}) for name in ("boss", "clerk", "head"))
        return measured(boss, our_acts(known, boss, clerk, head), chosen)


def measured(server: Server, acts: Acts, chosen: list[str]) -> dict[str, Cost]:
    found = {}
    for name, act in acts.items():
        if name in chosen:
            found[name] = server.cost(act)
            print(f"    {name}: {found[name]}", file=sys.stderr, flush=True)
    return found


def sweep(rows: int) -> dict[str, float]:
    """Sweep what has just become due, a hundredth of all duties each minute: events, leaves, outbox."""
    import ledger_rows

    from kycuong.models import Outbox
    from kycuong.services import duties

    bench_ledger.build(ledger_rows.due, rows)
    eve = ledger_rows.EVE.astimezone(UTC)  # plain SQL is worded in UTC
    bench_ledger.plain(eve)
    duties.sweep(eve + timedelta(minutes=1))
    spent, worked, fired = [], [], []
    for turn in range(SWEEPS):
        before, used = Outbox.objects.count(), bench_ledger.processor()
        spent.append(bench_ledger.timed(lambda: duties.sweep(eve + timedelta(minutes=turn + 2))))  # noqa: B023
        worked.append(bench_ledger.processor() - used)
        fired.append(Outbox.objects.count() - before)
    return {
        "rows": statistics.median(fired),
        "s": statistics.median(spent) / 1000,
        "work_s": statistics.median(worked) / 1000,
    }


# ---- theirs ---------------------------------------------------------------------------------------------------------


def desk_environment(home: Path, folder: Path) -> dict[str, str]:
    """Make a project with the peer in an environment of its own, unless it is kept; return what its processes need to know."""
    python = folder / "env" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
        subprocess.run([python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *PEER], check=True)
    (folder / "desk").mkdir(exist_ok=True)
    served_by = "from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n"
    files = {"__init__": "", "settings": peer_desk.SETTINGS, "urls": peer_desk.URLS, "wsgi": served_by}
    for name, text in files.items():
        (folder / "desk" / f"{name}.py").write_text(text, "utf-8")
    paths = {"PATH": os.environ["PATH"], "PYTHONPATH": str(folder), "PEER_HOST": str(home)}
    return paths | {"DJANGO_SETTINGS_MODULE": "desk.settings"}


def filled_desk(rows: int, home: Path, folder: Path, environment: dict[str, str]) -> dict[str, Any]:
    """Fill the peer's database, unless it is kept; return whom and what the acts need."""
    known = folder / "known.json"
    if not known.exists():
        create = [pg.binaries() / "createdb", "-h", home, "-U", pg.USER, "--template", "template0", "peer"]
        subprocess.run(create, check=True)
        fill = [
            folder / "env" / "bin" / "python",
            "-c",
            peer_desk.FILL,
            str(rows),
            str(int(rows * OPEN_SHARE)),
            str(LATE),
        ]
        told = subprocess.run(fill, env=environment, cwd=folder, stdout=subprocess.PIPE, text=True, check=True).stdout
        known.write_text(told.splitlines()[-1], "utf-8")
    found: dict[str, Any] = json.loads(known.read_text("utf-8"))
    return found


def their_acts(known: dict[str, Any], desk: Server) -> Acts:
    """Return the acts on the peer, by name."""
    csrf = token_of(desk.page("/tickets/submit/"))

    def table(**asked: object) -> Callable[[int], str]:
        wanted = {"filtering": {"status__in": known["open"]}, "sorting": "due_date", **asked}
        query = b64encode(json.dumps(wanted).encode()).decode()
        columns = {
            "draw": 1,
            "start": 0,
            "length": 25,
            "search[value]": "",
            "order[0][column]": 0,
            "order[0][dir]": "asc",
        }
        return lambda n: desk.page("/tickets/") + desk.page(f"/datatables_ticket_list/{query}?{urlencode(columns)}")

    def create(n: int) -> None:
        form = {"csrfmiddlewaretoken": csrf, "queue": known["queue"], "title": f"Việc mới {n}", "body": "Rà soát, báo cáo",
                "priority": 3, "submitter_email": "a@example.org", "assigned_to": "", "due_date": ""}  # fmt: skip
        desk.sent("/tickets/submit/", form)

    def comment(n: int) -> None:
        form = {"csrfmiddlewaretoken": csrf, "comment": f"Đề nghị báo cáo sớm {n}", "new_status": 1, "public": 1,
                "title": "Báo cáo", "priority": 3, "owner": -1, "queue": known["queue"]}  # fmt: skip
        desk.sent(f"/tickets/{known['record'] - n % 50}/update/", form)

    return {
        "overdue": table(),
        "board": lambda n: desk.page("/dashboard/"),
        "search": table(search_string="kỷ luật"),
        "record": lambda n: desk.page(f"/tickets/{known['record'] - 100 - n % 40}/"),
        "comment": comment,
        "create": create,
    }


def theirs(rows: int, home: Path, folder: Path, chosen: list[str]) -> tuple[dict[str, Cost], dict[str, float]]:
    """Return what the acts cost the peer, and what its escalation took."""
    environment = desk_environment(home, folder)
    known = filled_desk(rows, home, folder, environment)
    python = folder / "env" / "bin" / "python"
    with served(python, "desk.wsgi:application", environment, folder) as (port, master):
        desk = Server(port, [master, postmaster(home)], {"sessionid": known["session"]})
        found = measured(desk, their_acts(known, desk), chosen)
    swept = {}
    if "sweep" in chosen:
        escalate = [python, "-c", peer_desk.ESCALATE]
        done = subprocess.run(escalate, env=environment, cwd=folder, stdout=subprocess.PIPE, text=True, check=True)
        swept = json.loads(done.stdout.splitlines()[-1])
    return found, swept


# ---- the report -----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def place(keep: Path | None) -> Iterator[Path]:
    """Yield the folder in which everything is made: a temporary one, or one that is kept."""
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="kycuong-peer-") as made:
            Path(made).chmod(0o755)
            yield Path(made)
    else:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep.resolve()


def report(rows: int, sides: list[str], chosen: list[str], keep: Path | None, quiet: float) -> None:
    mine: dict[str, Cost] = {}
    peer: dict[str, Cost] = {}
    swept: dict[str, dict[str, float]] = {}
    loads = []
    with place(keep) as folder:
        with pg.cluster(folder / "postgresql" if keep else None, durable=True) as url:
            home = Path(url.partition("host=")[2])
            for side in sides:
                print(f"  {side}, {rows:,} rows ...", file=sys.stderr, flush=True)
                (folder / side).mkdir(exist_ok=True)
                wait_until_quiet(quiet)
                loads.append(os.getloadavg()[0])
                if side == "ours":
                    mine = ours(rows, url, home, folder / side, chosen)
                else:
                    peer, swept["theirs"] = theirs(rows, home, folder / side, chosen)
        if "ours" in sides and "sweep" in chosen:
            swept["ours"] = bench_ledger.measure("postgresql", "sweep", rows, __file__)
    say(rows, mine, peer, swept, loads)


def say(
    rows: int, mine: dict[str, Cost], peer: dict[str, Cost], swept: dict[str, dict[str, float]], loads: list[float]
) -> None:
    lines = []
    for name, what in WHAT.items():
        own, other, best = mine.get(name), peer.get(name), KNOWN.get(name)
        if own or other:
            ratio = f"**1/{other.median / own.median:.1f}**" if own and other else "–"
            known = f"**1/{best / own.median:.1f}**" if own and best else "–"
            lines.append([what, str(own or "–"), str(other or "–"), ratio, f"{best or '–'}", known])
    own, other = swept.get("ours"), swept.get("theirs")
    if own or other:
        took = [f"{one['s'] / one['rows'] * 1000:.2f} s" if one else "–" for one in (own, other)]
        rates = [one["s"] / one["rows"] * 1000 for one in (own, other) if one]
        ratio = f"**1/{rates[1] / rates[0]:.0f}**" if len(rates) > 1 else "–"
        known = f"**1/{KNOWN_SWEEP_S / rates[0]:.0f}**" if own else "–"
        lines.append(["sweep of 1,000 newly overdue, on the clock", *took, ratio, f"{KNOWN_SWEEP_S} s", known])
    print(
        f"## Beside a peer\n\n{rows:,} duties, or tickets, on one PostgreSQL that waits for the disk; {WORKERS} workers each. Processor ms"
    )
    print(f"of application and database a request: median (least–most) of {TURNS} batches of {EACH}, each worker warm.")
    print(f"Load of the machine when it began: {', '.join(f'{load:.1f}' for load in loads)}.\n")
    print(
        f"The peer is {PEER[0]}; a list of its is the page and the request that fills it. “Best of four” is the best of"
    )
    print("Request Tracker 5, Redmine 5, django-helpdesk and Roundup, measured once elsewhere.\n")
    print(bench_ledger.table(["Act", "Kỷ Cương", "django-helpdesk", "Ratio", "Best of four", "Ratio"], lines))
    if own:
        took = f"{own['s']:.2f} s, {own['work_s']:.2f} s of processor"
        print(f"The sweep writes events, leaves and outbox: {own['rows']:,.0f} in {took}.")
    print("Wanted: every act ≤ 1/4 of the best, the sweep ≤ 1 s.")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="duties, and tickets (100,000)")
    parser.add_argument("--only", choices=["ours", "theirs"], help="one side alone")
    parser.add_argument("--acts", default=",".join([*WHAT, "sweep"]), help="which rows, with commas between")
    parser.add_argument("--keep", type=Path, help="folder in which the filled databases stay for the next run")
    parser.add_argument("--quiet", type=float, default=0, help="wait until the machine's load is below this")
    parser.add_argument("--measure", choices=["prepare", "sweep"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        import django

        django.setup()
        print(json.dumps({"prepare": prepare, "sweep": sweep}[options.measure](options.rows)))
        return 0
    try:
        pg.binaries()
    except pg.NoPostgresql as missing:
        print(f"SKIPPED ALOUD: PostgreSQL: {missing}", file=sys.stderr)
        return 0
    sides = [options.only] if options.only else ["theirs", "ours"]
    report(options.rows, sides, options.acts.split(","), options.keep, options.quiet)
    return 0


if __name__ == "__main__":
    sys.exit(main())
