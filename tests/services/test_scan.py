"""A scan is registered at once and read by the job loop: leased, fenced, going on; a mark of secrecy erases everything."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from PIL import Image, ImageDraw, ImageFont
from tests import make

from kycuong.core.errors import Conflict, Invalid, NotAllowed
from kycuong.models import AuditEntry, Batch, BatchItem, Document, DocumentFile, DocumentText, Order, Scan, ScanPage
from kycuong.queries.files import path_of
from kycuong.reader import Leaf, Secret, Unreadable, ocr
from kycuong.services import directives
from kycuong.services.directives import looking, scanning

AT = make.at("2026-11-02 09:00")
REAL = AT
HEAD = make.paper()[1].decode().split("1. Sở")[0]


class Fake:
    """Cheap pages: the head of a directive, then one order a page; what `odd` says of a page happens there."""

    def __init__(self, count: int, odd: dict[int, Exception] | None = None, origin: str = "layer") -> None:
        self.count, self.odd, self.origin, self.asked = count, odd or {}, origin, [0] * (count + 1)
        self.media_type, self.name = "application/pdf", "quet.pdf"

    def kind(self, number: int) -> str:
        return "picture"

    def leaf(self, number: int) -> Leaf:
        self.asked[number] += 1
        if number in self.odd:
            raise self.odd[number]
        text = HEAD if number == 1 else f"{number}. Sở Xây dựng báo cáo dự án số {number} trước ngày 20/11/2026."
        return Leaf(number, text, self.origin)

    @contextmanager
    def opened(self, source: bytes | Path, name: str) -> Iterator[Fake]:
        yield self


@pytest.fixture
def upload(monkeypatch: pytest.MonkeyPatch) -> Callable[[Fake], Document]:
    def act(pages: Fake) -> Document:
        monkeypatch.setattr(looking, "pages_of", pages.opened)
        return make.upload(("quet.pdf", b"%PDF-1.4 " + bytes(str(id(pages)), "ascii")))

    return act


def work_all(pages: Fake, most: int = 10_000) -> int:
    goes = 0
    while goes < most and scanning.work(AT, REAL + timedelta(minutes=goes), pages.opened):
        goes += 1
    return goes


Upload = Callable[[Fake], Document]


def test_a_scan_is_registered_at_once_and_read_to_its_end(upload: Upload) -> None:
    pages = Fake(5, origin="ocr")
    document = upload(pages)
    assert (document.state, document.number, document.arrival_no) == ("reading", "21", 1)
    assert not Order.objects.filter(document=document).exists()
    assert work_all(pages) == 4  # one recognised page a go, so that a round of the jobs stays short
    document.refresh_from_db()
    assert document.state == "triage"
    assert [order.path for order in make.orders(document)] == ["2", "3", "4", "5"]
    assert Scan.objects.get().state == "done"
    assert not ScanPage.objects.exists()
    assert pages.asked[1:] == [1] * 5


def test_nobody_decides_while_it_is_read(upload: Upload) -> None:
    document = upload(Fake(3))
    with make.refused(Conflict, "document_reading"):
        directives.triage(actor=make.who("vanthu"), at=AT, document=document.public_id, has_orders=True)


def test_two_thousand_pages_neither_block_nor_fill_the_memory(upload: Upload) -> None:
    pages = Fake(2000)
    document = upload(pages)
    assert pages.asked[1:] == [1, *[0] * 1999]  # the request has seen one page
    tracemalloc.start()
    goes = 0
    while Scan.objects.get().pages_done < 1950:
        scanning.work(AT, REAL, pages.opened)
        goes += 1
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert goes == 39
    assert peak < 20_000_000
    work_all(pages)
    document.refresh_from_db()
    assert document.state == "triage"
    assert DocumentText.objects.get().text.count("dự án số") == 1999


def test_a_worker_that_dies_is_followed_at_the_first_page_not_stored(upload: Upload) -> None:
    pages = Fake(4, {3: KeyboardInterrupt()}, origin="ocr")  # as a kill: nothing after it runs
    upload(pages)
    scanning.work(AT, REAL, pages.opened)
    with pytest.raises(KeyboardInterrupt):
        scanning.work(AT, REAL, pages.opened)
    assert not scanning.work(AT, REAL + timedelta(minutes=1), pages.opened)  # still leased
    pages.odd = {}
    assert work_all(Fake(4, origin="ocr")) == 0
    goes = 0
    while scanning.work(AT, REAL + timedelta(minutes=10 + goes), pages.opened):
        goes += 1
    assert Scan.objects.get().state == "done"
    assert pages.asked[1:] == [1, 1, 2, 1]


def test_a_page_that_kills_its_worker_three_times_is_left_out(upload: Upload) -> None:
    pages = Fake(3, {2: KeyboardInterrupt()}, origin="ocr")
    upload(pages)
    for turn in range(3):
        with pytest.raises(KeyboardInterrupt):
            scanning.work(AT, REAL + timedelta(minutes=10 * turn), pages.opened)
    for turn in range(3, 6):
        scanning.work(AT, REAL + timedelta(minutes=10 * turn), pages.opened)
    scan = Scan.objects.get()
    assert (scan.state, scan.pages_failed) == ("done", 1)
    assert pages.asked[2] == 3


def test_who_was_overtaken_writes_nothing(upload: Upload) -> None:
    pages = Fake(3, origin="ocr")
    document = upload(pages)
    slow = scanning._claim(AT, REAL)
    assert slow is not None
    directives.cancel_scan(actor=make.who("vanthu"), at=AT, document=document.public_id)
    before = make.picture()
    assert not scanning._advance(slow, [Leaf(2, "x", "ocr")])
    assert make.picture() == before


def test_a_page_that_cannot_be_recognised_does_not_stop_the_others(upload: Upload) -> None:
    pages = Fake(3, {2: Unreadable("ocr_failed", "không nhận dạng được")})
    document = upload(pages)
    work_all(pages)
    document.refresh_from_db()
    assert (document.state, Scan.objects.get().pages_failed) == ("triage", 1)


def test_without_tesseract_the_scan_stops_with_a_sentence_and_goes_on_later(upload: Upload) -> None:
    pages = Fake(3, {2: Unreadable("no_ocr", "máy chủ chưa cài Tesseract")})
    document = upload(pages)
    work_all(pages)
    document.refresh_from_db()
    scan = Scan.objects.get()
    assert (document.state, scan.state, scan.said) == ("triage", "failed", {"text": "máy chủ chưa cài Tesseract"})
    pages.odd = {}
    directives.retry_scan(actor=make.who("vanthu"), at=AT, document=document.public_id)
    work_all(pages)
    document.refresh_from_db()
    assert document.state == "triage"
    assert len(make.orders(document)) == 2


def test_what_a_stopped_scan_orders_can_be_typed_and_then_it_is_not_read_again(upload: Upload) -> None:
    document = upload(Fake(3))
    who = make.who("vanthu")
    line = "Giao Sở Xây dựng báo cáo tiến độ trước ngày 20/11/2026."
    with make.refused(Conflict, "scan_not_stopped"):
        directives.type_text(actor=who, at=AT, document=document.public_id, text=line)
    directives.cancel_scan(actor=who, at=AT, document=document.public_id)
    directives.type_text(actor=who, at=AT, document=document.public_id, text=line)
    assert [order.text for order in make.orders(document)] == [line]
    with make.refused(Conflict, "scan_not_stopped"):
        directives.retry_scan(actor=who, at=AT, document=document.public_id)


def test_a_mark_on_a_later_page_erases_every_byte_and_leaves_a_stub(upload: Upload) -> None:
    pages = Fake(6, {4: Secret("secret", "đóng dấu MẬT")})
    document = upload(pages)
    digest = DocumentFile.objects.get().sha256
    work_all(pages)
    document.refresh_from_db()
    assert (document.state, document.number, document.issuer, document.subject) == ("erased", "", "", scanning.STUB)
    assert document.arrival_no == 1
    assert not path_of(digest).exists()
    left = {name: rows for name, rows in make.picture().items() if name not in {"Unit", "Post"}}
    assert "giải ngân" not in str(left)  # its subject: in no table any more, those of the search included
    assert "giai ngan" not in str(left)
    assert not [path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]
    assert not DocumentFile.objects.exists()
    assert not ScanPage.objects.exists()
    assert DocumentText.objects.get().text == ""
    assert Scan.objects.get().said["values"] == {"page": "4"}
    assert AuditEntry.objects.get(act="erase_secret").data == {"page": 4}
    with make.refused(Conflict, "document_erased"):
        directives.triage(actor=make.who("vanthu"), at=AT, document=document.public_id, has_orders=False)


def test_the_name_of_a_file_found_secret_later_stays_in_no_batch(upload: Upload) -> None:
    pages = Fake(3, {2: Secret("secret", "đóng dấu MẬT")})
    document = upload(pages)
    batch = Batch.objects.create(
        name="phuong an bo tri.pdf … (2)", register="incoming", officer_id=make.who("vanthu").officer_id, at=AT
    )
    for name in ("phuong an bo tri.pdf", "hop/phuong an bo tri.pdf"):
        BatchItem.objects.create(
            batch=batch, name=name, sha256="a" * 64, state="duplicate", document=document, said={"text": str(document)}
        )
    other = BatchItem.objects.create(batch=batch, name="giay moi.pdf", sha256="b" * 64)
    work_all(pages)
    assert "phuong an" not in str([make.picture()[table] for table in ("Batch", "BatchItem")])
    assert [item.said for item in BatchItem.objects.filter(document=document)] == [{}, {}]
    other.refresh_from_db()
    assert other.name == "giay moi.pdf"


def test_killed_between_the_rows_and_the_bytes_the_erasure_is_finished(
    upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = Fake(3, {2: Secret("secret", "đóng dấu MẬT")})
    upload(pages)
    digest = DocumentFile.objects.get().sha256
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(scanning.files, "erase", lambda digest: (_ for _ in ()).throw(KeyboardInterrupt()))
        scanning.work(AT, REAL, pages.opened)
    assert Document.objects.get().state == "erased"  # nobody sees it any more
    assert scanning.work(AT, REAL + timedelta(minutes=10), pages.opened)
    assert not path_of(digest).exists()
    assert Scan.objects.get().state == "erased"


def test_a_mark_on_the_first_page_is_refused_before_a_byte_is_stored(upload: Upload) -> None:
    with make.refused(Secret, "secret"):
        upload(Fake(3, {1: Secret("secret", "đóng dấu MẬT")}))


def test_only_who_registers_stops_a_scan(upload: Upload) -> None:
    document = upload(Fake(3))
    with make.refused(NotAllowed, "intake_not_allowed"):
        directives.cancel_scan(actor=make.who("kiemtoan"), at=AT, document=document.public_id)
    directives.cancel_scan(actor=make.who("vanthu"), at=AT, document=document.public_id)
    with make.refused(Conflict, "scan_not_running"):
        directives.cancel_scan(actor=make.who("vanthu"), at=AT, document=document.public_id)
    document.refresh_from_db()
    assert document.state == "triage"


def test_the_same_file_again_is_refused_with_a_way_to_it(upload: Upload) -> None:
    pages = Fake(3)
    upload(pages)
    with make.refused(Invalid, "document_known"):
        upload(pages)


def by_hand(declared: bool = True, data: bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 khong doc duoc") -> UUID:
    return directives.register_by_hand(
        actor=make.who("vanthu"), at=AT, data=data, name="cong-van.xls", declared=declared, number="88", symbol="UBND-KT",
        issuer="UBND tỉnh Lam Giang", issued_on=AT.date(), subject="báo cáo thu ngân sách",
        content="Giao Sở Tài chính báo cáo trước ngày 20/11/2026.",
    )  # fmt: skip


def test_a_file_that_cannot_be_read_is_kept_with_its_head_typed_by_hand() -> None:
    document = Document.objects.get(public_id=by_hand())
    assert (str(document), document.state) == ("88/UBND-KT", "triage")
    assert [order.deadline_on and order.deadline_on.day for order in make.orders(document)] == [20]
    assert path_of(DocumentFile.objects.get(document=document).sha256).exists()


def test_by_hand_somebody_declares_that_it_bears_no_mark() -> None:
    with make.refused(Invalid, "secrecy_undeclared"):
        by_hand(declared=False)
    with make.refused(Secret, "secret"):
        by_hand(data="MẬT\nSố: 88/UBND-KT\nvăn bản".encode())


def printed(text: str) -> Image.Image:
    """Return a picture of a printed page."""
    page = Image.new("L", (1654, 1200), 255)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(text.splitlines()):
        draw.text((160, 120 + 70 * number), line, fill=0, font=_font())
    return page


def _font() -> ImageFont.FreeTypeFont:
    names = ("DejaVuSerif.ttf", "DejaVuSans.ttf", "LiberationSerif-Regular.ttf")
    for folder in ("/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/truetype/liberation"):
        for name in names:
            if (Path(folder) / name).exists():
                return ImageFont.truetype(str(Path(folder) / name), 34)
    pytest.skip("no font to print a page with (apt install fonts-dejavu)")


def test_a_real_scan_of_two_pages_is_recognised_page_by_page() -> None:
    if ocr._missing():
        pytest.skip("no Tesseract with Vietnamese on this machine (apt install tesseract-ocr-vie)")
    first = printed("Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n1. Sở Xây dựng rà soát các dự án chậm tiến độ,")
    second = printed("báo cáo trước ngày 20/11/2026.\n2. Sở Tài chính bố trí vốn, hoàn thành trước ngày 25/11/2026.")
    stream = io.BytesIO()
    first.save(stream, "PDF", save_all=True, append_images=[second], resolution=200)
    document = make.upload(("trang-quet.pdf", stream.getvalue()))
    assert document.state == "reading"
    assert scanning.work(AT, REAL)
    document.refresh_from_db()
    assert document.state == "triage"
    dues = [order.deadline_on and order.deadline_on.isoformat() for order in make.orders(document)]
    assert dues[-1] == "2026-11-25"
