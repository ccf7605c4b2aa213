"""Typed builders and a fixed cast: a small province with two departments, an office and two communes.

No random values. Times are those of Việt Nam in autumn 2026; `at("2026-11-02 08:00")` is an aware instant.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from kycuong.core.calendars import TZ
from kycuong.models import Appointment, Document, Duty, Officer, Order, Post, Unit, UnitClosure
from kycuong.queries import scope
from kycuong.reader.edxml import Attached, Message, Office, write_edxml
from kycuong.services import calendars, directives, org, tasks

FOUNDED = date(2025, 7, 1)
MONDAY = "2026-11-02 08:00"


def at(text: str) -> datetime:
    """Return an aware instant of local time."""
    return datetime.fromisoformat(text).replace(tzinfo=TZ)


UNITS = [
    org.UnitSpec("T", "Ủy ban nhân dân tỉnh Lam Giang", "UBND tỉnh", "province", "subordinate", None, FOUNDED),
    org.UnitSpec(
        "VP", "Văn phòng Ủy ban nhân dân tỉnh", "VP UBND tỉnh", "office", "subordinate", "T", FOUNDED,
        aliases=("Văn phòng UBND tỉnh",), oversees=True,
    ),
    org.UnitSpec("SNV", "Sở Nội vụ", "SNV", "department", "subordinate", "T", FOUNDED, oversees=True),
    org.UnitSpec("CCHC", "Phòng Cải cách hành chính", "P. CCHC", "division", "subordinate", "SNV", FOUNDED),
    org.UnitSpec("SXD", "Sở Xây dựng", "SXD", "department", "subordinate", "T", FOUNDED),
    org.UnitSpec("QLDT", "Phòng Quản lý đô thị", "P. QLĐT", "division", "subordinate", "SXD", FOUNDED),
    org.UnitSpec("STC", "Sở Tài chính", "STC", "department", "subordinate", "T", FOUNDED),
    org.UnitSpec("X1", "Ủy ban nhân dân xã Khe Sim", "UBND xã Khe Sim", "commune", "subordinate", "T", FOUNDED),
    org.UnitSpec("X2", "Ủy ban nhân dân phường Bến Ngự", "UBND phường Bến Ngự", "commune", "subordinate", "T", FOUNDED),
    org.UnitSpec("CAT", "Công an tỉnh", "CA tỉnh", "vertical", "vertical", "T", FOUNDED),
]  # fmt: skip

#: login, name, post, unit, kind, title
PEOPLE = [
    ("chutich", "Phan Trọng Nghiêm", "T.1", "T", "chairman", "Chủ tịch UBND tỉnh"),
    ("phochutich", "Lê Thị Hoài An", "T.2", "T", "vice_chairman", "Phó Chủ tịch UBND tỉnh"),
    ("chanhvp", "Đỗ Quang Thuận", "VP.1", "VP", "office_head", "Chánh Văn phòng"),
    ("theodoi", "Nguyễn Thu Hà", "VP.2", "VP", "follower", "Chuyên viên theo dõi"),
    ("vanthu", "Trần Thị Mỹ Hạnh", "VP.3", "VP", "clerk", "Văn thư"),
    ("quantri", "Dương Mạnh Cường", "VP.4", "VP", "administrator", "Quản trị"),
    ("gdsnv", "Vũ Đình Khoát", "SNV.1", "SNV", "unit_head", "Giám đốc Sở Nội vụ"),
    ("tpcchc", "Hoàng Thị Minh Tâm", "CCHC.1", "CCHC", "division_head", "Trưởng phòng"),
    ("cvcchc", "Bùi Anh Tú", "CCHC.2", "CCHC", "officer", "Chuyên viên"),
    ("gdsxd", "Ngô Xuân Trường", "SXD.1", "SXD", "unit_head", "Giám đốc Sở Xây dựng"),
    ("pgdsxd", "Cao Viết Thịnh", "SXD.2", "SXD", "unit_deputy", "Phó Giám đốc"),
    ("tpqldt", "Mạc Đình Chi", "QLDT.1", "QLDT", "division_head", "Trưởng phòng"),
    ("cvqldt", "Trương Thị Nga", "QLDT.2", "QLDT", "officer", "Chuyên viên"),
    ("gdstc", "Đặng Hữu Phúc", "STC.1", "STC", "unit_head", "Giám đốc Sở Tài chính"),
    ("ctx1", "Lương Văn Thắng", "X1.1", "X1", "unit_head", "Chủ tịch UBND xã"),
    ("ctx2", "Kiều Thị Thanh Mai", "X2.1", "X2", "unit_head", "Chủ tịch UBND phường"),
    ("gdcat", "Lâm Quốc Việt", "CAT.1", "CAT", "unit_head", "Giám đốc Công an tỉnh"),
    ("kiemtoan", "Tạ Thị Kim Oanh", "T.9", "T", "auditor", "Kiểm toán"),
]

LINE = "Giao Sở Xây dựng chủ trì, phối hợp với Sở Tài chính báo cáo tiến độ giải ngân trước ngày 16/11/2026."


def province() -> None:
    """Load the small province and the seed calendar."""
    calendars.load_seed(at=at("2026-01-05 08:00"))
    org.load(
        at=at("2026-01-05 08:00"),
        units=UNITS,
        posts=[org.PostSpec(post, unit, kind, title) for _, _, post, unit, kind, title in PEOPLE],
        officers=[org.OfficerSpec(login, name) for login, name, *_ in PEOPLE],
        appointments=[org.AppointmentSpec(login, post, FOUNDED) for login, _, post, *_ in PEOPLE],
        password="mat-khau-dai-2026",
    )


def who(login: str, when: str = MONDAY) -> scope.Actor:
    """Return a person of the cast as an actor."""
    return scope.actor(Officer.objects.get(login=login).pk, at(when))


def unit(code: str) -> Unit:
    """Return a unit of the province."""
    return Unit.objects.get(code=code)


def desk(login: str) -> str:
    """Return the value that a form sends for a person's desk."""
    return f"post:{Appointment.objects.get(officer__login=login).post_id}"


