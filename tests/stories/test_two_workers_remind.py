"""Several workers at the same instant: every rung of the day fires once, and every mail goes out once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from tests import make

from kycuong.models import DutyEvent, Mail, Officer
from kycuong.services import ladders, outreach
from kycuong.services.outreach import Delivery, Letter
from stories.test_two_people_act_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
FAR = make.LINE.replace("16/11/2026", "31/12/2026")


class Post:
    """A channel that takes everything."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    def deliver(self, letters: Sequence[Letter]) -> list[Delivery]:
        self.taken += [letter.message_id for letter in letters]
        return [Delivery()] * len(letters)


def test_three_workers_fire_each_rung_of_the_day_once() -> None:
    make.province()
    rows = [make.issued(FAR)[0] for _ in range(9)]
    ladders.sweep(make.at("2026-11-02 17:00"))
    for day in ("2026-11-03", "2026-11-05", "2026-11-09"):
        at = make.at(f"{day} 08:00")
        found = at_once(*(lambda at=at: ladders.sweep(at, batch=2) for _ in range(3)))
        assert not any(isinstance(each, Exception) for each in found), found
    rungs = DutyEvent.objects.filter(rung__isnull=False).values_list("duty", "rung")
    fired = Counter((duty, ".".join(rung.split(".")[:2])) for duty, rung in rungs)
    codes = ("not_read.1", "not_read.2", "not_read.3", "not_started.1")
    assert fired == {(duty.pk, code): 1 for duty in rows for code in codes}


def test_three_workers_send_each_mail_once() -> None:
    make.province()
    head, at, post = Officer.objects.get(login="gdsxd"), make.at("2026-11-03 08:00"), Post()
    Officer.objects.update(email="gd@lamgiang.invalid")
    Mail.objects.bulk_create(
        [
            Mail(
                recipient=head,
                kind="notice",
                message_id=f"<{n}@x>",
                subject="Việc",
                text="x",
                made_at=at,
                next_try_at=at,
            )
            for n in range(240)
        ]
    )
    found = at_once(*(lambda: outreach.send(at=at, real=at, channel=post) for _ in range(3)))
    assert not any(isinstance(each, Exception) for each in found), found
    outreach.send(at=at, real=at, channel=post)
    assert Counter(post.taken) == {f"<{n}@x>": 1 for n in range(240)}
    assert set(Mail.objects.values_list("state", flat=True)) == {"sent"}
