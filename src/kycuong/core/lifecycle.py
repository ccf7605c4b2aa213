"""What a lifecycle is: a table of moves, printable, checked by the move itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Final

#: The basis of following, reminding and confirming.
FOLLOWING: Final = "QĐ 42/2014/QĐ-TTg, sửa đổi bởi QĐ 23/2018/QĐ-TTg: theo dõi, đôn đốc, kiểm tra nhiệm vụ giao"

#: The basis of counting an end anew when the working calendar changes.
COUNTED: Final = "Bộ luật Dân sự 2015, Điều 147, 148; quyết định thay đổi lịch làm việc của cấp có thẩm quyền"


@dataclass(frozen=True, slots=True)
class Row:
    """One move: from which phases, to which one, who may, by what basis.

    `target` None keeps the phase. `permission` names a question that queries.scope answers.
    `label` is the verb people read; `primary` marks the act that a page offers first.
    """

    action: str
    label: str
    sources: frozenset[str]
    target: str | None
    permission: str
    basis: str
    by_person: bool = True
    primary: bool = False
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """A named table of moves."""

    name: str
    title: str
    rows: tuple[Row, ...]

    def row(self, action: str) -> Row:
        """Return the row of an action; KeyError if the lifecycle has none."""
        for row in self.rows:
            if row.action == action:
                return row
        raise KeyError(action)

    def from_phase(self, phase: str) -> tuple[Row, ...]:
        """Return the rows that a person can take from a phase."""
        return tuple(row for row in self.rows if row.by_person and phase in row.sources)


#: What units, posts and duties become when the organisation changes.
SUCCESSION: Final = "Quyết định của cấp có thẩm quyền về tổ chức bộ máy; Luật Tổ chức chính quyền địa phương 72/2025/QH15 (chưa đối chiếu)"


def succeed(*sources: str) -> Row:
    """Return the move by which whoever inherits a desk, a unit or a role takes over a duty; phase and clock stay."""
    return Row("succeed", "Bàn giao do thay đổi tổ chức", frozenset(sources), None, "organise", SUCCESSION)


@cache
def lifecycles() -> Mapping[str, Lifecycle]:
    """Return every lifecycle by name, for the doors' labels, the docs and the house tests."""
    found: dict[str, Lifecycle] = {}
    for name in _MODULES:
        table = import_module(f"kycuong.core.{name}").LIFECYCLE
        found[table.name] = table
    return found


_MODULES: Final = ("tasks", "confirmations", "proposals", "explanations", "opinions", "arbitrations", "slips")
