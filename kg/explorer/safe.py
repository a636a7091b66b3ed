"""Text inside a page: data that cannot end its element, and hashes for the Content-Security-Policy."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def data(value: object) -> str:
    """JSON that may stand in a script element: no `<`, `>`, `&` or line separator remains in it.

    Lone surrogates, which UTF-8 cannot carry, are written as escapes too.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)
    return "".join(_escaped(sign) for sign in text) if any("\ud800" <= sign <= "\udfff" for sign in text) else text


def _escaped(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if "\ud800" <= sign <= "\udfff" else sign


def digest(text: str) -> str:
    """The source expression that allows exactly this script or style."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """A policy under which only these scripts and styles work and nothing is ever asked from anywhere."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(digest(one) for one in scripts)}",
            f"style-src {' '.join(digest(one) for one in styles)}",
            "img-src data: blob:",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
