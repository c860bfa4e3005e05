"""Where a web address may lead: to public machines only, looked up once and then held to (OWASP: server-side request forgery)."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from reader.article.clean import clean_url
from reader.sources.model import RefusedError, UnreachableError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Place:
    """An address of the web with the machine it was found to lead to."""

    url: str
    host: str
    port: int
    address: str

    @property
    def pinned(self) -> str:
        """The same address with the machine's number for its name: no second look-up can lead elsewhere."""
        parts = urlsplit(self.url)
        number = f"[{self.address}]" if ":" in self.address else self.address
        return parts._replace(netloc=f"{number}:{self.port}").geturl()


async def place_of(url: str, *, allow_private: bool) -> Place:
    """Look an address up. Raises RefusedError for one that leads to this machine's own network, UnreachableError."""
    cleaned = clean_url(url)
    parts = urlsplit(cleaned or "")
    host = parts.hostname
    if cleaned is None or not host:
        raise RefusedError(url, "is no web address; give one that begins with https://")
    if parts.username or parts.password or "@" in urlsplit(url).netloc:
        raise RefusedError(host, "an address with a user name or password in it is not opened")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        infos = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError, OSError) as error:
        raise UnreachableError(host, "cannot be found; is the address right, and are you online?") from error
    addresses = list(dict.fromkeys(str(info[4][0]) for info in infos))
    if not allow_private and not all(is_public(a) for a in addresses):
        raise RefusedError(host, "leads to a private machine; --allow-private opens it all the same")
    if not addresses:
        raise UnreachableError(host, "has no address")
    return Place(cleaned, host, port, addresses[0])


def is_public(address: str) -> bool:
    """Whether an IP address is of the public internet: not loopback, private, link-local, shared, multicast or reserved."""
    try:
        number = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour or (number.teredo[1] if number.teredo else None)
        if number in _NAT64:
            inner = ipaddress.IPv4Address(int(number) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return number.is_global and not number.is_multicast and not number.is_reserved and not number.is_unspecified
