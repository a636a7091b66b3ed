"""Queries that arrive whole, in one piece and without anything unusual: read and answered without the framework.

Nearly all do, and parsing by h11 and routing by Starlette take several times what a small query
itself takes. Whatever is in any way unusual is left to them: this reads less than HTTP allows, never more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import NamedTuple

from kg.server.graphs import Graphs
from kg.server.headers import ALWAYS, CONTENT_POLICY, POLICY
from kg.server.protocol import Asked, Refused, form_of, in_address, in_body
from kg.server.relay import answered, refusal
from kg.server.reply import Reply
from kg.server.settings import MIB

Pairs = Iterable[tuple[bytes, bytes]]

_HEAD = re.compile(rb"(GET|POST) /sparql(?:\?([!$-~]*))? HTTP/1\.1\r\n((?:[A-Za-z0-9-]+:[ -~]*\r\n)+)\r\n")
# What changes how a request is framed or answered; a connection that is to be closed is rare enough.
_UNUSUAL = frozenset([b"transfer-encoding", b"content-encoding", b"expect", b"upgrade", b"connection", b"origin"])
_FIXED = b"".join(
    f"{name}: {value}\r\n".encode("latin-1") for name, value in {**ALWAYS, CONTENT_POLICY: POLICY}.items()
)


class Whole(NamedTuple):
    """A request for a query, read."""

    method: bytes
    address: str  # what stands after the question mark
    headers: dict[bytes, str]
    body: bytes


def whole(data: bytes, most: int) -> Whole | None:
    """The request that these bytes are, with a body of at most `most` MiB; None when it is for others to read."""
    found = _HEAD.match(data)
    if not found:
        return None
    headers = _headers(found[3])
    if headers is None or b"host" not in headers:
        return None
    length = headers.get(b"content-length", "0")
    size = len(data) - found.end()
    if not length.isdigit() or len(length) > 9 or int(length) != size or size > most * MIB:
        return None
    if (found[1] == b"POST") != (b"content-length" in headers):
        return None
    return Whole(found[1], (found[2] or b"").decode("ascii"), headers, data[found.end() :])


def _headers(lines: bytes) -> dict[bytes, str] | None:
    """Header lines by their name; None when there is anything unusual among them."""
    headers: dict[bytes, str] = {}
    for line in lines.split(b"\r\n")[:-1]:
        name, _, value = line.partition(b":")
        name, text = name.lower(), value.decode("ascii").strip(" ")
        unusual = name in _UNUSUAL and (name, text.lower()) != (b"connection", "keep-alive")
        if unusual or name in headers:
            return None
        headers[name] = text
    return headers


class Express:
    """Answers queries over the graphs of a folder."""

    def __init__(self, graphs: Graphs) -> None:
        self._graphs, self._most = graphs, graphs.settings.query

    def take(self, data: bytes) -> tuple[Whole, Asked | Refused] | None:
        """The query, or why it is refused, when the bytes are a whole request for one."""
        request = whole(data, self._most)
        if request is None:
            return None
        try:
            asked = _asked(request)
        except Refused as error:
            return request, error
        return (request, asked) if asked else None

    async def answer(self, request: Whole, asked: Asked | Refused) -> Reply:
        """The answer; cancel it when the client leaves."""
        if isinstance(asked, Refused):
            return refusal(asked)
        accept, encodings = request.headers.get(b"accept", ""), request.headers.get(b"accept-encoding", "")
        with self._graphs.use() as current:
            return await answered(current, asked.wanted(accept), encodings)


def _asked(request: Whole) -> Asked | None:
    if request.method == b"GET":
        return in_address(request.address)
    return in_body(request.address, form_of(request.headers.get(b"content-type", "")), request.body)


def head(status: int, headers: Pairs, more: Pairs) -> bytes:
    """The head of a response: the headers given, and those that every answer to a query bears."""
    first = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n".encode()
    lines = [b"%b: %b\r\n" % pair for pair in (*more, *headers)]
    return b"".join([first, *lines, _FIXED, b"\r\n"])


def headers_of(reply: Reply) -> list[tuple[bytes, bytes]]:
    """The headers of an answer that is held in memory."""
    found = {"content-type": reply.type, **reply.headers, "content-length": str(len(reply.body))}
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in found.items()]
