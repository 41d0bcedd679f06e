"""Which network addresses lie in the public internet.

Says nothing about names: a name can resolve to anything, and to something else a moment later, so the question is
asked of the address that is about to be connected to. The lists are our own, because `ipaddress.is_global` has
changed its mind from one Python to the next.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# IANA IPv4 special-purpose registry, with multicast and the never-assigned end.
_SPECIAL_V4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # "this host"; Linux connects 0.0.0.0 to itself
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local, and the metadata services of clouds
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/3",  # multicast, reserved, broadcast
    )
)

# All that IANA has given out for global unicast lies in 2000::/3; what is special inside it is cut out again.
_GLOBAL_V6 = IPv6Network("2000::/3")
_SPECIAL_V6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # IETF protocols: Teredo, ORCHID, benchmarking
        "2001:db8::/32",
        "3fff::/20",
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = IPv6Network("2002::/16")


def names_private(host: str) -> bool:
    """Whether a host, as it stands in a url, is plainly this machine or one nearby. Of other names nothing is known."""
    try:
        return not is_public(str(ip_address(host)))
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local"))


def is_public(address: str) -> bool:
    """Whether an IPv4 or IPv6 address, written as numbers, belongs to a machine in the public internet.

    An IPv6 address that carries an IPv4 one (v4-mapped, NAT64, 6to4) is as public as that one: behind NAT64 every
    IPv4 site looks like this. Teredo and local NAT64 (64:ff9b:1::/48) never are. What cannot be read is not public.
    Source: IANA special-purpose address registries; RFC 6890, RFC 6052, RFC 8215, RFC 3056, RFC 4380.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address):
        carried = _carried(parsed)
        if carried is None:
            return parsed in _GLOBAL_V6 and not any(parsed in network for network in _SPECIAL_V6)
        parsed = carried
    return not any(parsed in network for network in _SPECIAL_V4)


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address inside an IPv6 one, where its form carries one."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    if address in _SIX_TO_FOUR:
        return IPv4Address(int(address) >> 80 & 0xFFFF_FFFF)
    return None
