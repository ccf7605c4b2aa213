"""Groups as directives name them, and the name of a unit without the title of its head."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kycuong.core.folding import words


@dataclass(frozen=True, slots=True)
class Group:
    """A set of units that directives name by one phrase: its code, its words and the kinds of unit in it."""

    code: str
    label: str
    kinds: frozenset[str]


GROUPS: Final = (
    Group("departments", "Các sở, ban, ngành tỉnh", frozenset({"department", "office"})),
    Group("communes", "UBND các xã, phường", frozenset({"commune"})),
    Group("public_services", "Các đơn vị sự nghiệp công lập trực thuộc", frozenset({"public_service"})),
    Group("verticals", "Các cơ quan ngành dọc trên địa bàn", frozenset({"vertical"})),
    Group("mass_bodies", "Mặt trận Tổ quốc và các tổ chức chính trị - xã hội", frozenset({"mass"})),
)
GROUP_BY_CODE: Final = {group.code: group for group in GROUPS}

#: Patterns on folded words. "huyen" texts name a level abolished on 1/7/2025: the communes succeed, at low confidence.
_PATTERNS: Final = (
    (
        "departments",
        1.0,
        r"\bcac (?:so|co quan chuyen mon|ban nganh|nganh)\b|\bcac ban nganh\b|\bso ban nganh\b|\bso nganh\b",
    ),
    ("communes", 1.0, r"\b(?:cac|cap) (?:xa|phuong|dac khu)\b|\bcac dia phuong\b|\bchinh quyen dia phuong\b"),
    ("communes", 0.6, r"\bcac (?:huyen|thi xa|thanh pho|quan)\b|\bcap huyen\b"),
    ("public_services", 1.0, r"\bcac don vi su nghiep\b|\bdon vi su nghiep cong lap\b"),
    ("verticals", 1.0, r"\bnganh doc\b|\bco quan trung uong\b"),
    ("mass_bodies", 1.0, r"\bcac (?:doan the|to chuc chinh tri|to chuc doan the)\b"),
)
#: Phrases that mean every unit charged from the province, unless narrower words stand beside them.
_EVERYBODY: Final = re.compile(r"\b(?:cac|nhung) (?:co quan|don vi)\b|\bco quan don vi dia phuong\b")
_PLACES: Final = re.compile(r"\bdia phuong\b")

_TITLES: Final = re.compile(
    r"^(?:de nghi |yeu cau |giao )?(?:dong chi )?(?:thu truong|giam doc|chu tich|chanh|truong ban|cuc truong|chi cuc truong|"
    r"truong thue|tong giam doc|chi huy truong|vien truong|chanh an|nguoi dung dau|bi thu)\s+(?=\w)"
)


def groups_named(printed: str) -> dict[str, float]:
    """Return the groups that a printed name stands for, each with its confidence; empty for a single unit."""
    text = words(printed)
    found: dict[str, float] = {}
    for code, confidence, pattern in _PATTERNS:
        if re.search(pattern, text):
            found[code] = max(found.get(code, 0.0), confidence)
    if (not found and _EVERYBODY.search(text)) or (found.keys() == {"communes"} and _EVERYBODY.search(text)):
        found |= {"departments": 0.9, "public_services": 0.9}
        if _PLACES.search(text):
            found["communes"] = 0.9
    return found


def unit_words(printed: str, place: str = "") -> str:
    """Return a printed name as words to look up: no title of its head, UBND short, the province's own name left out."""
    text = _TITLES.sub("", words(printed))
    text = re.sub(r"\buy ban nhan dan\b", "ubnd", text)
    if place:
        text = re.sub(rf"\btinh {re.escape(words(place))}\b", "tinh", text)
    return text


_ABOVE: Final = re.compile(
    r"\b(?:thu tuong|chinh phu|quoc hoi|trung uong|ban bi thu|bo chinh tri|tinh uy|hdnd|hoi dong nhan dan|bo truong|"
    r"van phong chinh phu|thanh tra chinh phu)\b|^bo \w"
)


def above_province(issuer: str) -> bool:
    """Return whether an issuer stands above the province's People's Committee, so that its dates are not ours to move.

    Basis: QĐ 42/2014/QĐ-TTg: only the assigning level changes a date (remembered, unverified).
    """
    return bool(_ABOVE.search(words(issuer)))
