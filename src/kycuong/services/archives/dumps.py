"""Copy the database out while it is being written, and back in; each database by its own means."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection

from kycuong.core.archives import ArchiveRefused


def save_to(target: Path) -> None:
    """Write one consistent copy of the database to a file. Raises: ArchiveRefused."""
    if connection.vendor == "postgresql":
        _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])
        return
    name = str(connection.settings_dict["NAME"])
    if not Path(name).is_file():
        raise ArchiveRefused("memory_database")
    # A connection of its own, one step: the copy is one snapshot, and whoever writes meanwhile does not wait (WAL).
    with closing(sqlite3.connect(name, timeout=20)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def own_file() -> Path:
    """Return the file of the embedded database. Raises: ArchiveRefused."""
    name = str(connection.settings_dict["NAME"])
    if not name or ":memory:" in name or name.startswith("file:"):
        raise ArchiveRefused("memory_database")
    return Path(name)


def any_table() -> bool:
    """Return whether the database of this instance holds anything."""
    if connection.vendor == "sqlite":
        path = own_file()
        return path.exists() and path.stat().st_size > 0
    return bool(connection.introspection.table_names())


def load(source: Path) -> None:
    """Bring a copy into the empty database; all of it or nothing. Raises: ArchiveRefused."""
    if connection.vendor == "postgresql":
        options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        _run(["pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(source)])
        return
    path = own_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    beside = path.with_name(path.name + ".part")
    try:
        shutil.copyfile(source, beside)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


def _run(command: list[str]) -> None:
    """Run a program of PostgreSQL on our database; the password goes by the environment, where no list of processes shows it."""
    program = shutil.which(command[0])
    if program is None:
        raise ArchiveRefused("program_missing", program=command[0])
    settings: dict[str, Any] = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    environment |= {key: str(settings[name]) for key, name in names.items() if settings.get(name)}
    done = subprocess.run(  # noqa: S603 -- our own command line
        [program, "--no-password", *command[1:]],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise ArchiveRefused("program_failed", program=command[0], why=said[-1] if said else done.returncode)
