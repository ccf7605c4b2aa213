"""The page for people who write against the API: every operation, rendered here, without a script and without another's site."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kycuong.api.gate import SUBJECTS, description


@require_GET
def reference(request: HttpRequest) -> HttpResponse:
    """Show every operation with its parameters and its body, by subject."""
    return render(request, "api/reference.html", {"rooms": rooms()})


def rooms() -> list[dict[str, Any]]:
    """Return the operations by subject, in the order of the description."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path, operations in description()["paths"].items():
        for method, one in operations.items():
            found.setdefault(one["tags"][0], []).append(_shown(path, method, one))
    return [{"name": name, "title": SUBJECTS[name], "operations": operations} for name, operations in found.items()]


def _shown(path: str, method: str, one: dict[str, Any]) -> dict[str, Any]:
    content = one.get("requestBody", {}).get("content", {})
    bodies = [(kind, _fields(told["schema"])) for kind, told in content.items()]
    return {
        "id": one["operationId"], "method": method.upper(), "path": path, "summary": one["summary"],
        "english": one["x-summary-en"],
        "told": one.get("description", ""), "parameters": one.get("parameters", []), "bodies": bodies,
    }  # fmt: skip


def _fields(schema: dict[str, Any]) -> list[dict[str, Any]]:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    shape = description()["components"]["schemas"][name] if name else schema
    needed = shape.get("required", [])
    return [
        {"name": field, "needed": field in needed, "type": _kind(told)}
        for field, told in shape.get("properties", {}).items()
    ]


def _kind(told: dict[str, Any]) -> str:
    if "enum" in told:
        return " | ".join(map(str, told["enum"]))
    kinds = [_kind(one) for one in told.get("anyOf", [])]
    if kinds:
        return " | ".join(kind for kind in kinds if kind)
    return str(told.get("format") or told.get("type") or str(told.get("$ref", "")).rpartition("/")[2])
