"""Run a command against a private PostgreSQL that lives only as long as the command.

    python scripts/pg.py run -- COMMAND [ARGUMENT ...]
    python scripts/pg.py version

The cluster is made from Debian's binaries in a temporary folder, listens on a socket in that folder and nowhere else,
and belongs to an unprivileged user (`initdb` refuses root). KYCUONG_DATABASE tells the command where it is.
Exit status: the command's own; 75 when there is no PostgreSQL on this machine.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

NO_POSTGRESQL = 75
USER = "kycuong"
NAME = "kycuong"
#: A test cluster that loses its data at a power cut loses nothing: durability is switched off for speed.
SPEED = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "256MB",
    "max_connections": "60",
    "listen_addresses": "",
    "timezone": "UTC",
}
#: What a cluster is measured with.
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


class NoPostgresql(Exception):
    """There are no PostgreSQL server binaries here, or nobody but root to run them."""


def binaries() -> Path:
    """Return the folder of the newest PostgreSQL server, or raise NoPostgresql."""
    debian = sorted(Path("/usr/lib/postgresql").glob("[0-9]*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    raise NoPostgresql("no PostgreSQL server binaries (apt install postgresql)")


def version() -> str:
    """Return the version line of the server, as `15.18`."""
    line = subprocess.run([binaries() / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return line.split()[2]


def owner() -> pwd.struct_passwd | None:
    """Return the account that must own the cluster: None for ourselves, an unprivileged one when we are root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoPostgresql("we are root and there is neither a `postgres` nor a `nobody` to run PostgreSQL as")


def _die_with_parent() -> None:
    """Ask Linux to stop the server when we are killed without a chance to clean up."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGQUIT, 0, 0, 0)


def _as_owner(account: pwd.struct_passwd | None) -> dict[str, object]:
    if account is None:
        return {}
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "HOME": "/"}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": [], "env": environment, "cwd": "/"}


def _wait_until_ready(server: subprocess.Popen[bytes], home: Path, log: Path) -> None:
    probe = [binaries() / "pg_isready", "--quiet", "--host", home, "--username", USER, "--dbname", "postgres"]
    for _ in range(300):
        if server.poll() is not None:
            break
        if subprocess.run(probe, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text('utf-8', 'replace')}")


@contextlib.contextmanager
def cluster(kept: Path | None = None, *, durable: bool = False) -> Iterator[str]:
    """Start a private cluster, yield its database URL, stop it and remove every file.

    With a folder to be kept in, the cluster lies there, is started again when it is there already, and stays. A durable one
    waits for the disk at every commit, as a province's does.
    """
    programs, account = binaries(), owner()
    # A socket path holds 107 bytes at most: a long TMPDIR would not fit.
    base = tempfile.gettempdir()
    home = kept or Path(tempfile.mkdtemp(prefix="kycuong-pg-", dir=base if len(base) < 60 else "/tmp"))
    home.mkdir(parents=True, exist_ok=True)
    known = (home / "data").exists()
    if account is not None:
        os.chown(home, account.pw_uid, account.pw_gid)
    as_owner, data, log = _as_owner(account), home / "data", home / "log"
    server: subprocess.Popen[bytes] | None = None
    try:
        initdb: list[str | Path] = [programs / "initdb", "--pgdata", data, "--username", USER, "--auth", "trust"]
        initdb += ["--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
        made = None if known else subprocess.run(initdb, capture_output=True, text=True, check=False, **as_owner)  # type: ignore[call-overload]
        if made and made.returncode:
            raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")
        command: list[str | Path] = [programs / "postgres", "-D", data, "-k", home]
        for key, value in (SPEED | DURABLE if durable else SPEED).items():
            command += ["-c", f"{key}={value}"]
        with log.open("wb") as sink:
            server = subprocess.Popen(  # type: ignore[call-overload]
                command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink,
                start_new_session=True, preexec_fn=_die_with_parent, **as_owner,  # noqa: PLW1509
            )  # fmt: skip
        assert server is not None
        _wait_until_ready(server, home, log)
        if not known:
            subprocess.run([programs / "createdb", "-h", home, "-U", USER, "--template", "template0", NAME], check=True)
        yield f"postgresql://{USER}@/{NAME}?host={home}"
    finally:
        if server is not None:
            _stop(server)
        if kept is None:
            shutil.rmtree(home, ignore_errors=True)


def _stop(server: subprocess.Popen[bytes]) -> None:
    for blow in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            server.send_signal(blow)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(timeout=15)
            return


def _leave(number: int, _frame: object) -> None:
    sys.exit(128 + number)


def run(command: list[str]) -> int:
    """Run the command with KYCUONG_DATABASE set to a fresh cluster; return its exit status."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    try:
        with cluster() as url:
            child = subprocess.Popen(command, env={**os.environ, "KYCUONG_DATABASE": url})
            try:
                return child.wait()
            finally:
                if child.poll() is None:
                    child.terminate()
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        child.wait(timeout=10)
                    child.kill()
    except NoPostgresql as missing:
        print(f"SKIPPED ALOUD: PostgreSQL: {missing}", file=sys.stderr, flush=True)
        return NO_POSTGRESQL
    except KeyboardInterrupt:
        return 130


def main(words: list[str]) -> int:
    """Read the command line."""
    if words[:1] == ["version"]:
        try:
            print(version())
        except NoPostgresql as missing:
            print(missing, file=sys.stderr)
            return NO_POSTGRESQL
        return 0
    if words[:2] != ["run", "--"] or not words[2:]:
        print(__doc__, file=sys.stderr)
        return 2
    return run(words[2:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
