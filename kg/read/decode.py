"""Bytes of a file → its text, or one clear line why not."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from kg.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\v\f\r") + b"\x7f"
_ORDINARY = re.compile(r"[\t\n\v\f\r\x20-\x7e·—‘’“”…\u3000-\u303f\u4e00-\u9fff\uff01-\uffee]+")
_SURE = 8  # so many characters that are valid UTF-8 before the first bad byte are no accident


def decode(data: bytes, *, path: Path) -> str:
    """The text of `data`: by its byte order mark, else UTF-8, else GB18030, each strictly.

    Raises InputError, naming `path`, for data that is binary, damaged or empty.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(_strictly(data[len(mark) :], encoding, skipped=len(mark), path=path), path=path)
    if (offset := data.find(b"\0")) >= 0:
        raise InputError(f"{path}: binary file (NUL byte at offset {offset}); convert it to plain text first")
    if 50 * (len(data) - len(data.translate(None, _CONTROLS))) > len(data):
        raise InputError(f"{path}: binary file (full of control characters); convert it to plain text first")
    return _checked(_guessed(data, path=path), path=path)


def _strictly(data: bytes, encoding: str, *, skipped: int, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _damaged(path, encoding.upper(), data, error.start, skipped=skipped) from error


def _guessed(data: bytes, *, path: Path) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8")
        if sum(char > "\x7f" for char in good[: 50 * _SURE]) >= _SURE:
            raise _damaged(path, "UTF-8", data, error.start) from error
        bad = error.start
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise _damaged(path, "GB18030 nor UTF-8", data, max(bad, error.start)) from error
    if 10 * sum(map(len, _ORDINARY.findall(text))) < 7 * len(text):
        raise InputError(
            f"{path}: not Chinese text in UTF-8 or GB18030 (first odd byte at offset {bad}); save it as UTF-8"
        )
    return text


def _damaged(path: Path, encoding: str, data: bytes, offset: int, *, skipped: int = 0) -> InputError:
    byte = f"0x{data[offset]:02x}" if offset < len(data) else "end of file"
    return InputError(f"{path}: {byte} at offset {offset + skipped} is not {encoding}; save the file again as UTF-8")


def _checked(text: str, *, path: Path) -> str:
    if "\0" in text:
        raise InputError(f"{path}: binary file (NUL characters); convert it to plain text first")
    if not text.strip():
        raise InputError(f"{path}: empty, there is no text in it; remove it or fill it")
    return text
