"""The ladder of chasing: which step comes next, what each is called, which steps a body may be shown, when a reason is due.

Basis: practice of steering (nhắc việc → văn bản đôn đốc → phê bình bằng văn bản → yêu cầu giải trình → kiểm điểm); what is
ordered of bodies under the Committee is asked of vertical, Party and mass bodies and of the People's Council.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from kycuong.core.errors import Invalid
from kycuong.core.sentences import Sentence

#: How long a unit has to answer a letter, in working days. Basis: a default of the product (unverified).
ANSWER_WORKING_DAYS: Final = 5
#: How long a head has to explain, in working days. Basis: a default of the product (unverified).
EXPLAIN_WORKING_DAYS: Final = 5
#: More duties than these in one letter nobody reads; one act drafts no more than so many.
MOST_IN_LETTER, MOST_AT_ONCE = 100, 500
#: Bodies that are asked, not ordered.
REQUESTED: Final = frozenset({"vertical", "party_mass", "council"})


class Step(StrEnum):
    """The steps, one above the other; the first needs no paper."""

    REMINDER = "reminder"
    URGING = "urging"
    CRITICISM = "criticism"
    EXPLANATION = "explanation"
    ACCOUNTABILITY = "accountability"

    @property
    def rank(self) -> int:
        """Return how high the step stands, from 0."""
        return list(Step).index(self)


STEP_LABELS: Final[dict[Step, str]] = {
    Step.REMINDER: "Nhắc việc",
    Step.URGING: "Văn bản đôn đốc",
    Step.CRITICISM: "Phê bình bằng văn bản",
    Step.EXPLANATION: "Yêu cầu giải trình",
    Step.ACCOUNTABILITY: "Yêu cầu kiểm điểm",
}
REQUEST_LABEL: Final = "Văn bản đề nghị"
#: The steps after which the head answers on a clock of its own.
ANSWERED_BY_HEAD: Final = frozenset({Step.EXPLANATION, Step.ACCOUNTABILITY})


class Signing(StrEnum):
    """Who signs the letter, and in which capacity."""

    OFFICE = "office"
    DEPUTY = "deputy"
    CHAIRMAN = "chairman"


SIGNING_LABELS: Final[dict[Signing, str]] = {
    Signing.OFFICE: "TL. Chủ tịch, Chánh Văn phòng",
    Signing.DEPUTY: "KT. Chủ tịch, Phó Chủ tịch",
    Signing.CHAIRMAN: "Chủ tịch",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """One step that counts as taken: when it was signed (or the reminder sent), and until when an answer was asked."""

    step: Step
    on: date
    reply_on: date | None = None


def propose(taken: Sequence[Taken], *, overdue: bool, is_request: bool, today: date) -> Step:
    """Return the step that comes next for one duty, by what was taken before, oldest first.

    What is not late is reminded. After a letter whose time to answer has not passed the same step comes again; after it,
    the next one. A body that is asked is asked again and never criticised.
    """
    if not overdue:
        return Step.REMINDER
    letters = [one for one in taken if one.step is not Step.REMINDER]
    if not letters:
        return Step.URGING
    last = max(letters, key=lambda one: (one.step.rank, one.on))
    waits = last.reply_on is not None and today <= last.reply_on
    if waits or last.step is Step.ACCOUNTABILITY:
        return last.step
    return Step.URGING if is_request else list(Step)[last.step.rank + 1]


def signing_of(step: Step) -> Signing:
    """Return who signs a step unless the person chooses: the head of the Office urges, the Chairman does what is graver."""
    return Signing.OFFICE if step in {Step.REMINDER, Step.URGING} else Signing.CHAIRMAN


def check_step(chosen: Step, proposed: Step, *, is_request: bool, reason: str, unit: str) -> None:
    """Refuse a step that may not be taken: above the one proposed without a reason, an order to a body that is asked.

    Raises: Invalid.
    """
    if is_request and chosen.rank > Step.URGING.rank:
        raise Invalid("chase_request_only")
    if chosen.rank > proposed.rank and not reason.strip():
        raise Invalid("chase_reason_missing", unit=unit, step=STEP_LABELS[chosen], proposed=STEP_LABELS[proposed])


def check_reply(reply_on: date | None, today: date) -> None:
    """Refuse a day to answer that has passed or lies a year ahead. Raises: Invalid."""
    if reply_on is not None and not 0 <= (reply_on - today).days <= 366:
        raise Invalid("chase_reply_passed", date=f"{reply_on:%d/%m/%Y}")


def step_of(code: str) -> Step:
    """Return the step of a code. Raises: Invalid."""
    try:
        return Step(code)
    except ValueError as wrong:
        raise Invalid("kind_unknown", text=code) from wrong


def signing_named(code: str) -> Signing:
    """Return the way of signing of a code. Raises: Invalid."""
    try:
        return Signing(code)
    except ValueError as wrong:
        raise Invalid("kind_unknown", text=code) from wrong


def label_of(step: str, *, is_request: bool) -> str:
    """Return what a step is called towards a body."""
    return REQUEST_LABEL if is_request and step == Step.URGING else STEP_LABELS[Step(step)]


def told(act: str, data: Mapping[str, object]) -> str | None:
    """Return what the history of a duty says of a chasing event; None when the event is about none."""
    if act != "chase":
        return None
    label = label_of(str(data["step"]), is_request=bool(data.get("request")))
    if not data.get("number"):
        return Sentence("{label} (lần {times})", label=label, times=data["times"])
    return Sentence("{label} (lần {times}), số {number}", label=label, times=data["times"], number=data["number"])
