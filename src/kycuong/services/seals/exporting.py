"""Write the proof as one file that anyone can verify without the product."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kycuong.core.seals import ENTRY, EVENT, Refused, canonical
from kycuong.models import Checkpoint
from kycuong.services.seals import keys
from kycuong.services.seals.rows import beginning, body, full_rows

FORMAT, VERSION = "kycuong-proof", 1


def export(path: Path, *, rows: bool = False, leaves: bool = True) -> int:
    """Write keys, checkpoints and leaves as JSON lines and return the number of leaves. Raises: Refused.

    `rows` adds what each leaf is the hash of: codes and ids, which may name people. Without `leaves` the checkpoints alone.
    """
    part, written = path.with_name(path.name + ".part"), 0
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            for line in _lines(rows=rows, leaves=leaves):
                written += line["type"] == "leaf"
                stream.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Refused("file_unwritable", path=path, why=error.strerror or error) from error
    return written


def _lines(*, rows: bool, leaves: bool) -> Iterator[dict[str, Any]]:
    yield {
        "type": FORMAT, "version": VERSION, "leaves": leaves,
        "keys": {name: public.hex() for name, public in keys.known_keys().items()},
    }  # fmt: skip
    last = beginning()
    for row in Checkpoint.objects.order_by("no").iterator(1):
        signed = body(row)
        plain = asdict(signed) | {"at": json.loads(canonical(signed.at))}
        yield {"type": "checkpoint", "body": plain, "hash": signed.hashed(), "signature": row.signature}
        if leaves:
            spans = ((EVENT, last.upto_event, row.upto_event), (ENTRY, last.upto_entry, row.upto_entry))
            for kind, after, upto in spans:
                for one in full_rows(kind, after, upto):
                    line = {"type": "leaf", "kind": kind, "id": one.row_id, "record": one.record.decode()}
                    yield line | ({"row": json.loads(canonical(one.content))} if rows else {})
        last = row
