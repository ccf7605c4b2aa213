"""Measure how well and how fast papers are read that come as prints, scans and in old encodings; print markdown.

    .venv/bin/python scripts/bench_formats.py [--only FORM[,FORM…]] [--keep FOLDER] [--shared FOLDER]

Each labelled document is set in type (letterhead in two columns, 13 points, A4), printed to PDF by LibreOffice, scanned
(200 dots an inch, turned by up to 0.7 degrees, blurred, with specks and JPEG's traces) and written in TCVN3 and VNI. The
scorer of the labels then reads each form; offsets are carried back to the labelled text by alignment, nothing else is.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from pathlib import Path

import bench_reader
import numpy as np
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm, Pt
from PIL import Image, ImageFilter
from rapidfuzz.distance import Levenshtein

FORMS = ("text", "docx", "pdf", "scan", "tcvn3", "vni", "docx-tcvn3", "docx-vni", "doc")
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
ENDINGS = {"pdf": ".pdf", "scan": ".scan.pdf", "docx": ".docx", "docx-tcvn3": ".tcvn3.docx", "docx-vni": ".vni.docx",
           "doc": ".doc"}  # fmt: skip


def letterhead(lines: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Part the lines of a letterhead into its two columns, and return the rest; nothing when there is none."""
    at = next((i for i, line in enumerate(lines[:6]) if NATION in line.upper()), None)
    if at is None:
        return [], [], lines
    left, right = lines[:at], [lines[at]]
    for i, line in enumerate(lines[at + 1 : at + 7], at + 1):
        if re.match(r"Số\b", line.strip()):
            left.append(line)
        elif re.search(r"ngày .*tháng .*năm", line) and len(line) < 60:
            return left, [*right, line], lines[i + 1 :]
        else:
            right.append(line)
    return [], [], lines


