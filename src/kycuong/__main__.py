"""Entry point of the `kycuong` command."""

from __future__ import annotations

import sys

from kycuong.cli import main

if __name__ == "__main__":
    sys.exit(main())
