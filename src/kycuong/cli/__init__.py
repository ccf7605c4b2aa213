"""The command-line door: `kycuong <verb>`; one module a verb, imported only when called."""

from __future__ import annotations

import os
import sys
from importlib import import_module

#: verb -> (module, needs Django, one line for the help). Modules define `main(argv: list[str]) -> int`, or the function
#: named after the colon. Other doors and the demo are named, not imported: doors do not know each other.
VERBS: dict[str, tuple[str, bool, str]] = {
    "read": ("kycuong.cli.read", False, "read official documents into orders"),
    "coverage": ("kycuong.cli.coverage", False, "say of every sentence of a document who owns it"),
    "compare": ("kycuong.cli.compare", False, "compare a document with one that implements it, demand by demand"),
    "burden": ("kycuong.cli.burden", True, "tell what issuing a document would lay on the units"),
    "when": ("kycuong.cli.when", False, "read one phrase as a deadline"),
    "due": ("kycuong.cli.due", False, "compute a due date and explain it"),
    "demo": ("kycuong.demo.command", False, "load the made-up province and serve it"),
    "migrate": ("kycuong.cli.migrate", True, "create or update the tables and load the working calendar"),
    "run": ("kycuong.cli.run", True, "serve the product and work its jobs"),
    "work": ("kycuong.jobs", True, "work the jobs alone, or one round of them"),
    "tick": ("kycuong.jobs:tick", True, "move the clock of a demo and play what falls due"),
    "intake": ("kycuong.cli.intake", True, "take in a folder, an archive or a message; again goes on"),
    "corrections": ("kycuong.cli.corrections", True, "count where the reader errs, export labelled examples"),
    "org": ("kycuong.cli.org", True, "change the organisation: merge, split, rename, abolish, appoint"),
    "token": ("kycuong.cli.token", True, "make, list and revoke the tokens of other systems"),
    "trust": ("kycuong.cli.trust", True, "list, add and retire the certificates by which signatures are judged"),
    "signature": ("kycuong.cli.signature", True, "verify the digital signatures of a PDF, without a network"),
    "account": ("kycuong.cli.account", True, "give a one-time password, take off a lost authenticator app"),
    "search": (
        "kycuong.cli.search",
        True,
        "search documents, orders and tasks as a person would; write the index anew",
    ),
    "board": (
        "kycuong.cli.board",
        True,
        "show the steering board as a person sees it: units by state, days late, desks",
    ),
    "competence": ("kycuong.cli.competence", True, "say who is competent for a matter; list and take in the registry"),
    "transfers": ("kycuong.cli.transfers", True, "list arbitrations, and the facts of passing matters on"),
    "consultation": (
        "kycuong.cli.consultation",
        True,
        "say whom a matter concerns; consultations, opinions, dissents, voting slips, links, rules",
    ),
    "calendar": ("kycuong.cli.calendar", True, "preview, make and take back a change of the working calendar"),
    "audit": ("kycuong.cli.audit", True, "seal what happened, verify that it still stands, export the proof"),
    "report": ("kycuong.cli.report", True, "list reports that fall due, write one, run the figures of sent ones again"),
    "period": (
        "kycuong.cli.period",
        True,
        "list, open and close the periods whose figures units check; tell what they count",
    ),
    "target": ("kycuong.cli.target", True, "list targets with plan, value and what is missing"),
    "programme": ("kycuong.cli.programme", True, "list the programmes of work of a year and how their lines stand"),
    "remind": ("kycuong.cli.remind", True, "tell who would be reminded of what on a day"),
    "chase": ("kycuong.cli.chase", True, "list who is late, draft the letters that urge them, attach the signed paper"),
    "backlog": ("kycuong.cli.backlog", True, "list the reviews of the backlog, show what was decided about each duty"),
    "process": (
        "kycuong.cli.process",
        True,
        "show the road of a task inside a unit and how long tasks lay at each step",
    ),
    "signs": (
        "kycuong.cli.signs",
        True,
        "tell per unit what calls for a look: silence, vague answers, returns, hand-overs",
    ),
    "accountability": (
        "kycuong.cli.accountability",
        True,
        "list the heads whose units are late time after time, and the cases",
    ),
    "backup": ("kycuong.cli.backup", True, "pack database, files and proof into one archive while running"),
    "restore": ("kycuong.cli.backup:restore", True, "unpack an archive into an empty place and verify it"),
    "export": ("kycuong.cli.exports", True, "write everything, documented, in open formats"),
    "import": ("kycuong.cli.imports", True, "look at a table of the organisation or of running tasks, and apply it"),
}


def help_text() -> str:
    """Return the list of verbs, one a line."""
    return "usage: kycuong <verb> [options]\n\n" + "\n".join(f"  {verb:<10} {row[2]}" for verb, row in VERBS.items())


def main(argv: list[str] | None = None) -> int:
    """Run one verb and return the exit status: 0 done, 1 refused, 2 usage."""
    words = sys.argv[1:] if argv is None else argv
    if not words or words[0] in {"-h", "--help", "help"}:
        print(help_text())
        return 0 if words else 2
    if words[0] not in VERBS:
        print(f"kycuong: unknown verb {words[0]!r}\n\n{help_text()}", file=sys.stderr)
        return 2
    module, needs_django, _ = VERBS[words[0]]
    if needs_django:
        import_module("kycuong.cli._django").set_up()
    name, _, function = module.partition(":")
    try:
        status: int = getattr(import_module(name), function or "main")(words[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read along (`| head`) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status
