"""What the server and its workers say to each other: a head in JSON, then bytes.

A message is four bytes with the length of the head, the head, and `length` bytes
of body where the head gives a length.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any

Head = Mapping[str, Any]
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False)  # made once: `json.dumps` makes one a call


def packed(head: Head, body: bytes = b"") -> bytes:
    """A message; the head is given the length of the body."""
    text = _ENCODER.encode({**head, "length": len(body)}).encode("utf-8", "surrogatepass")
    return len(text).to_bytes(4, "big") + text + body


def unpacked(text: bytes) -> dict[str, Any]:
    """The head of a message."""
    head: dict[str, Any] = json.loads(text.decode("utf-8", "surrogatepass"))
    return head


def read(stream: IO[bytes]) -> dict[str, Any] | None:
    """The head of the next message on a pipe, None at its end; requests have no body."""
    size = stream.read(4)
    if len(size) < 4:
        return None
    text = stream.read(int.from_bytes(size, "big"))
    return unpacked(text)
