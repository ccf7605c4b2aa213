"""Build the sample papers of the made-up province from their texts, in the form of Nghị định 30/2020/NĐ-CP.

    python scripts/make_papers.py          every paper into src/kycuong/demo/papers/
    python scripts/make_papers.py --pdf    the two PDFs too (needs LibreOffice: soffice)

A text begins with `key: value` lines (issuer, number, place, type or about, subject, to, cc, sign, signer, urgency,
secrecy), then `---`, then one paragraph a line; `# ` is a centred bold line, `|` a table row, `===` a new page. A
signer `@post-code` is whoever holds that post. The plain rendering of the labelled papers goes to
tests/demo/labels/texts/, where their labels point.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
import zipfile
from collections import defaultdict
from datetime import datetime
from html import unescape
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

ROOT = Path(__file__).resolve().parents[1]
PAPERS = ROOT / "src/kycuong/demo/papers"
LABELLED = ROOT / "tests/demo/labels/texts"
LABELS = (
    "chi-thi-05",
    "chi-thi-12",
    "cong-dien-07",
    "cong-van-3815",
    "ke-hoach-45",
    "quyet-dinh-2087",
    "thong-bao-214",
    "thong-bao-hdnd-31",
)
WEB = ("trang-tin-chi-thi-08",)
PDF = ("thong-bao-hdnd-31", "bao-cao-stc-688")
TXT = ("chi-thi-05", "ke-hoach-thuong-lam-61")
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
WIDTHS = {5: (1.2, 5.1, 3.6, 4.2, 2.4), 6: (1.1, 4.6, 2.9, 2.9, 2.3, 2.7)}  # cm, of the tables in the papers
MOTTO = "Độc lập - Tự do - Hạnh phúc"


def parse(path):
    """Return the header (key -> list of values) and the body lines."""
    head, _, body = path.read_text("utf-8").partition("\n---\n")
    keys = defaultdict(list)
    for line in head.splitlines():
        key, _, value = line.partition(": ")
        keys[key].append(value)
    if keys["signer"][0].startswith("@"):
        keys["signer"] = [holder(keys["signer"][0][1:])]
    return keys, [line for line in body.splitlines() if line.strip()]


def holder(post):
    """Return the name of the officer who sits in a post of the made-up province."""
    from kycuong.demo.province import rows

    province = rows()
    login = next(a.login for a in province.appointments if a.post_code == post and a.valid_until is None)
    return next(o.full_name for o in province.officers if o.login == login)


def one(keys, key):
    return (keys[key] or [""])[0]


def plain(keys, body):
    """Return the paper as running text, letterhead first, as a person would copy it."""
    out = [*keys["above"], *keys["issuer"], "-------", NATION, MOTTO, "---------------"]
    out += [one(keys, "number"), *keys["about"], one(keys, "place"), *keys["urgency"], *keys["secrecy"]]
    out += [*keys["type"], *keys["subject"]]
    if keys["to"]:
        several = len(keys["to"]) > 1
        lead = one(keys, "toline") or "Kính gửi:"
        out += [lead, *(f"- {to}" for to in keys["to"])] if several else [f"{lead} {keys['to'][0]}"]
    for line in body:
        if line == "===":
            continue
        if line.startswith("|"):
            out.append("\t".join(cell.strip() for cell in line.strip("|").split("|")))
        else:
            out.append(line.removeprefix("# "))
    closing = ["Nơi nhận:", *(f"- {cc}" for cc in keys["cc"]), *keys["sign"], *keys["signer"]]
    annex = out.index("PHỤ LỤC") if "PHỤ LỤC" in out else len(out)
    return "\n".join([*out[:annex], *closing, *out[annex:]]) + "\n"


def write(cell, text, *, bold=False, italic=False, size=13, align=ALIGN.CENTER, underline=False):
    paragraph = cell.add_paragraph() if cell.paragraphs[-1].text else cell.paragraphs[-1]
    paragraph.alignment = align
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.underline, run.font.size = bold, italic, underline, Pt(size)
    return paragraph


def letterhead(document, keys):
    """Lay the two columns of cells 1-4 (and 5b, 10a, 10b) of Annex I."""
    left, right = two_columns(document, 7.2, 9.3)
    for line in keys["above"]:
        write(left, line, size=12)
    for line in keys["issuer"]:
        write(left, line, bold=True)
    write(left, one(keys, "number"))
    for line in keys["about"]:
        write(left, line, size=12)
    for mark in (*keys["secrecy"], *keys["urgency"]):
        write(left, mark, bold=True, size=14)
    write(right, NATION, bold=True, size=12)
    write(right, MOTTO, bold=True, underline=True)
    write(right, one(keys, "place"), italic=True)


def two_columns(document, left, right):
    table = document.add_table(rows=1, cols=2)
    widths(table, (left, right))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    return table.rows[0].cells


def widths(table, centimetres):
    table.autofit = False
    for column, width in zip(table.columns, centimetres, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def centred(document, text, size=14, bold=True):
    paragraph = document.add_paragraph()
    paragraph.alignment = ALIGN.CENTER
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(size)


def addressees(document, keys):
    if not keys["to"]:
        return
    lead = one(keys, "toline") or "Kính gửi:"
    if len(keys["to"]) == 1:
        centred(document, f"{lead} {keys['to'][0]}", bold=False)
        return
    document.add_paragraph(lead).paragraph_format.left_indent = Cm(2.5)
    for to in keys["to"]:
        document.add_paragraph(f"- {to}").paragraph_format.left_indent = Cm(3.5)


def table(document, lines):
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    grid = document.add_table(rows=0, cols=len(rows[0]))
    grid.style = "Table Grid"
    for number, row in enumerate(rows):
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            write(cell, text, bold=number == 0, size=12, align=ALIGN.CENTER if number == 0 else ALIGN.LEFT)
    widths(grid, WIDTHS[len(rows[0])])


def paragraph(document, text):
    block = document.add_paragraph()
    block.alignment = ALIGN.JUSTIFY
    block.paragraph_format.first_line_indent = Cm(1.27)
    block.paragraph_format.space_after = Pt(6)
    block.add_run(text).bold = bool(re.match(r"([IVX]+\. |Điều \d+\. [^.]{0,60}$)", text))


def body(document, lines):
    rows = []
    for line in [*lines, ""]:
        if line.startswith("|"):
            rows.append(line)
            continue
        if rows:
            table(document, rows)
            rows = []
        if line == "===":
            document.add_page_break()
        elif line.startswith("# "):
            centred(document, line.removeprefix("# "))
        elif line:
            paragraph(document, line)


def signature(document, keys):
    left, right = two_columns(document, 8.5, 8)
    write(left, "Nơi nhận:", bold=True, italic=True, size=12, align=ALIGN.LEFT)
    for cc in keys["cc"]:
        write(left, f"- {cc}", size=11, align=ALIGN.LEFT)
    for line in keys["sign"]:
        write(right, line, bold=True, size=14)
    for _ in range(4):
        right.add_paragraph("")
    last = right.add_paragraph()
    last.alignment = ALIGN.CENTER
    last.add_run(one(keys, "signer")).bold = True


def page_number(section):
    """Number the pages from the second on, top centre."""
    section.different_first_page_header_footer = True
    block = section.header.paragraphs[0]
    block.alignment = ALIGN.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    block._p.append(field)


def build(keys, lines):
    """Return the paper as a .docx document."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    page_number(section)
    letterhead(document, keys)
    for line in keys["type"]:
        document.add_paragraph("")
        centred(document, line)
    for line in keys["subject"]:
        centred(document, line)
    addressees(document, keys)
    cut = lines.index("===") if "===" in lines else len(lines)
    body(document, lines[:cut])
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    signature(document, keys)
    body(document, lines[cut:])
    document.core_properties.title = one(keys, "subject") or one(keys, "about")
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = datetime(2026, 1, 1)  # noqa: DTZ001
    return document


