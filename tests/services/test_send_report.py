"""A report is sent: every number is frozen with its proof, and later acts do not change it."""

from __future__ import annotations

from tests import make, reporting

from kycuong.core.figures import BY_CODE, Difference
from kycuong.models import AuditEntry, Report, ReportEdition
from kycuong.queries import figures as ledger
from kycuong.queries import reports as queries
from kycuong.services import reports, tasks


def figures(edition: ReportEdition) -> dict[str, int]:
    return dict(edition.figures.values_list("code", "n"))


def test_the_numbers_are_frozen_with_their_proof() -> None:
    document = reporting.issued()
    make.Road(reporting.task(document, "SXD", "1")).send("gdsxd", "2026-11-12 09:00")
    make.Road(reporting.task(document, "SXD", "1")).confirm("theodoi", "2026-11-13 09:00")
    place = reporting.place(document, "SXD")
    reports.write(
        actor=make.who("gdsxd"), at=make.at("2026-11-24 08:00"), place=place, texts={"chung": "Đã ban hành kế hoạch."}
    )
    reports.send(actor=make.who("gdsxd"), at=make.at("2026-11-24 09:00"), place=place)

    edition = ReportEdition.objects.get(report__unit__code="SXD")
    assert reporting.report_duty(document, "SXD").phase == "answered"
    assert figures(edition) | {"NV-01": 3, "NV-02": 1, "NV-07": 1, "NV-08": 1} == figures(edition)
    assert edition.file is not None
    assert AuditEntry.objects.get(act="send_report").data["fingerprint"] == edition.fingerprint
    found = queries.check(edition)
    assert found.same
    assert found.kept
    assert {row.code for row in found.figures} == set(BY_CODE)


def test_a_correction_after_sending_leaves_the_report_and_is_named_in_the_difference() -> None:
    document = reporting.issued()
    place = reporting.place(document, "SXD")
    reports.send(actor=make.who("gdsxd"), at=make.at("2026-11-24 09:00"), place=place)
    edition = ReportEdition.objects.get()
    before = figures(edition)
    late = reporting.task(document, "SXD", "2")
    tasks.revoke(
        actor=make.who("chutich"),
        at=make.at("2026-11-25 09:00"),
        duty=late.public_id,
        note="Đã giao nơi khác",
        basis="Thông báo 5",
    )

    edition.refresh_from_db()
    assert figures(edition) == before
    assert queries.check(edition).same
    today = queries.today(make.who("gdsxd"), edition, make.at("2026-11-25 10:00"))
    (move,) = today.moves
    assert (move.duty, move.was, move.now) == (late.public_id, "overdue", "apart")
    assert [why.corrects for why in move.why] == [True]
    assert {"NV-01", "NV-07", "NV-09", "NV-10"} == set(move.figures)
    assert [why.actor for why in move.why] == [make.who("chutich").full_name]
    other = Difference(str(late.public_id), None, None)
    (hidden,) = ledger.moves([other], queries.verifying.filters_of(edition), set())
    assert (hidden.title, [why.actor for why in hidden.why]) == ("", [""])
    assert Report.objects.count() == 1
