"""Which acts of the services a door reaches: read from its code, so that a door that is added is seen by itself."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType

import kycuong

SRC = Path(kycuong.__file__).parent
SERVICES = "kycuong.services"


@cache
def acts(folder: str) -> frozenset[str]:
    """Return the acts that the modules of a door name, such as `periods.close`: functions of services told who acts or when."""
    return frozenset(name for path in sorted((SRC / folder).rglob("*.py")) for name in _of_module(path))


def _of_module(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    modules: dict[str, ModuleType] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(SERVICES):
            for one in node.names:
                found = _imported(node.module or "", one.name)
                if isinstance(found, ModuleType):
                    modules[one.asname or one.name] = found
                elif isinstance(found, FunctionType) and _is_act(found):
                    yield name_of(found)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            found = getattr(modules[node.value.id], node.attr, None)
            if isinstance(found, FunctionType) and _is_act(found):
                yield name_of(found)


def _imported(module: str, name: str) -> object:
    found = getattr(importlib.import_module(module), name, None)
    return importlib.import_module(f"{module}.{name}") if found is None else found


def _is_act(function: FunctionType) -> bool:
    """Return whether a function does something in somebody's name or at some time; what only reads or shapes is none."""
    return bool({"actor", "at", "officer_id"} & set(inspect.signature(function).parameters))


def name_of(function: FunctionType) -> str:
    """Return a function by its room and name: `tasks.send`, wherever in the room it is written."""
    return f"{function.__module__.removeprefix(f'{SERVICES}.').partition('.')[0]}.{function.__name__}"
