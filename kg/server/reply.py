"""Answers of workers: whole before the first byte goes out, in memory while small, in a file beyond."""

from __future__ import annotations

import gzip
import io
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SMALL = 256 * 1024  # bytes that travel through the pipe; more go through a file
WORTH = 1000  # bytes from which on compressing pays
LEVEL = 5

# What XML 1.0 cannot hold, as UTF-8; a bare CR would be read as LF.
_NO_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_CUT = re.compile(rb"\xef\xbf?\Z")


class TooLarge(Exception):
    """An answer exceeds the limit; holds the limit in bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What goes to the client; `body` or, for a large one, `file`, which the receiver deletes."""

    status: int = 200
    type: str = "text/plain; charset=utf-8"
    body: bytes = b""
    file: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    worn: bool = False  # the worker has grown large and should be replaced

    @property
    def head(self) -> dict[str, Any]:
        """All but the body, for the pipe."""
        names = ("status", "type", "file", "headers", "worn")
        return {name: getattr(self, name) for name in names}


class Sink(io.RawIOBase):
    """A binary file that keeps what is small in memory, spills the rest, and refuses more than `limit` bytes."""

    def __init__(self, spill: Path, limit: int) -> None:
        self._small, self._spill, self._limit = io.BytesIO(), spill, limit
        self._file: io.BufferedWriter | None = None
        self.size = 0
        self._xml, self._held = False, b""

    def writable(self) -> bool:
        return True

    def keep_xml(self) -> None:
        """From now on replace what XML cannot hold by U+FFFD."""
        self._xml = True

    def write(self, data: Any) -> int:
        """Raises TooLarge beyond the limit, OSError on a full disk."""
        given = bytes(data)
        self._put(self._clean(given) if self._xml else given)
        return len(given)

    def _clean(self, data: bytes) -> bytes:
        data = self._held + data
        cut = _CUT.search(data)  # the beginning of a character that may be forbidden
        self._held = data[cut.start() :] if cut else b""
        data = data[: cut.start()] if cut else data
        return _NO_XML.sub(b"\xef\xbf\xbd", data).replace(b"\r", b"&#13;")

    def _put(self, data: bytes) -> None:
        self.size += len(data)
        if self.size > self._limit:
            raise TooLarge(self._limit)
        if self._file is None and self.size > SMALL:
            self._file = self._spill.open("wb")
            self._file.write(self._small.getvalue())
        (self._file or self._small).write(data)

    def reply(self, *, type: str, zipped: bool, headers: dict[str, str]) -> Reply:
        """What was written, compressed where that is asked for and worth it."""
        self._put(self._held)
        if zipped and self.size >= WORTH:
            headers = {**headers, "content-encoding": "gzip"}
        if self._file is None:
            body = self._small.getvalue()
            body = gzip.compress(body, LEVEL, mtime=0) if "content-encoding" in headers else body
            return Reply(type=type, body=body, headers=headers)
        self._file.close()
        if "content-encoding" in headers:
            packed = self._spill.with_suffix(".gz")
            with (
                self._spill.open("rb") as plain,
                packed.open("wb") as file,
                gzip.GzipFile("", "wb", LEVEL, file, mtime=0) as out,  # with neither name nor time in it
            ):
                shutil.copyfileobj(plain, out, 1 << 20)
            packed.replace(self._spill)
        return Reply(type=type, file=str(self._spill), headers=headers)
