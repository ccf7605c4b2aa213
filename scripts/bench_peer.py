"""Measure the product beside what a user would pick instead: django-helpdesk, installed for the run, on the same PostgreSQL.

`.venv/bin/python scripts/bench_peer.py [--rows 100000]` prints markdown. Both are served by gunicorn with four workers of
one thread; a request costs the processor time of every process of the server and of PostgreSQL, in milliseconds.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import bench_ledger
import peer_desk
import pg

PEER = ("django-helpdesk==2.6.1", "Django==5.2.19", "gunicorn==27.0.1", "psycopg[binary]==3.3.9")
WORKERS, WARM, TIMES = 4, 8, 24
TICK = os.sysconf("SC_CLK_TCK")
OPEN, LATE = 5_000, 1_000  # tickets still open, of which so many are late, as in the ledger of the same size
#: The best of four products at 100,000 duties, in processor ms of application and database, measured once elsewhere.
KNOWN = {"create": 32, "overdue list": 80, "board": 117, "search": 76, "record": 55, "comment": 33}


class Server:
    """A server under measurement: requests on one kept connection, and what they cost its processes."""

    def __init__(self, port: int, roots: list[int], cookies: dict[str, str]) -> None:
        self.port, self.roots, self.cookies = port, roots, cookies
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, path: str, form: dict[str, object] | None = None) -> tuple[int, str, str]:
        """Return status, where to go next, and the body; cookies are kept."""
        head = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), "Host": "127.0.0.1"}
        body = None
        if form is not None:
            head |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": "http://127.0.0.1"}
            body = urlencode(form, doseq=True)
        try:
            self.line.request("POST" if form is not None else "GET", path, body, head)
            answer = self.line.getresponse()
        except (http.client.HTTPException, OSError):  # the server closed the line that it had kept
            self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
            self.line.request("POST" if form is not None else "GET", path, body, head)
            answer = self.line.getresponse()
        text = answer.read().decode("utf-8", "replace")
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), text

    def page(self, path: str) -> str:
        """Return a page that must be there."""
        status, _, text = self.ask(path)
        assert status == 200, (path, status, text[:300])
        return text

    def sent(self, path: str, form: dict[str, object]) -> str:
        """Send a form that must be taken, and return where the answer leads."""
        status, place, text = self.ask(path, form)
        assert status in {302, 303}, (path, status, re.sub(r"\s+", " ", text)[:1500])
        return place

    def cost(self, act: Callable[[int], object]) -> float:
        """Return the processor ms that an act costs server and database, after warming each worker."""
        for n in range(WARM):
            act(-1 - n)
        before = used(self.roots)
        for n in range(TIMES):
            act(n)
        return (used(self.roots) - before) / TIMES


def used(roots: list[int]) -> float:
    """Return the processor ms that processes and all that they started have used, the ended ones included."""
    children: dict[int, list[int]] = {}
    spent: dict[int, float] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            words = path.read_text().rpartition(")")[2].split()
            pid = int(path.parent.name)
            children.setdefault(int(words[1]), []).append(pid)
            spent[pid] = sum(map(int, words[11:15])) * 1000 / TICK
    waiting, total = list(roots), 0.0
    while waiting:
        pid = waiting.pop()
        total += spent.get(pid, 0.0)
        waiting += children.get(pid, [])
    return total


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def served(python: Path, application: str, port: int, environment: dict[str, str], folder: Path) -> Iterator[int]:
    """Serve an application by gunicorn, yield the master's process id, and stop it."""
    command = [
        python,
        "-m",
        "gunicorn",
        application,
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        str(WORKERS),
        "--preload",
    ]
    command += ["--log-level", "error", "--keep-alive", "60", "--worker-class", "gthread", "--threads", "1"]
    with (folder / "served.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def postmaster(home: str) -> int:
    return int((Path(home) / "data" / "postmaster.pid").read_text().split()[0])


# ---- ours -----------------------------------------------------------------------------------------------------------


def prepare(rows: int) -> dict[str, object]:
    """Fill our ledger, and let one who sees everything sign in."""
    import ledger_rows
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from kycuong.models import Duty, Officer

    bench_ledger.build(ledger_rows.busy, rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    people = bench_ledger.people()
    found: dict[str, object] = {}
    for name, who in (("boss", people["Chairman (sees all)"]), ("follower", people["following specialist (sees all)"]),
                      ("head", next(iter(people.values())))):  # fmt: skip
        browser = Client()
        browser.force_login(Officer.objects.get(pk=who.officer_id), "django.contrib.auth.backends.ModelBackend")
        found[name] = browser.cookies[settings.SESSION_COOKIE_NAME].value
    head = next(iter(people.values()))
    unit = head.body_ids[0]
    chosen = Duty.objects.filter(holder_unit=unit, phase="open", kind="task", term="dated").order_by("-id")
    keys = [str(key) for key in chosen.values_list("public_id", flat=True)[: WARM + TIMES + 1]]
    return found | {"cookie": settings.SESSION_COOKIE_NAME, "duties": keys}


def token_of(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, "a page without a form"
    return found[1]


def ours(rows: int, url: str, home: str, folder: Path) -> dict[str, float]:
    environment = {
        **os.environ,
        "KYCUONG_DATABASE": url,
        "KYCUONG_HOME": str(folder),
        "PYTHONPATH": str(Path("src").resolve()),
    }
    environment |= {"DJANGO_SETTINGS_MODULE": "kycuong.settings", "KYCUONG_LOG_LEVEL": "ERROR"}
    command = [sys.executable, __file__, "--measure", "prepare", "--rows", str(rows)]
    told = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
    known = json.loads(told.splitlines()[-1])
    port = free()
    with served(Path(sys.executable), "kycuong.wsgi:application", port, environment, folder) as master:
        roots = [master, postmaster(home)]
        boss = Server(port, roots, {known["cookie"]: known["boss"]})
        clerk = Server(port, roots, {known["cookie"]: known["follower"]})
        head = Server(port, roots, {known["cookie"]: known["head"]})
        duties = known["duties"]
        board = boss.page("/bang-theo-doi/")
        late = re.search(r'href="(/bang-theo-doi/nhiem-vu/\?[^"]*loc=overdue[^"]*)"', board)
        assert late, "the board has no figure of overdue duties"
        overdue = late[1].replace("&amp;", "&")
        found = re.sub("<[^>]+>", "", boss.page("/tim/?q=ky+luat")).casefold()
        assert "kỷ luật" in found, "typed without diacritics it is not found"
        csrf = token_of(clerk.page("/van-ban/moi/"))
        pages = {key: head.page(f"/viec/{key}/") for key in duties[:1]}
        heads = token_of(pages[duties[0]])
        desks = re.findall(r'value="(post:\d+)"', pages[duties[0]])

        def create(n: int) -> None:
            text = f"Giao Sở Xây dựng rà soát, báo cáo kết quả sắp xếp nội dung số {n} trước ngày 15/12/2026."
            place = clerk.sent("/van-ban/moi/mot-dong/", {"csrfmiddlewaretoken": csrf, "text": text})
            clerk.sent(f"{urlsplit(place).path}ban-hanh/", {"csrfmiddlewaretoken": csrf})

        def comment(n: int) -> None:
            key = duties[n if n >= 0 else n + len(duties)]
            form = {"csrfmiddlewaretoken": heads, "desk": desks[n % 2], "note": "Đề nghị báo cáo sớm."}
            head.sent(f"/viec/{key}/giao/", form)

        return {
            "overdue list": boss.cost(lambda n: boss.page(overdue)),
            "board": boss.cost(lambda n: boss.page("/bang-theo-doi/")),
            "search": boss.cost(lambda n: boss.page("/tim/?q=ky+luat")),
            "record": boss.cost(lambda n: boss.page(f"/viec/{duties[n % len(duties)]}/")),
            "comment": head.cost(comment),
            "create": clerk.cost(create),
        }


def sweep_once(rows: int) -> dict[str, float]:
    """Sweep a thousand duties that have just become late: events, leaves, outbox."""
    import ledger_rows

    from kycuong.models import Outbox
    from kycuong.services import duties

    bench_ledger.build(ledger_rows.due, rows)
    eve = ledger_rows.EVE.astimezone(UTC)  # plain SQL is worded in UTC
    bench_ledger.plain(eve)
    before = Outbox.objects.count()
    spent = bench_ledger.timed(lambda: duties.sweep(eve + timedelta(minutes=1)))
    return {"rows": Outbox.objects.count() - before, "s": spent / 1000}


# ---- theirs ---------------------------------------------------------------------------------------------------------


def theirs(rows: int, home: str, folder: Path) -> dict[str, float]:
    python = folder / "env" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    subprocess.run([python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *PEER], check=True)
    (folder / "desk").mkdir()
    for name, text in (("__init__", ""), ("settings", peer_desk.SETTINGS), ("urls", peer_desk.URLS)):
        (folder / "desk" / f"{name}.py").write_text(text, "utf-8")
    (folder / "desk" / "wsgi.py").write_text(
        "from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "PEER_HOST": home,
        "DJANGO_SETTINGS_MODULE": "desk.settings",
        "PYTHONPATH": str(folder),
    }
    subprocess.run(
        [pg.binaries() / "createdb", "-h", home, "-U", pg.USER, "--template", "template0", "peer"], check=True
    )
    command = [python, "-c", peer_desk.FILL, str(rows), str(OPEN), str(LATE)]
    told = subprocess.run(command, env=environment, cwd=folder, stdout=subprocess.PIPE, text=True, check=True).stdout
    known = json.loads(told.splitlines()[-1])
    port = free()
    with served(python, "desk.wsgi:application", port, environment, folder) as master:
        desk = Server(port, [master, postmaster(home)], {"sessionid": known["session"]})
        csrf = token_of(desk.page("/tickets/submit/"))

        def table(**asked: object) -> Callable[[int], str]:
            query = b64encode(
                json.dumps({"filtering": {"status__in": known["open"]}, "sorting": "due_date", **asked}).encode()
            ).decode()
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
            form = {
                "csrfmiddlewaretoken": csrf, "queue": known["queue"], "title": f"Việc mới {n}", "body": "Rà soát, báo cáo",
                "priority": 3, "submitter_email": "a@example.org", "assigned_to": "", "due_date": "",
            }  # fmt: skip
            desk.sent("/tickets/submit/", form)

        def comment(n: int) -> None:
            form = {"csrfmiddlewaretoken": csrf, "comment": f"Đề nghị báo cáo sớm {n}", "new_status": 1, "public": 1,
                    "title": "Báo cáo", "priority": 3, "owner": -1, "queue": known["queue"]}  # fmt: skip
            desk.sent(f"/tickets/{known['record'] - n % 50}/update/", form)

        found = {
            "overdue list": desk.cost(table()),
            "board": desk.cost(lambda n: desk.page("/dashboard/")),
            "search": desk.cost(table(search_string="kỷ luật")),
            "record": desk.cost(lambda n: desk.page(f"/tickets/{known['record'] - n % 40}/")),
            "comment": desk.cost(comment),
            "create": desk.cost(create),
        }
    done = subprocess.run(
        [python, "-c", peer_desk.ESCALATE], env=environment, cwd=folder, stdout=subprocess.PIPE, text=True, check=True
    )
    swept = json.loads(done.stdout.splitlines()[-1])
    return found | {"swept": swept["rows"], "sweep_s": swept["s"]}


def report(rows: int) -> None:
    with tempfile.TemporaryDirectory(prefix="kycuong-peer-") as place, pg.cluster() as url:
        folder = Path(place)
        folder.chmod(0o755)
        home = url.partition("host=")[2]
        (folder / "ours").mkdir()
        (folder / "theirs").mkdir()
        print("  django-helpdesk ...", file=sys.stderr, flush=True)
        peer = theirs(rows, home, folder / "theirs")
        print("  Kỷ Cương ...", file=sys.stderr, flush=True)
        mine = ours(rows, url, home, folder / "ours")
    swept = bench_ledger.measure("postgresql", "sweep_once", rows, __file__)
    lines = []
    for what, known in KNOWN.items():
        lines.append([what, f"{mine[what]:.1f}", f"{peer[what]:.1f}", f"**1/{peer[what] / mine[what]:.1f}**", f"{known}",
                      f"**1/{known / mine[what]:.1f}**"])  # fmt: skip
    print(
        f"## Beside a peer\n\n{rows:,} duties, or tickets, on one PostgreSQL; {WORKERS} workers each; processor ms of application and"
    )
    print(
        f"database a request, mean of {TIMES}. The peer is {PEER[0]}; a list of its is the page and the request that fills it."
    )
    print(
        "“Best of four” is the best of Request Tracker 5, Redmine 5, django-helpdesk and Roundup, measured once elsewhere.\n"
    )
    print(bench_ledger.table(["Act", "Kỷ Cương", "django-helpdesk", "Ratio", "Best of four", "Ratio"], lines))
    print(
        "Create is typing a line, having it read, and issuing it as duties; a comment is assigning a duty with a note.\n"
    )
    rate = peer["sweep_s"] / peer["swept"] * 1000
    print(
        f"Sweep of {swept['rows']:,.0f} newly overdue, events, leaves and outbox written: {swept['s']:.2f} s; the peer's escalation "
    )
    print(f"takes {rate:.2f} s for 1,000. Wanted: every act ≤ 1/4 of the best, the sweep ≤ 1 s.")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--measure", choices=["prepare", "sweep_once"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        import django

        django.setup()
        print(json.dumps({"prepare": prepare, "sweep_once": sweep_once}[options.measure](options.rows)))
        return 0
    try:
        pg.binaries()
    except pg.NoPostgresql as missing:
        print(f"SKIPPED ALOUD: PostgreSQL: {missing}", file=sys.stderr)
        return 0
    report(options.rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
