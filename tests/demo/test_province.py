"""The made-up province holds together: every unit has a head, nobody is lost, the past answers."""

from __future__ import annotations

import itertools
import unicodedata
from collections import Counter, defaultdict
from datetime import date

import pytest

from kycuong.demo import cast, province
from kycuong.demo.rows import HEAD_KINDS, AppointmentRow, Province

TODAY = province.TODAY


@pytest.fixture(scope="module")
def rows() -> Province:
    return province.rows()


def _holds(appointment: AppointmentRow, on: date) -> bool:
    return appointment.valid_from <= on and (appointment.valid_until is None or on < appointment.valid_until)


def _heads(rows: Province, on: date) -> dict[str, list[str]]:
    posts = {post.code: post for post in rows.posts}
    found: dict[str, list[str]] = defaultdict(list)
    for appointment in rows.appointments:
        post = posts[appointment.post_code]
        if post.kind in HEAD_KINDS and _holds(appointment, on):
            found[post.unit_code].append(appointment.login)
    return found


def test_numbers_of_units_are_those_of_a_province(rows: Province) -> None:
    kinds = Counter(unit.kind for unit in rows.units)
    assert kinds["department"] == 14
    assert kinds["commune"] == 95
    assert kinds["district"] == 3
    assert (kinds["province"], kinds["office"]) == (1, 1)
    grades = Counter(unit.short_name.split()[1] for unit in rows.units if unit.kind == "commune")
    assert grades == {"xã": 70, "phường": 25}
    assert 1900 <= len(rows.officers) <= 2100


def test_codes_logins_and_full_names_of_bodies_are_unique(rows: Province) -> None:
    for values in (
        [unit.code for unit in rows.units],
        [post.code for post in rows.posts],
        [officer.login for officer in rows.officers],
        [unit.name for unit in rows.units if unit.kind != "division"],
    ):
        assert [value for value, times in Counter(values).items() if times > 1] == []


def test_an_alias_points_to_one_body(rows: Province) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for unit in rows.units:
        for alias in unit.aliases:
            owners[alias].add(unit.code)
    assert {alias: codes for alias, codes in owners.items() if len(codes) > 1} == {}


def test_rows_refer_only_to_rows_that_exist_and_parents_come_first(rows: Province) -> None:
    seen: set[str] = set()
    for unit in rows.units:
        assert unit.parent_code is None or unit.parent_code in seen
        seen.add(unit.code)
    assert all(successor in seen for unit in rows.units for successor in unit.successors)
    assert all(post.unit_code in seen for post in rows.posts)
    posts = {post.code for post in rows.posts}
    logins = {officer.login for officer in rows.officers}
    assert all(a.post_code in posts and a.login in logins for a in rows.appointments)


def test_every_unit_has_exactly_one_head_today(rows: Province) -> None:
    heads = _heads(rows, TODAY)
    living = [unit.code for unit in rows.units if unit.valid_until is None]
    assert {code: heads.get(code) for code in living if len(heads.get(code, [])) != 1} == {}
    assert [unit.code for unit in rows.units if unit.valid_until and unit.code in heads] == []


def test_no_unit_ever_had_two_heads_and_nobody_sat_before_the_unit_began(rows: Province) -> None:
    began = {unit.code: unit.valid_from for unit in rows.units}
    unit_of = {post.code: post.unit_code for post in rows.posts}
    assert [a for a in rows.appointments if a.valid_from < began[unit_of[a.post_code]]] == []
    for on in (date(2024, 5, 5), date(2024, 5, 6), date(2025, 6, 30), date(2025, 7, 1), date(2026, 3, 16)):
        assert {code: who for code, who in _heads(rows, on).items() if len(who) > 1} == {}


def test_every_division_has_officers(rows: Province) -> None:
    staff = Counter(post.unit_code for post in rows.posts if post.kind == "officer")
    assert [unit.code for unit in rows.units if unit.kind == "division" and not staff[unit.code]] == []


def test_every_department_has_five_to_eight_divisions_and_every_commune_four(rows: Province) -> None:
    divisions = Counter(unit.parent_code for unit in rows.units if unit.kind == "division")
    assert {divisions[unit.code] for unit in rows.units if unit.kind == "department"} <= {5, 6, 7, 8}
    assert {divisions[unit.code] for unit in rows.units if unit.kind == "commune"} == {4}


