"""`kycuong run`: serve the product and work its jobs, until stopped."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from types import FrameType

from kycuong.cli.migrate import prepare


def family(host: str) -> socket.AddressFamily:
    """Return whether an address is of IPv6 or IPv4; `::` listens on both."""
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def address(host: str, port: int) -> str:
    """Return host and port as servers and browsers write them."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def free_port(host: str, wanted: int) -> int:
    """Return the wanted port, or the next free one when somebody holds it."""
    for port in range(wanted, wanted + 50):
        with socket.socket(family(host)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    return wanted


def answers(host: str, port: int, server: subprocess.Popen[bytes]) -> bool:
    """Wait until the server takes connections; false when it ended or half a minute passed."""
    for _ in range(300):
        if server.poll() is not None:
            return False
        with socket.socket(family(host)) as probe:
            probe.settimeout(0.2)
            if probe.connect_ex((host, port)) == 0:
                return True
        time.sleep(0.1)
    return False


def serve(host: str, port: int, workers: int) -> int:
    """Run the web server and the job loop as two children; stop both when one ends or a signal comes."""
    command = [sys.executable, "-m", "kycuong"]
    web = [
        sys.executable, "-m", "gunicorn", "kycuong.wsgi:application", "--bind", address(host, port), "--workers", str(workers),
        "--threads", "4", "--worker-class", "gthread", "--log-level", "warning", "--preload",
    ]  # fmt: skip
    children = [subprocess.Popen(web), subprocess.Popen([*command, "work"])]  # noqa: S603 -- our own commands

    def stop(number: int, frame: FrameType | None) -> None:
        for child in children:
            child.terminate()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    if answers(host, port, children[0]):
        print(f"Kỷ Cương: http://{address(host, port)}/", flush=True)
    with suppress(ChildProcessError):
        os.waitpid(-1, 0)
    stop(0, None)
    for child in children:
        child.wait()
    return 0


def main(argv: list[str]) -> int:
    """Prepare, then serve until stopped."""
    parser = argparse.ArgumentParser(prog="kycuong run", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000, or the next free one)")
    parser.add_argument("--workers", type=int, default=2, help="web processes (2)")
    options = parser.parse_args(argv)
    prepare()
    port = free_port(options.host, options.port)
    return serve(options.host, port, options.workers)
