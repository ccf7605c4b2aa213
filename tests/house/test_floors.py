"""What import-linter cannot say about the floors: the standard library, writes, the clock, sizes, names of files."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

import pytest

from house.project import SRC, Module, imported, modules, relative, texts

DOORS = {"web", "api", "cli", "jobs", "demo"}
WRITES = {"save", "update", "delete", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITES |= {"asave", "aupdate", "adelete", "acreate", "executemany"}
#: Receivers whose `.update`, `.delete` or `.create` is not a table's: digests, dictionaries, sessions, files.
HARMLESS = {"hashlib", "digest", "hasher", "sha256", "session", "headers", "environ", "os.environ", "context", "kwargs"}
CLOCK = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "timezone.localtime",
    "timezone.localdate", "time.time", "datetime.datetime.now", "datetime.date.today", "now", "localdate",
}  # fmt: skip
#: Django asks its store of sessions without saying what time it is; one that has ended must not be read again.
UNTOLD = {"services/session_store.py"}
FORBIDDEN_NAMES = {"utils", "util", "common", "helpers", "helper", "misc", "base", "tools"}
FILE_LINES, FUNCTION_LINES = 400, 50


def calls(module: Module) -> Iterator[tuple[ast.Call, str]]:
    """Yield every call with the dotted text of what is called."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def test_core_needs_only_the_standard_library() -> None:
    allowed = sys.stdlib_module_names | {"kycuong"}
    found = [
        f"{module.name}: {name}"
        for module in modules()
        if module.floor == "core"
        for name in imported(module)
        if name.split(".")[0] not in allowed or (name.startswith("kycuong.") and not name.startswith("kycuong.core"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("floor", ["core", "reader"])
def test_no_django_and_no_database_below_the_tables(floor: str) -> None:
    banned = {
        "django",
        "psycopg",
        "sqlite3",
        "kycuong.models",
        "kycuong.services",
        "kycuong.queries",
        "kycuong.settings",
    }
    found = [
        f"{module.name}: {name}"
        for module in modules()
        if module.floor == floor
        for name in imported(module)
        if any(name == ban or name.startswith(ban + ".") for ban in banned)
    ]
    assert not found, "\n".join(found)


def test_only_services_write() -> None:
    """In rooms that can reach a table, a call named like a write is one, unless its receiver is harmless."""
    found = []
    for module in modules():
        touches = any(name.startswith(("django.db", "kycuong.models")) for name in imported(module))
        if module.floor == "services" or not (touches or module.floor in DOORS | {"queries", "models"}):
            continue
        for node, name in calls(module):
            receiver, _, method = name.rpartition(".")
            if method == "save" and node.args:  # a paper saved to a path; a record is saved without arguments
                continue
            known = {receiver, receiver.rpartition(".")[2], receiver.partition("(")[0]}
            if method in WRITES and receiver and not HARMLESS & known and not is_plain_update(module, node, receiver):
                found.append(f"{module.at(node)} {name}")
    assert not found, "only services write (docs/house.md):\n" + "\n".join(found)


def is_plain_update(module: Module, node: ast.Call, receiver: str) -> bool:
    """Tell whether the receiver is a dict, a set or a digest made in the same module."""
    if isinstance(node.func, ast.Attribute) and node.func.attr != "update":
        return False
    for other in ast.walk(module.tree):
        targets = (
            other.targets
            if isinstance(other, ast.Assign)
            else [other.target]
            if isinstance(other, ast.AnnAssign)
            else []
        )
        if any(ast.unparse(target) == receiver for target in targets):
            value = getattr(other, "value", None)
            if isinstance(value, ast.Dict | ast.Set | ast.DictComp | ast.SetComp):
                return True
            made = ast.unparse(value.func) if isinstance(value, ast.Call) else ""
            if made in {"dict", "set", "Counter", "defaultdict"} or made.startswith("hashlib."):
                return True
    return False


def stamps(module: Module) -> set[ast.AST]:
    """Return the values of `recorded_at`: the machine's own time beside the act's, which shows backdating."""
    found: set[ast.AST] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.keyword) and node.arg == "recorded_at":
            found.add(node.value)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in {"recorded", "recorded_at"}:
            found.add(node.value)
    return found


def test_only_doors_read_the_clock() -> None:
    found = [
        f"{module.at(node)} {name}"
        for module in modules()
        if module.floor not in DOORS
        for node, name in calls(module)
        if name in CLOCK and node not in stamps(module) and module.at(node).partition(":")[0] not in UNTOLD
    ]
    assert not found, "take `at` or `on` as an argument (docs/house.md):\n" + "\n".join(found)


def test_files_and_functions_stay_readable() -> None:
    found = []
    for module in modules():
        length = module.text.count("\n")
        if length > FILE_LINES:
            found.append(f"{module.name}: {length} lines; make it a package of the same name")
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    found.append(f"{module.at(node)} {node.name}: {length} lines")
    assert not found, "\n".join(found)


def test_tests_and_scripts_stay_readable_too() -> None:
    found = [
        f"{relative(path)}: {text.count(chr(10))} lines"
        for path, text in texts()
        if path.suffix == ".py" and SRC not in path.parents and text.count("\n") > FILE_LINES
    ]
    assert not found, "\n".join(found)


def test_no_module_is_a_drawer_for_everything() -> None:
    found = [module.name for module in modules() if module.path.stem in FORBIDDEN_NAMES]
    assert not found, "name the module after its subject: " + ", ".join(found)


def test_tables_have_no_rule() -> None:
    """Models: no custom save or delete, no default ordering, no signal (docs/house.md)."""
    found = []
    for module in modules():
        if module.floor != "models":
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete", "clean", "full_clean"}:
                found.append(f"{module.at(node)} {node.name}")
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ordering":
                found.append(f"{module.at(node)} ordering")
    assert not found, "\n".join(found)
