"""The organisation on a day: who headed a unit, which desks lie inside it, whom a printed name means."""

from __future__ import annotations

from datetime import date

import pytest
from tests import make

from kycuong.models import Appointment, Officer, Unit
from kycuong.queries import org, scope
from kycuong.queries.addressees import directory

TODAY = date(2026, 11, 2)


def test_who_headed_a_unit_on_a_day_is_one_call() -> None:
    seat = org.head_of(make.unit("SXD").pk, TODAY)
    assert seat is not None
    make.vacate("gdsxd", "2026-10-01 00:00")
    Appointment.objects.create(
        officer=Officer.objects.get(login="pgdsxd"), post_id=seat.post_id, valid_from=date(2026, 10, 15)
    )

    def head(day: date) -> str:
        found = org.head_of(make.unit("SXD").pk, day)
        return found.officer_name if found else "-"

    assert head(date(2026, 9, 30)) == "Ngô Xuân Trường"
    assert head(date(2026, 10, 1)) == ""  # the seat was vacant
    assert head(date(2026, 10, 15)) == "Cao Viết Thịnh"
    assert head(date(2025, 6, 30)) == ""  # before anybody was appointed


def test_one_person_with_several_hats_works_as_one() -> None:
    officer = Officer.objects.get(login="tpqldt")
    Appointment.objects.create(
        officer=officer,
        post_id=int(make.desk("gdstc").removeprefix("post:")),
        valid_from=TODAY,
        valid_until=date(2026, 12, 1),
    )
    who = make.who("tpqldt")
    assert {(hat.body_name, hat.kind) for hat in who.hats} == {
        ("Sở Xây dựng", "division_head"),
        ("Sở Tài chính", "unit_head"),
    }
    assert who.leads(make.unit("STC").pk)
    assert not make.who("tpqldt", "2026-12-01 08:00").leads(make.unit("STC").pk)  # the day after the last


def test_desks_are_those_below_the_person() -> None:
    make.join("cvkhac", make.division("KHAC", "SXD").code, "officer")
    (duty,) = make.issued()
    at = make.at("2026-11-03 08:00")

    def names(login: str) -> list[str]:
        return [row.label.split(" · ")[0] for row in org.desks(make.who(login), duty.public_id, at)]

    assert sorted(names("gdsxd")) == ["Cao Viết Thịnh", "Mạc Đình Chi", "Trương Thị Nga", "cvkhac"]
    make.Road(duty).assign("gdsxd", "tpqldt", "2026-11-03 08:00")
    assert names("tpqldt") == ["Trương Thị Nga"]


def test_the_body_of_a_division_is_the_unit_that_can_be_charged() -> None:
    assert org.body_of(make.unit("QLDT").pk) == make.unit("SXD").pk
    assert org.body_of(make.unit("SXD").pk) == make.unit("SXD").pk


def test_a_person_without_any_appointment_has_no_rights() -> None:
    nobody = Officer.objects.create(login="khach", full_name="Khách", folded="khach")
    who = scope.actor(nobody.pk, make.at(make.MONDAY))
    assert (who.hats, who.sees_all, who.intake) == ((), False, False)


@pytest.mark.parametrize(
    ("printed", "codes"),
    [
        ("Sở Xây dựng", ["SXD"]),
        ("Giám đốc Sở Xây dựng", ["SXD"]),
        ("SỞ NỘI VỤ", ["SNV"]),
        ("Chánh Văn phòng UBND tỉnh", ["VP"]),
        ("Chủ tịch UBND xã Khe Sim", ["X1"]),
        ("Công an tỉnh", ["CAT"]),
        ("Sở Xây dưng", ["SXD"]),  # a slip of the pen
        ("Sở Không Có", []),
    ],
)
def test_a_printed_name_means_one_unit_or_nobody(printed: str, codes: list[str]) -> None:
    found = directory(TODAY).resolve(printed)
    assert [Unit.objects.get(pk=row.unit_id).code for row in found] == codes


@pytest.mark.parametrize(
    ("printed", "codes"),
    [
        ("các sở, ban, ngành", {"SNV", "SXD", "STC", "VP"}),
        ("UBND các xã, phường", {"X1", "X2"}),
        ("UBND các huyện, thị xã, thành phố", {"X1", "X2"}),  # abolished on 1/7/2025: the communes succeed
    ],
)
def test_a_group_means_the_units_of_its_kind(printed: str, codes: set[str]) -> None:
    names = directory(TODAY)
    (found,) = names.resolve(printed)
    assert {Unit.objects.get(pk=pk).code for pk in names.members(found.group)} == codes
    assert (found.confidence < 0.7) == ("huyện" in printed)


def test_a_unit_that_came_later_is_found_and_one_that_ended_is_not() -> None:
    Unit.objects.filter(code="STC").update(valid_until=date(2026, 11, 10))
    assert directory(date(2026, 11, 9)).resolve("Sở Tài chính")
    assert directory(date(2026, 11, 10)).resolve("Sở Tài chính") == []
