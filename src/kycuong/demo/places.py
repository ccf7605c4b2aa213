"""Name the 95 communes of the made-up province and the three districts that they came from."""

from __future__ import annotations

from typing import NamedTuple

PLACE = "Lam Giang"

XA = (
    "Thượng Lam", "Hạ Lam", "Bình Khê", "Yên Khê", "Phú Khê", "Vân Khê", "Thạch Khê", "Tân Khê", "Trà Khê", "Suối Ngàn",
    "Mường Lam", "Đồng Vân", "Đồng Mây", "Đồng Sim", "Đồng Trầm", "Vân Sơn", "Hòa Sơn", "Phú Sơn", "Thạch Sơn",
    "Ngọc Sơn", "Bạch Sơn", "Tiên Sơn", "Lạc Ngàn", "Trường Ngàn", "Nghĩa Sơn", "Thanh Thủy", "Trung Thủy", "Mai Thủy",
    "Liên Thủy", "Xuân Thủy", "An Thủy", "Bình Thủy", "Phước Hội", "Phước Lâm", "Phước Trạch", "Vĩnh Trạch", "Vĩnh Hội",
    "Vĩnh Lộc", "An Lộc", "Tân Lộc", "Mỹ Lộc", "Kim Lộc", "Hưng Lộc", "Gia Lộc", "Quảng Lâm", "Thái Lâm", "Sơn Lâm",
    "Xuân Lâm", "Hoàng Lâm", "Tú Lâm", "Cẩm Vân", "Cẩm Đường", "Cẩm Trạch", "Hoa Đường", "Tam Đường", "Nam Trạch",
    "Bắc Trạch", "Đông Trạch", "Đại Hải", "Bình Hải", "Tân Hải", "Nghi Hải", "Phú Hải", "Ninh Sa", "Sa Hải", "Cồn Mây",
    "Bãi Ngang", "Đá Dựng", "Khe Sâu", "Cửa Trạch",
)  # fmt: skip

PHUONG = (
    "Tân Lam", "Bắc Lam", "Nam Lam", "Đông Giang", "Tây Giang", "Hòa Giang", "Phú Giang", "Vĩnh Giang", "An Lam",
    "Thành Giang", "Ngọc Lam", "Quang Lam", "Yên Giang", "Long Lam", "Cửa Lam", "Hải Lam", "Bình Lam", "Trung Lam",
    "Kim Giang", "Thanh Khê", "Đông Khê", "Sơn Giang", "Bến Lam", "Mỹ Giang", "Thịnh Lam",
)  # fmt: skip


class District(NamedTuple):
    """Say which communes took over a district that ended on 30 June 2025."""

    tail: str
    name: str
    successors: tuple[str, ...]


def commune_tail(kind: str, number: int) -> str:
    """Return the tail of a commune's code: "x01" for the first xã, "p01" for the first phường."""
    return f"{'x' if kind == 'xã' else 'p'}{number:02d}"


def communes() -> tuple[tuple[str, str, str], ...]:
    """Return (tail of the code, "xã" or "phường", name) of each commune."""
    xa = tuple((commune_tail("xã", n), "xã", name) for n, name in enumerate(XA, 1))
    return xa + tuple((commune_tail("phường", n), "phường", name) for n, name in enumerate(PHUONG, 1))


DISTRICTS = (
    District("h01", "Thượng Ngàn", tuple(commune_tail("xã", n) for n in range(1, 25))),
    District("h02", "Yên Trạch", tuple(commune_tail("xã", n) for n in range(25, 59))),
    District("h03", "Hải Bình", tuple(commune_tail("xã", n) for n in range(59, 71))),
)
