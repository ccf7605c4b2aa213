"""Measure the reader and print markdown: scores, speed, linearity, process time and memory.

Run as `.venv/bin/python scripts/bench_reader.py [GOLD TEXTS[:TEXTS…] SCORE.PY]`; without the real documents it measures
the samples of our own. Nothing in the reader is learned or weighed by the labels: its rules are read off the genre, so
leaving a document out changes no figure but its own, and the figures of each document stand for leave-one-out.
"""

from __future__ import annotations

import json
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
SHARED = TOP.parent / "shared"
SAMPLES = TOP / "tests" / "reader" / "samples"
FIGURES = ("header", "orders", "assignees", "deadlines", "coordinating", "cites", "targets", "mean")


def figures(printed: str) -> dict[str, str]:
    found = dict(re.findall(r"^(cites|orders|assignees|deadlines|coordinating) +F1 ([\d.]+)", printed, re.MULTILINE))
    found |= dict(re.findall(r"^(targets) +recall ([\d.]+)", printed, re.MULTILINE))
    for name, pattern in (("header", r"signer .* = ([\d.]+)"), ("mean", r"= ([\d.]+)\s*$")):
        if match := re.search(pattern, printed, re.MULTILINE if name == "header" else 0):
            found[name] = match.group(1)
    return found


def score(script: Path, gold: Path, texts: str) -> dict[str, str]:
    command = [
        sys.executable,
        str(script),
        str(gold),
        texts,
        "--batch",
        "--",
        sys.executable,
        "-m",
        "kycuong",
        "read",
        "--json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return figures(done.stdout)


def scores(gold: Path, texts: str, script: Path) -> None:
    print(
        "Per field by the scorer of the labelled documents, one document at a time (nothing is learned, so leaving one out\n"
        "changes nothing; rules and word lists were written with these documents in view):\n"
        "`../shared/reading/score.py ../shared/reading/gold ../shared/reading/texts:../shared/seeds --batch -- "
        ".venv/bin/kycuong read --json`\n"
    )
    print("| document | " + " | ".join(FIGURES) + " |\n|" + "---|" * (len(FIGURES) + 1))
    for label in sorted(gold.glob("*.json")):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / label.name).write_bytes(label.read_bytes())
            row = score(script, Path(folder), texts)
        print(
            f"| {json.loads(label.read_text('utf-8'))['id']} | " + " | ".join(row.get(k, "-") for k in FIGURES) + " |"
        )
    row = score(script, gold, texts)
    print("| **all** | " + " | ".join(row.get(k, "-") for k in FIGURES) + " |\n")


def speed(files: list[Path]) -> None:
    from kycuong.reader import read_text

    texts = [f.read_text("utf-8", "replace") for f in files]
    for text in texts:
        read_text(text)
    took = []
    for text in texts * 3:
        began = time.perf_counter()
        read_text(text)
        took.append((time.perf_counter() - began) * 1000 * 10_000 / len(text.encode()))
    print(f"- median per 10 kB document: {statistics.median(took):.1f} ms (slowest {max(took):.1f} ms)")
    whole = "\n".join(texts)
    for size in (10_000, 100_000, 1_000_000):
        text = (whole * (size // len(whole.encode()) + 1)).encode()[:size].decode("utf-8", "ignore")
        began = time.perf_counter()
        read_text(text)
        print(f"- {size // 1000} kB in one text: {(time.perf_counter() - began) * 1000:.0f} ms")


def process(path: Path) -> None:
    took = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "kycuong", "read", "--json", str(path)], capture_output=True, check=True)
        took.append(time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"- `kycuong read` on one file: {statistics.median(took):.2f} s in all, at most {peak:.0f} MB")


def main() -> None:
    given = sys.argv[1:]
    gold = Path(given[0]) if given else SHARED / "reading" / "gold"
    texts = given[1] if len(given) > 1 else f"{SHARED / 'reading' / 'texts'}:{SHARED / 'seeds'}"
    script = Path(given[2]) if len(given) > 2 else SHARED / "reading" / "score.py"
    files = sorted(f for folder in texts.split(":") for f in Path(folder).glob("*.txt")) or sorted(
        SAMPLES.glob("*.txt")
    )
    process(files[0])
    speed(files)
    if gold.exists() and script.exists():
        print()
        scores(gold, texts, script)
    else:
        print("\nThe real documents are not here; only the samples were measured.")


if __name__ == "__main__":
    main()
