"""A small province, and systems that ask for somebody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from tests import make

from kycuong.core.tokens import Right
from kycuong.services import clocks, tokens

ALL = [right.value for right in Right]


@pytest.fixture(autouse=True)
def province(db: None, settings: Any, tmp_path: Path) -> None:
    """Load the small province; it is the Monday on which most acts happen."""
    settings.FILES_DIR, settings.EXPORTS_DIR = tmp_path / "files", tmp_path / "exports"
    make.province()
    clocks.start(at=make.at(make.MONDAY), real=datetime.now(UTC))


@dataclass
class System:
    """Another system with its token."""

    token: str
    id: Any

    def ask(self, method: str, address: str, body: Any = None, **headers: str) -> HttpResponse:
        """Send one request; `headers` are written with underscores."""
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        sent: dict[str, Any] = {"headers": {"Authorization": f"Bearer {self.token}", **more}}
        if body is not None:
            files = isinstance(body, dict) and any(hasattr(value, "read") for value in body.values())
            sent |= {"data": body} if files else {"data": body, "content_type": "application/json"}
        return getattr(Client(), method.lower())(f"/api/v1{address}", **sent)


@pytest.fixture
def system(province: None) -> Callable[..., System]:
    """Return a maker of systems: as whom, with which rights."""

    def made(login: str, *rights: str, days: int = 30) -> System:
        given = tokens.make(
            actor=make.who("quantri"), at=make.at(make.MONDAY), system="Trục liên thông", login=login,
            rights=list(rights or ALL), days=days,
        )  # fmt: skip
        return System(given.text, given.public_id)

    return made
