"""Write the generated pages, or with --check say which differ from what the code says now.

    python scripts/docs.py [--check]

docs/api.yaml   every operation of the API, from `kycuong.api` (OpenAPI 3.1)
docs/rules.md   lifecycles, calendar and limit rules, from `kycuong.core`
docs/export.md  every table and column of the complete export, from the tables
docs/cli.md     every verb with its options, from the verbs' own parsers
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module, util
from pathlib import Path
from typing import Any
from unittest import mock

TOP = Path(__file__).resolve().parent.parent
DOCS = TOP / "docs"
MADE = "<!-- Made by `make docs` from {source}; do not edit. -->\n\n"
PHASES = {"open": "đang thực hiện", "paused": "tạm dừng", "answered": "chờ xác nhận", "closed": "đã kết thúc"}


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a markdown table."""
    head = list(head)
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def cell(value: object) -> str:
    """Return a value as the text of one table cell."""
    return " ".join(str(value).replace("|", "\\|").split())


def rules() -> str:
    """Return docs/rules.md: what may happen to a duty, and how time is counted."""
    parts = ["# Rules\n\n" + MADE.format(source="`src/kycuong/core`")]
    parts.append(
        "Every rule that the product applies, as the code applies it. A rule changes in its row in `core`, with its\n"
        "basis; this page follows.\n\n"
    )
    parts.append("## Lifecycles\n\n")
    parts.append(
        "A record moves along a row or not at all. *From* names the phases in which the act is possible (none: it\n"
        "opens the duty); *to* the phase it leads to (=: the phase stays). *Who* names the question that the scope\n"
        "answers. An act in italics is the product's own, by the clock or as a consequence; no person takes it.\n\n"
    )
    parts += lifecycle_sections()
    told = import_module("kycuong.core.rules_text")
    parts += [
        told.limit_rules().strip() + "\n\n",
        told.default_rules().strip() + "\n\n",
        told.competence_rules().strip() + "\n\n",
        told.consulting_rules().strip() + "\n\n",
        told.handing_rules().strip() + "\n\n",
        told.sign_rules().strip() + "\n\n",
        told.calendar_rules().strip() + "\n",
    ]
    return "".join(parts)


def lifecycle_sections() -> Iterator[str]:
    """Yield one section a lifecycle."""
    for name, lifecycle in import_module("kycuong.core.lifecycle").lifecycles().items():
        rows = [
            (
                f"`{row.action}`",
                row.label if row.by_person else f"*{row.label}*",
                ", ".join(PHASES.get(phase, phase) for phase in sorted(row.sources)) or "–",
                "=" if row.target is None else PHASES.get(row.target, row.target),
                f"`{row.permission}`",
                row.basis,
            )
            for row in lifecycle.rows
        ]
        yield (
            f"### {lifecycle.title} (`{name}`)\n\n" + table(("Act", "Label", "From", "To", "Who", "Basis"), rows) + "\n"
        )


