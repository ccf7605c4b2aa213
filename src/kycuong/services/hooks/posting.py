"""Post one message over the network: only whither it may go, to the address that was judged, without following anybody on."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings

from kycuong import __version__
from kycuong.core import hooks

TIMEOUT_SECONDS = 10
#: However slowly a receiver answers, it has no more than this.
DEADLINE_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one post: the status that the receiver gave, or why there was none."""

    status: int | None
    code: str = ""


Poster = Callable[[str, Mapping[str, str], bytes], Answer]


def post(url: str, headers: Mapping[str, str], body: bytes) -> Answer:
    """Post a message. The name is resolved once, each address judged, and the connection made to that very address."""
    place = hooks.read_url(url)
    try:
        found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return Answer(None, "unresolved")
    addresses = [str(one[4][0]) for one in found]
    allowed = hooks.read_networks(settings.HOOK_NETWORKS)
    if not addresses or not all(hooks.may_go(one, secure=place.secure, allowed=allowed) for one in addresses):
        return Answer(None, "not_allowed")
    told = {"Content-Type": "application/json", "User-Agent": f"kycuong/{__version__}", **headers}
    return _exchange(place, addresses[0], told, body)


def _exchange(place: hooks.Place, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
    connection = _Pinned(place, address)
    watch = threading.Timer(DEADLINE_SECONDS, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", place.target, body, dict(headers))
        return _judged(connection.getresponse().status)
    except ssl.SSLError:
        return Answer(None, "tls")
    except TimeoutError:
        return Answer(None, "slow")
    except (OSError, http.client.HTTPException):
        return Answer(None, "slow" if connection.was_cut else "unreachable")
    finally:
        watch.cancel()
        connection.close()


def _judged(status: int) -> Answer:
    return Answer(status, "" if 200 <= status < 300 else "status")


class _Pinned(http.client.HTTPConnection):
    """A connection to one address; the name serves for TLS and the header Host only."""

    def __init__(self, place: hooks.Place, address: str) -> None:
        super().__init__(place.host, place.port, timeout=TIMEOUT_SECONDS)
        self.place, self.address, self.was_cut = place, address, False

    def connect(self) -> None:
        """Connect to the address that was judged."""
        plain = socket.create_connection((self.address, self.place.port), TIMEOUT_SECONDS)
        self.sock = plain
        if self.place.secure:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.place.host)

    def cut(self) -> None:
        """Break off, whatever the receiver is doing."""
        self.was_cut = True
        try:
            if self.sock is not None:
                self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
