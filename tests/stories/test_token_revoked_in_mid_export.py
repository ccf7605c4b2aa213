"""A token is revoked in mid-export: the stream breaks off at the next chunk, and nobody takes what came for the whole."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from tests import make

from kycuong.api import files
from kycuong.core.tokens import Right
from kycuong.models import AuditEntry
from kycuong.services import clocks, exports, tokens

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(settings: Any, tmp_path: Any) -> tokens.Made:
    settings.FILES_DIR, settings.EXPORTS_DIR = tmp_path / "files", tmp_path / "exports"
    make.province()
    clocks.start(at=make.at(make.MONDAY), real=datetime.now(UTC))
    return tokens.make(
        actor=make.who("quantri"), at=make.at(make.MONDAY), system="Kho dữ liệu", login="quantri", rights=[Right.EXPORT], days=30,
    )  # fmt: skip


def test_the_stream_of_duties_breaks_off(token: tokens.Made, monkeypatch: Any) -> None:
    monkeypatch.setattr(files, "PAGE", 2)
    made = tokens.make(
        actor=make.who("quantri"),
        at=make.at(make.MONDAY),
        system="Kho",
        login="chanhvp",
        rights=[Right.EXPORT],
        days=30,
    )
    for _ in range(5):
        make.issued()
    ask = {"headers": {"Authorization": f"Bearer {made.text}"}}
    whole = b"".join(Client().get("/api/v1/exports/duties", **ask)).decode().splitlines()
    assert json.loads(whole[-1]) == {"count": 5}
    assert len(whole) == 6

    stream = iter(Client().get("/api/v1/exports/duties", **ask))
    assert len(next(stream).decode().splitlines()) == 2
    tokens.revoke(actor=make.who("quantri"), at=make.at("2026-11-02 08:01"), token=made.public_id)
    with pytest.raises(files.Stopped):
        next(stream)
    assert Client().get("/api/v1/exports/duties", **ask).status_code == 401
    assert AuditEntry.objects.filter(act="revoke_token").count() == 1


def test_the_download_of_the_complete_export_breaks_off(token: tokens.Made, monkeypatch: Any) -> None:
    monkeypatch.setattr(files, "CHUNK", 1024)
    make.issued()
    ask = {"headers": {"Authorization": f"Bearer {token.text}"}}
    run = Client().post("/api/v1/exports", {"form": "jsonl"}, content_type="application/json", **ask).json()["id"]
    exports.work_waiting(make.at("2026-11-02 08:00"))
    answer = Client().get(f"/api/v1/exports/{run}/archive", **ask)
    stream = iter(answer)
    taken = len(next(stream))
    tokens.revoke(actor=make.who("quantri"), at=make.at("2026-11-02 08:01"), token=token.public_id)
    with pytest.raises(files.Stopped):
        next(stream)
    assert taken == 1024 < int(answer.headers["Content-Length"])