def typeset(text: str, path: Path, encode=None, font: str = "Times New Roman") -> None:
    """Set a text as an office would; `encode` writes it in an old encoding, for a font of that encoding."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(2)
    paper.styles["Normal"].font.name, paper.styles["Normal"].font.size = font, Pt(13)
    put = encode or (lambda line: line)
    left, right, rest = letterhead([line for line in text.splitlines() if line.strip()])
    if right:
        cells = paper.add_table(rows=1, cols=2).rows[0].cells
        for cell, lines, width in ((cells[0], left, 6.5), (cells[1], right, 10)):
            cell.width = Cm(width)
            for i, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
                run = paragraph.add_run(put(line.strip()))
                run.font.size, run.font.name, paragraph.alignment = Pt(12), font, ALIGN.CENTER
    for line in rest:
        paragraph = paper.add_paragraph()
        paragraph.add_run(put(line.strip())).font.name = font
        paragraph.paragraph_format.space_after = Pt(4)
        if len(line) > 60:
            paragraph.paragraph_format.first_line_indent, paragraph.alignment = Cm(1), ALIGN.JUSTIFY
        elif line.isupper():
            paragraph.alignment = ALIGN.CENTER
    paper.save(path)


def office(path: Path, to: str) -> None:
    profile = tempfile.mkdtemp()
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", to, "--outdir", path.parent, path],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip


def scan(pdf: Path, path: Path) -> None:
    """Make pictures of the pages of a PDF as a worn office scanner would."""
    import pypdfium2

    pages = []
    document = pypdfium2.PdfDocument(pdf)
    for number in range(len(document)):
        chance = np.random.default_rng(sum(path.name.encode()) + number)
        page = document[number].render(scale=200 / 72, grayscale=True).to_pil()
        page = page.rotate(float(chance.uniform(-0.7, 0.7)), resample=Image.Resampling.BICUBIC, fillcolor=255)
        page = page.filter(ImageFilter.GaussianBlur(0.7))
        points = np.asarray(page, dtype=np.float32) * 0.93 + chance.normal(0, 6, (page.height, page.width))
        specks = chance.random(points.shape)
        points[specks < 0.0005] = 20
        points[specks > 0.9995] = 250
        stream = io.BytesIO()
        Image.fromarray(np.clip(points, 0, 255).astype(np.uint8)).save(stream, "JPEG", quality=70)
        pages.append(Image.open(stream))
    pages[0].save(path, "PDF", resolution=200, save_all=True, append_images=pages[1:])


def typed(text: str) -> str:
    """Place the tone as it was typed in those years; the fonts had no capital with a tone."""
    return text.replace("Ủy", "Uỷ")


def make(text: Path, form: str, folder: Path) -> Path:
    """Return the file of a text in a form; made once."""
    from kycuong.reader import legacy

    whole = text.read_text("utf-8")
    path = folder / (text.stem + ENDINGS.get(form, f".{form}.txt"))
    if path.exists():
        return path
    if form in {"text", "tcvn3", "vni"}:
        path.write_bytes(whole.encode() if form == "text" else legacy.encode(typed(whole), form))
    elif form.startswith("docx"):
        kind = form.removeprefix("docx").strip("-")
        encode = (lambda line: legacy.encode(typed(line), kind).decode("cp1252", "replace")) if kind else None
        typeset(whole, path, encode, {"tcvn3": ".VnTime", "vni": "VNI-Times"}.get(kind, "Times New Roman"))
    elif form == "scan":
        scan(make(text, "pdf", folder), path)
    else:
        office(make(text, "docx", folder), form)
    return path


def carry(reading: dict, seen: str, labelled: str) -> dict:
    """Move the offsets of a reading to the labelled text, by the shortest edits between the two texts."""
    steps = Levenshtein.opcodes(seen, labelled)
    begins = [step.src_start for step in steps]

    def moved(offset: int) -> int:
        step = steps[max(0, bisect_right(begins, offset) - 1)]
        return min(step.dest_start + offset - step.src_start, step.dest_end)

    for order in reading["orders"]:
        order["start"], order["end"] = moved(order["start"]), moved(order["end"])
    return reading


def busy() -> float:
    """Return the seconds of processor that this process and its children have used."""
    return sum(
        u.ru_utime + u.ru_stime for u in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def read(form: str, folder: Path, texts: list[Path]) -> None:
    """Print the reading of each text in a form as one line of JSON."""
    import unicodedata

    from kycuong.reader import Unreadable, assemble, joined, pages_of

    count, took, worked = 0, 0.0, 0.0
    for text in texts:
        path = make(text, form, folder)
        began, before = time.perf_counter(), busy()
        try:
            with pages_of(path, path.name) as pages:
                leaves = list(pages.leaves())
            reading = assemble(leaves, path.name).to_json()
        except Unreadable as wrong:
            reading = {"error": wrong.message_vi}
        else:
            labelled = unicodedata.normalize("NFC", text.read_text("utf-8"))
            reading = carry(reading, joined(leaves)[0], labelled)
            count += len(leaves)
        took, worked = took + time.perf_counter() - began, worked + busy() - before
        print(json.dumps(reading, ensure_ascii=False))
    (folder / f"{form}.speed").write_text(f"{count} {took} {worked}")


def measure(shared: Path, forms: list[str], folder: Path, verbose: bool) -> None:
    gold, texts, script = (shared / "reading" / part for part in ("gold", "texts", "score.py"))
    if not script.exists():
        print("The labelled documents are not here: nothing was measured.")
        return
    print(
        "The labelled documents set in type, printed to PDF, scanned (200 dots an inch, turned by up to 0.7 degrees, blurred,\n"
        "with specks), and written in the old encodings; each form read and scored by the labels of the plain text. Nothing is\n"
        "learned, so leaving one out changes nothing.\n"
    )
    print(
        "| form | "
        + " | ".join(bench_reader.FIGURES)
        + " | pages a minute | processor s a page |\n|"
        + "---|" * (len(bench_reader.FIGURES) + 3)
    )
    for form in forms:
        command = [sys.executable, script, gold, f"{texts}:{shared / 'seeds'}", "--batch",
                   *(["--verbose"] if verbose else []), "--",
                   sys.executable, __file__, "--read", form, "--keep", folder]  # fmt: skip
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
        if verbose:
            print(done.stdout, done.stderr, file=sys.stderr)
        row = bench_reader.figures(done.stdout)
        speed = folder / f"{form}.speed"
        count, took, worked = map(float, speed.read_text().split()) if speed.exists() else (0.0, 1.0, 0.0)
        cells = [row.get(k, "-") for k in bench_reader.FIGURES]
        print(
            "| " + " | ".join([form, *cells, f"{60 * count / took:.0f}", f"{worked / max(count, 1):.2f}"]) + " |",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(FORMS))
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--shared", type=Path, default=bench_reader.SHARED)
    parser.add_argument("--read")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("texts", nargs="*", type=Path)
    given = parser.parse_args()
    sys.path.insert(0, str(bench_reader.TOP / "src"))
    os.environ["PYTHONPATH"] = str(bench_reader.TOP / "src")
    folder = given.keep or Path(tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    if given.read:
        read(given.read, folder, given.texts)
    else:
        measure(given.shared, given.only.split(","), folder, given.verbose)


if __name__ == "__main__":
    main()