def test_every_body_of_today_has_a_clerk(rows: Province) -> None:
    clerks = {post.unit_code for post in rows.posts if post.kind == "clerk"}
    bodies = [unit for unit in rows.units if unit.kind != "division" and unit.valid_until is None]
    assert [unit.code for unit in bodies if unit.code not in clerks] == []


def test_bodies_that_are_asked_and_not_ordered_stand_outside_the_tree_of_the_committee(rows: Province) -> None:
    units = {unit.code: unit for unit in rows.units}

    def top(code: str) -> str:
        parent = units[code].parent_code
        return code if parent is None else top(parent)

    outside = {unit.relation for unit in rows.units if top(unit.code) != "lg"}
    assert outside == {"vertical", "party_mass", "council"}
    assert {unit.relation for unit in rows.units if top(unit.code) == "lg"} == {"subordinate", "public_service"}


@pytest.mark.parametrize(
    ("unit", "on", "login"),
    [
        ("lg-snv", date(2025, 11, 30), "cuu.gd.snv"),
        ("lg-snv", date(2025, 12, 1), "gd.snv"),
        ("lg-stc", date(2026, 3, 15), "pho.chutich"),
        ("lg-stc", date(2026, 3, 16), "gd.stc"),
        ("lg-h01", date(2025, 6, 30), "ct.xa1"),
        ("lg-x02", date(2026, 3, 31), "ct.phuong5"),
        ("lg-h02", date(2023, 1, 2), "cuu.ct.phuong5"),
    ],
)
def test_who_headed_a_unit_on_a_past_day(rows: Province, unit: str, on: date, login: str) -> None:
    assert _heads(rows, on)[unit] == [login]


def test_districts_ended_with_june_2025_and_name_their_successors(rows: Province) -> None:
    districts = [unit for unit in rows.units if unit.kind == "district"]
    assert {unit.valid_until for unit in districts} == {date(2025, 7, 1)}
    inherited = [code for unit in districts for code in unit.successors]
    assert len(inherited) == len(set(inherited)) == 70


def test_several_people_hold_two_posts_today(rows: Province) -> None:
    posts = Counter(a.login for a in rows.appointments if _holds(a, TODAY))
    twice = {login for login, number in posts.items() if number == 2}
    assert {"vanthu", "theodoi", "pho.vp.hcc", "pgd.sxd", "tp.xa1"} <= twice
    assert max(posts.values()) == 2


def test_the_cast_can_sign_in(rows: Province) -> None:
    logins = {officer.login for officer in rows.officers}
    tour = "chutich pho.chutich chanhvp theodoi vanthu gd.snv tp.cchc cv.cchc gd.stc gd.sxd ct.xa1 tp.xa1 cv.xa1"
    assert {*tour.split(), "kiemtoan", "quantri"} <= logins
    seated = {a.post_code for a in rows.appointments}
    assert set(cast.CAST) <= seated


def test_texts_are_nfc_and_spell_uy_the_agreed_way(rows: Province) -> None:
    texts = [text for unit in rows.units for text in (unit.name, unit.short_name, unit.symbol, *unit.aliases)]
    texts += [officer.full_name for officer in rows.officers] + [post.title for post in rows.posts]
    assert all(unicodedata.is_normalized("NFC", text) for text in texts)
    assert [text for text in texts if "uỷ" in text.lower()] == []


def test_a_post_has_one_holder_today_and_nobody_takes_it_before_the_last_one_left(rows: Province) -> None:
    open_ends = Counter(a.post_code for a in rows.appointments if a.valid_until is None)
    assert [post for post, holders in open_ends.items() if holders > 1] == []
    terms: dict[str, list[AppointmentRow]] = defaultdict(list)
    for appointment in rows.appointments:
        terms[appointment.post_code].append(appointment)
    for held in terms.values():
        held.sort(key=lambda a: a.valid_from)
        assert all(a.valid_until is not None and a.valid_until <= b.valid_from for a, b in itertools.pairwise(held))


def test_rows_fit_the_columns_they_are_stored_in(rows: Province) -> None:
    assert max(len(unit.code) for unit in rows.units) <= 40
    assert max(len(unit.short_name) for unit in rows.units) <= 80
    assert max(len(post.code) for post in rows.posts) <= 60
    assert max(len(officer.login) for officer in rows.officers) <= 60
    assert {officer.gender for officer in rows.officers} == {"m", "f"}
    assert [unit.code for unit in rows.units if unit.oversees] == ["lg-vp", "lg-snv"]


def test_the_province_is_the_same_every_time() -> None:
    first = province.rows()
    province.rows.cache_clear()
    assert province.rows() == first
