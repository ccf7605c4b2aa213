"""Amounts of money as people write them: 15 tỷ, 500 triệu, 1.200.000.000 đồng."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from kycuong.core.errors import Invalid
from kycuong.core.folding import words
from kycuong.core.sentences import Sentence

_TIMES: Final = {"ty": 10**9, "ti": 10**9, "trieu": 10**6, "nghin": 10**3, "ngan": 10**3}
_NONE: Final = frozenset({"khong", "khong gioi han", "khong han che", "-"})
LARGEST: Final = 10**17


def parse(text: str) -> int | None:
    """Return an amount in đồng, None for an empty text or one that says there is no limit. Raises: Invalid."""
    bare = re.sub(r"\s+", " ", text.strip())
    if not bare or bare == "-" or words(bare) in _NONE:
        return None
    digits = re.match(r"[\d.,]+(?: [\d]{3}(?!\d))*", bare)
    unit = words(bare[digits.end() :]) if digits else ""
    if digits is None or not re.fullmatch(r"(?:ty|ti|trieu|nghin|ngan)?(?: ?(?:dong|d|vnd))?", unit):
        raise Invalid("amount_unknown", text=text)
    times = _TIMES.get(unit.split(" ")[0], 1) if unit else 1
    value = _number(digits[0].replace(" ", ""), text) * times
    if value != value.to_integral_value() or value >= LARGEST:
        raise Invalid("amount_unknown", text=text)
    return int(value)


def _number(digits: str, text: str) -> Decimal:
    """Return 1.200.000 or 1,200,000 or 1,5 or 1.5 as a number."""
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits):
        return Decimal(re.sub(r"[.,]", "", digits))
    if re.fullmatch(r"\d+(?:[.,]\d{1,2})?", digits):
        return Decimal(digits.replace(",", "."))
    raise Invalid("amount_unknown", text=text)


def written(amount_vnd: int) -> str:
    """Return an amount as people write it: 15 tỷ đồng, 1,5 tỷ đồng, 750 triệu đồng, 1.234.567 đồng."""
    for size, pattern in ((10**9, "{n} tỷ đồng"), (10**6, "{n} triệu đồng")):
        if amount_vnd >= size and amount_vnd % (size // 1000) == 0:
            whole, rest = divmod(amount_vnd, size)
            tail = f",{rest * 1000 // size:03d}".rstrip("0") if rest else ""
            return Sentence(pattern, n=_dotted(whole) + tail)
    return Sentence("{n} đồng", n=_dotted(amount_vnd))


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def band(above_vnd: int | None, ceiling_vnd: int | None) -> str:
    """Return a band of amounts in words, "" when every amount lies in it."""
    if above_vnd and ceiling_vnd is not None:
        return Sentence("trên {low} đến {high}", low=written(above_vnd), high=written(ceiling_vnd))
    if ceiling_vnd is not None:
        return Sentence("đến {high}", high=written(ceiling_vnd))
    return Sentence("trên {low}", low=written(above_vnd)) if above_vnd else ""
