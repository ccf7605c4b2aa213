"""The verb `kycuong when`: one phrase as a deadline; needs no database."""

from __future__ import annotations

import datetime as dt
import json
import sys

USAGE = 'usage: kycuong when "trước ngày 25 hằng tháng" [--issued YYYY-MM-DD] [--json]\n'


def main(argv: list[str]) -> int:
    """Read one phrase; 0 read, 1 a date that does not exist, 2 usage."""
    words, issued, as_json = _arguments(argv)
    if words is None:
        sys.stderr.write(USAGE)
        return 2
    if "-h" in argv or "--help" in argv:
        sys.stdout.write(USAGE)
        return 0
    try:
        on = dt.date.fromisoformat(issued) if issued else None
    except ValueError:
        sys.stderr.write(f"kycuong when: ngày ban hành “{issued}” không có trong lịch; hãy viết dạng 2026-03-01.\n")
        return 2
    from kycuong.reader.deadlines import when

    limit = when(words, on)
    if limit.rule == "no_such_date":
        sentence = f"Cụm từ “{words}” nêu một ngày không có trong lịch; hãy kiểm tra lại văn bản."
        if as_json:
            sys.stdout.write(json.dumps({"error": sentence}, ensure_ascii=False) + "\n")
        sys.stderr.write(f"kycuong when: {sentence}\n")
        return 1
    plain = limit.to_json()
    if as_json:
        sys.stdout.write(json.dumps(plain, ensure_ascii=False) + "\n")
    elif limit.kind == "none":
        sys.stdout.write("không phải thời hạn\n")
    else:
        said = plain["date"] or plain["rrule"] or "tính từ một sự kiện"
        sys.stdout.write(
            f"{plain['kind']}: {said} ({'trước' if plain['bound'] == 'before' else 'đến hết'}) — {plain['text']}\n"
        )
    return 0


def _arguments(argv: list[str]) -> tuple[str | None, str | None, bool]:
    words: list[str] = []
    issued: str | None = None
    rest = list(argv)
    while rest:
        word = rest.pop(0)
        if word == "--issued" and rest:
            issued = rest.pop(0)
        elif word.startswith("--issued="):
            issued = word.partition("=")[2]
        elif word in {"--json", "-h", "--help"}:
            continue
        elif word.startswith("--"):
            return None, None, False
        else:
            words.append(word)
    if len(words) != 1 and not {"-h", "--help"} & set(argv):
        return None, None, False
    return (words[0] if words else ""), issued, "--json" in argv
