"""The glossary is code: names of models, enums and service acts are built from its words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

from house.project import TOP, Module, modules

GLOSSARY = TOP / "docs" / "glossary.md"
#: endings of ordinary grammar, taken off (and an `e` or `y` put back) to find the word itself
ENDINGS = [
    ("ies", "y"),
    ("es", ""),
    ("es", "e"),
    ("s", ""),
    ("ied", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
]


@cache
def words() -> frozenset[str]:
    """Return the English words of the tables and the plain words."""
    tables, _, plain = GLOSSARY.read_text("utf-8").partition("## Plain words")
    rows = re.findall(r"^\| ([a-z ]+) \|", tables, re.MULTILINE)
    paragraphs = plain.split("\n\n")[2:]
    return frozenset(" ".join(rows + paragraphs).split())


def split(name: str) -> list[str]:
    """Return the words of a CamelCase or snake_case name, in lower case."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)]


def known(word: str) -> bool:
    """Tell whether the word, or the word without its grammar, is in the glossary."""
    candidates = {word}
    for ending, instead in ENDINGS:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            candidates |= {stem + instead, (stem + instead)[:-1] if stem[-1:] == stem[-2:-1] else word}
    return bool(candidates & words())


def is_enum(node: ast.ClassDef) -> bool:
    """Tell whether a class is an enum or a set of choices."""
    return any(re.search(r"(Enum|Choices)$", ast.unparse(base)) for base in node.bases)


def names() -> Iterator[tuple[str, str]]:
    """Yield where and which: models, enums on every floor, and the public functions of the services."""
    for module in modules():
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and (module.floor == "models" or is_enum(node)):
                yield module.at(node), node.name
            if is_service(module, node):
                yield module.at(node), node.name  # type: ignore[attr-defined]


def is_service(module: Module, node: ast.stmt) -> bool:
    """Tell whether the statement defines a public act of the services."""
    return module.floor == "services" and isinstance(node, ast.FunctionDef) and not node.name.startswith("_")


def test_names_are_built_from_the_glossary() -> None:
    unknown = [
        f"{where} {name}: {', '.join(word for word in split(name) if not known(word))}"
        for where, name in names()
        if not all(known(word) for word in split(name))
    ]
    assert not unknown, "words that docs/glossary.md does not know (rename, or give the idea its row):\n" + "\n".join(
        unknown
    )


def test_the_glossary_names_each_word_once() -> None:
    rows = re.findall(r"^\| ([a-z ]+) \|", GLOSSARY.read_text("utf-8"), re.MULTILINE)
    assert len(rows) > 100
    assert sorted(rows) == sorted(set(rows)), sorted({row for row in rows if rows.count(row) > 1})
