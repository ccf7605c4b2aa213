"""Templates compute nothing, trust nothing, and obey the content security policy."""

from __future__ import annotations

import re
from pathlib import Path

from house.project import SRC, relative, texts

BANS = {
    r"\|safe\b|\{% *autoescape +off": "text is escaped; markup is made in Python and marked there",
    r"\|(add|divisibleby|length_is|random):": "a template computes nothing: hand over the number",
    r"""\son[a-z]+ *= *["']""": "no inline event handler: the content security policy refuses it",
    r"""\sstyle *= *["']""": "no inline style: the content security policy refuses it",
    r"""(src|href) *= *["'](https?:)?//""": "no file from another host",
    r"\{% *now\b": "the time comes from the door",
}
SCRIPT = re.compile(r"<(script|style)\b(?![^>]*\b(src|nonce)\b)[^>]*>")


def templates() -> list[tuple[Path, str]]:
    return [(path, text) for path, text in texts() if path.suffix == ".html" and SRC / "templates" in path.parents]


def line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def test_templates_do_only_what_templates_may() -> None:
    found = [
        f"{relative(path)}:{line(text, match.start())} {match.group().strip()} -- {why}"
        for path, text in templates()
        for ban, why in BANS.items()
        for match in re.finditer(ban, text)
    ]
    assert not found, "\n".join(found)


def test_a_script_in_a_page_has_a_source_or_a_nonce() -> None:
    found = [
        f"{relative(path)}:{line(text, match.start())} {match.group()}"
        for path, text in templates()
        for match in SCRIPT.finditer(text)
        if 'type="application/json"' not in match.group()
    ]
    assert not found, "\n".join(found)


def test_a_form_that_changes_something_carries_the_token() -> None:
    found = []
    for path, text in templates():
        for match in re.finditer(
            r"<form\b[^>]*method *= *[\"']?post[^>]*>(.*?)</form>", text, re.DOTALL | re.IGNORECASE
        ):
            if "csrf_token" not in match.group(1):
                found.append(f"{relative(path)}:{line(text, match.start())}")
    assert not found, "\n".join(found)


def test_catalogues_are_full() -> None:
    """Every message of the other language is translated, and none is left as a guess."""
    found = []
    for path, text in texts():
        if path.suffix != ".po":
            continue
        for block in re.split(r"\n\s*\n", text)[1:]:
            if re.search(r"^#, .*fuzzy", block, re.MULTILINE) or (
                re.search(r'^msgstr(\[\d\])? ""\s*$', block, re.MULTILINE)
                and not re.search(r'^msgstr(\[\d\])? ""\n"', block, re.MULTILINE)
                and not block.lstrip().startswith("#~")
            ):
                found.append(f"{relative(path)}: {block.strip().splitlines()[-1]}")
    assert not found, "\n".join(found[:30])
