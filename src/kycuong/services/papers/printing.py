"""One paper, two forms: the same data as DOCX to work on and as PDF to read and print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kycuong.core.errors import Invalid
from kycuong.core.letters import Part
from kycuong.services.papers import pdf, word

#: What a paper can be downloaded as, with its media type.
FORMS: Final = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ready to be downloaded."""

    name: str
    data: bytes
    media_type: str = FORMS["docx"]


def write(name: str, parts: Sequence[Part], *, form: str = "docx") -> Paper:
    """Print the parts of a paper as "docx" or "pdf"; `name` is the file's name without its ending.

    Basis: NĐ 30/2020/NĐ-CP, Phụ lục I. Raises: Invalid.
    """
    if form not in FORMS:
        raise Invalid("kind_unknown", text=form)
    data = word.write(parts) if form == "docx" else pdf.write(parts)
    return Paper(f"{name}.{form}", data, FORMS[form])
