"""Start Django for the verbs that need the database."""

from __future__ import annotations

import os


def set_up() -> None:
    """Make the tables usable in this process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kycuong.settings")
    import django

    django.setup()
