"""Every act of the lifecycle of a voting slip, done once: by the members, the Office, the clock and what changes around them."""

from __future__ import annotations

from datetime import date

from kycuong import jobs
from kycuong.core.calendar_changes import Decision, day_changes
from kycuong.core.voting import Choice
from kycuong.models import Voting, VotingSlip
from kycuong.queries import calendars
from kycuong.services import calendar_changes
from kycuong.services import voting as services
from tests import make, organising

ASKED, IN_TIME = "2026-11-09 08:00", "2026-11-10 09:00"
MEMBERS = ("T.1", "T.2", "SXD.1", "STC.1")


def every_act() -> None:
    """Do all of it in one week of November 2026."""
    office, at = make.who("chanhvp", ASKED), make.at(ASKED)
    dropped, counted = (
        services.open_voting(
            actor=office, at=at, matter=services.Matter(title, "Điều chỉnh 20 tỷ đồng", MEMBERS, days=5)
        )
        for title in ("điều chỉnh kế hoạch vốn", "phân bổ dự phòng")
    )
    services.cancel_voting(actor=office, at=make.at(IN_TIME), voting=dropped, note="Đưa ra phiên họp")
    slip = VotingSlip.objects.get(voting=Voting.objects.get(public_id=counted), officer__login="gdstc")
    for choice in (Choice.AGREE, Choice.OTHER):
        services.vote(
            actor=make.who("gdstc", IN_TIME), at=make.at(IN_TIME), duty=slip.duty.public_id, choice=choice,
            words="Đề nghị giãn tiến độ",
        )  # fmt: skip
    organising.decided(organising.merged("STC", "SXD", on="2026-11-11"), "2026-11-11 08:00")
    paper = Decision("1508/QĐ-TTg", date(2026, 11, 11), "Thủ tướng Chính phủ")
    calendar_changes.change_days(
        actor=make.who("quantri", "2026-11-11 09:00"), at=make.at("2026-11-11 09:00"), seen=calendars.version(),
        decision=paper, days=day_changes([date(2026, 11, 12)], [], paper), reason="Bão số 9",
    )  # fmt: skip
    for when in ("2026-11-11 09:01", "2026-11-17 08:30", "2026-11-18 08:30"):
        jobs.catch_up(make.at(when))
