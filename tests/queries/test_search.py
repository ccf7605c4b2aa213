"""Search: words with and without diacritics, numbers, phrases, abbreviations; only what the person sees; pages by key."""

from __future__ import annotations

import pytest
from tests import make, organising
from tests.queries.test_lists import many, queries_of

from kycuong import jobs
from kycuong.core.errors import Invalid
from kycuong.models import Document, DocumentText, Duty, SearchRow
from kycuong.queries import scope
from kycuong.queries.search import Filters, finding, search
from kycuong.services import directives
from kycuong.services import search as services

NOW = make.at("2026-11-13 09:00")
EVERYBODY = [login for login, *_ in make.PEOPLE]


def issue(document: Document) -> None:
    directives.issue(actor=make.who("vanthu"), at=make.at(make.MONDAY), document=document.public_id)


@pytest.fixture
def papers() -> dict[str, Document]:
    """Three papers, the first two issued."""
    made = {
        "21/CT-UBND": make.upload(make.paper("21/CT-UBND", subject="siết chặt kỷ luật, kỷ cương hành chính")),
        "22/CT-UBND": make.upload(make.paper("22/CT-UBND", subject="công tác hoà giải ở cơ sở")),
        "05/KH-UBND": make.upload(make.paper("05/KH-UBND", subject="rà soát thủ tục hành chính, thuỷ lợi")),
    }
    for code in ("21/CT-UBND", "22/CT-UBND"):
        issue(made[code])
    return made


def found(login: str, text: str, **filters: object) -> list[str]:
    """Return what a person finds, as kind and code of the document."""
    page = search(make.who(login), NOW, text=text, filters=Filters(**filters), size=200)  # type: ignore[arg-type]
    return [f"{hit.kind} {hit.code}" for hit in page.rows]


def documents(login: str, text: str) -> set[str]:
    return {row.removeprefix("document ") for row in found(login, text, kind="document")}


TYPED = [
    ("kỷ luật", {"21/CT-UBND"}),
    ("ky luat", {"21/CT-UBND"}),
    ("KỈ LUẬT", {"21/CT-UBND"}),
    ("luật kỷ", {"21/CT-UBND"}),
    ('"kỷ luật, kỷ cương"', {"21/CT-UBND"}),
    ('"luật kỷ"', {"21/CT-UBND"}),
    ('"cương kỷ"', set()),
    ("hòa giải", {"22/CT-UBND"}),
    ("hoà giải", {"22/CT-UBND"}),
    ("thủy lợi", {"05/KH-UBND"}),
    ("22/CT-UBND", {"22/CT-UBND"}),
    ("22 ct ubnd", {"22/CT-UBND"}),
    ("số 22-CT/UBND", {"22/CT-UBND"}),
    ("5/KH-UBND", {"05/KH-UBND"}),
    ("TTHC", {"05/KH-UBND"}),
    ("thu tuc hanh chinh", {"05/KH-UBND"}),
    ("ky lua", {"21/CT-UBND"}),
    ("co so hoa gia", {"22/CT-UBND"}),
    ("le thi hoai an", {"21/CT-UBND", "22/CT-UBND", "05/KH-UBND"}),
    ("phân bổ vốn năm 2027", {"21/CT-UBND", "22/CT-UBND", "05/KH-UBND"}),
    ("kỷ luật hòa giải", set()),
    ("", set()),
]


def test_people_find_what_they_type(papers: dict[str, Document]) -> None:
    for text, codes in TYPED:
        assert documents("vanthu", text) == codes, text


def test_a_unit_is_found_by_its_short_name_and_its_full_one(papers: dict[str, Document]) -> None:
    for text in ("STC", "Sở Tài chính", "so tai chinh"):
        assert "task 22/CT-UBND" in found("gdstc", text), text


def test_the_number_asked_for_stands_first_then_what_is_called_so_then_what_says_so() -> None:
    cited = make.upload(make.paper("31/CT-UBND", subject="đất đai"))
    later = make.upload(make.paper("32/CT-UBND", subject="việc khác", cites="Chỉ thị số 31/CT-UBND về đất đai"))
    for one in (cited, later):
        issue(one)
    rows = [hit.code for hit in search(make.who("vanthu"), NOW, text="31/CT-UBND").rows if hit.kind == "document"]
    assert rows == ["31/CT-UBND", "32/CT-UBND"]
    assert [row for row in found("vanthu", "đất đai") if row.startswith("document")] == [
        "document 31/CT-UBND",
        "document 32/CT-UBND",
    ]


