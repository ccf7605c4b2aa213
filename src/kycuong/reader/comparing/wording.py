"""Words as the comparison sees them: folded syllables, abbreviations written out, words of one meaning made one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from kycuong.core.abbreviations import ABBREVIATIONS
from kycuong.reader.fold import bare, lower

#: Words that say nothing of the matter, dropped before syllables are paired; with their marks, for "cho" is not "chở".
_EMPTY = frozenset(
    "và các những của cho với tại ở trong trên dưới theo về đến tới từ để nhằm do bởi là thì mà khi nếu có được bị phải cần nên sẽ "
    "đã đang mới này đó kia ấy rất hơn nhất cũng lại vào lên từng như sau trước ngày tháng năm hoặc hay còn chỉ không chưa "
    "thuộc mọi mỗi một việc sự cuộc đúng cùng".split()
)
_EMPTY_PAIRS = (
    "công tác",
    "toàn bộ",
    "tất cả",
    "tối thiểu",
    "ít nhất",
    "duy nhất",
    "đối với",
    "toàn thể",
    "nhất là",
    "tuyệt đối",
)

#: Words that nearly every order has: they weigh little. A mark after each of their syllables says so from here on.
_LIGHT = tuple(
    word.strip()
    for word in """
    tăng cường, đẩy mạnh, tiếp tục, thực hiện, tổ chức, triển khai, chỉ đạo, nghiêm túc, kịp thời, thường xuyên, khẩn trương, bảo đảm,
    chủ động, tích cực, nâng cao, hiệu quả, chất lượng, cơ quan, đơn vị, địa phương, sở, ban, ngành, xã, phường, tỉnh, ủy ban nhân dân,
    thủ trưởng, chủ tịch, giám đốc, lãnh đạo, cán bộ, công chức, viên chức, người lao động, trách nhiệm, nhiệm vụ, quy định, yêu cầu,
    đề nghị, giao, phạm vi, quyền lợi, xử lý, giải quyết, kết quả, hướng dẫn, lĩnh vực, hoàn thành, trường hợp, nhà nước, hành chính,
    thẩm quyền, phối hợp, chủ trì, nắm bắt, quản lý, rà soát, xây dựng, địa bàn, nghiêm, số, người dân, cấp, các cấp, cấp có thẩm quyền,
    liên quan, tình trạng, đúng quy định, toàn tỉnh, nội dung, đồng thời
    """.split(",")
)
LIGHT_WEIGHT = 0.35
_LIGHTLY = "'"

#: Words of one meaning; the first of a row stands for all.
_SAME = (
    ("người đứng đầu", "thủ trưởng cơ quan", "thủ trưởng đơn vị"),
    ("đùn đẩy", "né tránh", "lảng tránh", "lòng vòng", "thoái thác"),
    ("kiểm tra", "thanh tra", "giám sát", "tổng kiểm tra", "hậu kiểm"),
    ("đúng hạn", "đúng thời hạn", "đúng hẹn"),
    ("chậm trễ", "trễ hạn", "quá hạn", "trễ hẹn", "chậm muộn", "chậm tiến độ"),
    ("cắt giảm", "rút ngắn", "giảm bớt", "đơn giản hóa"),
    ("bảo đảm", "đảm bảo"),
    ("giờ làm việc", "thời giờ làm việc", "giờ hành chính", "giờ giấc làm việc"),
    ("làm việc riêng", "giải quyết việc riêng"),
    ("công khai", "niêm yết công khai", "đăng tải công khai", "công bố công khai", "công bố"),
    ("phòng ngừa", "ngăn ngừa", "phòng chống", "phòng, chống", "ngăn chặn"),
    ("khó khăn", "vướng mắc"),
    ("bố trí", "phân công", "cử"),
    ("tuyên truyền", "phổ biến", "vận động", "quán triệt"),
    ("thành lập", "lập", "kiện toàn"),
    ("người dân", "hộ dân", "hộ gia đình", "công dân", "nhân dân"),
    ("trang thông tin điện tử", "cổng thông tin điện tử", "website"),
    ("phản ánh, kiến nghị", "phản ánh", "kiến nghị", "pakn"),
    ("khen thưởng", "biểu dương", "tuyên dương"),
    ("nhũng nhiễu", "sách nhiễu", "phiền hà"),
    ("đề cao", "nâng cao", "nêu cao", "phát huy"),
)
#: Bodies and office holders above: who is told, not what is asked.
_BODIES = re.compile(
    r"\b(?:(?:phó )?chủ tịch )?ủy ban nhân dân(?: (?:tỉnh|xã|cấp xã|các xã|các cấp|thành phố))?(?![^\W\d_])|\bthủ tướng chính phủ\b"
)


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")(?![^\W\d_])")


_SHORT = {lower(short): lower(full) for short, full in ABBREVIATIONS}
_SAME_AS = {other: row[0] for row in _SAME for other in row[1:]}
_SHORT_RX, _SAME_RX, _LIGHT_RX, _EMPTY_RX = _any(_SHORT), _any(_SAME_AS), _any(_LIGHT), _any(_EMPTY_PAIRS)
_NOT_WORD = re.compile(rf"[^\w{_LIGHTLY}]+")


@lru_cache(maxsize=20_000)
def syllables(text: str) -> tuple[str, ...]:
    """Return the syllables of a text folded: abbreviations written out, words of one meaning made one, empty words gone.

    Those that nearly every order has bear a mark.
    """
    low = _SHORT_RX.sub(lambda match: _SHORT[match.group()], lower(text).replace(_LIGHTLY, " "))
    low = _SAME_RX.sub(lambda match: _SAME_AS[match.group()], _EMPTY_RX.sub(" ", _BODIES.sub(" ", low)))
    low = _LIGHT_RX.sub(lambda match: match.group().replace(" ", f"{_LIGHTLY} ") + _LIGHTLY, low)
    told = (word for word in _NOT_WORD.sub(" ", low).split() if word not in _EMPTY and not word[0].isdigit())
    return tuple(bare(" ".join(told)).split())


def terms(text: str) -> Counter[str]:
    """Return the single syllables and the pairs of neighbours of a text."""
    words = syllables(text)
    return Counter([*words, *(f"{one} {two}" for one, two in pairwise(words))])


@lru_cache(maxsize=40_000)
def weighs(term: str) -> float:
    """Return how much of the matter a term can carry: little when every order has it."""
    return LIGHT_WEIGHT if all(word.endswith(_LIGHTLY) for word in term.split()) else 1.0


def substance(text: str) -> int:
    """Return how many syllables of a text say something of its matter."""
    return sum(1 for word in syllables(text) if not word.endswith(_LIGHTLY))
