"""The disk is full: nothing is half written, the person hears it in a sentence, and it goes on when there is room again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from tests import make

from kycuong.core.errors import Invalid
from kycuong.models import Document
from kycuong.services import audit, files
from stories.doors import Services, Web

pytestmark = pytest.mark.django_db

SAID = "Chưa lưu được tệp do lỗi ổ đĩa. Việc chưa được ghi nhận; thử lại hoặc báo Quản trị."


@contextmanager
def full(where: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Refuse to write bytes, or the last row of the act, as a full disk does."""

    def no_room(*args: object, **kwargs: object) -> None:
        if where == "files":
            raise OSError(28, "No space left on device")
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(*((files, "_write") if where == "files" else (audit, "record")), no_room)
        yield


def register(browser: Client | None) -> str:
    """Register a paper, by the page when there is a browser; return the refusal, empty when it was taken in."""
    name, data = make.paper()
    if browser:
        answer = browser.post(reverse("upload"), {"file": SimpleUploadedFile(name, data)})
        return "" if answer.status_code == 302 else answer.content.decode()
    try:
        make.upload((name, data))
    except Invalid as refusal:
        return refusal.message
    return ""


@pytest.mark.parametrize("where", ["files", "database"])
def test_nothing_is_half_and_it_goes_on_later(
    door: Services | Web, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.province()
    browser = door.person("vanthu", make.MONDAY) if isinstance(door, Web) else None
    before = {name: rows for name, rows in make.picture().items() if name != "files"}
    with full(where, monkeypatch):
        assert SAID in register(browser)
    after = {name: rows for name, rows in make.picture().items() if name != "files"}
    assert after == before
    assert register(browser) == ""
    assert Document.objects.get().arrival_no == 1
