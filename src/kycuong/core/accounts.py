"""Accounts: where one stands, and how a one-time password is written."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final


class AccountState(StrEnum):
    """Whether a person can sign in; who waits for a password stands first."""

    NEW = "new"
    GIVEN = "given"
    USED = "used"
    STOPPED = "stopped"


STATE_LABELS: Final[dict[AccountState, str]] = {
    AccountState.STOPPED: "Ngừng sử dụng",
    AccountState.NEW: "Chưa có mật khẩu",
    AccountState.GIVEN: "Đã cấp, chờ đổi",
    AccountState.USED: "Đang dùng",
}

#: What is read aloud or copied from paper without a doubt: no l, o, i, 0, 1.
ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
#: Groups of four: sixteen characters of thirty-one, 79 bits.
GROUPS: Final = 4


def one_time(choose: Callable[[str], str]) -> str:
    """Return a one-time password such as `k7wq-m2xd-9hta-v4pc`; `choose` picks one character of those given."""
    return "-".join("".join(choose(ALPHABET) for _ in range(4)) for _ in range(GROUPS))
