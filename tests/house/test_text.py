"""What every text file of the project must keep: one Unicode form, one spelling, nothing of somebody's machine."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from house.project import SRC, TOP, modules, relative, texts

#: Written apart so that this file does not find itself.
MACHINE = re.compile(
    "|".join(["/" + "root/", "/" + "home/[a-z]", "/" + "Users/", r"[A-Z]:\\" + "Users", "/" + "work/"])
)
HOST = re.compile(r"--(extra-)?" + r"index-url|registry *= *http|^https?://[^ ]*/simple/?", re.MULTILINE)
LATER = re.compile(r"(#|//|<!--|\{#)\s*(TO" + "DO|FIX" + "ME|X" + r"XX)\b")
#: The tone mark on the y: `uỷ`, `Uỷ`, and `quý` is another word.
OLD_SPELLING = re.compile("[uU]" + "\N{LATIN SMALL LETTER Y WITH HOOK ABOVE}" + r"(?!\w)")
VENDORED = SRC / "static" / "vendor"


def lines(found: list[tuple[Path, str]]) -> str:
    return "\n".join(f"{relative(path)}: {what}" for path, what in found)


def ours() -> list[tuple[Path, str]]:
    return [(path, text) for path, text in texts() if VENDORED not in path.parents]


def test_every_text_is_nfc() -> None:
    found = [(path, "not NFC") for path, text in ours() if not unicodedata.is_normalized("NFC", text)]
    assert not found, lines(found)


def test_interface_text_writes_uy_with_the_mark_on_u() -> None:
    """Interface text and documentation; the reader's own rules must know both spellings, since documents use both."""
    found = []
    for path, text in ours():
        shown = path.suffix in {".html", ".po", ".md", ".txt"} or (SRC in path.parents and "reader" not in path.parts)
        found += [(path, text[max(0, m.start() - 20) : m.end() + 10]) for m in OLD_SPELLING.finditer(text) if shown]
    assert not found, lines(found)


def test_no_machine_path_and_no_package_host() -> None:
    found = []
    for path, text in ours():
        if path.name != "requirements.lock":
            found += [(path, match.group()) for match in MACHINE.finditer(text)]
        found += [(path, match.group()) for match in HOST.finditer(text)]
    assert not found, lines(found)


def test_nothing_is_left_for_later() -> None:
    found = [(path, match.group()) for path, text in ours() for match in LATER.finditer(text)]
    assert not found, lines(found)


def test_the_lock_has_a_hash_for_every_package() -> None:
    lock = (TOP / "requirements.lock").read_text("utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", lock.strip())
    assert len(blocks) > 30
    assert not [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block]


def test_private_words_of_vietnamese_states_are_not_reinvented() -> None:
    """`nghĩa vụ` is another word than `nhiệm vụ`: interface text never uses it for a duty."""
    found = [
        (module.path, "nghĩa vụ") for module in modules() if module.floor != "reader" and "nghĩa vụ" in module.text
    ]
    found += [
        (path, "nghĩa vụ") for path, text in ours() if path.suffix in {".html", ".po"} and "nghĩa vụ" in text.lower()
    ]
    assert not found, lines(found)
