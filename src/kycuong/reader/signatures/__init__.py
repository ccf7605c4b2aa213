"""Look at the digital signatures of a PDF in a process of its own, which a hostile file may kill or fill without harm."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from kycuong.core.signatures import UNREADABLE, Report, from_plain
from kycuong.reader.signatures.certificates import Certificate, read_certificates

__all__ = ["SECONDS", "Certificate", "is_pdf", "look", "read_certificates"]

#: How long one file may take; the processor time and the memory are limited inside (`child`).
SECONDS = 90
#: What a report of at most `looking.MOST` signatures never reaches.
_ANSWER = 2_000_000
_HEAD = 1024


def is_pdf(data: bytes) -> bool:
    """Tell whether bytes begin as a PDF does; some programs write a few bytes before the mark."""
    return b"%PDF-" in data[:_HEAD]


def look(
    path: Path, *, roots: Sequence[bytes], others: Sequence[bytes] = (), moment: datetime, seconds: int = SECONDS
) -> Report:
    """Return what is found of the signatures of a file; never raises for what the file holds.

    `roots` are the certificates that are trusted, `others` those that only help to build the chain, in DER. `moment` is when
    the file was known to exist: what has expired since was good then. No network is used.
    """
    asked = {
        "path": str(path), "moment": moment.isoformat(), "roots": _coded(roots), "others": _coded(others),
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "kycuong.reader.signatures.child"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
        env={"PATH": os.defpath, "PYTHONPATH": os.pathsep.join(sys.path), "LC_ALL": "C.UTF-8"},
    ) as child:  # fmt: skip
        try:
            said, _ = child.communicate(json.dumps(asked).encode(), timeout=seconds)
        except subprocess.TimeoutExpired:
            said = b""
        finally:
            if child.poll() is None:
                child.kill()
    return _report(said)


def _coded(certificates: Sequence[bytes]) -> list[str]:
    return [base64.b64encode(one).decode("ascii") for one in certificates]


def _report(said: bytes) -> Report:
    """Return the report of the child; one that was killed has none, so the file was too much for it."""
    try:
        if len(said) > _ANSWER:
            raise ValueError
        told = json.loads(said)
        return Report(told["verdict"], told["reason"], tuple(from_plain(one) for one in told["signatures"]))
    except (ValueError, KeyError, TypeError):
        return Report(UNREADABLE, "too_heavy")
