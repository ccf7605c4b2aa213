"""Pack everything that an installation without the Internet needs into one file, and try it out with the network cut off.

    .venv/bin/python scripts/bundle.py [--to FOLDER] [--check]

The bundle holds the product as a wheel, the wheels of every package that it needs to run, with the hashes of
`requirements.lock`, an installer, and the documents for operators; its own SHA256SUMS lies inside and beside it. It fits the
platform and the Python that made it. `--check` unpacks it elsewhere, installs it with no network at all, makes an instance,
and asks it a question.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
from importlib.metadata import distribution
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
#: Extras of a requirement, its name, and the marker behind it.
REQUIREMENT = re.compile(r"^\s*([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?[^;]*(?:;\s*(.*))?$")
INSTALL = """#!/bin/sh
# Install Kỷ Cương from this folder, without a network: sh install.sh [FOLDER]   (default /opt/kycuong)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
to=${1:-/opt/kycuong}
python=${PYTHON:-python3}
(cd "$here" && sha256sum --quiet --check SHA256SUMS) || { echo "The bundle is damaged: copy it again." >&2; exit 1; }
"$python" -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "@PYTHON@")' || {
  echo "This bundle was made for Python @PYTHON@; found $("$python" -V). Set PYTHON to the right one." >&2; exit 1; }
"$python" -m venv "$to" || { echo "The venv module is missing: install the package python3-venv." >&2; exit 1; }
add() { "$to/bin/python" -m pip install --quiet --disable-pip-version-check --no-index "$@"; }
add --find-links "$here/wheels" --require-hashes -r "$here/runtime.lock"
add --no-deps "$here"/wheels/kycuong-*.whl
echo "Installed in $to. Next: read trien-khai/README.md; then $to/bin/kycuong migrate, $to/bin/kycuong run"
"""
#: An invented paper, to be read by the installed product.
PAPER = "".join(
    f"<p>{line}</p>"
    for line in (
        "ỦY BAN NHÂN DÂN TỈNH LAM GIANG", "Số: 15/CT-UBND", "Lam Giang, ngày 02 tháng 11 năm 2026", "CHỈ THỊ",
        "Về việc siết chặt kỷ luật, kỷ cương", "1. Giao Sở Xây dựng báo cáo kết quả rà soát trước ngày 15 tháng 12 năm 2026.",
        "2. Các sở, ban, ngành công khai thủ tục hành chính theo quy định.",
    )
)  # fmt: skip


def plain(name: str) -> str:
    """Return the name of a package as an index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(root: str = "kycuong") -> set[str]:
    """Return the packages that an installed one needs to run here, by their plain names, itself left out."""
    from packaging.markers import Marker

    waiting, done = [(root, frozenset[str]())], set[tuple[str, frozenset[str]]]()
    while waiting:
        name, extras = waiting.pop()
        if (plain(name), extras) in done:
            continue
        done.add((plain(name), extras))
        for line in distribution(name).requires or []:
            found = REQUIREMENT.match(line)
            assert found, line
            marker = Marker(found[3]) if found[3] else None
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in {"", *extras}):
                more = frozenset(part.strip() for part in (found[2] or "").split(",") if part.strip())
                waiting.append((found[1], more))
    return {name for name, _ in done} - {plain(root)}


def blocks(lock: str) -> dict[str, str]:
    """Return the entry of each package in the lock file, with its hashes, by its plain name."""
    found: dict[str, str] = {}
    for entry in re.split(r"(?m)^(?=[A-Za-z0-9])", lock):
        if entry.strip():
            name = re.match(r"[A-Za-z0-9._-]+", entry)
            assert name, entry
            found[plain(name[0])] = found.get(plain(name[0]), "") + entry
    return found


def runtime(lock: str, names: set[str]) -> str:
    """Return the part of the lock file that the product needs to run; raise KeyError for a package that it does not know."""
    known = blocks(lock)
    return "".join(known[name] for name in sorted(names))


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(to: Path) -> Path:
    """Write the bundle and its checksum into a folder, and return it."""
    version = re.search(r'(?m)^version = "(.+)"', (TOP / "pyproject.toml").read_text("utf-8"))
    assert version
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    name = f"kycuong-{version[1]}-py{python.replace('.', '')}-{sysconfig.get_platform().replace('-', '_')}"
    with tempfile.TemporaryDirectory(prefix="kycuong-bundle-") as place:
        inside = Path(place) / name
        (inside / "wheels").mkdir(parents=True)
        (inside / "runtime.lock").write_text(runtime((TOP / "requirements.lock").read_text("utf-8"), needed()), "utf-8")
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
        load = ["download", "--only-binary", ":all:", "--require-hashes", "-r", inside / "runtime.lock"]
        subprocess.run([*pip, *load, "--dest", inside / "wheels"], check=True)
        subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", inside / "wheels", TOP], check=True)
        (inside / "install.sh").write_text(INSTALL.replace("@PYTHON@", python), "utf-8")
        for part in ("LICENSE", "verifier", "docs/trien-khai", "docs/huong-dan", "docs/settings.md", "docs/cli.md"):
            source, target = TOP / part, inside / Path(part).name
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, target)  # type: ignore[operator]
        files = sorted(path for path in inside.rglob("*") if path.is_file())
        sums = "".join(f"{digest(path)}  {path.relative_to(inside)}\n" for path in files)
        (inside / "SHA256SUMS").write_text(sums, "utf-8")
        to.mkdir(parents=True, exist_ok=True)
        bundle = to / f"{name}.tar.gz"
        with tarfile.open(bundle, "w:gz", compresslevel=1) as tar:  # wheels are packed already
            tar.add(inside, name)
    (to / f"{bundle.name}.sha256").write_text(f"{digest(bundle)}  {bundle.name}\n", "utf-8")
    return bundle


def check(bundle: Path) -> None:
    """Install a bundle in an empty folder with the network cut off, make an instance, and let it answer."""
    alone = ["unshare", "--net", "--map-root-user"] if shutil.which("unshare") else []
    if not alone:
        print("SKIPPED ALOUD: no unshare: installed beside a network, which pip is told not to use", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="kycuong-installed-") as place:
        home = Path(place)
        with tarfile.open(bundle) as tar:
            tar.extractall(home, filter="data")
        inside = next(home.glob("kycuong-*"))
        environment = {"PATH": os.environ["PATH"], "HOME": place, "PYTHON": sys.executable, "LC_ALL": "C.UTF-8"}
        environment |= {"KYCUONG_HOME": place, "KYCUONG_DATABASE": f"sqlite:///{home / 'instance.sqlite3'}"}
        subprocess.run([*alone, "sh", inside / "install.sh", home / "app"], env=environment, cwd=place, check=True)
        page = home / "cong-van.html"
        page.write_text(f"<html><body><article>{PAPER}</article></body></html>", "utf-8")
        for words in (
            ["migrate"],
            ["when", "trước ngày 25 hằng tháng", "--json"],
            ["read", page, "--json"],
            ["audit", "verify"],
        ):
            subprocess.run([*alone, home / "app" / "bin" / "kycuong", *words], env=environment, cwd=place, check=True)
    print("installed and asked without a network")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=TOP / "dist", help="the folder for the bundle (dist)")
    parser.add_argument("--check", action="store_true", help="install it elsewhere with the network cut off")
    options = parser.parse_args()
    bundle = pack(options.to)
    print(f"{bundle} ({bundle.stat().st_size / 2**20:.0f} MiB)")
    if options.check:
        check(bundle)
    return 0


if __name__ == "__main__":
    sys.exit(main())
