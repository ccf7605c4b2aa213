"""The protocol between agencies: the whole matrix of one opinion, and the only cells that yield consent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from kycuong.core.consultations import (
    ANSWERABLE,
    Answer,
    Asked,
    Outcome,
    Silence,
    bound,
    may_go_on,
    outcome,
)

SENT = datetime(2026, 11, 23, 1, tzinfo=UTC)
END = SENT + timedelta(days=5)
AFTER = END + timedelta(days=3)
INSTANT = timedelta(microseconds=1)

#: What a body did: what the answer amounts to, when it came, the later cut-off asked for, whether it was given.
DEEDS = {
    "in time": (Answer.OPINION, END - INSTANT, None, None),
    "in the second of the cut-off": (Answer.OPINION, END, None, None),
    "late": (Answer.OPINION, END + timedelta(days=1), None, None),
    "silent": (None, None, None, None),
    "vague": (Answer.VAGUE, SENT + timedelta(days=1), None, None),
    "vague and late": (Answer.VAGUE, END + timedelta(hours=1), None, None),
    "returned": (Answer.RETURNED, SENT + timedelta(hours=5), None, None),
    "returned late": (Answer.RETURNED, END + timedelta(hours=5), None, None),
    "more time given, then silent": (None, None, END + timedelta(days=2), True),
    "more time given, used": (Answer.OPINION, END + timedelta(days=1), END + timedelta(days=2), True),
    "more time refused, then silent": (None, None, END + timedelta(days=2), False),
    "more time left undecided": (None, None, END + timedelta(days=2), None),
    "more time still running": (None, None, AFTER + timedelta(days=1), True),
}
#: Deeds that leave the time in force without any answer in it.
SILENT = {
    "in the second of the cut-off", "late", "silent", "vague and late", "returned late", "more time given, then silent",
    "more time refused, then silent", "more time left undecided",
}  # fmt: skip
#: What a law demands in writing is taken late as well: until then it is missing.
TAKEN_LATE = {
    "in the second of the cut-off": Outcome.OPINION, "late": Outcome.OPINION, "vague and late": Outcome.VAGUE,
    "returned late": Outcome.RETURNED,
}  # fmt: skip
ANSWERED = {
    "in time": Outcome.OPINION,
    "vague": Outcome.VAGUE,
    "returned": Outcome.RETURNED,
    "more time given, used": Outcome.OPINION,
}
CELLS = list(product((True, False), DEEDS, (False, True), Silence, (True, False), (True, False)))


def expected(delivered: bool, deed: str, changed: bool, rule: Silence, binds: bool, warned: bool) -> Outcome:
    """Return what the protocol says in words, apart from how the product finds it."""
    if not delivered:
        return Outcome.UNDELIVERED
    if changed:
        return Outcome.VOID
    if deed in ANSWERED:
        return ANSWERED[deed]
    if deed not in SILENT:
        return Outcome.WAITING
    if rule is Silence.WRITTEN:
        return TAKEN_LATE.get(deed, Outcome.MISSING)
    said = {Silence.LIABILITY: Outcome.LIABLE if binds else Outcome.UNBOUND}
    if rule in said:
        return said[rule]
    if not binds:
        return Outcome.UNBOUND
    return Outcome.CONSENT if warned else Outcome.UNWARNED


def asked(delivered: bool, deed: str, changed: bool, rule: Silence, binds: bool, warned: bool) -> Asked:
    """Return the facts of a cell."""
    answer, came, more_until, more_given = DEEDS[deed]
    return Asked(
        rule, binds, SENT if delivered else None, END if delivered else None, current=2 if changed else 1, answered=answer,
        answered_at=came, warned_at=END - timedelta(days=1) if warned else None, more_until=more_until, more_given=more_given,
    )  # fmt: skip


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_every_cell_of_the_protocol(cell: tuple[bool, str, bool, Silence, bool, bool]) -> None:
    assert outcome(asked(*cell), AFTER) is expected(*cell)


def test_consent_stands_in_the_right_cells_only() -> None:
    consenting = {cell for cell in CELLS if outcome(asked(*cell), AFTER) is Outcome.CONSENT}
    assert {cell[1] for cell in consenting} == SILENT
    assert {cell[:1] + cell[2:] for cell in consenting} == {(True, False, Silence.CONSENT, True, True)}
    assert len(consenting) == len(SILENT)


@pytest.mark.parametrize("cell", CELLS[:: len(DEEDS)], ids=str)
def test_nothing_is_decided_before_the_cut_off(cell: tuple[bool, str, bool, Silence, bool, bool]) -> None:
    found = outcome(asked(cell[0], "silent", *cell[2:]), END - INSTANT)
    assert found in {Outcome.UNDELIVERED, Outcome.VOID, Outcome.WAITING}


def test_with_consent_the_lead_goes_on_only_after_the_signed_notice() -> None:
    assert not may_go_on(Outcome.CONSENT, notice_signed=False)
    assert may_go_on(Outcome.CONSENT, notice_signed=True)
    assert not may_go_on(Outcome.MISSING, notice_signed=True)
    assert not may_go_on(Outcome.VAGUE, notice_signed=True)
    assert may_go_on(Outcome.OPINION, notice_signed=False)


def test_the_body_answers_for_its_silence_never_for_its_opinion() -> None:
    assert Outcome.CONSENT in ANSWERABLE
    assert not ANSWERABLE & {Outcome.OPINION, Outcome.RETURNED, Outcome.UNDELIVERED, Outcome.VOID, Outcome.UNBOUND}


@pytest.mark.parametrize(
    ("kind", "relation", "binds"),
    [
        ("department", "subordinate", True), ("office", "subordinate", True), ("commune", "subordinate", False),
        ("vertical", "vertical", False), ("party", "party_mass", False), ("council", "council", False),
        ("mass", "party_mass", False), ("public_service", "public_service", False), ("department", "vertical", False),
    ],
)  # fmt: skip
def test_whom_silence_binds(kind: str, relation: str, *, binds: bool) -> None:
    assert bound(kind, relation) is binds
