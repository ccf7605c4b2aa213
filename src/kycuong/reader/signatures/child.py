"""The process that opens the file: little memory and time, no network, no other program, nothing written."""

from __future__ import annotations

import base64
import json
import logging
import resource
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 60
_FORBIDDEN = frozenset({
    "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.system", "os.exec",
    "os.fork", "os.posix_spawn", "os.remove", "os.rename", "os.mkdir", "shutil.rmtree",
})  # fmt: skip


def confine() -> None:
    """Take from this process what reading one file does not need."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(limit, (most, most))
    sys.addaudithook(_refuse)


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(event)


def main() -> None:
    """Read one question from the standard input, answer on the standard output."""
    asked = json.loads(sys.stdin.buffer.read())
    sys.stdin.close()
    from kycuong.reader.signatures.looking import look

    logging.disable(logging.CRITICAL)
    confine()
    report = look(
        Path(asked["path"]),
        roots=[base64.b64decode(one) for one in asked["roots"]],
        others=[base64.b64decode(one) for one in asked["others"]],
        moment=datetime.fromisoformat(asked["moment"]),
    )
    sys.stdout.write(json.dumps(report.to_json()))


if __name__ == "__main__":
    main()
