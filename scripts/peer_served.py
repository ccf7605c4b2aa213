"""Serve an application under measurement, and tell what a request costs its processes and the database's."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import itertools
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

WORKERS = 4
#: Each worker words its questions at its first requests, and PostgreSQL plans what it keeps anew the first five times: so
#: many before measuring, then so many batches of requests.
WARM, TURNS, EACH = 48, 7, 12
#: Seconds within which all that should be done; four times as many are left to the measuring.
LONG = 12
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor ms of application and database a request: the median of the batches, the least and the most."""

    median: float
    least: float
    most: float

    def __str__(self) -> str:
        """Return the median with its spread."""
        return f"{self.median:.1f} ({self.least:.1f}–{self.most:.1f})"


class Server:
    """A server under measurement: requests in turn on one kept connection a worker, and what they cost its processes."""

    def __init__(self, port: int, roots: list[int], cookies: dict[str, str], token: str = "") -> None:
        self.port, self.roots, self.cookies, self.token = port, roots, cookies, token
        self.lines = [self._line() for _ in range(WORKERS)]
        self.asked = 0

    def _line(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def ask(self, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, str, str]:
        """Return status, where to go next, and the body; cookies are kept."""
        head = {"Host": "127.0.0.1", "Accept-Encoding": "gzip"}
        if self.token:
            head["Authorization"] = f"Bearer {self.token}"
        else:
            head["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            head |= {"Content-Type": kind, "Origin": "http://127.0.0.1"}
        self.asked += 1
        place = self.asked % len(self.lines)
        method = "GET" if body is None else "POST"
        try:
            self.lines[place].request(method, path, body, head)
            answer = self.lines[place].getresponse()
        except (http.client.HTTPException, OSError):  # the server closed the line that it had kept
            self.lines[place] = self._line()
            self.lines[place].request(method, path, body, head)
            answer = self.lines[place].getresponse()
        raw = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), _text(raw, answer.headers.get("Content-Encoding"))

    def page(self, path: str) -> str:
        """Return a page that must be there."""
        status, _, text = self.ask(path)
        assert status == 200, (path, status, text[:300])
        return text

    def sent(self, path: str, form: dict[str, object]) -> str:
        """Send a form that must be taken, and return where the answer leads."""
        kind = "application/x-www-form-urlencoded"
        status, place, text = self.ask(path, urlencode(form, doseq=True).encode(), kind)
        self.cookies.pop("messages", None)  # the page that a browser goes to next would show it and take it away
        assert status in {302, 303}, (path, status, re.sub(r"\s+", " ", text)[:1500])
        return place

    def cost(self, act: Callable[[int], object]) -> Cost:
        """Return what an act costs server and database, after warming each worker; it is given numbers that rise from 0.

        An act that takes long is done fewer times.
        """
        numbers, began = itertools.count(), time.monotonic()
        while (n := next(numbers)) < WARM and (n < WORKERS or time.monotonic() - began < LONG):
            act(n)
        each, found = EACH if n == WARM else 3, []
        while len(found) < TURNS and (len(found) < 3 or time.monotonic() - began < 4 * LONG):
            before = used(self.roots)
            for _ in range(each):
                act(next(numbers))
            found.append((used(self.roots) - before) / each)
        return Cost(statistics.median(found), min(found), max(found))


def _text(raw: bytes, encoding: str | None) -> str:
    return (gzip.decompress(raw) if encoding == "gzip" else raw).decode("utf-8", "replace")


def used(roots: list[int]) -> float:
    """Return the processor ms that processes and all that they started have used, the ended ones included.

    Of what lives the scheduler's own count in nanoseconds; of children that ended the clock ticks that were noted at their end.
    """
    children: dict[int, list[int]] = {}
    ended: dict[int, float] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            words = path.read_text().rpartition(")")[2].split()
            pid = int(path.parent.name)
            children.setdefault(int(words[1]), []).append(pid)
            ended[pid] = sum(map(int, words[13:15])) * 1000 / TICK
    waiting, total = list(roots), 0.0
    while waiting:
        pid = waiting.pop()
        total += ended.get(pid, 0.0) + sum(map(_lived, Path(f"/proc/{pid}/task").glob("[0-9]*/schedstat")))
        waiting += children.get(pid, [])
    return total


def _lived(path: Path) -> float:
    with contextlib.suppress(OSError):
        return int(path.read_text().split()[0]) / 1e6
    return 0.0


def wait_until_quiet(below: float, seconds: float = 1800) -> None:
    """Wait until the machine's load is below a number, not longer than half an hour; 0 does not wait."""
    began = time.monotonic()
    while below and os.getloadavg()[0] >= below and time.monotonic() - began < seconds:
        time.sleep(5)
    print(f"    load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)


def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def served(python: Path, application: str, environment: dict[str, str], folder: Path) -> Iterator[tuple[int, int]]:
    """Serve an application by gunicorn, yield its port and the master's process id, and stop it."""
    port = free()
    command: list[str | Path] = [python, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--preload"]
    command += ["--workers", str(WORKERS), "--worker-class", "gthread", "--threads", "1", "--keep-alive", "600"]
    with (folder / "served.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--log-level", "error"], env=environment, cwd=folder, stdout=log, stderr=log
        )
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port, server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def postmaster(home: Path) -> int:
    return int((home / "data" / "postmaster.pid").read_text().split()[0])
