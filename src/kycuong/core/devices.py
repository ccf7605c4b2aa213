"""From where somebody signs in, told in few words and kept minimal: browser and system, and the network without the machine."""

from __future__ import annotations

import ipaddress
from typing import Final

#: Looked for in this order: several browsers name others as well.
BROWSERS: Final = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("coc_coc", "Cốc Cốc"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl", "curl"), ("python", "Python"),
)  # fmt: skip
SYSTEMS: Final = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def device_of(agent: str) -> str:
    """Return a browser's own description in a few words, such as `Chrome, Windows`; "" when it says nothing known."""
    found = [next((name for mark, name in marks if mark in agent), "") for marks in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in found if name)


def network_of(address: str) -> str:
    """Return the network of an address, without the machine: 10.1.2.0/24, 2001:db8:1::/48; "" when it is none."""
    try:
        found = ipaddress.ip_address(address.strip().partition("%")[0])
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ipaddress.ip_network((found, 24 if found.version == 4 else 48), strict=False))
