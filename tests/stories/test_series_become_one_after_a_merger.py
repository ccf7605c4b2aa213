"""Two communes that owe the same report become one: the report being collected keeps both, from the next on there is one."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import transaction
from tests import make, organising, reporting

from kycuong import jobs
from kycuong.core.errors import Conflict
from kycuong.models import Document, Duty, DutyEvent, Report
from kycuong.queries import duties as pages
from kycuong.queries import reports as queries
from kycuong.services import joining, reports, series
from kycuong.services.reports import drafting
from kycuong.services.reports.place import find

pytestmark = pytest.mark.django_db
MORNING, LATER = make.at("2026-11-25 08:00"), make.at("2027-01-05 08:00")


def owed(slot_year: int, *, unit: str = "X2") -> list[Duty]:
    rows = Duty.objects.filter(holder_unit__code=unit, slot__year=slot_year, kind="task", series__isnull=False)
    return list(rows.exclude(outcome="replaced").order_by("pk"))


@pytest.mark.parametrize("into", ["X2", organising.NEW], ids=["taken in", "a new unit"])
def test_one_series_goes_on_with_both_histories(into: object) -> None:
    make.province()
    document = reporting.issued()
    merged = ("X1",) if into == "X2" else ("X1", "X2")
    organising.decided(organising.merged(into, *merged, on="2026-11-24"), "2026-11-24 08:00")  # type: ignore[arg-type]
    unit = "X2" if into == "X2" else "X9"
    jobs.catch_up(MORNING)
    assert len(owed(2026, unit=unit)) == 2  # the collection that runs: nothing written for it is lost
    (goes_on,) = owed(2027, unit=unit)
    (joined,) = Duty.objects.filter(holder_unit__code=unit, outcome="replaced")
    assert (joined.slot, joined.phase, joined.next_check_at) == (goes_on.slot, "closed", None)
    assert DutyEvent.objects.get(duty=joined, act="join").data == {"into": str(goes_on.public_id)}
    page = pages.duty(make.who("theodoi", "2026-11-25 09:00"), joined.public_id, MORNING)
    assert page.replaced_by is not None
    assert page.replaced_by.public_id == goes_on.public_id
    back = pages.duty(make.who("theodoi", "2026-11-25 09:00"), goes_on.public_id, MORNING)
    assert back.replaces is not None
    assert back.replaces.public_id == joined.public_id

    login = "ctx2" if into == "X2" else "ctx1"
    when = "2026-11-26 09:00"
    reports.send(actor=make.who(login, when), at=make.at(when), place=reporting.place(document, unit))
    assert {duty.phase for duty in owed(2026, unit=unit)} == {"answered"}  # one sending answered both
    jobs.catch_up(LATER)
    assert (len(owed(2027, unit=unit)), len(owed(2028, unit=unit))) == (1, 1)
    asked = queries.asked(reporting.key(document), owed(2027, unit=unit)[0].slot, LATER.date())  # type: ignore[arg-type]
    assert [duty.holder_unit.code for duty in asked.duties].count(unit) == 1
    before = DutyEvent.objects.count()
    assert (series.roll(LATER), DutyEvent.objects.count()) == (0, before)


def test_what_somebody_has_begun_to_write_is_not_joined() -> None:
    make.province()
    document = reporting.issued()
    organising.decided(organising.merged("X2", "X1", on="2026-11-24"), "2026-11-24 08:00")
    later = [duty for duty in owed(2027) if duty.slot]
    reports.write(
        actor=make.who("ctx2", "2026-11-24 10:00"), at=make.at("2026-11-24 10:00"), texts={"chung": "Đã viết trước."},
        place=reports.Place(reporting.key(document), later[0].slot, make.unit("X2").public_id),  # type: ignore[arg-type]
    )  # fmt: skip
    jobs.catch_up(MORNING)
    (goes_on,) = owed(2027)
    assert goes_on.report.sections == {"chung": "Đã viết trước."}


def test_one_series_goes_on_whatever_slot_somebody_has_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """The report collected now is late in both: of the two later slots the nearer one is begun, and the same series keeps both.

    What is written for the other in the moment of joining reaches it as well.
    """
    make.province()
    document = reporting.issued()
    late = make.at("2026-12-02 08:00")
    jobs.catch_up(late)
    organising.decided(organising.merged("X2", "X1", on="2026-12-02"), "2026-12-02 10:00")
    nearer = owed(2027)
    assert [len(owed(year)) for year in (2026, 2027, 2028)] == [2, 2, 2]
    taken = set(DutyEvent.objects.filter(act="succeed", data__to__isnull=False).values_list("duty__series", flat=True))
    begun = next(duty for duty in nearer if duty.series in taken)  # else the unit's own series would go on
    Report.objects.create(
        document=document, order=begun.task.order, key=reporting.key(document), slot=begun.slot, unit=begun.holder_unit,
        duty=begun, begun_at=late, changed_at=late, changed_by=document.registered_by,
    )  # fmt: skip
    written_as_they_join(document, monkeypatch)
    assert Report.objects.get(sections={"chung": "Viết lúc nhập."}).duty.series == begun.series
    jobs.catch_up(make.at("2026-12-04 08:00"))
    assert {duty.series for year in (2027, 2028) for duty in owed(year)} == {begun.series}
    jobs.catch_up(make.at("2027-12-02 08:00"))
    assert [duty.series for duty in owed(2029)] == [begun.series]


def written_as_they_join(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write the later report while a worker is faster by as much as a transaction takes to begin."""
    when = make.at("2026-12-02 11:00")
    place = reports.Place(reporting.key(document), owed(2028)[0].slot, make.unit("X2").public_id)  # type: ignore[arg-type]
    head, before = make.who("ctx2", "2026-12-02 11:00"), find(place, when)

    def atomic() -> object:
        joining.join(when)
        return transaction.atomic()

    with monkeypatch.context() as moment:
        moment.setattr(drafting, "transaction", SimpleNamespace(atomic=atomic))
        reports.write(actor=head, at=when, place=place, texts={"chung": "Viết lúc nhập."})
    assert Duty.objects.get(pk=before.duty.pk).outcome == "replaced"
    with make.refused(Conflict, "report_changed_meanwhile"):  # whoever merges or receives what was looked for before
        drafting.begin(before, head, when)


def test_of_a_periodic_order_one_notice_tells_both_occurrences() -> None:
    from kycuong.models import Notice

    make.province()
    document = reporting.issued()
    jobs.work_once(make.at("2026-11-02 09:00"))
    told = Notice.objects.filter(
        duty__document=document, duty__series__isnull=False, topic="open", recipient__login="ctx1"
    )
    assert [notice.duty.slot for notice in told if notice.duty] == [reporting.SLOT]