def save(document, path):
    """Write the file with fixed dates inside, so that the same text gives the same bytes."""
    raw = io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "docProps/thumbnail.jpeg":
                new.writestr(
                    zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), strip(name, old.read(name)), zipfile.ZIP_DEFLATED
                )


def strip(name, content):
    """Drop the template's thumbnail from the package's list of parts."""
    if name == "_rels/.rels":
        return re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", content)
    return content


def copied(path):
    """Return what a person gets who selects a whole web page and copies it: menus, article, related links, footer."""
    page = re.sub(r"<(script|style)\b.*?</\1>|<head>.*?</head>", "", path.read_text("utf-8"), flags=re.S)
    page = re.sub(r"</?(p|h\d|li|figcaption|button)\b[^>]*>", "\n", page)
    lines = (" ".join(unescape(re.sub(r"<[^>]+>", "", line)).split()) for line in page.splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def main():
    LABELLED.mkdir(parents=True, exist_ok=True)
    for name in WEB:
        (LABELLED / f"{name}.txt").write_text(copied(PAPERS / f"{name}.html"), "utf-8")
    for source in sorted((PAPERS / "src").glob("*.txt")):
        keys, lines = parse(source)
        name = source.stem
        if name in LABELS:
            (LABELLED / f"{name}.txt").write_text(plain(keys, lines), "utf-8")
        if name in TXT:
            (PAPERS / f"{name}.txt").write_text(plain(keys, lines), "utf-8")
        elif name not in PDF:
            save(build(keys, lines), PAPERS / f"{name}.docx")
        elif "--pdf" in sys.argv:
            with tempfile.TemporaryDirectory() as folder:
                docx = Path(folder) / f"{name}.docx"
                save(build(keys, lines), docx)
                command = [
                    "soffice",
                    f"-env:UserInstallation=file://{folder}/profile",
                    "--headless",
                    "--convert-to",
                    "pdf",
                ]
                subprocess.run([*command, "--outdir", str(PAPERS), str(docx)], check=True, capture_output=True)
        print(name)


if __name__ == "__main__":
    main()
