"""A history with known buck-passing: most of it is found, some leaves no trace, honest look-alikes are explained away."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
from score_signs import Scores, Tally, lines, score


def _sum(tallies: dict[str, Tally]) -> Tally:
    return Tally(
        *(sum(getattr(one, name) for one in tallies.values()) for name in ("planted", "found", "right", "hit"))
    )


@pytest.mark.once
@pytest.mark.django_db
def test_what_was_planted_is_found_and_what_the_rules_miss_is_said() -> None:
    scores = Scores()
    score(1, 2, scores)
    before, after = _sum(scores.found), _sum(scores.weighed)
    assert scores.found["silence"].recall == 1.0  # a body that stays silent leaves a trace, whatever it means by it
    assert before.planted > before.hit > before.planted / 2
    assert before.found > before.right  # honest people leave the same traces
    assert after.precision is not None
    assert before.precision is not None
    assert after.precision > before.precision
    assert len(list(lines(scores))) == 2 + 10
