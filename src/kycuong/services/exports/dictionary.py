"""The data dictionary, made from the tables themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from kycuong.core.dictionary import DERIVED, LEFT_OUT, SECRET, TABLES, meaning
from kycuong.services.exports.snapshots import columns, tables

KINDS = {
    models.BooleanField: "true, false", models.DateTimeField: "thời điểm UTC, ISO 8601", models.DateField: "ngày, ISO 8601",
    models.JSONField: "JSON", models.UUIDField: "UUID", models.BinaryField: "byte, hệ 16", models.FloatField: "số",
    models.IntegerField: "số nguyên",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column as the dictionary tells it; `missing` when nobody has said what it means."""

    name: str
    kind: str
    empty: bool
    meaning: str
    english: str


@dataclass(frozen=True, slots=True)
class TableLine:
    """One table as the dictionary tells it."""

    name: str
    file: str
    meaning: str
    english: str
    columns: list[ColumnLine]


def lines() -> Iterator[TableLine]:
    """Yield every exported table with its columns."""
    for model in tables():
        english = (model.__doc__ or "").strip().split("\n\n")[0]
        rows = [_line(model, field) for field in columns(model)]
        yield TableLine(model.__name__, file_of(model), TABLES.get(model.__name__, ""), " ".join(english.split()), rows)


def file_of(model: type[models.Model]) -> str:
    """Return the name of a table's file, without its ending."""
    return f"data/{model._meta.db_table.removeprefix('kycuong_')}"


def _line(model: type[models.Model], field: models.Field[object, object]) -> ColumnLine:
    related = field.related_model
    target = related.__name__ if isinstance(related, type) else ""
    said = meaning(model.__name__, field.name, target)
    if said and field.flatchoices and ": " not in said:
        said += " (" + "; ".join(f"{code or '“”'}: {label}" for code, label in field.flatchoices) + ")"
    return ColumnLine(
        field.attname,
        _kind(field, target),
        bool(field.null),
        said,
        field.attname.replace("_", " "),
    )


def _kind(field: models.Field[object, object], target: str) -> str:
    if target:
        return f"khóa → {target}"
    found = next((told for kind, told in KINDS.items() if isinstance(field, kind)), "")
    return found or (f"chữ, tối đa {field.max_length}" if field.max_length else "chữ")


def page() -> str:
    """Return the dictionary as a page: how the export is laid out, then every table with its columns."""
    parts = [_HEAD]
    parts += [f"- `{name}`: {why}.\n" for name, why in {**SECRET, **DERIVED}.items()]
    parts += [f"- {line}\n" for line in LEFT_OUT]
    for table in lines():
        parts.append(f"\n## {table.name}\n\n`{table.file}`: {table.meaning}. ({table.english})\n\n")
        parts.append("| Cột | Kiểu | Ý nghĩa | English |\n|---|---|---|---|\n")
        for one in table.columns:
            kind = one.kind + (", có thể trống" if one.empty else "")
            parts.append(f"| `{one.name}` | {kind} | {one.meaning} | {one.english} |\n")
    return "".join(parts)


_HEAD = """`kycuong export --to TỆP.zip` (hoặc một thư mục), hay trang *Nhập, xuất dữ liệu* của Quản trị, ghi ra toàn bộ dữ liệu của
hệ thống tại một thời điểm, trong khi hệ thống vẫn chạy. *The complete export: every table at one moment, in open formats.*

- `manifest.json`: thời điểm, phiên bản, số dòng từng bảng, kích thước và SHA-256 của từng tệp. *Row counts, sizes, SHA-256.*
- `data/*.jsonl`: mỗi bảng một tệp, mỗi dòng một đối tượng JSON, UTF-8. Với `--format csv`: tệp CSV UTF-8, dấu phẩy, dòng đầu là
  tên cột; ô trống không ngoặc kép là không có giá trị, `""` là chữ rỗng; cột JSON ghi chuỗi JSON. *JSON Lines, or CSV.*
- `files/<sha256>`: các tệp văn bản, kết quả, đặt tên theo mã băm. *Files named by their hash.*
- `checkpoints.jsonl`: các mốc niêm phong có chữ ký và khóa công khai; kiểm tra bằng `verifier/kycuong_verify.py`.
- `dictionary.md`: chính trang này. *This page.*

Thời điểm ghi theo UTC. Cột có đuôi `_id` là khóa của dòng trong bảng được dẫn tới. Thời hạn là thời điểm không kể: hạn hết
ngày 30/11 ghi là 30/11 17:00Z (00:00 ngày 01/12 giờ Việt Nam). *Instants are in UTC; ends are exclusive.*

**Không nằm trong bản xuất** (left out):

"""