def vacate(login: str, when: str) -> None:
    """End a person's appointment on a day; the post stands empty from then on."""
    Appointment.objects.filter(officer__login=login).update(valid_until=at(when).date())


def division(code: str, parent: str) -> Unit:
    """Add a division to a unit."""
    above = unit(parent)
    made = Unit.objects.create(
        code=code, name=f"Phòng {code}", short_name=code, folded=code.lower(), kind="division", relation="subordinate",
        parent=above, valid_from=FOUNDED,
    )  # fmt: skip
    for depth, ancestor in enumerate([made, above, above.parent]):
        UnitClosure.objects.create(ancestor=ancestor, descendant=made, depth=depth, valid_from=FOUNDED)
    return made


def join(login: str, place: str, kind: str) -> Officer:
    """Add a person in a new post of a unit."""
    post = Post.objects.create(code=f"{place}.{login}", unit=unit(place), kind=kind, title=kind)
    officer = Officer.objects.create(login=login, full_name=login, folded=login)
    Appointment.objects.create(officer=officer, post=post, valid_from=FOUNDED)
    return officer


def line(text: str = LINE, when: str = MONDAY) -> UUID:
    """Register one typed instruction by the Office's clerk and return its document."""
    return directives.register_line(actor=who("vanthu", when), at=at(when), text=text)


def issued(text: str = LINE, when: str = MONDAY, report_rrule: str = "") -> list[Duty]:
    """Register and issue one typed instruction; return the duties of its tasks."""
    document = line(text, when)
    directives.issue(actor=who("vanthu", when), at=at(when), document=document, report_rrule=report_rrule)
    return list(Duty.objects.filter(document__public_id=document, kind="task").order_by("id"))


PAPER = (
    "ỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "---------------\nSố: {code}\nLam Giang, {signed}\nCHỈ THỊ\nVề {subject}\n{cites}"
    "Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:\n{orders}\n"
    "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Thị Hoài An\n"
)
TWO_ORDERS = (
    "1. Sở Xây dựng chủ trì, phối hợp với Sở Tài chính rà soát các dự án chậm tiến độ, báo cáo trước ngày 20/11/2026.\n"
    "2. Sở Tài chính tham mưu phân bổ vốn năm 2027, hoàn thành trước ngày 25/11/2026."
)


def paper(
    code: str = "21/CT-UBND", signed: str = "ngày 02 tháng 11 năm 2026", subject: str = "đẩy nhanh tiến độ giải ngân",
    orders: str = TWO_ORDERS, cites: str = "",
) -> tuple[str, bytes]:  # fmt: skip
    """Return a directive of the province as a file: name and bytes."""
    cited = f"Căn cứ {cites};\n" if cites else ""
    return "chi-thi.txt", PAPER.format(code=code, signed=signed, subject=subject, orders=orders, cites=cited).encode()


def upload(file: tuple[str, bytes] | None = None, when: str = MONDAY, **fields: Any) -> Document:
    """Register a paper by the Office's clerk and return its document."""
    name, data = file or paper()
    found = directives.register_upload(actor=who("vanthu", when), at=at(when), data=data, name=name, **fields)
    return Document.objects.get(public_id=found)


