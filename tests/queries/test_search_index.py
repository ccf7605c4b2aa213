"""The index proposes, the row decides: what is found is what a plain reading of every row finds, however the question is put."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import make
from tests.queries.test_lists import many

from kycuong.core.search import Query, parse, synonyms
from kycuong.models import Document, Duty, Order, SearchRow
from kycuong.models.search import SearchKind
from kycuong.queries import scope
from kycuong.queries.search import Filters, fts5, search
from kycuong.queries.search.sample import Sample, sample_of
from kycuong.services import directives

NOW = make.at("2026-11-13 09:00")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="the index of SQLite")

ASKED = [
    "rà soát dự án", "rà soát dự án 3", "chuyển đổi số cấp xã", '"báo cáo trước ngày"', '"ngày trước báo cáo"', "CĐS", "CCHC",
    "giải ngân đất đai", "đất đai giải ngân 2026", "giai nga", "phoi hop voi so tai chi", "du an 1", "hành chính", "s1 u1 o1",
    "tai", "xyz", "22/CT-UBND", "ubnd xa", '"rà soát" "dự án" 7', "kỷ luật kỷ cương dự án", "khong co chu nay",
]  # fmt: skip


@pytest.fixture
def world() -> None:
    """Three papers, an instruction of many like orders, an odd one; some tasks on desks below."""
    for code, subject in (("21/CT-UBND", "siết chặt kỷ luật, kỷ cương"), ("22/CT-UBND", "chuyển đổi số cấp xã")):
        made = make.upload(make.paper(code, subject=subject))
        directives.issue(actor=make.who("vanthu"), at=make.at(make.MONDAY), document=made.public_id)
    make.upload(make.paper("23/KH-UBND", subject="cải cách hành chính"))
    many(12)
    make.issued("Giao Sở Tài chính rà soát hồ sơ đất đai, giải ngân chậm.")
    first, second, *_ = Duty.objects.filter(kind="task", holder_unit__code="SXD").order_by("-id")
    make.Road(first).assign("gdsxd", "tpqldt", "2026-11-03 08:00")
    make.Road(first).assign("tpqldt", "cvqldt", "2026-11-03 09:00")
    make.Road(second).assign("gdsxd", "cvqldt", "2026-11-03 09:00")


COMMON: dict[str, Callable[[list[frozenset[str]]], list[frozenset[str]]]] = {
    "as it is": lambda rows: rows,
    "all seldom": lambda rows: [frozenset()],
    "all common": lambda rows: [frozenset().union(*rows)],
}


@pytest.fixture(params=COMMON)
def commonness(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the sample say that words are as common as they are, all rare, or all common."""
    seen = COMMON[request.param]

    def sampled(kind: SearchKind, total: int) -> Sample:
        rows = SearchRow.objects.filter(kind=kind).values_list("head", "marks")
        return Sample(tuple(seen([frozenset(f"{head} {marks}".split()) for head, marks in rows])), total)

    monkeypatch.setattr(fts5, "sample_of", sampled)
    return


def test_what_is_found_is_what_reading_every_row_finds(world: None, commonness: None) -> None:
    for login in ("vanthu", "gdsxd", "tpqldt", "cvqldt", "gdstc", "ctx1"):
        plain = _Plain(login)
        for text in ASKED:
            page = search(make.who(login), NOW, text=text, size=500)
            assert {(hit.kind, hit.order_id or hit.public_id) for hit in page.rows} == plain.finds(text), (login, text)


def test_filters_find_what_reading_every_row_finds(world: None, commonness: None) -> None:
    unit, document = make.unit("SXD"), Document.objects.get(number="22")
    for login in ("vanthu", "gdsxd", "cvqldt"):
        tasks = scope.visible_duties(make.who(login)).filter(kind="task")
        for narrowed, filters in (
            (tasks.filter(holder_unit=unit), Filters(kind="task", unit=unit.public_id)),
            (tasks.filter(document=document), Filters(kind="task", document=document.public_id)),
            (tasks.filter(opened_at__year=2026), Filters(kind="task", year=2026)),
            (tasks.none(), Filters(kind="task", year=2025)),
        ):
            page = search(make.who(login), NOW, text="báo cáo", filters=filters, size=500)
            wanted = {one.public_id for one in narrowed if "báo cáo" in one.title.lower()}
            assert {hit.public_id for hit in page.rows} == wanted, (login, filters)


class _Plain:
    """A person's rows as folded words, read one by one."""

    def __init__(self, login: str) -> None:
        who = make.who(login)
        papers = set(scope.visible_documents(who).values_list("pk", flat=True))
        orders = dict(Order.objects.filter(document__in=papers).values_list("pk", "public_id"))
        documents = dict(Document.objects.filter(pk__in=papers).values_list("pk", "public_id"))
        duties = dict(scope.visible_duties(who).values_list("pk", "public_id"))
        self.rows = []
        for row in SearchRow.objects.all():
            kept = {"document": documents, "order": orders, "task": duties}[row.kind]
            key = kept.get(row.document_id or row.order_id or row.duty_id or 0)
            if key:
                self.rows.append((row.kind, key, f" {row.head} ", f" {row.body} "))

    def finds(self, text: str) -> set[tuple[str, object]]:
        query = parse(text, synonyms())
        return self._having(query) or (self._having(query.typing()) if query.half_typed else set())

    def _having(self, query: Query) -> set[tuple[str, object]]:
        wanted = [
            [f" {' '.join(phrase)}{'' if term.prefix else ' '}" for phrase in term.choices] for term in query.terms
        ]
        return {
            (kind, key)
            for kind, key, head, body in self.rows
            if all(any(one in head or one in body for one in choices) for choices in wanted)
        }


@on_sqlite
def test_the_words_that_begin_so_are_read_from_the_index_each_once(world: None) -> None:
    many(30)
    words = {
        word for head in SearchRow.objects.filter(kind="task").values_list("head", flat=True) for word in head.split()
    }
    for prefix in ("t", "th", "xa", "2", "zz", "="):
        known = fts5.endings(SearchKind.TASK, prefix)
        assert known[: fts5.ENDINGS_NAMED] == sorted(set(known))[: fts5.ENDINGS_NAMED]
        if prefix != "=":
            assert set(known) == {word for word in words if word.startswith(prefix)}, prefix


@on_sqlite
def test_a_beginning_that_very_many_words_have_finds_them_all(world: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fts5, "ENDINGS_NAMED", 1)
    plain = _Plain("vanthu")
    for text in ("phoi hop voi so tai ch", "giai nga", '"giai nga"'):
        page = search(make.who("vanthu"), NOW, text=text, size=500)
        assert page.typing
        assert {(hit.kind, hit.order_id or hit.public_id) for hit in page.rows} == plain.finds(text) != set()


@on_sqlite
def test_what_nearly_every_row_has_is_left_to_the_row(world: None) -> None:
    sample = sample_of.__wrapped__(SearchKind.TASK, 100)
    assert sample.share(["ra"]) > 0.5
    assert 0 < sample.share(["dat"]) < 0.2
    with CaptureQueriesContext(connection) as asked:
        search(make.who("vanthu"), NOW, text="rà soát đất đai", filters=Filters(kind="task"))
    (sql,) = [query["sql"] for query in asked if "kycuong_searchtask MATCH" in query["sql"]]
    task = sql.partition("kycuong_searchtask MATCH ")[2]
    assert task.startswith("""'("dat") AND ("dai")'""")
