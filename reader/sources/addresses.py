"""Where a web address may lead: to public machines only, looked up once and then held to (OWASP: server-side request forgery)."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from reader.article.clean import clean_line, clean_url
from reader.sources.model import RefusedError, UnreachableError

_DOCUMENTATION = ipaddress.ip_network("3fff::/20")  # RFC 9637, newer than this Python
_LOOK_UP = 10.0  # seconds
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Place:
    """An address of the web with the machines it was found to lead to, in the order in which they are tried."""

    url: str
    host: str
    port: int
    addresses: tuple[str, ...]

    @property
    def pinned(self) -> tuple[str, ...]:
        """The same address with each machine's number for its name: no second look-up can lead elsewhere."""
        parts = urlsplit(self.url)
        numbers = (f"[{a}]" if ":" in a else a for a in self.addresses)
        return tuple(parts._replace(netloc=f"{number}:{self.port}").geturl() for number in numbers)


async def place_of(url: str, *, allow_private: bool) -> Place:
    """Look an address up. Raises RefusedError for one that leads to this machine's own network, UnreachableError."""
    if _has_user(url):
        raise RefusedError("the address", "one with a user name or password in it is not opened")
    cleaned = clean_url(url)
    parts = urlsplit(cleaned or "")
    host = parts.hostname
    if cleaned is None or not host or parts.port == 0:
        raise RefusedError(url, "is no web address; give one that begins with https://")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        async with asyncio.timeout(_LOOK_UP):
            infos = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError, OSError) as error:
        raise UnreachableError(host, "cannot be found; is the address right, and are you online?") from error
    addresses = list(dict.fromkeys(str(info[4][0]) for info in infos))
    if not allow_private and not all(is_public(a) for a in addresses):
        raise RefusedError(host, "leads to a private machine; --allow-private opens it all the same")
    if not addresses:
        raise UnreachableError(host, "has no address")
    return Place(cleaned, host, port, tuple(addresses))


def _has_user(url: str) -> bool:
    """Whether there is an "@" before the path: nothing of such an address is ever repeated."""
    return "@" in re.split(r"[/?#]", clean_line(url).partition("//")[2], maxsplit=1)[0]


def is_public(address: str) -> bool:
    """Whether an IP address is of the public internet: not loopback, private, link-local, shared, multicast or reserved."""
    try:
        number = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else None)
        if number.is_site_local or number in _DOCUMENTATION:
            return False
        if number in _NAT64:
            inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return number.is_global and not number.is_multicast and not number.is_reserved and not number.is_unspecified
