"""What the product says of its own running, one JSON object a line, for a collector of logs."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """Write a record as one line of JSON: time in UTC, level, name, message and, of a failure, where it happened."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a message that breaks lines stays one."""
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "name": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["failure"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)
