"""One-time codes follow RFC 6238; who must use the second step follows the rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kycuong.core import second_factors as law
from kycuong.core.devices import device_of, network_of

SECRET = b"12345678901234567890"
NOON = datetime(2026, 11, 2, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_values_of_the_standard(seconds: int, code: str) -> None:
    """RFC 6238, appendix B, the last six digits."""
    assert law.code_at(SECRET, seconds // law.STEP_SECONDS) == code


def test_a_clock_one_step_off_is_forgiven_and_no_more() -> None:
    step = law.step_of(NOON)
    for off in (-1, 0, 1):
        assert law.matching_step(SECRET, law.code_at(SECRET, step + off), NOON) == step + off
    for off in (-2, 2):
        assert law.matching_step(SECRET, law.code_at(SECRET, step + off), NOON) is None
    shown = law.code_at(SECRET, step)
    assert law.matching_step(SECRET, f" {shown[:3]} {shown[3:]} ", NOON) == step
    for typed in ("", shown[:5], shown + "0", "mật khẩu", "１２３４５６"):
        assert law.matching_step(SECRET, typed, NOON) is None
    assert law.step_of(NOON + timedelta(seconds=30)) == step + 1


def test_a_secret_is_written_read_and_carried_in_an_address() -> None:
    written = law.written(SECRET)
    assert law.read(law.spaced(written).lower()) == SECRET
    told = law.address(written, login="gdsxd", issuer="UBND tỉnh Lam Giang")
    assert told.startswith("otpauth://totp/UBND%20t%E1%BB%89nh%20Lam%20Giang%3Agdsxd?secret=")
    assert told.isascii()


def test_who_must() -> None:
    admin, plain = law.Holder("administrator", False), law.Holder("officer", False)
    home_affairs = law.Holder("officer", True)
    assert [law.required([one], {}) for one in (admin, plain, home_affairs)] == [True, False, True]
    assert law.required([plain, admin], {})
    assert law.required([plain], {"officer": True})
    assert not law.required([home_affairs], {law.OVERSEER: False})
    assert not law.required([], {})


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome, Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("something else", ""),
    ],
)
def test_a_device_is_told_in_few_words(agent: str, told: str) -> None:
    assert device_of(agent) == told


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.1.2.3", "10.1.2.0/24"), ("2001:db8:1:2::7", "2001:db8:1::/48"), ("::ffff:10.1.2.3", "10.1.2.0/24"),
        ("fe80::1%eth0", "fe80::/48"), ("", ""), ("unix:", ""),
    ],
)  # fmt: skip
def test_an_address_is_kept_without_the_machine(address: str, network: str) -> None:
    assert network_of(address) == network
