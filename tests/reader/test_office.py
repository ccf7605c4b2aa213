"""Old Word, RTF and OpenDocument, through LibreOffice where it is."""

from __future__ import annotations

import pytest

from kycuong.reader import Deferred, Unreadable, office, read_bytes

RTF = (
    b"{\\rtf1\\ansi\\ansicpg1252 {\\fonttbl{\\f0 Times New Roman;}}\\f0 Giao S\\u7903? Y t\\u7871? b\\u225?o c\\u225?o "
    b"tr\\u432?\\u7899?c ng\\u224?y 30/6/2026.\\par}"
)


def test_an_old_format_is_converted() -> None:
    if office.program() is None:
        pytest.skip("no LibreOffice on this machine (apt install libreoffice-writer)")
    reading = read_bytes(RTF, "a.rtf", patient=True)
    assert reading.media_type == "application/rtf"
    assert reading.text.strip() == "Giao Sở Y tế báo cáo trước ngày 30/6/2026."
    assert len(reading.orders) == 1


def test_who_cannot_wait_is_told() -> None:
    with pytest.raises(Deferred) as caught:
        read_bytes(RTF, "a.rtf")
    assert caught.value.code == "needs_office"


def test_without_libreoffice_it_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    with pytest.raises(Unreadable) as caught:
        read_bytes(RTF, "a.rtf", patient=True)
    assert caught.value.code == "no_office"
    assert "LibreOffice" in caught.value.message_vi


def test_a_program_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(office, "SECONDS", 0.2)
    with pytest.raises(Unreadable) as caught:
        office._run(["sleep", "30"], "a.doc")
    assert caught.value.code == "office_slow"
