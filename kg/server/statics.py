"""Style, scripts and the query editor: files of this package, compressed once, kept in memory."""

from __future__ import annotations

import gzip
import hashlib
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from kg.server.protocol import Refused

FOLDER = Path(__file__).parent / "assets"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".txt": "text/plain"}


@cache
def _files() -> dict[str, Path]:
    return {path.relative_to(FOLDER).as_posix(): path for path in FOLDER.rglob("*") if path.suffix in _TYPES}


@cache
def _loaded(path: Path) -> tuple[bytes, bytes, str]:
    text = path.read_bytes()
    return text, gzip.compress(text, 9, mtime=0), f'"{hashlib.sha256(text).hexdigest()[:20]}"'


async def asset(request: Request) -> Response:
    """One of the files, by its name."""
    path = _files().get(request.path_params["name"])
    if path is None:
        raise Refused(404, "there is no such file")
    text, packed, tag = _loaded(path)
    headers = {"etag": tag, "cache-control": "no-cache", "vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        text = packed
    return Response(text, headers=headers, media_type=_TYPES[path.suffix])