def orders(document: Document) -> list[Order]:
    """Return the orders of a document as they stand, in the order of its text."""
    return list(Order.objects.filter(document=document).order_by("start", "id"))


def result_file(
    number: str = "45", symbol: str = "BC-SXD", signed: str = "ngày 10 tháng 11 năm 2026"
) -> tuple[str, bytes]:
    """Return a result document as a file: name and bytes."""
    text = (
        "UBND TỈNH LAM GIANG\nSỞ XÂY DỰNG\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"---------------\nSố: {number}/{symbol}\nLam Giang, {signed}\nBÁO CÁO\nKết quả giải ngân vốn đầu tư công\n"
        "Kính gửi: Chủ tịch UBND tỉnh.\nSở Xây dựng báo cáo kết quả như sau:\n1. Đã giải ngân 72% kế hoạch vốn.\n"
        "GIÁM ĐỐC\nNgô Xuân Trường\n"
    )
    return "bao-cao.txt", text.encode()


def exchanged(number: str = "318", symbol: str = "STC-NS", signed: date = date(2026, 11, 9)) -> tuple[str, bytes]:
    """Return a signed letter as it comes over the exchange: an edXML message that carries it."""
    name, data = result_file(number, symbol, f"ngày {signed:%d} tháng {signed:%m} năm {signed:%Y}")
    attached = (Attached(name, "text/plain", data),)
    message = Message(
        number, symbol, Office("H17", "Sở Xây dựng"), issued_on=signed, signer="Ngô Xuân Trường", attachments=attached
    )
    return "y-kien.edxml", write_edxml(message)


@dataclass
class Road:
    """Walk one duty along the straight road; each step returns the duty as it stands."""

    duty: Duty

    def again(self) -> Duty:
        """Return the duty as the database has it."""
        self.duty.refresh_from_db()
        return self.duty

    def assign(self, login: str, desk_of: str, when: str) -> Duty:
        """Move the desk to the person named."""
        post = Officer.objects.get(login=desk_of).appointments.get().post_id
        tasks.assign(
            actor=who(login), at=at(when), duty=self.duty.public_id, desk=f"post:{post}", request=self.request()
        )
        return self.again()

    def submit(self, login: str, when: str) -> Duty:
        """Submit one step up."""
        tasks.submit(actor=who(login), at=at(when), duty=self.duty.public_id, note="Dự thảo", request=self.request())
        return self.again()

    def send(self, login: str, when: str) -> Duty:
        """Send the result document out."""
        tasks.send(actor=who(login), at=at(when), duty=self.duty.public_id, file=result_file(), request=self.request())
        return self.again()

    def confirm(self, login: str, when: str) -> Duty:
        """Confirm the result."""
        tasks.confirm(actor=who(login), at=at(when), duty=self.duty.public_id, request=self.request())
        return self.again()

    def send_back(self, login: str, when: str, note: str = "Chưa có số liệu quý III") -> Duty:
        """Send the result back."""
        tasks.send_back(actor=who(login), at=at(when), duty=self.duty.public_id, note=note, request=self.request())
        return self.again()

    def request(self) -> tasks.Request:
        """Return a request that has seen the duty as it stands."""
        self.duty.refresh_from_db()
        return tasks.Request(seen=self.duty.act_seq, request_id=uuid4())


def picture() -> dict[str, Any]:
    """Return every row of the product and every kept file, to be compared with another moment."""
    rows: dict[str, Any] = {}
    with connection.cursor() as cursor:  # not by the models: half of the suite's time went into wording these questions
        for model in apps.get_app_config("kycuong").get_models():
            table, key = (connection.ops.quote_name(name) for name in (model._meta.db_table, model._meta.pk.column))
            cursor.execute(f"SELECT * FROM {table} ORDER BY {key}")
            rows[model.__name__] = cursor.fetchall()
    return rows | {"files": sorted(str(path) for path in Path(settings.FILES_DIR).rglob("*") if path.is_file())}


@contextmanager
def refused(kind: type[Exception], code: str) -> Iterator[None]:
    """Expect a refusal by its code, and nothing changed: no row, event, outbox row, audit entry or file."""
    before = picture()
    with pytest.raises(kind) as caught:
        yield
    assert getattr(caught.value, "code", None) == code
    assert picture() == before


SAMPLES = Path(__file__).resolve().parent.parent / "src" / "kycuong" / "demo" / "papers"
