"""What Schemathesis is given: a little life whose records exist, and their ids in the place of random ones."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import schemathesis

#: The ids to ask for, by the name of the parameter; one in a few is left random, to be unknown.
KNOWN: dict[str, list[str]] = {}


def life(login: str = "chanhvp") -> tuple[dict[str, list[str]], str]:
    """Load documents, tasks and a proposal; return their ids by name, and a token that asks for somebody."""
    from tests import make  # not above: Schemathesis loads this file in a process without Django

    from kycuong.core.tokens import Right
    from kycuong.services import tokens

    duties = [*make.issued(), *make.issued("Giao Sở Tài chính, Sở Nội vụ báo cáo kết quả trước ngày 20/11/2026.")]
    papers = [make.upload(), make.upload(make.paper(code="22/CT-UBND", subject="phòng cháy"))]
    orders = [order for paper in papers for order in make.orders(paper)]
    ids = {
        "duties": [str(duty.public_id) for duty in duties],
        "documents": [str(paper.public_id) for paper in papers] + [str(duty.document.public_id) for duty in duties if duty.document],
        "orders": [str(order.public_id) for order in orders],
        "units": [str(make.unit(code).public_id) for code in ("SXD", "VP", "CCHC")],
        "files": [str(file.public_id) for paper in papers for file in paper.files.all()],
    }  # fmt: skip
    made = tokens.make(
        actor=None, at=make.at(make.MONDAY), system="Kiểm thử", login=login, rights=[right.value for right in Right], days=30,
    )  # fmt: skip
    return ids, made.text


def known() -> dict[str, list[str]]:
    """Return the ids, from the file that the script wrote or as the test set them."""
    if not KNOWN and "FUZZ_IDS" in os.environ:
        KNOWN.update(json.loads(Path(os.environ["FUZZ_IDS"]).read_text("utf-8")))
    return KNOWN


@schemathesis.hook
def map_path_parameters(context: Any, path_parameters: dict[str, Any] | None) -> dict[str, Any] | None:
    """Put the id of a record that exists in the place of a random one, three times in four."""
    if not isinstance(path_parameters, dict):
        return path_parameters
    room = context.operation.path.removeprefix("/api/v1/").partition("/")[0]
    found = known().get(room)
    for name in ("public_id", "order"):
        value = str(path_parameters.get(name, ""))
        if found and len(value) == 36 and (pick := int(value.replace("-", "f")[:2], 16)) % 4:
            path_parameters[name] = found[pick % len(found)]
    return path_parameters
