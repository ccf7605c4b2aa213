"""Score the comparison on the labelled pairs: precision and recall of each status, of what was lost, of what was added."""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from kycuong.reader import read_text
from kycuong.reader.comparing import LOSSES, STATUSES, Comparison, of_readings

PAIRS = Path(__file__).resolve().parents[1] / "tests" / "reader" / "pairs"
PARENT = """ỦY BAN NHÂN DÂN
TỈNH LAM GIANG
Số: 21/CT-UBND
Lam Giang, ngày 10 tháng 3 năm 2026

CHỈ THỊ
Về {theme}

Chủ tịch UBND tỉnh yêu cầu Giám đốc các sở, Thủ trưởng các ban, ngành, Chủ tịch UBND các xã, phường:
"""
CHILD = """ỦY BAN NHÂN DÂN
XÃ THƯỢNG LAM
Số: 44/UBND-VP
Thượng Lam, ngày 20 tháng 3 năm 2026

Về việc triển khai Chỉ thị số 21/CT-UBND về {theme}

Thực hiện Chỉ thị số 21/CT-UBND ngày 10/3/2026 của Chủ tịch UBND tỉnh, UBND xã yêu cầu các bộ phận, cán bộ, công chức xã:
"""


@dataclass(frozen=True, slots=True)
class Label:
    """What a person says of one demand of the parent."""

    status: str
    lost: frozenset[str]
    words: str


@dataclass(slots=True)
class Pair:
    """Two documents and their labels."""

    name: str
    theme: str
    held: bool
    parent: list[str] = field(default_factory=list)
    child: list[str] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    added: list[str] = field(default_factory=list)

    def compared(self) -> Comparison:
        """Compare the two documents."""
        texts = (_document(PARENT, self.theme, self.parent), _document(CHILD, self.theme, self.child))
        return of_readings(*(read_text(text) for text in texts))


@dataclass(slots=True)
class Tally:
    """Right, wrong and overlooked answers, by status, loss and addition."""

    right: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    true: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, name: str, *, said: bool, true: bool) -> None:
        """Count one answer."""
        self.right[name] += said and true
        self.said[name] += said
        self.true[name] += true

    def precision(self, name: str) -> float:
        """Return the share of answers that were right."""
        return self.right[name] / self.said[name] if self.said[name] else 1.0

    def recall(self, name: str) -> float:
        """Return the share of truths that were found."""
        return self.right[name] / self.true[name] if self.true[name] else 1.0


def _document(head: str, theme: str, points: list[str]) -> str:
    body = "\n".join(f"{no}. {point}" for no, point in enumerate(points, 1))
    return f"{head.format(theme=theme)}{body}\n"


def pairs() -> list[Pair]:
    """Return the labelled pairs."""
    return [_pair(path) for path in sorted(PAIRS.glob("*.txt"))]


def _pair(path: Path) -> Pair:
    lines = path.read_text("utf-8").splitlines()
    theme, _, part = lines[0].partition(" | ")
    made = Pair(path.stem, theme, part.strip() == "held")
    for line in lines[1:]:
        mark, text = line[:1], line[2:].strip()
        if mark == "=":
            said, _, words = text.partition(" | ")
            status, _, lost = said.partition(" ")
            made.labels.append(Label(status, frozenset(filter(None, lost.split(","))), words))
        else:
            {">": made.parent, "<": made.child, "+": made.added}[mark].append(text)
    return made


def score(found: list[Pair]) -> Tally:
    """Compare the pairs and count."""
    tally = Tally()
    for pair in found:
        result = pair.compared()
        for label in pair.labels:
            line = next((one for one in result.lines if label.words.lower() in one.demand.text.lower()), None)
            if line is None:
                tally.wrong.append(f"{pair.name}: no demand “{label.words}”")
            status, lost = (line.status, set(line.lost)) if line else ("none", set())
            for name in STATUSES:
                tally.add(name, said=status == name, true=label.status == name)
            for name in LOSSES:
                tally.add(name, said=name in lost, true=name in label.lost)
            if line and (status != label.status or lost != label.lost):
                hint = ", ".join(one.words for one in line.softer)
                tally.wrong.append(
                    f"{pair.name}: {label.words}: {label.status} {sorted(label.lost)} read as {status} {sorted(lost)}"
                    f" {line.score:.2f} [{hint}] ← {line.to_json()['match']}"
                )
        extra = [" ".join(one.text.split()) for one in result.added]
        for text in extra:
            tally.add("added", said=True, true=any(words.lower() in text.lower() for words in pair.added))
        for words in pair.added:
            if not any(words.lower() in text.lower() for text in extra):
                tally.add("added", said=False, true=True)
                tally.wrong.append(f"{pair.name}: not seen as added: {words}")
    return tally


def main() -> int:
    """Print the table, of the pairs that set the thresholds and of those held out."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--wrong", action="store_true", help="name every wrong answer of the pairs that were seen")
    asked = options.parse_args()
    for part, held in (("seen", False), ("held out", True)):
        chosen = [pair for pair in pairs() if pair.held is held]
        tally = score(chosen)
        print(f"{part}: {len(chosen)} pairs, {sum(len(pair.labels) for pair in chosen)} demands")
        for name in (*STATUSES, *LOSSES, "added"):
            print(
                f"  {name:<9} precision {tally.precision(name):.2f}  recall {tally.recall(name):.2f}  n {tally.true[name]}"
            )
        if asked.wrong and not held:
            print("\n".join(f"    {line}" for line in tally.wrong))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
