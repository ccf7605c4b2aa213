"""The steps of an explanation: a code and raw values, put into words only when someone reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache

from kycuong.core.calendars import DAY, WEEKDAYS, from_minute, to_minute
from kycuong.core.sentences import Sentence

UNIT_WORDS = {
    "working_hour": "giờ làm việc",
    "working_day": "ngày làm việc",
    "calendar_day": "ngày",
    "week": "tuần",
    "month": "tháng",
    "year": "năm",
}

#: code -> (typed names of the values, sentence). Types: day, moment, end (24:00), span (minutes), unit; else plain.
MESSAGES: dict[str, tuple[str, str]] = {
    "anchor": ("at:moment", "Mốc tính: {at}."),
    "rule": ("qty unit:unit", "Thời hạn: {qty} {unit}."),
    "rule_sourced": ("qty unit:unit source", "Thời hạn: {qty} {unit} ({source})."),
    "first_day_not_counted": (
        "on:day",
        "Không tính ngày đầu tiên {on} (BLDS 2015, Điều 147 khoản 2).",
    ),
    "run": ("first:day last:day days", "Tính {days} ngày làm việc: từ {first} đến {last}."),
    "run_one": ("on:day", "Tính 1 ngày làm việc: {on}."),
    "made_up": ("on:day name basis", "Tính 1 ngày làm việc: {on}, {name} ({basis})."),
    "made_up_unverified": (
        "on:day name basis",
        "Tính 1 ngày làm việc: {on}, {name} ({basis}; chưa đối chiếu văn bản).",
    ),
    "skip": ("on:day name basis", "Không tính {on}: {name} ({basis})."),
    "skip_unverified": (
        "on:day name basis",
        "Không tính {on}: {name} ({basis}; dự kiến, chưa đối chiếu văn bản).",
    ),
    "days_run": ("first:day last:day days", "Tính liên tục {days} ngày: từ {first} đến {last}."),
    "same_weekday": ("qty last:day", "Ngày tương ứng của tuần thứ {qty}: {last} (BLDS 2015, Điều 148 khoản 2)."),
    "same_day_of_month": ("qty last:day", "Ngày tương ứng của tháng thứ {qty}: {last} (BLDS 2015, Điều 148 khoản 3)."),
    "last_day_of_month": (
        "qty day last:day",
        "Tháng thứ {qty} không có ngày {day} nên lấy ngày cuối tháng: {last} (BLDS 2015, Điều 148 khoản 3).",
    ),
    "same_day_of_year": (
        "qty last:day",
        "Ngày, tháng tương ứng của năm thứ {qty}: {last} (BLDS 2015, Điều 148 khoản 4).",
    ),
    "no_29_february": (
        "qty last:day",
        "Năm thứ {qty} không có ngày 29/02 nên lấy ngày cuối tháng: {last} (BLDS 2015, Điều 148 khoản 3, 4).",
    ),
    "roll": (
        "last:day to:day",
        "Ngày cuối {last} là ngày nghỉ nên thời hạn kết thúc vào ngày làm việc tiếp theo {to} "
        "(BLDS 2015, Điều 148 khoản 5).",
    ),
    "no_roll": ("last:day", "Ngày cuối {last} là ngày nghỉ; thời hạn này quy định không dời."),
    "ends_at_24": ("last:day", "Hết hạn lúc 24:00 {last} (BLDS 2015, Điều 148 khoản 6)."),
    "hours_start": (
        "spans per_day:span",
        "Tính từ chính thời điểm ấn định (BLDS 2015, Điều 147 khoản 1), trong giờ làm việc {spans}, "
        "mỗi ngày {per_day}.",
    ),
    "part": ("first:moment last:end minutes:span", "Tính {minutes} làm việc: từ {first} đến {last}."),
    "ends_at": ("at:end", "Hết hạn lúc {at}."),
    "fixed_by": ("on:day", "Hạn là ngày ấn định {on}."),
    "fixed_before": (
        "on:day last:day",
        "“Trước ngày” {on}: hết hạn khi kết thúc ngày liền trước {last}, không dời về sau.",
    ),
    "fixed_off": ("on:day name", "{on} là ngày nghỉ ({name}); ngày ấn định không tự dời."),
    "source": ("source", "Căn cứ: {source}."),
    "paused": ("at:moment", "Tạm dừng từ {at}."),
    "resumed": ("at:moment", "Tiếp tục từ {at}."),
    "giver_time": (
        "first:moment last:moment",
        "Kết quả nằm ở phía người giao từ {first} đến {last}, thời gian này không tính vào hạn.",
    ),
    "stop_days": (
        "first:day last:day days",
        "Dừng {days} ngày làm việc: từ sau {first} đến hết {last} "
        "(không tính ngày đầu, theo BLDS 2015, Điều 147 khoản 2).",
    ),
    "stop_calendar_days": (
        "first:day last:day days",
        "Dừng {days} ngày: từ sau {first} đến hết {last} (không tính ngày đầu, theo BLDS 2015, Điều 147 khoản 2).",
    ),
    "roll_after_stop": (
        "last:day to:day",
        "Ngày tiếp tục {last} là ngày nghỉ nên hạn kết thúc vào ngày làm việc tiếp theo {to} "
        "(BLDS 2015, Điều 148 khoản 5).",
    ),
    "stop_minutes": ("minutes:span", "Dừng {minutes} làm việc."),
    "not_moved": ("at:end", "Không có thời gian dừng được tính nên giữ nguyên hạn {at}."),
    "not_movable": ("at:end", "Hạn {at} do cấp trên ấn định nên không dời."),
    "moved": ("old:end new:end", "Hạn chuyển từ {old} sang {new}."),
    "calendar_changed": ("number", "Lịch làm việc thay đổi theo {number}; thời hạn tính lại từ ngày thay đổi."),
    "extended": ("old:end new:end", "Gia hạn từ {old} đến {new}."),
    "corrected": ("old:end new:end", "Đính chính hạn: từ {old} sang {new}."),
}


def day_text(ordinal: int) -> str:
    """Return "thứ Năm 12/02/2026"."""
    on = date.fromordinal(ordinal)
    return Sentence("{weekday} {day}", weekday=WEEKDAYS[on.weekday()], day=f"{on:%d/%m/%Y}")


def moment_text(minute: int) -> str:
    """Return "15:30 thứ Năm 12/02/2026"."""
    ordinal, rest = divmod(minute, DAY)
    return Sentence("{time} {day}", time=f"{rest // 60:02}:{rest % 60:02}", day=day_text(ordinal))


def end_text(minute: int) -> str:
    """Return the moment of an end, where an exclusive 00:00 reads as 24:00 of the day before."""
    return (
        moment_text(minute) if minute % DAY else Sentence("{time} {day}", time="24:00", day=day_text(minute // DAY - 1))
    )


def span_text(minutes: int) -> str:
    """Return "1 giờ 30 phút"."""
    hours, rest = divmod(minutes, 60)
    if hours and rest:
        return Sentence("{hours} giờ {minutes} phút", hours=hours, minutes=rest)
    return Sentence("{hours} giờ", hours=hours) if hours else Sentence("{minutes} phút", minutes=rest)


WORDS = {"day": day_text, "moment": moment_text, "end": end_text, "span": span_text}


@cache
def fields(code: str) -> tuple[tuple[str, str], ...]:
    """Return the names and types of the values of a message."""
    pairs = (word.partition(":") for word in MESSAGES[code][0].split())
    return tuple((name, kind) for name, _, kind in pairs)


@lru_cache(maxsize=16_384)
def sentence(code: str, args: tuple[int | str, ...]) -> str:
    """Return a step as a Vietnamese sentence; kept, because the same days off stand in many explanations."""
    words = {name: reading(kind, raw) for (name, kind), raw in zip(fields(code), args, strict=True)}
    return Sentence(MESSAGES[code][1], **words)


def plain(kind: str, raw: int | str) -> str:
    """Return a raw value as the plain text that is stored: ISO for days and moments."""
    if isinstance(raw, str):
        return raw
    if kind == "day":
        return date.fromordinal(raw).isoformat()
    return from_minute(raw).isoformat() if kind in {"moment", "end"} else str(raw)


def reading(kind: str, raw: int | str) -> str:
    """Return a raw value in Vietnamese words."""
    if isinstance(raw, str):
        return UNIT_WORDS[raw] if kind == "unit" else raw
    return WORDS.get(kind, str)(raw)


def raw_value(kind: str, text: str) -> int | str:
    """Return the raw value of a stored plain text."""
    if kind == "day":
        return date.fromisoformat(text).toordinal()
    if kind in {"moment", "end"}:
        return to_minute(datetime.fromisoformat(text))
    return int(text) if kind == "span" else text


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one line of an explanation: a code of `MESSAGES` and its raw values in that order."""

    code: str
    args: tuple[int | str, ...] = ()

    @property
    def values(self) -> Mapping[str, str]:
        """Return the values by name, as stored text."""
        return {name: plain(kind, raw) for (name, kind), raw in zip(fields(self.code), self.args, strict=True)}

    @property
    def text(self) -> str:
        """Return the line as a Vietnamese sentence."""
        return sentence(self.code, self.args)

    def to_json(self) -> dict[str, object]:
        """Return code, values and sentence as plain data."""
        return {"code": self.code, "values": dict(self.values), "text": self.text}

    @classmethod
    def of(cls, code: str, values: Mapping[str, str]) -> Step:
        """Return the step that was stored as a code and plain values."""
        return cls(code, tuple(raw_value(kind, values[name]) for name, kind in fields(code)))
