"""What the server and its workers say to each other: a head of plain values, then bytes.

A message is four bytes with the length of the head, the head, and `length` bytes
of body where the head gives a length.
"""

from __future__ import annotations

import marshal  # both ends are one program, and JSON takes five times as long
from collections.abc import Mapping
from typing import IO, Any

Head = Mapping[str, Any]


def packed(head: Head, body: bytes = b"") -> bytes:
    """A message; the head is given the length of the body."""
    text = marshal.dumps({**head, "length": len(body)})
    return len(text).to_bytes(4, "big") + text + body


def unpacked(text: bytes) -> dict[str, Any]:
    """The head of a message."""
    head: dict[str, Any] = marshal.loads(text)
    return head


def read(stream: IO[bytes]) -> dict[str, Any] | None:
    """The head of the next message on a pipe, None at its end; requests have no body."""
    size = stream.read(4)
    if len(size) < 4:
        return None
    text = stream.read(int.from_bytes(size, "big"))
    return unpacked(text)
