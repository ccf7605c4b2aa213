"""The made-up province in which a history with known buck-passing is played: eight departments, what each decides."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from kycuong.core.calendars import TZ
from kycuong.models import Officer
from kycuong.queries import scope
from kycuong.services import calendars as calendar_rows
from kycuong.services import competences, org
from kycuong.services.competences import Line

FOUNDED: Final = date(2025, 7, 1)
#: code, name
DEPARTMENTS: Final = (
    ("SNN", "Sở Nông nghiệp và Môi trường"), ("SYT", "Sở Y tế"), ("SCT", "Sở Công Thương"), ("STP", "Sở Tư pháp"),
    ("SXD", "Sở Xây dựng"), ("STC", "Sở Tài chính"), ("SGD", "Sở Giáo dục và Đào tạo"), ("SVH", "Sở Văn hóa, Thể thao và Du lịch"),
)  # fmt: skip

#: What concerns two departments at once, by the registry: code, their codes; each department has three of them.
SHARED: Final = {f"M{n}": (DEPARTMENTS[n % 8][0], DEPARTMENTS[(n + 1 + n // 8 * 2) % 8][0]) for n in range(12)}


def matter_name(code: str) -> str:
    """Return what a department decides itself, as the registry calls it."""
    return f"Quản lý ngành của {dict(DEPARTMENTS)[code]}"


def organise() -> None:
    """Load the calendar, the units with their people, and the registry of what each department decides."""
    start = datetime(2026, 1, 5, 8, tzinfo=TZ)
    calendar_rows.load_seed(at=start)
    units = [
        org.UnitSpec("T", "Ủy ban nhân dân tỉnh Lam Giang", "UBND tỉnh", "province", "subordinate", None, FOUNDED),
        org.UnitSpec(
            "VP", "Văn phòng Ủy ban nhân dân tỉnh", "VP UBND", "office", "subordinate", "T", FOUNDED, oversees=True
        ),
        org.UnitSpec("SNV", "Sở Nội vụ", "SNV", "department", "subordinate", "T", FOUNDED, oversees=True),
    ]
    posts = [
        ("chutich", "T.1", "T", "chairman"),
        ("chanhvp", "VP.1", "VP", "office_head"),
        ("gdsnv", "SNV.1", "SNV", "unit_head"),
    ]
    for code, name in DEPARTMENTS:
        units.append(org.UnitSpec(code, name, code, "department", "subordinate", "T", FOUNDED))
        posts.append((f"gd{code}".lower(), f"{code}.1", code, "unit_head"))
        for letter in "ABCD":
            part = f"{code}{letter}"
            units.append(org.UnitSpec(part, f"Phòng {letter} {name}", part, "division", "subordinate", code, FOUNDED))
            posts.append((f"tp{part}".lower(), f"{part}.1", part, "division_head"))
    org.load(
        at=start, units=units, posts=[org.PostSpec(post, unit, kind, kind) for _, post, unit, kind in posts],
        officers=[org.OfficerSpec(login, login) for login, *_ in posts],
        appointments=[org.AppointmentSpec(login, post, FOUNDED) for login, post, *_ in posts], password="mat-khau-dai-2026",
    )  # fmt: skip
    keeper = {"actor": scope.actor(Officer.objects.get(login="gdsnv").pk, start), "at": start}
    for code, _ in DEPARTMENTS:
        competences.add_matter(**keeper, code=f"V{code}", name=matter_name(code))
        line = Line(f"TQ-{code}", f"V{code}", f"post:{code}.1", "QĐ 5/2026/QĐ-UBND", date(2026, 1, 1), ceiling="5 tỷ")
        competences.add(**keeper, line=line)
    for code, holders in SHARED.items():
        competences.add_matter(**keeper, code=code, name=f"Chương trình phối hợp liên ngành {code}")
        for n, holder in enumerate(holders, 1):
            competences.add_matter(**keeper, code=f"{code}.{n}", name=f"Phần việc {n} của chương trình {code}")
            line = Line(f"TQ-{code}-{n}", f"{code}.{n}", f"unit:{holder}", "QĐ 6/2026/QĐ-UBND", date(2026, 1, 1))
            competences.add(**keeper, line=line)
