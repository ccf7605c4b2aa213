"""A day typed at the command line that no calendar or register has is refused in one sentence."""

from __future__ import annotations

import pytest

from kycuong.cli import chase, remind, report, transfers

ONE = "11111111-1111-4111-8111-111111111111"


@pytest.mark.parametrize(
    ("verb", "words"),
    [
        (transfers, ["facts", "--by", "chanhvp", "--since", "0001-01-01"]),
        (transfers, ["facts", "--by", "chanhvp", "--until", "9999-12-31"]),
        (remind, ["preview", "--by", "chanhvp", "--on", "2026-02-30"]),
        (report, ["build", ONE, "2026-13-01", ONE, "--by", "gdsxd", "--to", "a.docx"]),
        (chase, ["record", ONE, "a.pdf", "--by", "chanhvp", "--signed-on", "202-11-01"]),
    ],
)
def test_a_day_that_nobody_can_mean_is_said(verb: object, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        verb.main(words)  # type: ignore[attr-defined]
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "2026-12-01" in said or "2000–2100" in said
    assert "Traceback" not in said
