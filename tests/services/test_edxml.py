"""A document as edXML: taken in with its due date, handed out with its own; what is hostile, broken or secret is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests import make

from kycuong.core.errors import Invalid
from kycuong.models import AuditEntry, Document
from kycuong.reader import Secret, Unreadable
from kycuong.reader.edxml import Attached, Message, Office, read_edxml, write_edxml
from kycuong.services import directives

GOLDEN = Path(__file__).resolve().parent.parent / "reader" / "samples" / "chi-thi.edxml"
ORDERS = (
    "1. Sở Xây dựng chủ trì rà soát các dự án chậm tiến độ.\n"
    "2. Sở Tài chính tham mưu phân bổ vốn năm 2027, hoàn thành trước ngày 25/11/2026."
)


def message(data: bytes = b"", name: str = "chi-thi.txt") -> Message:
    """Return the directive that the golden file holds."""
    data = data or make.paper(orders=ORDERS)[1]
    return Message(
        number="77", symbol="CT-UBND", issuer=Office("H99", "Ủy ban nhân dân tỉnh Lam Giang"), place="Lam Giang",
        issued_on=date(2026, 11, 2), doc_type="Chỉ thị", subject="Về đẩy nhanh tiến độ giải ngân", position="Phó Chủ tịch",
        signer="Lê Thị Hoài An", due_on=date(2026, 11, 30), steering=True, to=(Office("H99.1", "Sở Xây dựng"),),
        places=("Sở Xây dựng", "Sở Tài chính"), attachments=(Attached(name, "text/plain", data),),
    )  # fmt: skip


def test_the_golden_file_is_what_is_written_and_reads_as_it_was() -> None:
    assert write_edxml(message()) == GOLDEN.read_bytes()
    assert read_edxml(GOLDEN.read_bytes()) == message()


def test_a_document_comes_in_with_its_head_its_orders_and_its_due_date() -> None:
    made = make.upload(("van-ban.edxml", GOLDEN.read_bytes()))
    assert (str(made), made.issuer, made.issued_on) == (
        "77/CT-UBND",
        "Ủy ban nhân dân tỉnh Lam Giang",
        date(2026, 11, 2),
    )
    first, second = make.orders(made)
    assert (first.deadline_on, first.kind, "uncertain_deadline" in first.doubts) == (date(2026, 11, 30), "dated", True)
    assert second.deadline_on == date(2026, 11, 25)  # what the paper says itself stands
    assert made.files.get().name == "van-ban.edxml"
    with make.refused(Invalid, "document_known"):
        make.upload(("lan-hai.edxml", GOLDEN.read_bytes()))


def test_a_document_goes_out_and_comes_back_the_same() -> None:
    made = make.upload()
    directives.triage(actor=make.who("vanthu"), at=make.at(make.MONDAY), document=made.public_id, has_orders=True)
    for order in make.orders(made):
        directives.check_order(actor=make.who("vanthu"), at=make.at(make.MONDAY), order=order.public_id)
    directives.issue(actor=make.who("vanthu"), at=make.at(make.MONDAY), document=made.public_id)
    name, data = directives.export_edxml(actor=make.who("gdsxd"), at=make.at(make.MONDAY), document=made.public_id)
    told = read_edxml(data)
    assert name == "21-CT-UBND.edxml"
    assert (told.number, told.symbol, told.due_on, told.steering) == ("21", "CT-UBND", date(2026, 11, 19), True)
    assert {office.name for office in told.to} == {"Sở Xây dựng", "Sở Tài chính"}
    assert told.attachments[0].data == make.paper()[1]
    assert AuditEntry.objects.filter(act="export_edxml").exists()


HEAD = b'<?xml version="1.0"?>'
BOMB = b'<!DOCTYPE edXML [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FETCH = b'<!DOCTYPE edXML [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "data",
    [
        HEAD + BOMB + b"<edXML><MessageHeader><Subject>&b;</Subject></MessageHeader></edXML>",
        HEAD + FETCH + b"<edXML><MessageHeader><Subject>&x;</Subject></MessageHeader></edXML>",
        HEAD + b'<!DOCTYPE edXML SYSTEM "http://127.0.0.1:1/x.dtd"><edXML><MessageHeader/></edXML>',
        HEAD + b"<edXML><MessageHeader><Subject>x</MessageHeader></edXML>",
        HEAD + b"<edXML></edXML>",
        HEAD
        + b"<edXML><MessageHeader/><Attachment><ContentTransferEncoded>@@@</ContentTransferEncoded></Attachment></edXML>",
    ],
)
def test_what_is_hostile_or_broken_is_refused(data: bytes) -> None:
    before = make.picture()
    with pytest.raises(Unreadable):
        make.upload(("xau.edxml", data))
    assert make.picture() == before


def test_a_secret_paper_inside_is_refused_and_leaves_nothing() -> None:
    secret = make.paper(orders="1. Sở Xây dựng báo cáo trước ngày 20/11/2026.")[1].replace(
        "CHỈ THỊ".encode(), "MẬT\nCHỈ THỊ".encode()
    )
    packed = write_edxml(message(secret))
    before = make.picture()
    with pytest.raises(Secret):
        make.upload(("mat.edxml", packed))
    assert make.picture() == before
    assert not Document.objects.exists()
