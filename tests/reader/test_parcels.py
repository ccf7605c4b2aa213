"""Mail and archives: their parts, and every way in which they can mean harm."""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kycuong.cli import read as read_verb
from kycuong.reader import Unreadable, is_parcel, main_part, parts_of

PAPER = (Path(__file__).parent / "samples" / "cong_dien.txt").read_bytes()


def mail(
    *files: tuple[str, bytes, str], body: str = "Kính gửi đồng chí, gửi kèm văn bản.\n-- \nVăn phòng"
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@b.vn", "c@d.vn", "Chuyển công điện số 3"
    message.set_content(body)
    for name, data, kind in files:
        message.add_attachment(data, *kind.split("/"), filename=name)
    return message


def packed(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_a_mail_is_its_text_and_its_attachments() -> None:
    inner = mail(("Kế hoạch.txt", b"abc", "text/plain"))
    message = mail(("Công điện số 3.txt", PAPER, "text/plain"), ("logo.png", b"\x89PNG", "image/png"))
    message.add_attachment(inner)
    data = message.as_bytes()
    assert is_parcel(data[:4096], "thu.eml")
    parts = list(parts_of(data, "thu.eml"))
    assert [(p.name, p.role) for p in parts] == [
        ("Chuyển công điện số 3.txt", "body"),
        ("Công điện số 3.txt", "file"),
        ("logo.png", "file"),
        ("Chuyển công điện số 3.eml/Chuyển công điện số 3.txt", "body"),
        ("Chuyển công điện số 3.eml/Kế hoạch.txt", "file"),
    ]
    assert parts[0].load().decode().strip() == "Kính gửi đồng chí, gửi kèm văn bản."
    assert parts[1].load() == PAPER
    assert parts[1].size == len(PAPER)


def test_the_part_most_like_a_paper() -> None:
    assert main_part(parts_of(mail().as_bytes(), "a.eml")).role == "body"  # type: ignore[union-attr]
    parts = parts_of(
        mail(("a.jpg", b"x" * 90_000, "image/jpeg"), ("b.docx", b"x", "application/zip")).as_bytes(), "a.eml"
    )
    assert main_part(parts).name == "b.docx"  # type: ignore[union-attr]
    assert main_part(parts_of(packed({"a.mp3": b"x"}), "a.zip")) is None


def test_kycuong_read_reads_the_paper_in_a_mail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "thu.eml"
    path.write_bytes(mail(("Công điện.txt", PAPER, "text/plain")).as_bytes())
    assert read_verb.main(["--json", str(path)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["code"], told["part"], told["parts"]) == ("03/CĐ-UBND", "Công điện.txt", ["Chuyển công điện số 3.txt"])
    assert read_verb.main([str(path)]) == 0
    assert "Chưa đọc: Chuyển công điện số 3.txt" in capsys.readouterr().out


def test_an_archive_with_folders_and_names_of_every_kind() -> None:
    data = packed(
        {
            "Tháng 5/Công văn 12.txt": PAPER,
            "../../etc/a.txt": b"a",
            "__MACOSX/b": b"",
            "trong.zip": packed({"c.txt": b"c"}),
        }
    )
    assert [p.name for p in parts_of(data, "gói.zip")] == ["Tháng 5/Công văn 12.txt", "etc/a.txt", "trong.zip/c.txt"]
    entry = zipfile.ZipInfo("Quyết định.txt".encode().decode("cp437"))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(entry, b"x")
    raw = stream.getvalue().replace("Quyết định.txt".encode().decode("cp437").encode(), b"?")
    assert raw is not None
    assert next(iter(parts_of(data, "gói.zip"))).load() == PAPER


def nested(depth: int) -> bytes:
    data = packed({"a.txt": b"a"})
    for _ in range(depth):
        data = packed({"b.zip": data})
    return data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (packed({"a.txt": b"0" * 60_000_000}), "zip_bomb"),
        (packed({f"{i}.txt": b"" for i in range(5001)}), "too_many"),
        (nested(4), "nested"),
        (b"PK\x03\x04" + bytes(60), "broken_zip"),
    ],
    ids=["bomb", "many", "nested", "broken"],
)
def test_an_archive_that_means_harm_is_one_sentence(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        list(parts_of(data, "goi.zip"))
    assert caught.value.code == code
    assert caught.value.message_vi.endswith(".")


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=1500),
    st.sampled_from([b"From: a\nSubject: b\nMIME-Version: 1.0\n", b"PK\x03\x04", b"PK\x05\x06"]),
)
def test_no_bytes_break_a_parcel(data: bytes, start: bytes) -> None:
    try:
        for part in parts_of(start + data, "a.eml"):
            part.load()
    except Unreadable as wrong:
        assert wrong.message_vi


def test_word_is_no_archive() -> None:
    assert not is_parcel(packed({"[Content_Types].xml": b"x", "word/document.xml": b"x"})[:4096], "a.bin")
    assert not is_parcel("Từ: một\nĐến: hai".encode(), "a.txt")
