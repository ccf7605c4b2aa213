"""Registering reads a paper, keeps its original by its hash, proposes orders and roles; a bad one leaves nothing."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from tests import make

from kycuong.core.errors import Invalid, NotAllowed, NotVisible
from kycuong.models import AuditEntry, Document, DocumentLink
from kycuong.reader import Secret, Unreadable
from kycuong.services import directives


def register(login: str = "vanthu", file: tuple[str, bytes] | None = None, **fields: object) -> Document:
    name, data = file or make.paper()
    found = directives.register_upload(actor=make.who(login), at=make.at(make.MONDAY), name=name, data=data, **fields)
    return Document.objects.get(public_id=found)


def kept() -> list[bytes]:
    return [path.read_bytes() for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]


def test_the_head_is_read_and_waits_for_triage() -> None:
    row = register()
    assert (row.number, row.symbol, row.doc_type) == ("21", "CT-UBND", "Chỉ thị")
    assert (row.issued_on, row.signer) == (date(2026, 11, 2), "Lê Thị Hoài An")
    assert (row.state, row.register, row.arrived_on) == ("triage", "incoming", date(2026, 11, 2))
    assert AuditEntry.objects.get(act="register").subject_id == str(row.public_id)


def test_the_original_is_kept_once_by_its_hash() -> None:
    row = register()
    file = row.files.get()
    assert file.sha256 == hashlib.sha256(make.paper()[1]).hexdigest()
    assert kept() == [make.paper()[1]]


def test_who_gives_follows_and_confirms_is_proposed() -> None:
    row = register()
    assert row.giver_post.title == "Phó Chủ tịch UBND tỉnh"  # signed KT. by the deputy
    assert (row.giver_unit.code, row.follower_unit.code, row.confirmer_unit.code) == ("T", "VP", "VP")
    assert row.follower_post.title == "Chuyên viên theo dõi"
    assert not row.higher_level


def test_each_order_has_its_lead_participants_and_date() -> None:
    first, second = make.orders(register())
    parties = [(party.role, party.unit.code) for party in first.parties.order_by("role")]
    assert parties == [("lead", "SXD"), ("participant", "STC")]
    assert (first.kind, first.deadline_on, first.bound) == ("dated", date(2026, 11, 20), "before")
    assert second.parties.get().unit.code == "STC"
    assert (first.status, first.doubts) == ("proposed", [])


def test_the_same_number_of_the_same_issuer_and_year_is_refused_and_leads_to_the_first() -> None:
    row = register()
    with make.refused(Invalid, "document_known"):
        register(file=make.paper(subject="việc khác"))
    with pytest.raises(Invalid) as caught:
        register()
    assert caught.value.values["public_id"] == row.public_id
    assert register(file=make.paper(signed="ngày 05 tháng 01 năm 2025")).issued_year == 2025
    assert register(file=make.paper(code="21/KH-UBND")).symbol == "KH-UBND"


def test_arrival_numbers_run_within_the_year() -> None:
    assert register().arrival_no == 1
    assert register(file=make.paper("22/CT-UBND"), arrival_no=40).arrival_no == 40
    assert register(file=make.paper("23/CT-UBND")).arrival_no == 41
    before = register(file=make.paper("24/CT-UBND"), arrived_on=date(2025, 12, 31))
    assert (before.arrived_year, before.arrival_no) == (2025, 1)


def test_an_arrival_number_that_is_taken_is_refused_with_the_next_free_one() -> None:
    register(arrival_no=7)
    with make.refused(Invalid, "arrival_no_known"):
        register(file=make.paper("22/CT-UBND"), arrival_no=7)
    with pytest.raises(Invalid) as caught:
        register(file=make.paper("22/CT-UBND"), arrival_no=7)
    assert caught.value.values["next_no"] == 8


def test_the_register_of_outgoing_papers_has_no_arrival_number() -> None:
    row = register(register="outgoing", arrival_no=3)
    assert (row.register, row.arrival_no) == ("outgoing", None)


SECRETS = [
    ("cong-van.txt", "MẬT\n".encode() + make.paper()[1]),
    ("cong-van.txt", "TUYỆT MẬT\n".encode() + make.paper()[1]),
    ("cong-van-MẬT.docx", b"PK not looked at"),
    ((make.SAMPLES / "cong-van-mat-02.docx").name, (make.SAMPLES / "cong-van-mat-02.docx").read_bytes()),
]


@pytest.mark.parametrize("file", SECRETS)
def test_a_secret_paper_leaves_no_row_and_no_byte(file: tuple[str, bytes]) -> None:
    with make.refused(Secret, "secret"):
        register(file=file)
    assert kept() == []


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (("rong.txt", b""), Invalid),
        (("trang.txt", b" \n "), Unreadable),
        (("hong.pdf", b"%PDF-1.4 broken"), Unreadable),
        (("hong.docx", b"PK\x03\x04 broken"), Unreadable),
        (("anh.png", b"\x89PNG\r\n\x1a\n\x00\x00"), Unreadable),
        (("mat-khau.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600), Unreadable),
    ],
)
def test_what_cannot_be_read_leaves_no_row_and_no_byte(file: tuple[str, bytes], kind: type[Exception]) -> None:
    before = make.picture()
    with pytest.raises(kind):
        register(file=file)
    assert make.picture() == before
    assert kept() == []


@pytest.mark.parametrize("login", ["gdsxd", "chutich", "cvqldt", "kiemtoan", "quantri", "gdsnv"])
def test_only_the_office_registers(login: str) -> None:
    with make.refused(NotAllowed, "intake_not_allowed"):
        register(login)
    with make.refused(NotAllowed, "intake_not_allowed"):
        directives.register_line(actor=make.who(login), at=make.at(make.MONDAY), text=make.LINE)


def test_a_paper_that_is_cited_and_known_is_linked() -> None:
    cited = register()
    row = register(file=make.paper("22/CT-UBND", cites="Chỉ thị số 21/CT-UBND ngày 02 tháng 11 năm 2026"))
    (link,) = DocumentLink.objects.filter(document=row)
    assert (link.other, link.kind) == (cited, "cites")


def test_papers_are_linked_by_hand_too_and_once() -> None:
    first, second = register(), register(file=make.paper("22/CT-UBND"))
    for _ in range(2):
        directives.link(
            actor=make.who("vanthu"), at=make.at(make.MONDAY), document=second.public_id, other=first.public_id,
            kind="replaces",
        )  # fmt: skip
    assert DocumentLink.objects.get(document=second).other == first
    for other, kind in ((first, "quotes"), (second, "replaces")):
        with make.refused(Invalid, "kind_unknown"):
            directives.link(
                actor=make.who("vanthu"), at=make.at(make.MONDAY), document=second.public_id, other=other.public_id,
                kind=kind,
            )  # fmt: skip


def test_a_typed_line_is_read_and_goes_straight_to_review() -> None:
    row = Document.objects.get(public_id=make.line())
    assert (row.is_line, row.state, row.register) == (True, "review", "outgoing")
    assert (row.number, row.issued_on, row.arrival_no) == ("", date(2026, 11, 2), None)
    (order,) = make.orders(row)
    assert order.parties.get(role="lead").unit.code == "SXD"
    assert row.giver_post.title == "Chủ tịch UBND tỉnh"


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_an_empty_line_is_refused(text: str) -> None:
    with make.refused(Invalid, "line_empty"):
        make.line(text)


def test_a_secret_line_is_refused() -> None:
    with make.refused(Secret, "secret"):
        make.line("MẬT\n" + make.LINE)


def test_a_line_that_names_nobody_asks_for_a_lead() -> None:
    (order,) = make.orders(Document.objects.get(public_id=make.line("Kiểm tra việc thực hiện.")))
    assert "no_lead" in order.doubts


def test_the_head_is_corrected_and_its_number_stays_unique() -> None:
    register()
    row = register(file=make.paper("22/CT-UBND"))

    def correct(**fields: object) -> None:
        directives.correct_header(actor=make.who("vanthu"), at=make.at(make.MONDAY), document=row.public_id, **fields)

    with make.refused(Invalid, "document_known"):
        correct(number="21")
    with make.refused(Invalid, "kind_unknown"):
        correct(state="issued")
    correct(number="23", issuer="Thủ tướng Chính phủ", signer="N" * 300)
    row.refresh_from_db()
    assert (row.number, row.higher_level, len(row.signer)) == ("23", True, 120)
    assert "23/ct-ubnd" in row.folded


def test_roles_are_set_by_post_and_an_unknown_post_is_refused() -> None:
    row = register()
    posts = {login: int(make.desk(login).removeprefix("post:")) for login in ("chutich", "cvcchc")}
    values = {"actor": make.who("vanthu"), "at": make.at(make.MONDAY), "document": row.public_id}
    directives.set_roles(**values, giver_post=posts["chutich"], follower_post=posts["cvcchc"])
    row.refresh_from_db()
    assert (row.giver_post.title, row.giver_unit.code) == ("Chủ tịch UBND tỉnh", "T")
    assert (row.follower_unit.code, row.confirmer_unit.code) == ("SNV", "SNV")
    with make.refused(Invalid, "post_unknown"):
        directives.set_roles(**values, giver_post=999_999)
    with make.refused(NotVisible, "document_not_visible"):
        directives.set_roles(**values | {"actor": make.who("gdsxd")}, giver_post=posts["chutich"])
