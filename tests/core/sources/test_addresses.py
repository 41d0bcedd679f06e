"""Which addresses a feed may lead to."""

from __future__ import annotations

import pytest

from watcher.core.sources.addresses import is_public


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "8.8.8.8",
        "151.101.0.81",
        "172.32.0.1",  # next to 172.16.0.0/12
        "100.128.0.1",  # next to carrier-grade NAT
        "192.0.1.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450:4001:82b::200e",
        "2003::1",  # next to 6to4
        "2001:200::1",  # next to the IETF's 2001::/23
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
    ],
)
def test_an_address_in_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3"),
        *("10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1"),
        *("169.254.169.254", "100.64.0.1", "100.127.255.255"),  # cloud metadata; carrier-grade NAT
        *(
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
        ),
        *("224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fdff::1", "ff02::1"),
        *("100::1", "2001::1", "2001:10::1", "2001:20::1", "2001:db8::1", "3fff::1", "5f00::1", "4000::1"),
    ],
)
def test_an_address_of_this_machine_or_its_network_or_of_nobody_is_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe"),  # v4-mapped
        *("64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254"),  # NAT64
        *("64:ff9b:1::7f00:1", "64:ff9b:1::808:808"),  # local NAT64 leads wherever its operator likes
        *("2002:7f00:1::1", "2002:a00:1::", "2002:c0a8:101::1"),  # 6to4
        *("2001:0:7f00:1::", "2001:0:808:808::1"),  # Teredo
        *(
            "::127.0.0.1",
            "::8.8.8.8",
            "::ffff:0:127.0.0.1",
        ),  # v4-compatible and v4-translated: nobody's any more
    ],
)
def test_nor_is_one_in_the_clothes_of_ipv6(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["", "localhost", "2130706433", "0x7f.1", "127.1", "1.2.3.4.5", "[::1]", "1.2.3.4 "]
)
def test_what_is_no_address_in_numbers_is_not_public(address: str) -> None:
    assert not is_public(address)
