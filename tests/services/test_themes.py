"""Themes of steering: added by the Office, a document belongs to them with history, lists filter by them."""

from __future__ import annotations

from uuid import UUID, uuid4

from tests import make
from tests.make import at, who

from kycuong.core.errors import Conflict, Invalid, NotAllowed, NotVisible
from kycuong.models import AuditEntry, Document, DocumentTheme
from kycuong.queries import documents, programmes, unit_duties
from kycuong.queries import themes as queries
from kycuong.services import themes

NAME = "Năm kỷ cương, hành động, về đích sớm"
LATER = "2026-11-03 09:00"


def added(name: str = NAME, kind: str = "year", year: int | None = 2026, login: str = "vanthu") -> UUID:
    return themes.add(actor=who(login), at=at(make.MONDAY), name=name, kind=kind, year=year)


def put(document: UUID, *chosen: UUID, when: str = make.MONDAY, login: str = "vanthu") -> None:
    themes.set_themes(actor=who(login), at=at(when), document=document, themes=chosen)


def charged() -> Document:
    document = make.issued()[0].document
    assert document is not None
    return document


def test_lists_filter_by_theme() -> None:
    year, topic = added(), added("Giải ngân đầu tư công", "topic", None)
    other, document = make.line(), charged()
    put(document.public_id, year)
    put(other, topic)
    found = documents.register(who("chanhvp"), at(LATER), theme=year).rows
    assert [row.public_id for row in found] == [document.public_id]
    page = unit_duties.of_unit(who("gdsxd"), at(LATER), theme=year)
    assert len(page.rows) == sum(page.counts.values()) == 1
    assert not unit_duties.of_unit(who("gdsxd"), at(LATER), theme=topic).rows
    assert sum(programmes.theme(who("gdsxd"), year, at(LATER)).counts.values()) == 1
    assert [row.documents for row in queries.themes(who("gdsxd"), at(LATER))] == [
        1,
        0,
    ]  # what is not issued is not theirs


def test_the_history_stays_when_a_document_changes_its_theme() -> None:
    first, second = added(), added("Chuyển đổi số", "topic", None)
    document = charged()
    put(document.public_id, first)
    put(document.public_id, second, when=LATER, login="theodoi")
    put(document.public_id, second, when="2026-11-04 09:00")  # the same again says nothing
    page = queries.of_document(document, at("2026-11-04 10:00"))
    assert [row.public_id for row in page.now] == [second]
    told = [(line.name, line.set_by, line.ended_by) for line in page.history]
    assert told == [
        ("Chuyển đổi số", "Nguyễn Thu Hà", ""),
        (NAME, "Trần Thị Mỹ Hạnh", "Nguyễn Thu Hà"),
    ]
    assert AuditEntry.objects.filter(act="set_themes").count() == 2


def test_an_ended_theme_takes_no_further_document_and_keeps_its_own() -> None:
    theme, document = added(), charged()
    put(document.public_id, theme)
    themes.end(actor=who("chanhvp"), at=at(LATER), theme=theme)
    put(document.public_id, theme, when=LATER)
    other = make.line("Giao Sở Tài chính rà soát công nợ trước ngày 20/11/2026.")
    with make.refused(Invalid, "theme_ended"):
        put(other, theme, when=LATER)
    with make.refused(Conflict, "theme_unchanged"):
        themes.end(actor=who("chanhvp"), at=at(LATER), theme=theme)
    themes.reopen(actor=who("chanhvp"), at=at(LATER), theme=theme)
    assert DocumentTheme.objects.filter(ended_at=None).count() == 1


def test_what_cannot_be_a_theme() -> None:
    added()
    with make.refused(Invalid, "theme_known"):
        added("năm kỷ cương, HÀNH ĐỘNG, về đích sớm")  # the same but for case
    with make.refused(Invalid, "theme_year_missing"):
        added(year=None)
    with make.refused(Invalid, "theme_name_missing"):
        added("  “” ")
    with make.refused(NotAllowed, "intake_not_allowed"):
        added("Chủ đề khác", login="gdsxd")


def test_who_does_not_register_sets_no_theme() -> None:
    theme, document = added(), charged()
    with make.refused(NotAllowed, "intake_not_allowed"):
        put(document.public_id, theme, login="gdsxd")
    with make.refused(NotVisible, "theme_not_visible"):
        put(document.public_id, uuid4())
    with make.refused(NotAllowed, "intake_not_allowed"):
        themes.rename(actor=who("gdsxd"), at=at(LATER), theme=theme, name="Tên khác")
    with make.refused(Invalid, "theme_unchanged"):
        themes.rename(actor=who("vanthu"), at=at(LATER), theme=theme, name=NAME)
