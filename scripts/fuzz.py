"""Ask the running API what its description allows, and what it forbids, with Schemathesis, on made-up data.

    python scripts/fuzz.py [--seconds N] [--login LOGIN] [options of `schemathesis run`]

A request that fits its shape may still be refused by a rule (a date missing that this kind of order needs), so that one check
is left out; a server error, an answer outside the description, or a request outside it that is accepted is a finding.

Prints what Schemathesis found; exits as it does. tests/api/test_described.py runs a bounded version of the same.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
from datetime import UTC, datetime
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

TOP = Path(__file__).resolve().parent.parent


class Quiet(WSGIRequestHandler):
    """Answer without telling of each request."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def main(words: list[str]) -> int:
    """Serve a small province on a free port and let Schemathesis ask."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=300, help="how long the run takes")
    parser.add_argument("--login", default="chanhvp", help="as whom to ask: chanhvp, quantri, gdsxd, ...")
    options, more = parser.parse_known_args(words)
    with tempfile.TemporaryDirectory(prefix="kycuong-fuzz-") as folder:
        os.environ.setdefault("KYCUONG_DATABASE", f"sqlite:///{folder}/db.sqlite3")
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "kycuong.settings", "KYCUONG_HOME": folder, "KYCUONG_API_CALLS_A_MINUTE": "1000000",
        }  # fmt: skip
        return ask(Path(folder), options.seconds, options.login, more)


def ask(folder: Path, seconds: int, login: str, more: list[str]) -> int:
    """Load the province, serve it, run Schemathesis against it."""
    sys.path[:0] = [str(TOP / "tests"), str(TOP)]
    import django

    django.setup()
    from django.core.management import call_command

    from kycuong.wsgi import application

    call_command("migrate", verbosity=0)
    from tests.api import asking

    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        from tests import make

        from kycuong.services import clocks

        make.province()
        clocks.start(at=make.at(make.MONDAY), real=datetime.now(UTC))
        ids, token = asking.life(login)
        (folder / "ids.json").write_text(json.dumps(ids))
        paths = os.pathsep.join([str(TOP), str(TOP / "tests"), str(TOP / "src")])
        hooks = {"SCHEMATHESIS_HOOKS": "tests.api.asking", "FUZZ_IDS": str(folder / "ids.json"), "PYTHONPATH": paths}
        command = [
            str(Path(sys.executable).parent / "schemathesis"), "run", f"http://127.0.0.1:{server.server_port}/api/openapi.json",
            "-H", f"Authorization: Bearer {token}", "--max-time", str(seconds), "--continue-on-failure",
            "--exclude-checks", "positive_data_acceptance", *more,
        ]  # fmt: skip
        status = subprocess.run(command, cwd=folder, env=os.environ | hooks, check=False).returncode
        server.shutdown()
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
