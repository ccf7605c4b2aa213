"""Every row of every lifecycle says who may and on what basis, and every lifecycle ends."""

from __future__ import annotations

from kycuong.core.lifecycle import Row, lifecycles


def rows() -> list[tuple[str, Row]]:
    return [(f"{name}.{row.action}", row) for name, lifecycle in lifecycles().items() for row in lifecycle.rows]


def test_every_row_has_a_permission() -> None:
    assert rows()
    assert not [where for where, row in rows() if not row.permission.strip()]


def test_every_row_has_a_basis() -> None:
    assert not [where for where, row in rows() if not row.basis.strip()]


def test_every_row_has_a_label_that_people_read() -> None:
    assert not [where for where, row in rows() if not row.label.strip() or row.label == row.action]


def test_an_action_stands_in_one_row_only() -> None:
    places = [where for where, _ in rows()]
    assert sorted(places) == sorted(set(places))


def test_every_phase_that_is_left_can_be_reached_and_the_lifecycle_ends() -> None:
    for name, lifecycle in lifecycles().items():
        sources = {phase for row in lifecycle.rows for phase in row.sources}
        left = {phase for row in lifecycle.rows for phase in row.sources if row.target not in {None, phase}}
        targets = {row.target for row in lifecycle.rows if row.target}
        assert sources <= targets, f"{name}: nothing leads to {sources - targets}"
        assert targets - left, f"{name} never ends"


def test_whatever_is_open_can_be_handed_over_when_the_organisation_changes() -> None:
    for name, lifecycle in lifecycles().items():
        standing = {row.target for row in lifecycle.rows if row.target} - {"closed"}
        assert lifecycle.row("succeed").sources == standing, name


def test_a_lifecycle_offers_at_most_one_first_act_a_phase_and_permission() -> None:
    """A page has one primary act; two for the same person in the same phase would both claim the button."""
    for name, lifecycle in lifecycles().items():
        seen = [(row.permission, phase) for row in lifecycle.rows if row.primary for phase in row.sources]
        assert len(seen) == len(set(seen)), name


def test_what_has_a_clock_moves_with_the_calendar() -> None:
    for name, lifecycle in lifecycles().items():
        actions = {row.action for row in lifecycle.rows}
        assert "rung_near" not in actions or "calendar_changed" in actions, name
