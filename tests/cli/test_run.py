"""Serving by the command line: addresses of IPv6, and whoever stops reading along."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from datetime import timedelta

import pytest

from kycuong import jobs
from kycuong.cli import run


def test_an_address_of_ipv6_is_written_with_brackets_and_probed_as_what_it_is() -> None:
    assert (run.address("::1", 8000), run.address("127.0.0.1", 8000)) == ("[::1]:8000", "127.0.0.1:8000")
    with socket.socket(run.family("::1")) as taken:
        try:
            taken.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no IPv6")
        taken.listen()
        port = taken.getsockname()[1]
        assert run.free_port("::1", port) > port


def test_a_reader_who_has_seen_enough_ends_a_command_quietly() -> None:
    command = [sys.executable, "-m", "kycuong", "when", "trước ngày 25 hằng tháng"]
    made = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert made.stdout
    assert made.stderr
    made.stdout.close()
    told = made.stderr.read().decode()
    made.wait()
    assert "Traceback" not in told


def test_the_jobs_end_also_when_they_are_told_twice_in_the_middle_of_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    told = []

    def work(stop: threading.Event, every: timedelta) -> None:
        with stop._cond:  # type: ignore[attr-defined] # where a wait stands for a moment
            for _ in range(2):  # from whoever serves, and from the system that stops both
                os.kill(os.getpid(), signal.SIGTERM)
        told.append(stop.wait(5))

    monkeypatch.setattr(jobs, "work", work)
    monkeypatch.setattr(jobs, "work_long", lane := lambda stop, every: stop.wait(5))
    monkeypatch.setattr(jobs, "work_out", lane)
    lane.__name__ = "lane"
    before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    try:
        jobs.run_until_signal()
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
    assert told == [True]
