"""Give plausible Vietnamese names to officers, the same ones every time."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kycuong.demo.rows import Gender


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Repeated surnames stand for how common they are.
SURNAMES = _words(
    """
    Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Trần Lê Lê Lê Phạm Phạm Hoàng Hoàng Huỳnh Phan
    Phan Vũ Võ Đặng Đặng Bùi Bùi Đỗ Đỗ Hồ Ngô Ngô Dương Lý Đinh Đoàn Lâm Trịnh Mai Đào Cao Hà Lương Lương Tạ Tô Vi Lò
    Quách Chu Thái La Kiều Thân Triệu Lục Hứa Nông
    """
)
MIDDLE: dict[Gender, tuple[str, ...]] = {
    "m": _words(
        """
        Văn Văn Văn Đức Hữu Quang Minh Xuân Đình Anh Ngọc Công Thành Trọng Mạnh Quốc Tiến Duy Thế Viết Bá Hoàng
        """
    ),
    "f": _words("Thị Thị Thị Thị Thu Thanh Ngọc Minh Phương Hồng Kim Bích Hoài Thùy Mai Diệu Khánh Lan"),
}
GIVEN: dict[Gender, tuple[str, ...]] = {
    "m": _words(
        """
        An Anh Bình Bảo Cường Chiến Chung Công Cương Dũng Duy Dương Đạt Điền Đông Đức Giang Hà Hải Hào Hiếu Hoàn Hòa
        Hùng Huy Hưng Khải Khánh Khoa Kiên Lâm Linh Long Lợi Luân Lực Mạnh Minh Nam Nghĩa Nhân Nhật Phong Phú Phúc
        Phương Quân Quang Quý Quyết Sáng Sơn Tài Tân Thái Thành Thắng Thiện Thịnh Thọ Thuận Tiến Toàn Trí Trung
        Trường Tuấn Tùng Tường Việt Vinh Vũ Xuân
        """
    ),
    "f": _words(
        """
        An Anh Ánh Châu Chi Cúc Diệp Dung Duyên Giang Hà Hạnh Hằng Hiền Hiệp Hoa Hoài Hồng Huệ Huyền Hương Hường
        Khánh Lan Lệ Liên Linh Loan Ly Mai Minh My Nga Ngân Nguyệt Nhàn Nhung Oanh Phương Phượng Quyên Quỳnh Sương
        Tâm Thanh Thảo Thơm Thu Thủy Thúy Thương Trang Trâm Trinh Tuyết Tú Uyên Vân Vy Xuân Yến
        """
    ),
}


def draw(seed: str, below: int) -> int:
    """Return a number from 0 to `below` - 1 that depends on nothing but the seed."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:6]) % below


def _pick(seed: str, choices: Sequence[str]) -> str:
    return choices[draw(seed, len(choices))]


def person(seed: str) -> tuple[str, Gender]:
    """Return the full name and gender that belong to a seed."""
    gender: Gender = "m" if draw(f"{seed}/g", 100) < 56 else "f"
    middle = _pick(f"{seed}/m", MIDDLE[gender])
    given = _pick(f"{seed}/n", [name for name in GIVEN[gender] if name != middle])
    return f"{_pick(f'{seed}/s', SURNAMES)} {middle} {given}", gender


def plain(text: str) -> str:
    """Return text in lower-case ASCII letters, digits and spaces: "Đỗ Ủy" becomes "do uy"."""
    folded = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in folded if c.isascii() and (c.isalnum() or c == " "))


def login_for(full_name: str, place: str) -> str:
    """Return the usual form of a sign-in name: given name, initials, place."""
    *before, given = plain(full_name).split()
    return f"{given}.{''.join(word[0] for word in before)}.{place}"
