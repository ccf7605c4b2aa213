"""What became of one opinion that was asked for: the protocol between agencies as one pure question.

Basis: Phú Yên 2230/UBND-NC, items 2.1 to 2.3 (silence or lateness is agreement, with a written notice back, and the
silent body answers for it); NĐ 191/2026/NĐ-CP, Articles 7, 11, 12 and 15 (term of 2 to 5 working days; liability without
consent among ministries). Which of them binds is a rule that the authority decides, default unverified.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from kycuong.core.errors import Invalid


class Silence(StrEnum):
    """What the asker's rule makes of a body that has not answered at the cut-off."""

    CONSENT = "consent"
    LIABILITY = "liability"
    WRITTEN = "written"


SILENCE_LABELS: Final[dict[Silence, str]] = {
    Silence.CONSENT: "Im lặng là đồng ý, có thông báo bằng văn bản",
    Silence.LIABILITY: "Im lặng phải chịu trách nhiệm, không coi là đồng ý",
    Silence.WRITTEN: "Pháp luật đòi ý kiến bằng văn bản",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """What silence means and how long a body has, in working days, as the product starts with it (unverified)."""

    code: str
    name: str
    silence: Silence
    document: str
    least_days: int = 2
    usual_days: int = 5
    most_days: int = 5
    return_days: int = 1


RULES: Final = (
    Rule("regulation", "Lấy ý kiến theo quy chế phối hợp của tỉnh", Silence.CONSENT,
         "Mặc định theo 2230/UBND-NC (Phú Yên); quy chế của cơ quan thay thế"),
    Rule("liability", "Lấy ý kiến theo quy chế làm việc, không coi im lặng là đồng ý", Silence.LIABILITY,
         "Mặc định theo NĐ 191/2026/NĐ-CP, Điều 11; quy chế của cơ quan thay thế"),
    Rule("law", "Lấy ý kiến mà pháp luật đòi trả lời bằng văn bản", Silence.WRITTEN,
         "Mặc định của phần mềm; luật chuyên ngành quy định thời hạn", 2, 5, 30),
    Rule("slip", "Phiếu lấy ý kiến thành viên UBND, không gửi phiếu không phải là đồng ý", Silence.LIABILITY,
         "Mặc định của phần mềm; quy chế làm việc của UBND thay thế", 2, 3, 5),
    Rule("slip_consent", "Phiếu lấy ý kiến thành viên, quy chế ghi rõ không gửi phiếu là đồng ý", Silence.CONSENT,
         "Mặc định theo NĐ 191/2026/NĐ-CP, Điều 7, 15 (thành viên Chính phủ); chỉ dùng khi quy chế của UBND ghi như vậy", 2, 3, 5),
)  # fmt: skip
#: Rules of voting slips of Committee members, beside those of opinions of bodies.
SLIP_RULES: Final = frozenset({"slip", "slip_consent"})
#: A proposal has so many points at the most, and so many bodies are asked at once.
MOST_POINTS: Final = 60
MOST_BODIES: Final = 200


class Position(StrEnum):
    """What a body says to one point of a proposal."""

    AGREE = "agree"
    AGREE_IF = "agree_if"
    DISAGREE = "disagree"
    NOT_MINE = "not_mine"
    ASKERS_OWN = "askers_own"


POSITION_LABELS: Final[dict[Position, str]] = {
    Position.AGREE: "Đồng ý",
    Position.AGREE_IF: "Đồng ý với điều kiện",
    Position.DISAGREE: "Không đồng ý",
    Position.NOT_MINE: "Không thuộc thẩm quyền của cơ quan được hỏi",
    Position.ASKERS_OWN: "Thuộc thẩm quyền của chính cơ quan hỏi",
}
#: A position that says something only with its words: the condition, the article, who is competent.
NEEDS_WORDS: Final = frozenset(Position) - {Position.AGREE}
#: Positions by which a request goes back to who asked.
RETURNING: Final = frozenset({Position.NOT_MINE, Position.ASKERS_OWN})

#: Kinds of units whom a rule of the province binds by their silence. Never communes, vertical agencies, Party, People's
#: Council, Front, ministries. Basis: 2230/UBND-NC item 2.2 speaks of departments and branches of the province.
BOUND_KINDS: Final = frozenset({"office", "department"})


#: Whom a rule may bind at the most: communes answer for their silence where a rule says so, and never consent by it.
MAY_BIND: Final = {
    Silence.CONSENT: BOUND_KINDS, Silence.LIABILITY: BOUND_KINDS | {"commune"}, Silence.WRITTEN: frozenset[str](),
}  # fmt: skip


def bound(kind: str, relation: str, silence: Silence = Silence.CONSENT, kinds: Collection[str] = BOUND_KINDS) -> bool:
    """Return whether the silence of a unit binds it under a rule of its own province that names these kinds of units."""
    return relation == "subordinate" and kind in kinds and kind in MAY_BIND[silence]


@dataclass(frozen=True, slots=True)
class Said:
    """What a body says to one point."""

    position: Position
    words: str = ""


def check_points(said: Mapping[int, Said], numbers: Collection[int]) -> None:
    """Refuse an opinion that leaves a point without a position, or a position without the words it needs. Raises: Invalid."""
    missing = sorted(set(numbers) - set(said))
    if missing:
        raise Invalid("opinion_points_missing", points=", ".join(map(str, missing)))
    for number, one in sorted(said.items()):
        if number not in numbers:
            raise Invalid("opinion_point_unknown", point=number)
        if one.position in NEEDS_WORDS and not one.words.strip():
            raise Invalid("opinion_words_missing", point=number, position=POSITION_LABELS[one.position].lower())


def answer_of(said: Collection[Said]) -> Answer:
    """Return what positions amount to: returned when every point goes back, else an opinion."""
    return Answer.RETURNED if all(one.position in RETURNING for one in said) else Answer.OPINION


def check_question(title: str, points: Collection[str], bodies: int) -> None:
    """Refuse a question that nobody could answer. Raises: Invalid."""
    if not title.strip():
        raise Invalid("consultation_title_missing")
    if not points or any(not one.strip() for one in points):
        raise Invalid("consultation_points_missing")
    if len(points) > MOST_POINTS:
        raise Invalid("consultation_points_many", most=MOST_POINTS)
    if not 1 <= bodies <= MOST_BODIES:
        raise Invalid("consultation_bodies", most=MOST_BODIES)


class Answer(StrEnum):
    """What an answer amounts to."""

    OPINION = "opinion"
    VAGUE = "vague"
    RETURNED = "returned"


class Outcome(StrEnum):
    """Where one opinion that was asked for stands."""

    UNDELIVERED = "undelivered"
    VOID = "void"
    WAITING = "waiting"
    OPINION = "opinion"
    VAGUE = "vague"
    RETURNED = "returned"
    CONSENT = "consent"
    UNWARNED = "unwarned"
    LIABLE = "liable"
    UNBOUND = "unbound"
    MISSING = "missing"


OUTCOME_LABELS: Final[dict[Outcome, str]] = {
    Outcome.UNDELIVERED: "Chưa có bằng chứng đã nhận",
    Outcome.VOID: "Phương án đã thay đổi, phải hỏi lại",
    Outcome.WAITING: "Đang chờ ý kiến",
    Outcome.OPINION: "Đã có ý kiến",
    Outcome.VAGUE: "Trả lời không rõ chính kiến",
    Outcome.RETURNED: "Trả lại: không thuộc thẩm quyền",
    Outcome.CONSENT: "Coi là đồng ý do không trả lời đúng hạn",
    Outcome.UNWARNED: "Quá hạn nhưng chưa được nhắc, phải nhắc trước",
    Outcome.LIABLE: "Không có ý kiến, phải chịu trách nhiệm",
    Outcome.UNBOUND: "Không có ý kiến; không được coi là đồng ý",
    Outcome.MISSING: "Thiếu ý kiến bằng văn bản mà pháp luật đòi hỏi",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The facts of one opinion asked for. Instants are aware; a cut-off is exclusive: what comes on it comes late.

    `version` is that of the proposal which was delivered, `current` that of the proposal now. `answered` is what the last
    answer amounts to and `answered_at` when it came. `warned_at` is the reminder before the cut-off.
    `more_until` is the later cut-off that was asked for; `more_given` None while the asker has not decided.
    """

    rule: Silence
    bound: bool
    delivered_at: datetime | None
    cut_off: datetime | None
    version: int = 1
    current: int = 1
    answered: Answer | None = None
    answered_at: datetime | None = None
    warned_at: datetime | None = None
    more_until: datetime | None = None
    more_given: bool | None = None


def cut_off(asked: Asked) -> datetime | None:
    """Return the cut-off that holds: later when more time was given, or asked and left undecided by the asker.

    The asker who leaves a request for time undecided cannot win by it: the body keeps the time that it asked for.
    Basis: a default of the product (unverified); NĐ 191/2026/NĐ-CP Article 12(4)a allows one longer term with its reason.
    """
    if asked.more_until is None or asked.more_given is False:
        return asked.cut_off
    return asked.more_until if asked.cut_off is None else max(asked.more_until, asked.cut_off)


def outcome(asked: Asked, at: datetime) -> Outcome:
    """Return where an opinion stands at `at`; consent only where delivery, rule, body, warning and silence all hold.

    What a law demands in writing is owed until it comes: an opinion or a return is one even after the cut-off, and was late.
    """
    if asked.delivered_at is None or asked.cut_off is None:
        return Outcome.UNDELIVERED
    if asked.version != asked.current:
        return Outcome.VOID
    end = cut_off(asked)
    assert end is not None
    answer = asked.answered if asked.rule is Silence.WRITTEN else _in_time(asked, end)
    if answer is not None:
        return Outcome(answer.value)
    return Outcome.WAITING if at < end else _silent(asked, end)


def _in_time(asked: Asked, end: datetime) -> Answer | None:
    if asked.answered is None or asked.answered_at is None or asked.answered_at >= end:
        return None
    return asked.answered


def _silent(asked: Asked, end: datetime) -> Outcome:
    if asked.rule is Silence.WRITTEN:
        return Outcome.MISSING
    if not asked.bound:
        return Outcome.UNBOUND
    if asked.rule is Silence.LIABILITY:
        return Outcome.LIABLE
    warned = asked.warned_at is not None and asked.warned_at < end
    return Outcome.CONSENT if warned else Outcome.UNWARNED


#: Outcomes for which the body answers: it had the request and a term, and said nothing in it.
ANSWERABLE: Final = frozenset({Outcome.CONSENT, Outcome.LIABLE, Outcome.MISSING})
#: Outcomes with which the lead may go on; with consent only once the notice back is signed and numbered.
GOES_ON: Final = frozenset({Outcome.OPINION, Outcome.RETURNED, Outcome.CONSENT, Outcome.LIABLE, Outcome.UNBOUND})


def may_go_on(found: Outcome, *, notice_signed: bool, dissent: bool = False) -> bool:
    """Return whether the lead may go on as far as this opinion is concerned; `dissent` is an open one on a main point.

    Basis: 2230/UBND-NC items 2.2 (a written notice to the silent body before going on) and 2.3 (dissent is settled first).
    """
    return found in GOES_ON and (found is not Outcome.CONSENT or notice_signed) and not dissent
