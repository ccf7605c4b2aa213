"""Move a duty: table check, compare-and-set, event, holding, outbox, in one transaction; the only place where one moves.

`move` serves one act of a person; `move_many` is its set-based twin for sweeps; `open_many` opens duties.
"""

from kycuong.services.transitions.events import Act, Desk, already_done, not_before
from kycuong.services.transitions.moving import move, move_within
from kycuong.services.transitions.opening import first_rows, open_many
from kycuong.services.transitions.sweeping import Step, move_as_one, move_many

__all__ = [
    "Act", "Desk", "Step", "already_done", "first_rows", "move", "move_as_one", "move_many", "move_within", "not_before",
    "open_many",
]  # fmt: skip
