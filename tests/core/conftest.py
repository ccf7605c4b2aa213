"""Property tests here are the same on every run, and are not timed: the machine may be busy."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("core", deadline=None, derandomize=True)
settings.load_profile("core")
