"""What a SPARQL 1.1 Protocol request asks: read from the address and the body, refused with the reason."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.server.settings import MIB

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_BODY = 30.0  # seconds in which a body must arrive
_FIELDS = 100


class Refused(Exception):
    """A request that is not answered: the status and the reason."""

    def __init__(self, status: int, reason: str, **headers: str) -> None:
        super().__init__(reason)
        self.status, self.reason, self.headers = status, reason, headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A query, and the form asked for outside the Accept header."""

    sparql: str
    format: str = ""

    def wanted(self, accept: str) -> dict[str, Any]:
        """What is asked of a worker."""
        headers = {"vary": "Accept, Accept-Encoding"}
        return {"do": "query", "sparql": self.sparql, "format": self.format, "accept": accept, "headers": headers}


async def asked(request: Request, *, most: int) -> Asked | None:
    """The query of a request of at most `most` MiB; None when a GET asks none. Raises Refused."""
    address = request.scope["query_string"].decode("latin-1")
    if request.method != "POST":
        return in_address(address)
    media = form_of(request.headers.get("content-type", ""))
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Refused(415, "send the query without compression")
    return in_body(address, media, await _body(request, most * MIB))


def in_address(address: str) -> Asked | None:
    """The query of a GET, from what stands after the question mark; None when there is none. Raises Refused."""
    return _from(_pairs(address), optional=True)


def form_of(content_type: str) -> str:
    """FORM or QUERY, in which a query is posted. Raises Refused on anything else."""
    media, _, parameters = content_type.lower().partition(";")
    media = media.strip()
    if media == UPDATE:
        raise Refused(415, "updates are refused: this graph is only read")
    if media not in (FORM, QUERY):
        raise Refused(415, f"a query is posted as {QUERY} or {FORM}, not as {media or 'a body without a type'}")
    if "charset" in parameters and "utf-8" not in parameters and "utf8" not in parameters:
        raise Refused(415, "send the query as UTF-8")
    return media


def in_body(address: str, media: str, body: bytes) -> Asked | None:
    """The query of a POST; `media` as `form_of` gives it. Raises Refused."""
    pairs, text = _pairs(address), _utf8(body)
    if media == FORM:
        return _from([*pairs, *_pairs(text)])
    if any(name == "query" for name, _ in pairs):
        raise Refused(400, "there is a query in the body and another in the address; send one")
    return _from([*pairs, ("query", text)])


def _from(pairs: Iterable[tuple[str, str]], *, optional: bool = False) -> Asked | None:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    if "update" in found:
        raise Refused(400, "updates are refused: this graph is only read")
    for name in ("default-graph-uri", "named-graph-uri"):
        if name in found:
            raise Refused(400, f"{name}: there is one graph only, always the default; leave {name} out")
    queries = found.get("query", [])
    if optional and not queries:
        return None
    if len(queries) != 1:
        raise Refused(400, f"expected one parameter named query, found {len(queries)}")
    return Asked(sparql=queries[0], format=found.get("format", [""])[0])


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError as error:
        raise Refused(400, "a parameter is not UTF-8; percent-encode its bytes in UTF-8") from error
    except ValueError as error:
        raise Refused(400, f"more than {_FIELDS} parameters") from error


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, f"the query is not UTF-8 (byte {error.start})") from error


async def _body(request: Request, most: int) -> bytes:
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > most:
        raise _too_large(most)
    parts, size = [], 0
    try:
        async with asyncio.timeout(_BODY):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    raise _too_large(most)
                parts.append(part)
    except TimeoutError as error:
        raise Refused(408, f"the query did not arrive within {_BODY:.0f} seconds", connection="close") from error
    except ClientDisconnect as error:
        raise Refused(400, "the client left") from error
    return b"".join(parts)


def _too_large(most: int) -> Refused:
    return Refused(413, f"a query may have {most // MIB} MiB at most", connection="close")
