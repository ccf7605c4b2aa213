"""A receiver of events for tests: it checks each message as its own system would, and can be down, slow or contrary."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks.webhooks import Webhook


class Receiver:
    """Keep the messages whose signature holds; `answers` gives statuses for the next ones."""

    def __init__(self) -> None:
        self.secret = ""
        self.messages: list[dict[str, Any]] = []
        self.ids: list[str] = []
        self.refused = 0
        self.answers: list[int] = []

    def take(self, headers: dict[str, str], body: bytes) -> int:
        """Return the status for one message."""
        if self.answers:
            status = self.answers.pop(0)
            if status >= 300:
                self.refused += 1
                return status
        Webhook(self.secret).verify(body, headers)
        self.messages.append(json.loads(body))
        self.ids.append(headers["webhook-id"])
        return 204


@contextmanager
def receiving(receiver: Receiver, port: int) -> Iterator[Receiver]:
    """Let the receiver listen on a port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = receiver.take({name.lower(): value for name, value in self.headers.items()}, body)
            self.send_response(status)
            if status in {301, 302, 307}:
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
