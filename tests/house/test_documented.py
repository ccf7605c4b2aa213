"""What is offered is documented: settings, verbs, rules, vendored files, decisions."""

from __future__ import annotations

import ast
import hashlib
import re
from pathlib import Path

import pytest

from house.project import SRC, TOP, modules, relative

DOCS = TOP / "docs"
VENDORED = SRC / "static" / "vendor"


def settings_read() -> set[str]:
    """Return every KYCUONG_ name that the product reads, by a typed reader or straight from the environment."""
    found: set[str] = set()
    for module in modules():
        for node in ast.walk(module.tree):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                continue
            name, value = ast.unparse(node.func).rpartition(".")[2], node.args[0].value
            if module.name == "settings.py" and name in {"text", "flag", "number"}:
                found.add(f"KYCUONG_{value}")
            elif isinstance(value, str) and re.fullmatch("KYCUONG_[A-Z_]+", value):
                found.add(value)
    return found


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    told = set(re.findall(r"^\| `(KYCUONG_[A-Z_]+)` \|", (DOCS / "settings.md").read_text("utf-8"), re.MULTILINE))
    assert settings_read() - told == set(), "add to docs/settings.md"
    assert told - settings_read() == set(), "docs/settings.md names a setting that nothing reads"


def test_only_settings_read_the_environment() -> None:
    found = [
        module.at(node)
        for module in modules()
        if module.name not in {"settings.py", "wsgi.py", "cli/_django.py"} and module.floor not in {"cli", "demo"}
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"os.environ", "os.getenv"}
    ]
    assert not found, "\n".join(found)


def test_every_verb_is_documented_and_has_its_module() -> None:
    from kycuong.cli import VERBS

    told = (DOCS / "cli.md").read_text("utf-8")
    for verb in VERBS:
        assert f"## `kycuong {verb}`" in told, f"run make docs: {verb}"


def test_vendored_files_carry_licence_and_checksum() -> None:
    if not VENDORED.is_dir():
        pytest.skip("no vendored files yet (src/kycuong/static/vendor)")
    sums = VENDORED / "SHA256SUMS"
    assert sums.is_file(), "list every vendored file in SHA256SUMS (sha256sum)"
    listed = dict(reversed(line.split(maxsplit=1)) for line in sums.read_text("utf-8").splitlines() if line)
    listed = {name.lstrip("*./"): digest for name, digest in listed.items()}
    wrong = []
    for path in sorted(VENDORED.rglob("*")):
        if not path.is_file() or path == sums:
            continue
        if hashlib.sha256(path.read_bytes()).hexdigest() != listed.get(path.relative_to(VENDORED).as_posix()):
            wrong.append(relative(path))
    assert not wrong, "not in SHA256SUMS, or changed since: " + ", ".join(wrong)
    assert has_licence(VENDORED), "every vendored file stands beside the text of its licence"


def has_licence(folder: Path) -> bool:
    """Tell whether every folder with files has a licence text, in itself or above it."""
    folders = {path.parent for path in folder.rglob("*") if path.is_file()}
    return all(
        any(list(place.glob("*LICEN[CS]E*")) or list(place.glob("OFL*")) for place in [leaf, *leaf.parents])
        for leaf in folders
    )


def test_fonts_stand_beside_their_licence() -> None:
    fonts = [path for path in (SRC / "static").rglob("*.woff2") if path.is_file()]
    assert all(list(path.parent.glob("OFL*")) or list(path.parent.glob("*LICEN*")) for path in fonts)


def test_links_between_pages_lead_somewhere() -> None:
    broken = []
    for page in sorted([*TOP.glob("*.md"), *DOCS.rglob("*.md")]):
        text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
            if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists():
                broken.append(f"{relative(page)}: {target}")
    assert not broken, "\n".join(broken)


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (DOCS / "adr").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