class Captured(Exception):
    """Carry the parser of a verb out of its `--help`."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        super().__init__(parser.prog)
        self.parser = parser


def _capture(parser: argparse.ArgumentParser, file: Any = None) -> None:
    raise Captured(parser)


def parser_of(verb: str) -> argparse.ArgumentParser | str:
    """Return the parser of a verb, or the text of its help when it does not use argparse."""
    from kycuong.cli import main

    told = io.StringIO()
    # The help of argparse is worded differently from one Python to the next: we word it ourselves from the parser.
    with mock.patch.object(argparse.ArgumentParser, "print_help", _capture), contextlib.redirect_stdout(told):
        try:
            main([verb, "--help"])
        except Captured as captured:
            return captured.parser
        except SystemExit:
            pass
    return told.getvalue()


def commands() -> str:
    """Return docs/cli.md: every verb, what it does and its options."""
    from kycuong.cli import VERBS

    parts = ["# Commands\n\n" + MADE.format(source="the verbs' own parsers")]
    parts.append("`kycuong <verb> [options]`. Exit status: 0 done, 1 refused, 2 wrong usage.\n\n")
    parts.append(table(("Verb", "What it does"), [(f"`{verb}`", row[-1]) for verb, row in VERBS.items()]) + "\n")
    for verb, row in VERBS.items():
        parts.append(f"## `kycuong {verb}`\n\n")
        if not util.find_spec(row[0].partition(":")[0]):
            parts.append(f"{row[-1]} (not built yet)\n\n")
            continue
        parser = parser_of(verb)
        parts.append(parser.strip() + "\n\n" if isinstance(parser, str) else usage(parser, row[-1]))
    return "".join(parts)


def usage(parser: argparse.ArgumentParser, line: str, depth: int = 3) -> str:
    """Return what a parser offers: description, arguments and options, and its sub-commands below."""
    text = (parser.description or line).strip() + "\n\n"
    rows, deeper = [], []
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction) or action.help == argparse.SUPPRESS:
            continue
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            deeper += [(name, sub, helps.get(name, "")) for name, sub in action.choices.items()]
            continue
        rows.append((spelling(action), explanation(parser, action)))
    if rows:
        text += table(("Option", "Meaning"), rows) + "\n"
    if parser.epilog:
        text += parser.epilog.strip() + "\n\n"
    for name, sub, told in deeper:
        text += f"{'#' * depth} `{parser.prog} {name}`\n\n" + usage(sub, told, depth + 1)
    return text


def spelling(action: argparse.Action) -> str:
    """Return how an option or argument is written."""
    metavar = action.metavar or ("|".join(map(str, action.choices)) if action.choices else action.dest.upper())
    value = "" if action.nargs == 0 else f" {metavar}"
    if action.option_strings:
        return f"`{', '.join(action.option_strings)}{value}`"
    return f"`{metavar}{' ...' if action.nargs in ('*', '+') else ''}`"


def explanation(parser: argparse.ArgumentParser, action: argparse.Action) -> str:
    """Return the help of an option with its default."""
    told = (action.help or "").replace("%(default)s", str(action.default)).replace("%(prog)s", parser.prog)
    shown = action.default not in (None, False, argparse.SUPPRESS, [], ()) and str(action.default) not in told
    return f"{told} (default: {action.default})" if shown and action.nargs != 0 else told


def exported() -> str:
    """Return docs/export.md: the data dictionary of the complete export; every table and column must have its meaning."""
    import django

    django.setup()
    dictionary = import_module("kycuong.services.exports.dictionary")
    bare = [table.name for table in dictionary.lines() if not table.meaning]
    bare += [f"{table.name}.{one.name}" for table in dictionary.lines() for one in table.columns if not one.meaning]
    if bare:
        raise SystemExit(f"say in core/dictionary.py what these mean (TABLES, COLUMNS): {', '.join(bare)}")
    return "# Export\n\n" + MADE.format(source="the tables and `src/kycuong/core/dictionary.py`") + dictionary.page()


def described() -> str:
    """Return docs/api.yaml: every operation of the API, its shapes and its refusals (OpenAPI 3.1)."""
    import django
    import yaml

    django.setup()
    told = json.loads(json.dumps(import_module("kycuong.api.gate").description()))
    made = "# Made by `make docs` from `src/kycuong/api`; do not edit.\n"

    class Dumper(yaml.SafeDumper):
        """Write small mappings on one line."""

    def mapping(dumper: yaml.SafeDumper, value: dict[str, Any]) -> Any:
        small = len(value) <= 3 and not any(isinstance(one, dict | list) for one in value.values())
        short = sum(len(str(one)) for one in value.values()) < 80
        return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=small and short)

    Dumper.add_representer(dict, mapping)
    Dumper.ignore_aliases = lambda *_: True  # type: ignore[method-assign]
    return made + yaml.dump(told, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=120)


PAGES = {"api.yaml": described, "rules.md": rules, "cli.md": commands, "export.md": exported}


def main(words: list[str]) -> int:
    """Write the pages; with --check compare only, and return 1 when one is out of date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kycuong.settings")
    stale = 0
    for name, make in PAGES.items():
        path, made = DOCS / name, make().rstrip("\n") + "\n"
        was = path.read_text("utf-8") if path.exists() else ""
        if was == made:
            continue
        if "--check" not in words:
            path.write_text(made, "utf-8")
            print(f"wrote docs/{name}")
            continue
        stale = 1
        difference = difflib.unified_diff(was.splitlines(), made.splitlines(), f"docs/{name}", "now", "", "", 1, "")
        print(f"docs/{name} is not what the code says; run `make docs`:")
        print("\n".join(list(difference)[:30]))
    return stale


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
