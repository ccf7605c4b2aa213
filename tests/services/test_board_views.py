"""Saved views of the board are a person's own; one of them is opened first."""

from __future__ import annotations

from uuid import uuid4

from tests import make

from kycuong.core.errors import Invalid, NotVisible
from kycuong.queries import board
from kycuong.services import views

AT = make.at(make.MONDAY)


def test_a_view_is_kept_changed_opened_first_and_forgotten_by_its_owner_alone() -> None:
    mine, other = make.who("chutich"), make.who("theodoi")
    first = views.keep(actor=mine, at=AT, name=" Khối  sở ", query="nhom=department", first=True)
    views.keep(actor=mine, at=AT, name="Cấp xã", query="nhom=commune", first=True)
    assert views.keep(actor=mine, at=AT, name="Khối sở", query="nhom=department&nam=2026") == first
    assert [(one.name, one.first) for one in board.views(mine)] == [("Cấp xã", True), ("Khối sở", False)]
    assert board.views(other) == []
    with make.refused(NotVisible, "view_not_visible"):
        views.drop(actor=other, at=AT, view=first)
    views.open_first(actor=mine, at=AT, view=first)
    views.open_first(actor=mine, at=AT, view=first)
    assert [one.first for one in board.views(mine)] == [False, False]
    views.drop(actor=mine, at=AT, view=first)
    assert [one.name for one in board.views(mine)] == ["Cấp xã"]


def test_a_view_needs_a_name_and_there_is_an_end_to_them() -> None:
    who = make.who("chutich")
    with make.refused(Invalid, "view_name_missing"):
        views.keep(actor=who, at=AT, name="  ", query="")
    with make.refused(NotVisible, "view_not_visible"):
        views.open_first(actor=who, at=AT, view=uuid4())
    for n in range(views.MOST):
        views.keep(actor=who, at=AT, name=str(n), query="")
    with make.refused(Invalid, "view_too_many"):
        views.keep(actor=who, at=AT, name="một bảng nữa", query="")
