"""A reviewer says what became of a demand; it is kept, can be taken back, and the numbers of the link follow."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import families, make

from kycuong.core.errors import Invalid, NotAllowed, NotVisible
from kycuong.models import AuditEntry, Document, DocumentLink
from kycuong.queries import comparisons as queries
from kycuong.services import comparisons, directives

WHEN = "2026-11-10 09:00"


def numbers() -> tuple[int | None, ...]:
    return DocumentLink.objects.values_list("carried", "softened", "missing").get(kind="implements")


def correct(
    pair: tuple[Document, Document], words: str, status: str, login: str = "vanthu", span: str = "", demand: int = 0
) -> None:
    page = queries.pair(None, pair[0].public_id, pair[1].public_id)
    found = next(row.line.demand for row in page.rows if words in row.line.demand.text)
    chosen = [(one.start, one.end) for one in page.choices if span and span in one.text]
    comparisons.correct_match(
        actor=make.who(login, WHEN), at=make.at(WHEN), parent=pair[0].public_id, child=pair[1].public_id,
        demand=(found.start + demand, found.end), status=status, spans=chosen, reason="Xã đã có văn bản riêng",
    )  # fmt: skip


def test_linking_counts_and_a_correction_counts_anew() -> None:
    pair = families.linked()
    assert numbers() == (1, 2, 1)  # training; life jackets without figure, a ban softened; the ferry berths
    correct(pair, "rà soát các bến đò ngang", "carried", span="áo phao")
    assert numbers() == (2, 2, 0)
    page = queries.pair(make.who("vanthu", WHEN), pair[0].public_id, pair[1].public_id)
    assert page.rows[0].found == "missing"
    assert page.rows[0].correction is not None
    assert page.rows[0].correction.officer == "Trần Thị Mỹ Hạnh"
    assert [one.text for one in page.rows[0].line.match] == ["Bảo đảm bến đò ngang có áo phao."]
    assert AuditEntry.objects.get(act="correct_match").data["before"] == "missing"


def test_the_newest_word_holds_and_taking_it_back_lets_the_one_before_hold() -> None:
    pair = families.linked()
    correct(pair, "rà soát các bến đò ngang", "carried", span="áo phao")
    correct(pair, "rà soát các bến đò ngang", "softened", span="áo phao")
    assert numbers() == (1, 3, 0)
    page = queries.pair(make.who("theodoi", WHEN), pair[0].public_id, pair[1].public_id)
    comparisons.undo_match(
        actor=make.who("theodoi", WHEN), at=make.at(WHEN), correction=page.history[0].public_id
    )  # fmt: skip
    assert numbers() == (2, 2, 0)
    page = queries.pair(make.who("theodoi", WHEN), pair[0].public_id, pair[1].public_id)
    assert [(one.status, one.undone) for one in page.history] == [("softened", True), ("carried", False)]
    with make.refused(NotVisible, "match_not_visible"):
        comparisons.undo_match(
            actor=make.who("theodoi", WHEN), at=make.at(WHEN), correction=page.history[0].public_id
        )  # fmt: skip


@pytest.mark.parametrize(
    ("login", "kind", "code"),
    [
        ("gdsnv", NotAllowed, "intake_not_allowed"),
        ("ctx1", NotVisible, "document_not_visible"),
        ("gdstc", NotVisible, "document_not_visible"),
    ],
)
def test_only_the_office_corrects(login: str, kind: type[Exception], code: str) -> None:
    pair = families.linked()
    with make.refused(kind, code):
        correct(pair, "áo phao", "carried", login)


def test_what_stands_nowhere_or_says_nothing_is_refused() -> None:
    pair = families.linked()
    with make.refused(Invalid, "match_missing"):
        correct(pair, "rà soát các bến đò ngang", "carried")
    with make.refused(Invalid, "kind_unknown"):
        correct(pair, "áo phao", "lost")
    with make.refused(Invalid, "demand_unknown"):
        correct(pair, "áo phao", "carried", demand=1)


def test_a_document_changed_since_is_counted_again_by_the_job_and_then_left_alone() -> None:
    above, below = families.linked()
    order = make.orders(below)[0]
    directives.drop_order(
        actor=make.who("vanthu", WHEN), at=make.at(WHEN), order=order.public_id, reason="Nêu nguyên tắc"
    )  # fmt: skip
    assert comparisons.renew(make.at("2026-11-10 09:01")) == 1
    assert comparisons.renew(make.at("2026-11-10 09:02")) == 0
    assert sum(count or 0 for count in numbers()) == 4
    assert queries.pair(None, above.public_id, below.public_id).counts == dict(
        zip(("carried", "softened", "missing"), numbers(), strict=True)
    )


def test_a_word_said_while_the_job_counts_is_not_written_over(monkeypatch: pytest.MonkeyPatch) -> None:
    pair, counted = families.linked(), queries.counted
    DocumentLink.objects.update(compared_at=None)

    def meanwhile(links: list[DocumentLink]) -> list[DocumentLink]:
        found = counted(links)
        monkeypatch.undo()
        correct(pair, "rà soát các bến đò ngang", "carried", span="áo phao")
        return found

    monkeypatch.setattr(queries, "counted", meanwhile)
    comparisons.renew(make.at("2026-11-10 09:01"))
    comparisons.renew(make.at("2026-11-10 09:02"))
    assert numbers() == (2, 2, 0)


def test_a_change_that_is_committed_behind_a_count_is_counted_by_the_next() -> None:
    _, below = families.linked()
    DocumentLink.objects.update(compared_at=None)
    comparisons.renew(make.at("2026-11-10 09:00") + timedelta(seconds=20))
    directives.drop_order(
        actor=make.who("vanthu", WHEN), at=make.at(WHEN), order=make.orders(below)[0].public_id, reason="Nêu nguyên tắc"
    )  # fmt: skip
    assert comparisons.renew(make.at("2026-11-10 09:02")) == 1