def test_the_matching_words_are_marked_in_their_own_spelling(papers: dict[str, Document]) -> None:
    (hit, *_) = search(make.who("vanthu"), NOW, text="ky luat").rows
    assert [text for text, lit in hit.title if lit] == ["kỷ", "luật", "kỷ"]
    assert "".join(text for text, _ in hit.title) == papers["21/CT-UBND"].subject


def test_a_passage_of_the_text_is_shown_when_the_text_and_not_the_name_has_the_words(
    papers: dict[str, Document],
) -> None:
    rows = search(make.who("vanthu"), NOW, text="phân bổ vốn", filters=Filters(kind="document")).rows
    assert {"".join(text for text, lit in hit.passage if lit) for hit in rows} == {"phânbổvốn"}


HOSTILE = [
    '"', "'", "%", "_", "*", "^", "NEAR(", "AND", "OR NOT", "a OR", "{head}: x", "head:a", "-", "+", "()", ");--", "\\",
    ":*", "a:*", "&|!", "<->", "\x00", "\u200b", "🙂", "đ" * 10_000, '"' * 500, "a b " * 3_000, "1e5 0x1F -5 1.5", "=u1 =kdocument",
]  # fmt: skip


def test_nothing_that_is_typed_is_an_error(papers: dict[str, Document]) -> None:
    for login in ("vanthu", "gdsxd"):
        for text in HOSTILE:
            page = search(make.who(login), NOW, text=text)
            assert page.next_key is None or page.rows


def visible(login: str) -> set[tuple[str, str]]:
    """Return every record that the scope lets a person see."""
    who = make.who(login)
    papers = scope.visible_documents(who)
    tasks = scope.visible_duties(who).filter(kind="task")
    return {("document", str(key)) for key in papers.values_list("public_id", flat=True)} | {
        ("task", str(key)) for key in tasks.values_list("public_id", flat=True)
    }


def test_everybody_finds_all_that_they_see_and_nothing_else(papers: dict[str, Document]) -> None:
    first, second, *_ = Duty.objects.filter(kind="task").order_by("id")
    road = make.Road(first)
    road.assign("gdsxd", "tpqldt", "2026-11-03 08:00")
    road.assign("tpqldt", "cvqldt", "2026-11-03 09:00")
    road.assign("gdsxd", "pgdsxd", "2026-11-03 10:00")
    make.Road(second).send("gdstc", "2026-11-03 08:00")
    for login in EVERYBODY:
        _finds_all(login)


def _finds_all(login: str) -> None:
    page = search(make.who(login), NOW, text="UBND", size=500)
    tasks = search(make.who(login), NOW, text="sở", filters=Filters(kind="task"), size=500)
    rows = {(hit.kind, str(hit.public_id)) for hit in [*page.rows, *tasks.rows] if hit.kind != "order"}
    assert rows == visible(login), login
    for hit in page.rows:
        if hit.kind == "order":  # what the page of its document refuses is not found
            scope.document_to_read(make.who(login), hit.public_id)
    assert page.counts["document"] == len({row for row in rows if row[0] == "document"})


def test_counts_and_guesses_betray_nothing(papers: dict[str, Document]) -> None:
    page = search(make.who("gdcat"), NOW, text="kỷ luật")
    assert (page.rows, sum(page.counts.values()), page.meant) == ([], 0, "")
    assert search(make.who("gdcat"), NOW, text="kỷ luạtt").meant == ""
    assert search(make.who("vanthu"), NOW, text="hoa giaii").meant == "hoa giải"


def test_filters_narrow(papers: dict[str, Document]) -> None:
    kinds = {row.split()[0] for row in found("vanthu", "rà soát")}
    assert kinds == {"document", "order", "task"}
    assert {row.split()[0] for row in found("vanthu", "rà soát", kind="task")} == {"task"}
    assert found("vanthu", "kỷ luật", year=2025) == []
    assert found("vanthu", "kỷ luật", year=2026) != []
    sxd, stc = make.unit("SXD").public_id, make.unit("STC").public_id
    assert found("vanthu", "rà soát", kind="task", unit=sxd) == ["task 22/CT-UBND", "task 21/CT-UBND"]
    assert found("vanthu", "rà soát", kind="task", unit=stc) == []
    one = papers["21/CT-UBND"].public_id
    assert found("vanthu", "rà soát", kind="task", document=one) == ["task 21/CT-UBND"]
    assert found("vanthu", "rà soát", state="overdue") == []
    assert found("vanthu", "rà soát", state="not_due") == ["task 22/CT-UBND", "task 21/CT-UBND"]
    assert found("vanthu", "hành chính", state="triage", kind="document") == ["document 05/KH-UBND"]


