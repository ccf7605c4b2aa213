"""The coverage of a document in the register: the same numbers as the command's, owners before and after issuing."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import pytest
from tests import make

from kycuong.cli.coverage import main
from kycuong.core.errors import NotVisible
from kycuong.models import Document
from kycuong.queries import documents
from kycuong.services import directives

NOW = make.at("2026-11-02 09:00")
ORDERS = (
    "Việc chậm giải ngân phải được khắc phục ngay trong quý IV.\n" + make.TWO_ORDERS + "\n"
    "3. Rà soát lại toàn bộ thủ tục đang giải quyết, hoàn thành trước ngày 30/11/2026."
)


def seen(document: Document, login: str = "vanthu", **asked: object) -> documents.CoveragePage:
    return documents.coverage(make.who(login), document.public_id, NOW, **asked)  # type: ignore[arg-type]


def test_page_and_command_count_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name, data = make.paper(orders=ORDERS)
    page = seen(make.upload((name, data)))
    (tmp_path / name).write_bytes(data)
    assert main([str(tmp_path / name), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    for key in ("sentences", "orders", "demands", "owned", "owned_pct", "orphans"):
        assert told[key] == getattr(page, key), key
    assert [(line["start"], line["end"], line["class"]) for line in told["lines"]] == [
        (line.start, line.end, line.klass) for line in page.lines
    ]
    assert page.orphans >= 1


def test_an_orphan_becomes_an_order_and_is_owned() -> None:
    document = make.upload(make.paper(orders=ORDERS))
    before = seen(document)
    orphan = next(line for line in before.lines if line.orphaned == "no_order")
    directives.add_order(
        actor=make.who("vanthu"), at=NOW, document=document.public_id, start=orphan.start, end=orphan.end
    )
    after = seen(document)
    line = next(line for line in after.lines if line.start == orphan.start)
    assert after.orders == before.orders + 1
    assert line.order is not None
    assert line.orphaned == "no_lead"  # an order now, whose lead the review still asks for


def test_a_dropped_order_is_named_with_its_reason() -> None:
    document = make.upload()
    first = make.orders(document)[0]
    directives.drop_order(actor=make.who("vanthu"), at=NOW, order=first.public_id, reason="Đã giao ở văn bản khác")
    (line,) = seen(document, only_orphans=True).lines
    assert (line.orphaned, line.order and line.order.drop_reason) == ("dropped", "Đã giao ở văn bản khác")


def test_after_issuing_the_units_charged_own_their_sentences() -> None:
    document = make.upload()
    directives.triage(actor=make.who("vanthu"), at=NOW, document=document.public_id, has_orders=True)
    assert seen(document).may_mend
    directives.issue(actor=make.who("vanthu"), at=NOW, document=document.public_id)
    page = seen(document)
    owners = {line.order.path: (line.owners, line.tasks) for line in page.lines if line.order}
    assert owners == {"1": (["Sở Xây dựng"], 1), "2": (["Sở Tài chính"], 1)}
    assert not page.may_mend


def test_who_does_not_see_the_document_sees_no_coverage() -> None:
    with pytest.raises(NotVisible):
        seen(make.upload(), login="ctx2")
    with pytest.raises(NotVisible):
        documents.coverage(make.who("vanthu"), UUID(int=0), NOW)


def test_long_documents_come_in_pages() -> None:
    many = "\n".join(f"{n}. Sở Xây dựng báo cáo dự án số {n} trước ngày 20/11/2026." for n in range(1, 451))
    document = make.upload(make.paper(orders=many))
    first = seen(document)
    second = seen(document, after=first.next_key)
    assert len(first.lines) + len(second.lines) == first.sentences
    assert second.next_key is None
    assert second.lines[0].no == first.lines[-1].no + 1
