"""Put together the made-up province of Lam Giang: units, posts, officers, appointments.

Everything is computed from the lists beside this file and never changes between two runs. The province exists nowhere;
its names of places and people are invented.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache

from kycuong.demo import cast, names, places
from kycuong.demo.agencies import DEPARTMENTS, OFFICE, Agency
from kycuong.demo.bodies import BESIDE, SERVICES, VERTICALS, Body
from kycuong.demo.rows import (
    AppointmentRow,
    Gender,
    OfficerRow,
    PostKind,
    PostRow,
    Province,
    Relation,
    UnitKind,
    UnitRow,
)

NAME = f"tỉnh {places.PLACE}"
TODAY = date(2026, 11, 23)  # the day on which the tour is played
_FOUNDED = date(1997, 1, 1)
_OVERSEERS = frozenset({"vp", "snv"})
_OFFICERS_PER_DEPARTMENT_DIVISION = 3
_DIVISION_HEADS = {
    "Văn phòng": "Chánh Văn phòng",
    "Phòng": "Trưởng phòng",
    "Chi cục": "Chi cục trưởng",
    "Ban": "Trưởng ban",
    "Trung tâm": "Giám đốc",
}


class _Builder:
    """Collect rows; give every seat a person, from the cast or invented."""

    def __init__(self) -> None:
        self.units: list[UnitRow] = []
        self.posts: list[PostRow] = []
        self.officers: list[OfficerRow] = []
        self.appointments: list[AppointmentRow] = []
        self._valid_from: dict[str, date] = {}
        self._logins: Counter[str] = Counter()
        self._second = {seat.post for seat in cast.SECOND_POSTS}

    def unit(self, row: UnitRow) -> str:
        self.units.append(row)
        self._valid_from[row.code] = row.valid_from
        return row.code

    def post(
        self, unit: str, kind: PostKind, title: str, *, number: int = 0, field: str = "", vacant: bool = False
    ) -> str:
        """Create a post and, unless it is vacant or someone's second post, seat its holder."""
        code = f"{unit}_{kind}{number or ''}"
        self.posts.append(PostRow(code, unit, kind, title, field))
        if not vacant and code not in self._second:
            self._seat(code, unit)
        return code

    def officer(self, login: str, full_name: str, gender: Gender) -> str:
        self.officers.append(OfficerRow(login, full_name, gender))
        return login

    def appoint(self, seat: cast.Seat) -> None:
        self.appointments.append(AppointmentRow(seat.login, seat.post, seat.since, seat.until))

    def _seat(self, code: str, unit: str) -> None:
        member = cast.CAST.get(code)
        if member:
            self.officer(member.login, member.full_name, member.gender)
            self.appoint(cast.Seat(member.login, code, member.since))
            return
        full_name, gender = names.person(code)
        login = names.login_for(full_name, unit.split("-")[1] if "-" in unit else unit)
        self._logins[login] += 1
        if self._logins[login] > 1:
            given, initials, place = login.split(".")
            login = f"{given}.{initials}{self._logins[login]}.{place}"
        self.officer(login, full_name, gender)
        self.appoint(cast.Seat(login, code, self._since(code, unit)))

    def _since(self, code: str, unit: str) -> date:
        """Return the day the unit began for most, a Monday of the past year for one in six."""
        began = max(self._valid_from[unit], cast.DEPARTMENTS_MERGED)
        if names.draw(f"{code}/moved", 6):
            return began
        return date(2025, 9, 1) + timedelta(weeks=names.draw(f"{code}/week", 56))


def _division_title(name: str) -> str:
    return next(title for prefix, title in _DIVISION_HEADS.items() if name.startswith(prefix))


def _division(b: _Builder, parent: UnitRow, tail: str, name: str, officers: int, *, headless: bool = False) -> str:
    """Create a division with its head (unless another post's holder heads it) and officers."""
    short = name.replace("Phòng ", "P. ", 1)
    symbol = "".join(word[0] for word in name.split() if word[0].isupper())
    code = b.unit(
        UnitRow(
            f"{parent.code}-{tail}",
            name,
            short,
            "division",
            parent.code,
            parent.relation,
            symbol,
            (),
            parent.valid_from,
        )
    )
    title = (
        f"{_division_title(name)} {name[0].lower()}{name[1:]}" if name.startswith("Trung") else _division_title(name)
    )
    b.post(code, "division_head", title, vacant=headless)
    for number in range(1, officers + 1):
        b.post(code, "officer", "Chuyên viên", number=number)
    return code


def _unit_row(agency: Agency, kind: UnitKind, relation: Relation, parent: str | None, since: date) -> UnitRow:
    short = next((alias for alias in agency.aliases if len(alias) > 6), agency.name)
    if len(short) >= len(agency.name):
        short = agency.name
    return UnitRow(
        f"lg-{agency.tail}",
        agency.name,
        short,
        kind,
        parent,
        relation,
        agency.symbol,
        agency.aliases,
        since,
        oversees=agency.tail in _OVERSEERS,
    )


def _province(b: _Builder) -> None:
    full = f"Ủy ban nhân dân {NAME}"
    aliases = ("UBND tỉnh", "Ủy ban nhân dân tỉnh", f"UBND {NAME}", "Chủ tịch UBND tỉnh")
    b.unit(UnitRow("lg", full, "UBND tỉnh", "province", None, "subordinate", "UBND", aliases, _FOUNDED))
    b.post("lg", "chairman", "Chủ tịch Ủy ban nhân dân tỉnh")
    for number, field in enumerate(cast.VICE_CHAIRMAN_FIELDS, 1):
        b.post("lg", "vice_chairman", "Phó Chủ tịch Ủy ban nhân dân tỉnh", number=number, field=field)
    b.post("lg", "clerk", "Văn thư Ủy ban nhân dân tỉnh")


