"""`kycuong migrate`: create or bring up to date the tables, load the working calendar, collect the static files."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from kycuong.services import calendars, search


def prepare() -> None:
    """Bring the database and the static files to the state that serving needs; harmless to repeat."""
    Path(settings.HOME).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    calendars.load_seed(at=datetime.now(UTC))
    search.prepare()
    call_command("collectstatic", verbosity=0, interactive=False)


def main(argv: list[str]) -> int:
    """Prepare the database and say where it is."""
    argparse.ArgumentParser(prog="kycuong migrate", description=__doc__).parse_args(argv)
    prepare()
    print(f"Cơ sở dữ liệu đã sẵn sàng: {settings.DATABASES['default']['NAME']}")
    return 0
