"""What the house tests look at: the files of the project, read once. They import no Django and start no database."""

from __future__ import annotations

import ast
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent.parent
SRC = TOP / "src" / "kycuong"
NOT_OURS = {".git", ".venv", "var", "dist", "__pycache__", ".mypy_cache", ".ruff_cache", ".hypothesis", "node_modules"}
TEXT = {
    ".py", ".md", ".txt", ".html", ".css", ".js", ".json", ".toml", ".yaml", ".yml", ".po", ".csv", ".sh", ".svg",
    ".lock",
}  # fmt: skip


@cache
def files() -> tuple[Path, ...]:
    """Return every file of the project: what git tracks or would track; all but the ignored folders without git."""
    names: list[str] = []
    if shutil.which("git") and (TOP / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        done = subprocess.run(command, cwd=TOP, capture_output=True, check=False)
        names = [name for name in done.stdout.decode().split("\0") if name]
    if names:
        found = [TOP / name for name in names]
    else:
        found = [path for path in TOP.rglob("*") if not NOT_OURS & set(path.relative_to(TOP).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


@cache
def texts() -> tuple[tuple[Path, str], ...]:
    """Return every text file of the project with its text."""
    named = {"Makefile", "run", "LICENSE"}
    return tuple((path, path.read_text("utf-8")) for path in files() if path.suffix in TEXT or path.name in named)


@dataclass(frozen=True)
class Module:
    """One Python file of the product."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Return the path inside src/kycuong, as `services/tasks.py`."""
        return self.path.relative_to(SRC).as_posix()

    @property
    def floor(self) -> str:
        """Return the room: the first folder, or the file's own stem at the top (`jobs`, `settings`)."""
        return Path(self.name).parts[0].removesuffix(".py")

    def at(self, node: ast.AST) -> str:
        """Return where the node stands, as `services/tasks.py:12`."""
        return f"{self.name}:{getattr(node, 'lineno', 0)}"


@cache
def modules() -> tuple[Module, ...]:
    """Return every Python file of the product but migrations, parsed."""
    found = []
    for path, text in texts():
        if path.suffix == ".py" and SRC in path.parents and "migrations" not in path.parts:
            found.append(Module(path, text, ast.parse(text, str(path))))
    return tuple(found)


def relative(path: Path) -> str:
    """Return the path inside the project."""
    return path.relative_to(TOP).as_posix()


def imported(module: Module) -> set[str]:
    """Return the full names of what a module imports, wherever in it the import stands."""
    names: set[str] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names