def _office(b: _Builder) -> None:
    row = _unit_row(OFFICE, "office", "subordinate", "lg", cast.DEPARTMENTS_MERGED)
    b.unit(row)
    b.post(row.code, "office_head", "Chánh Văn phòng Ủy ban nhân dân tỉnh")
    for number in range(1, OFFICE.deputies + 1):
        b.post(row.code, "office_deputy", "Phó Chánh Văn phòng Ủy ban nhân dân tỉnh", number=number)
    b.post(row.code, "clerk", "Văn thư")
    b.post(row.code, "administrator", "Quản trị hệ thống")
    for tail, name in OFFICE.divisions:
        code = _division(b, row, tail, name, 2)
        for number, field in enumerate(cast.FOLLOWER_FIELDS.get(tail, ()), 1):
            b.post(code, "follower", "Chuyên viên theo dõi", number=number, field=field)


def _department(b: _Builder, agency: Agency) -> None:
    row = _unit_row(agency, "department", "subordinate", "lg", cast.DEPARTMENTS_MERGED)
    b.unit(row)
    b.post(row.code, "unit_head", agency.head)
    for number in range(1, agency.deputies + 1):
        vacant = f"{row.code}_unit_deputy{number}" == "lg-stc_unit_deputy2"
        b.post(row.code, "unit_deputy", agency.deputy, number=number, vacant=vacant)
    b.post(row.code, "clerk", "Văn thư")
    if agency.tail == "ttr":
        b.post(row.code, "auditor", "Thanh tra viên theo dõi, kiểm tra dữ liệu")
    for position, (tail, name) in enumerate(agency.divisions):
        code = _division(b, row, tail, name, _OFFICERS_PER_DEPARTMENT_DIVISION)
        if position % 2:
            b.post(code, "division_deputy", f"Phó {_division_title(name)}")


def _body(b: _Builder, body: Body) -> None:
    agency = body.agency
    row = _unit_row(agency, body.kind, body.relation, body.parent, cast.DEPARTMENTS_MERGED)
    b.unit(row)
    b.post(row.code, "unit_head", agency.head)
    for number in range(1, agency.deputies + 1):
        b.post(row.code, "unit_deputy", agency.deputy, number=number)
    b.post(row.code, "clerk", "Văn thư")
    for tail, name in agency.divisions:
        _division(b, row, tail, name, 2)


def _commune(b: _Builder, tail: str, grade: str, name: str) -> None:
    place = f"{grade} {name}"
    full, short = f"Ủy ban nhân dân {place}", f"UBND {place}"
    since = cast.TWO_TIERS
    aliases = (short, place, f"Chủ tịch UBND {place}")
    row = UnitRow(f"lg-{tail}", full, short, "commune", "lg", "subordinate", "UBND", aliases, since)
    b.unit(row)
    b.post(row.code, "unit_head", f"Chủ tịch Ủy ban nhân dân {grade}")
    for number in (1, 2):
        b.post(row.code, "unit_deputy", f"Phó Chủ tịch Ủy ban nhân dân {grade}", number=number)
    b.post(row.code, "clerk", "Văn thư")
    economy = "Phòng Kinh tế" if grade == "xã" else "Phòng Kinh tế, Hạ tầng và Đô thị"
    _division(b, row, "vp", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân", 1, headless=tail == "x01")
    _division(b, row, "kt", economy, 2)
    _division(b, row, "vhxh", "Phòng Văn hóa - Xã hội", 2)
    # As almost everywhere, a vice chairman runs the one-stop centre: one person, two posts.
    centre = _division(b, row, "hcc", "Trung tâm Phục vụ hành chính công", 1, headless=True)
    deputy = next(a for a in reversed(b.appointments) if a.post_code == f"{row.code}_unit_deputy2")
    b.appoint(cast.Seat(deputy.login, f"{centre}_division_head", deputy.valid_from))


def _district(b: _Builder, district: places.District) -> None:
    full, short = f"Ủy ban nhân dân huyện {district.name}", f"UBND huyện {district.name}"
    successors = tuple(f"lg-{tail}" for tail in district.successors)
    aliases = (short, f"huyện {district.name}", f"Chủ tịch UBND huyện {district.name}")
    code = b.unit(
        UnitRow(
            f"lg-{district.tail}",
            full,
            short,
            "district",
            "lg",
            "subordinate",
            "UBND",
            aliases,
            _FOUNDED,
            cast.TWO_TIERS,
            successors,
        )
    )
    b.post(code, "unit_head", "Chủ tịch Ủy ban nhân dân huyện", vacant=True)
    b.post(code, "unit_deputy", "Phó Chủ tịch Ủy ban nhân dân huyện", number=1, vacant=True)


@cache
def rows() -> Province:
    """Return the whole province; the same rows on every call and every machine."""
    b = _Builder()
    _province(b)
    _office(b)
    for agency in DEPARTMENTS:
        _department(b, agency)
    for body in (*SERVICES, *VERTICALS, *BESIDE):
        _body(b, body)
    for tail, grade, name in places.communes():
        _commune(b, tail, grade, name)
    for district in places.DISTRICTS:
        _district(b, district)
    for login, full_name, gender in cast.FORMER:
        b.officer(login, full_name, gender)
    for seat in (*cast.SECOND_POSTS, *cast.PAST):
        b.appoint(seat)
    return Province(tuple(b.units), tuple(b.posts), tuple(b.officers), tuple(b.appointments))
