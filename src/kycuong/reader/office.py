"""Have LibreOffice turn old formats (.doc, .rtf, .odt) into .docx, without macros, network or a shared profile."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from kycuong.core.sentences import Sentence
from kycuong.reader.shapes import Unreadable

SECONDS = 120
PROGRAMS = ("soffice", "libreoffice")
#: Written into a fresh profile: no macro runs, nothing is fetched from elsewhere, nobody is asked anything.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def program() -> str | None:
    """Return the path of LibreOffice, or None."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def to_docx(data: bytes, name: str, ending: str) -> bytes:
    """Return a document as .docx; takes seconds. Several may run at once, each with a profile of its own.

    Raises: Unreadable when LibreOffice is missing (`no_office`), takes too long or makes nothing of the file.
    """
    office = program()
    if office is None:
        raise Unreadable(
            "no_office",
            Sentence(
                "Tệp “{name}” là định dạng cũ ({ending}), mà máy chủ chưa cài LibreOffice để chuyển đổi; hãy lưu lại "
                "thành .docx rồi gửi, hoặc nhờ quản trị viên cài LibreOffice.",
                name=name,
                ending=ending,
            ),
        )
    with tempfile.TemporaryDirectory(prefix="kycuong-office-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        profile = place / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        source, made = place / f"paper{ending}", place / "made" / "paper.docx"
        source.write_bytes(data)
        _run([office, *_options(place), "--outdir", str(made.parent), str(source)], name)
        if not made.is_file():
            raise Unreadable(
                "broken_doc",
                Sentence(
                    "Tệp “{name}” hỏng hoặc đặt mật khẩu nên không đọc được; hãy lưu lại thành .docx rồi gửi.",
                    name=name,
                ),
            )
        return made.read_bytes()


def _options(place: Path) -> list[str]:
    profile = (place / "profile").as_uri()
    quiet = [
        "--headless",
        "--invisible",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--nologo",
        "--nofirststartwizard",
    ]
    return [f"-env:UserInstallation={profile}", *quiet, "--convert-to", "docx:MS Word 2007 XML"]


def _run(command: list[str], name: str) -> None:
    """Run LibreOffice; when it takes too long end it and whatever it started."""
    with subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired as wrong:
            raise Unreadable(
                "office_slow",
                Sentence(
                    "Tệp “{name}” chuyển đổi quá {seconds} giây chưa xong; hãy lưu lại thành .docx rồi gửi.",
                    name=name,
                    seconds=SECONDS,
                ),
            ) from wrong
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
