"""The address of a board is its state: read it into a filter, write a filter into it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from kycuong.core.boards import PARTS
from kycuong.core.calendars import local_date
from kycuong.queries.board import SORTS, Filter
from kycuong.web import forms
from kycuong.web.addresses import address

#: What stands in the address for every year.
ALL_YEARS: Final = "tat-ca"
#: Field of a filter -> its name in the address.
NAMES: Final = {
    "kind": "loai", "unit": "don-vi", "only": "rieng", "group": "nhom", "document": "van-ban", "theme": "chu-de",
    "year": "nam", "part": "ky",
}  # fmt: skip
#: What else the address of a board may say: the order, the page, and behind a figure which one.
OTHERS: Final = ("xep", "trang", "loc", "ban")


def read(asked: Mapping[str, str], at: datetime) -> Filter:
    """Return the filter of an address; what cannot be read filters nothing, no year means this one."""
    said = {field: (asked.get(name) or "").strip() for field, name in NAMES.items()}
    year = None if said["year"] == ALL_YEARS else forms.read_year(said["year"]) or local_date(at).year
    return Filter(
        kind=said["kind"] or "task",
        unit=forms.read_uuid(said["unit"]),
        only=forms.read_uuid(said["only"]),
        group=said["group"],
        document=forms.read_uuid(said["document"]),
        theme=forms.read_uuid(said["theme"]),
        year=year,
        part=said["part"] if year and said["part"] in PARTS else "",
    )


def sort_of(asked: Mapping[str, str]) -> str:
    """Return in which order the units stand."""
    found = asked.get("xep", "")
    return found if found in SORTS else SORTS[0]


def write(wanted: Filter, **more: object) -> str:
    """Return the query of an address, without what says nothing."""
    year = str(wanted.year) if wanted.year else ALL_YEARS
    values: dict[str, object] = {
        NAMES["kind"]: "" if wanted.kind == "task" else wanted.kind,
        NAMES["unit"]: wanted.unit or "",
        NAMES["only"]: wanted.only or "",
        NAMES["group"]: wanted.group,
        NAMES["document"]: wanted.document or "",
        NAMES["theme"]: wanted.theme or "",
        NAMES["year"]: year,
        NAMES["part"]: wanted.part,
        **more,
    }
    return urlencode({name: value for name, value in values.items() if value not in {"", None}})


def figure(wanted: Filter, name: str, unit: UUID | None = None, desk: int | None = None, **more: object) -> str:
    """Return the address of the rows behind a figure; `more` narrows them as the charts do."""
    where = "" if desk is None else desk
    return f"{figures(wanted, unit)}{_narrower(name, where, *more.items())}"


def figures(wanted: Filter, unit: UUID | None = None) -> str:
    """Return what the addresses of all figures of a board begin with, or of one unit of it; `named` makes one of it."""
    return f"{address('board_rows')}?{_written(wanted, unit)}"


def named(begin: str, name: str) -> str:
    """Return the address of the rows behind a figure from what figures() gave."""
    return begin + _narrower(name, "")


@lru_cache(maxsize=256)
def _narrower(name: str, where: object, *more: tuple[str, object]) -> str:
    values = {"loc": name, "ban": where, **dict(more)}
    said = urlencode({key: value for key, value in values.items() if value not in {"", None}})
    return f"&{said}" if said else ""


@lru_cache(maxsize=1024)
def _written(wanted: Filter, unit: UUID | None) -> str:
    """Return the query of a board, or of one unit of it: each line opens a dozen figures with the same one."""
    return write(wanted.alone(unit) if unit else wanted)
