"""The verb `kycuong read`: official documents into orders."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(argv: list[str]) -> int:
    """Read each file and print what it orders."""
    from kycuong.reader import read_bytes

    for name in [a for a in argv if not a.startswith("--")]:
        reading = read_bytes(Path(name).read_bytes(), Path(name).name)
        sys.stdout.write(json.dumps({"file": name, **reading.to_json()}, ensure_ascii=False) + "\n")
    return 0
