"""The second step of signing in: one-time codes of an authenticator app, recovery codes, and whom the authority asks for it.

Basis: RFC 4226 (HOTP) and RFC 6238 (TOTP), with the values that every authenticator app knows: SHA-1, six digits, 30 seconds.
"""

from __future__ import annotations

import base64
import hmac
import re
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlencode

from kycuong.core.accounts import ALPHABET

STEP_SECONDS: Final = 30
DIGITS: Final = 6
#: A phone's clock may stand one step off in either direction.
DRIFT_STEPS: Final = 1
SECRET_BYTES: Final = 20
RECOVERY_CODES: Final = 10
RECOVERY_GROUPS: Final = 3

#: Which people a rule of the second step speaks of: kinds of posts, and whoever belongs to a body that oversees.
OVERSEER: Final = "overseer"
#: What holds until the authority decides otherwise in a row: who administers or sees the whole province must.
REQUIRED: Final = frozenset({"administrator", "auditor", OVERSEER})
#: In this order on the page.
SUBJECTS: Final = (
    "administrator", OVERSEER, "auditor", "chairman", "vice_chairman", "office_head", "office_deputy", "clerk", "follower",
    "unit_head", "unit_deputy", "division_head", "division_deputy", "officer",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Holder:
    """What a rule asks of one hat: its kind, and whether its body oversees."""

    kind: str
    oversees: bool


def required(hats: Iterable[Holder], rules: dict[str, bool]) -> bool:
    """Return whether one of a person's hats asks for the second step; `rules` holds the rows that the authority decided."""
    asked = {subject for subject in SUBJECTS if rules.get(subject, subject in REQUIRED)}
    return any(hat.kind in asked or (hat.oversees and OVERSEER in asked) for hat in hats)


def step_of(real: datetime) -> int:
    """Return the number of the 30-second step at an instant of the real clock."""
    return int(real.timestamp()) // STEP_SECONDS


def code_at(secret: bytes, step: int) -> str:
    """Return the six digits of a step."""
    mac = hmac.digest(secret, struct.pack(">Q", step), "sha1")
    start = mac[-1] & 0x0F
    value = struct.unpack(">I", mac[start : start + 4])[0] & 0x7FFFFFFF
    return str(value % 10**DIGITS).zfill(DIGITS)


def matching_step(secret: bytes, typed: str, real: datetime) -> int | None:
    """Return the step whose code was typed, or None; every step of the window is compared, in constant time."""
    wanted, now = digits(typed), step_of(real)
    found = None
    for step in range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1):
        if hmac.compare_digest(code_at(secret, step), wanted):
            found = step
    return found


def digits(typed: str) -> str:
    """Return a typed code without its spaces; always ASCII, as comparing asks."""
    return re.sub(r"[^0-9]", "", typed)[: DIGITS + 1]


def written(secret: bytes) -> str:
    """Return a secret as people type it: base32 without padding."""
    return base64.b32encode(secret).decode().rstrip("=")


def spaced(secret: str) -> str:
    """Return a written secret in groups of four, easier to read and type."""
    return " ".join(re.findall(".{1,4}", secret))


def read(secret: str) -> bytes:
    """Return the bytes of a written secret."""
    plain = secret.replace(" ", "").upper()
    return base64.b32decode(plain + "=" * (-len(plain) % 8))


def address(secret: str, *, login: str, issuer: str) -> str:
    """Return the `otpauth://` address that the QR code holds."""
    label = quote(f"{issuer}:{login}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': issuer}, quote_via=quote)}"


def recovery_codes(choose: Callable[[str], str]) -> list[str]:
    """Return ten fresh recovery codes such as `k7wq-m2xd-9hta`: 59 bits each."""
    return [
        "-".join("".join(choose(ALPHABET) for _ in range(4)) for _ in range(RECOVERY_GROUPS))
        for _ in range(RECOVERY_CODES)
    ]


def plain_recovery(typed: str) -> str:
    """Return a typed recovery code as it is kept: lower case, nothing but its characters."""
    return re.sub(r"[^a-z0-9]", "", typed.lower())