@pytest.mark.parametrize(("size", "kind"), [(1, ""), (3, "task"), (7, ""), (7, "task")])
def test_pages_by_key_show_every_result_once_in_one_order(papers: dict[str, Document], size: int, kind: str) -> None:
    many(8)
    whole = found("vanthu", "rà soát", kind=kind)
    seen, key = [], None
    while True:
        page = search(make.who("vanthu"), NOW, text="rà soát", filters=Filters(kind=kind), after=key, size=size)
        seen += [f"{hit.kind} {hit.code}" for hit in page.rows]
        key = page.next_key
        if key is None:
            break
    assert seen == whole
    assert len(whole) > 8


def test_a_key_that_no_page_gave_is_refused() -> None:
    for key in ("x", "9~1", "~", "1~", "~1", "1~x", "1~" + "9" * 30, "-1~3"):
        with pytest.raises(Invalid):
            search(make.who("vanthu"), NOW, text="rà soát", after=key)


@pytest.mark.parametrize("login", ["theodoi", "gdsxd", "cvqldt"])
def test_the_number_of_queries_does_not_grow_with_what_is_found(login: str) -> None:
    many(3)
    who = make.who(login)

    def look() -> None:
        search(who, NOW, text="rà soát", size=500)

    look()
    before = queries_of(look)
    many(60)
    look()  # SQLite reads a sample of the rows when they have grown
    assert queries_of(look) == before <= 11


def test_an_erased_text_leaves_no_word(papers: dict[str, Document]) -> None:
    document = papers["22/CT-UBND"]
    assert "22/CT-UBND" in documents("vanthu", "phân bổ vốn")
    DocumentText.objects.filter(document=document).delete()
    services.write_documents([document.pk])
    assert "22/CT-UBND" not in documents("vanthu", "phân bổ vốn")
    assert "22/CT-UBND" in documents("vanthu", "hòa giải")


def test_rebuilding_gives_the_same_rows(papers: dict[str, Document]) -> None:
    def rows() -> set[tuple[object, ...]]:
        names = ("kind", "document", "order", "duty", "code", "head", "body")
        kept = SearchRow.objects.values_list(*names, "marks")
        return {(*row[:-1], frozenset(row[-1].split())) for row in kept}

    make.Road(Duty.objects.filter(holder_unit__code="SXD")[0]).assign("gdsxd", "cvqldt", "2026-11-03 08:00")
    before, wanted = rows(), found("gdsxd", "rà soát")
    assert services.rebuild() > 0
    assert (rows(), found("gdsxd", "rà soát")) == (before, wanted)
    SearchRow.objects.all().delete()
    assert found("gdsxd", "rà soát") == []
    assert services.prepare() > 0
    assert services.prepare() == 0
    assert rows() == before


def test_a_long_instruction_s_orders_follow_its_review(papers: dict[str, Document]) -> None:
    document = papers["05/KH-UBND"]
    first = make.orders(document)[0]
    directives.split_order(
        actor=make.who("vanthu"), at=NOW, order=first.public_id, offset=first.start + first.text.index("báo cáo")
    )
    assert found("vanthu", '"báo cáo trước ngày"', document=document.public_id).count("order 05/KH-UBND") == 1
    directives.undo(actor=make.who("vanthu"), at=NOW, document=document.public_id)
    assert found("vanthu", '"tiến độ, báo cáo trước ngày"', document=document.public_id).count("order 05/KH-UBND") == 1


def test_a_new_short_name_is_understood_by_the_next_search() -> None:
    finding._synonyms()
    given = organising.plan("rename", "STC", name="Sở Ngân khố và Tài chính", short_name="SNK")
    organising.decided(given)
    jobs.work_once(make.at(organising.DAY))
    assert make.unit("STC").short_name == "SNK"
    assert "snk" in str(finding._synonyms())
    before = "2026-11-15 08:00"  # the clock was set back since
    organising.decided(
        organising.plan("rename", "SXD", name="Sở Kiến thiết", short_name="SKT", on="2026-11-15"), before
    )
    assert "skt" in str(finding._synonyms())
