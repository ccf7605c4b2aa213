"""Bring the English catalogue up to date: every Vietnamese sentence that a page can show, whichever floor it comes from.

python scripts/catalogue.py            add what is new, drop what is gone, compile, name what has no English yet
python scripts/catalogue.py --check    change nothing; fail when the catalogue is not whole
"""

from __future__ import annotations

import ast
import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

TOP = Path(__file__).resolve().parent.parent
SRC = TOP / "src" / "kycuong"
FOLDER = SRC / "locale" / "en" / "LC_MESSAGES"
KEYWORDS = dict.fromkeys(("_", "gettext", "gettext_lazy")) | dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2))
VIETNAMESE = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE)
#: What is written in Vietnamese whoever reads it: papers, exported tables, the names and bases of rules, the words of the reader.
VIETNAMESE_ONLY = (
    "demo/",
    "migrations/",
    "core/seed_calendar/",
    "core/rules_text.py",
    "core/folding.py",
    "core/addressees.py",
)
VIETNAMESE_ONLY += (
    "services/chasing/wording.py",
    "services/accountability.py",
    "core/abbreviations.py",
    "core/dictionary.py",
    "services/exports/dictionary.py",
    "core/takeovers.py",
    "core/programme_table.py",
    "core/competence_table.py",
    "core/imports.py",
    "core/limits/parse.py",
    "queries/annexes.py",
    "core/letters.py",
    "services/papers/",
    "services/reports/",
    "services/workbooks/periods.py",
    "services/workbooks/signs.py",
    "services/workbooks/processes.py",
    "core/reports.py",
    "cli/",
)
#: Names of constants that hold words to recognise or to print on papers, not sentences that a page shows.
NOT_SHOWN = re.compile(
    r"^(_.*|.*BASIS|.*_RE|FOLLOWING|HIERARCHY|ONE_LEAD|SUCCESSION|TAKING_BACK|TAKE_OVER|CORRECTING|COUNTED|DEFAULT_DOCUMENT|.*ALIASES|.*SYNONYMS)$"
)

Message = str | tuple[str, str]


def of_templates() -> Iterator[Message]:
    """Yield what the templates say."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kycuong.settings")
    import django
    from django.utils.translation.template import templatize

    django.setup()
    for path in sorted((SRC / "templates").rglob("*.html")):
        yield from _extracted(templatize(path.read_text("utf-8"), str(path)).encode())


def of_code() -> Iterator[Message]:
    """Yield what code marks with gettext, and the sentences and labels of the floors that know no language."""
    for path in sorted(SRC.rglob("*.py")):
        name, data = path.relative_to(SRC).as_posix(), path.read_bytes()
        yield from _extracted(data)
        if not name.startswith((*VIETNAMESE_ONLY, "web/")):
            yield from _shown(ast.parse(data), reader=name.startswith("reader/"))


def _extracted(data: bytes) -> Iterator[Message]:
    for _, message, _, _ in extract("python", io.BytesIO(data), KEYWORDS):
        yield message if isinstance(message, str) else (str(message[0]), str(message[1]))


def _shown(tree: ast.Module, *, reader: bool) -> Iterator[str]:
    """Yield the patterns of sentences, the labels of lifecycles and choices, and the tables of words of a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = {"Sentence": 0, "Row": 1, "Unreadable": 1, "Secret": 1}.get(node.func.id)
            if place is not None and len(node.args) > place:
                yield from _strings(node.args[place])
        if not reader and isinstance(node, ast.ClassDef) and any("Choices" in ast.unparse(base) for base in node.bases):
            yield from (text for line in node.body if isinstance(line, ast.Assign) for text in _strings(line.value))
    for line in tree.body if not reader else ():
        target = (
            line.targets[0]
            if isinstance(line, ast.Assign)
            else line.target
            if isinstance(line, ast.AnnAssign)
            else None
        )
        if isinstance(target, ast.Name) and target.id.isupper() and not NOT_SHOWN.match(target.id) and line.value:
            yield from _strings(line.value)


def _strings(node: ast.AST) -> Iterator[str]:
    """Yield the Vietnamese string constants in an expression; a name of a basis inside it is left out."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and VIETNAMESE.search(node.value):
        yield node.value
    if isinstance(node, ast.JoinedStr):  # a sentence glued together cannot be translated: make it a Sentence
        return
    for child in ast.iter_child_nodes(node):
        yield from _strings(child)


def wanted() -> dict[str, Message]:
    """Return every message of the product by its first form."""
    found: dict[str, Message] = {}
    for message in [*of_templates(), *of_code()]:
        key = message if isinstance(message, str) else message[0]
        if key.strip() and (key not in found or isinstance(message, tuple)):
            found[key] = message
    return found


def merged(old: Catalog, messages: dict[str, Message]) -> Catalog:
    """Return the catalogue of these messages with the English that is known."""
    new = Catalog(
        locale="en",
        project="Kỷ Cương",
        header_comment="# English catalogue of Kỷ Cương; Vietnamese is the source language.",
    )
    new.creation_date = new.revision_date = old.creation_date
    new.last_translator, new.language_team = "The Kỷ Cương authors", "English"
    for key, message in messages.items():
        before = old.get(key)
        english = before.string if before else ""
        if isinstance(message, tuple) and isinstance(english, str):
            english = (english, english)
        if isinstance(message, str) and not isinstance(english, str):
            english = english[-1]
        new.add(
            message, english, flags=["python-format"] if "%(" in key else ["python-brace-format"] if "{" in key else ()
        )
    return new


def missing(catalogue: Catalog) -> list[str]:
    """Return the messages without English, and those whose English lost or invented a value."""
    return [
        str(one.id)
        for one in catalogue
        if one.id and (not all(_forms(one.string)) or _values(one.id) != _values(one.string))
    ]


def _forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _values(text: str | tuple[str, ...]) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w+[^}]*\}", " ".join(_forms(text))))


def main(words: list[str]) -> int:
    """Write or check the catalogue; return 1 when a sentence has no English."""
    with (FOLDER / "django.po").open("rb") as file:
        old = read_po(file, locale="en")
    messages = wanted()
    new = merged(old, messages)
    lacking = missing(new)
    if "--check" not in words:
        with (FOLDER / "django.po").open("wb") as file:
            write_po(file, new, width=120, sort_output=True, no_location=True)
        with (FOLDER / "django.mo").open("wb") as file:
            write_mo(file, new)
    for text in lacking:
        print(f"no English, or other values: {text}")
    gone = [str(one.id) for one in old if one.id and (one.id if isinstance(one.id, str) else one.id[0]) not in messages]
    if "--check" in words and gone:
        print("\n".join(f"nobody says any more: {text}" for text in gone))
    print(f"{len(messages)} messages, {len(lacking)} without English")
    return 1 if lacking or (gone and "--check" in words) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
