"""A line of the log for a collector is one JSON object, whatever is said."""

from __future__ import annotations

import json
import logging
import sys

from kycuong.logs import JsonLines


def test_a_message_that_breaks_lines_stays_one_line() -> None:
    record = logging.LogRecord(
        "kycuong.jobs", logging.WARNING, __file__, 1, 'dòng một\n{"level": "%s"}', ("giả",), None
    )
    line = JsonLines().format(record)
    assert "\n" not in line
    said = json.loads(line)
    assert (said["level"], said["name"], said["message"]) == ("WARNING", "kycuong.jobs", 'dòng một\n{"level": "giả"}')
    assert said["time"].endswith("+00:00")


def test_a_failure_tells_where_it_happened() -> None:
    try:
        raise ValueError("hỏng")
    except ValueError:
        record = logging.LogRecord("kycuong", logging.ERROR, __file__, 1, "không xong", (), sys.exc_info())
    assert "ValueError: hỏng" in json.loads(JsonLines().format(record))["failure"]
