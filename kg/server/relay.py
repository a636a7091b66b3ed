"""From workers to clients: run a request in the pool, and send what comes back."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg.errors import GraphError
from kg.server.graphs import Current
from kg.server.pool import Busy, OverTime
from kg.server.process import WorkerLost
from kg.server.protocol import Refused
from kg.server.reply import Reply

_CHUNK = 64 * 1024
_QUICK = 0.1  # seconds in which nobody is missed
SEND = 60.0  # seconds in which a client must take a chunk
_numbers = count()


def plain(status: int, text: str, headers: Mapping[str, str] | None = None) -> Response:
    """One line of text."""
    return ReplyResponse(_said(status, text, headers))


def refusal(error: Refused) -> Reply:
    """The answer to a request that is refused."""
    return _said(error.status, error.reason, error.headers)


def _said(status: int, text: str, headers: Mapping[str, str] | None = None) -> Reply:
    return Reply(status=status, body=f"{text}\n".encode(), headers={"vary": "Accept", **(headers or {})})


async def relay(request: Request, current: Current, asked: Mapping[str, Any]) -> Response:
    """The response to what is asked of a worker; stops the worker when the client goes away."""
    accepted = request.headers.get("accept-encoding", "")
    return ReplyResponse(await _unless_gone(request, answered(current, asked, accepted)))


async def answered(current: Current, asked: Mapping[str, Any], encodings: str) -> Reply:
    """What a worker answers, or why there is no answer; `encodings` as the client accepts them.

    Cancel it, and the worker is stopped.
    """
    spill = f"{current.snapshot.path}/spill-{next(_numbers)}"
    wanted = {"spill": spill, "gzip": "gzip" in encodings.lower(), "headers": {}, **asked}
    kept = False  # whether the answer is in the file
    try:
        reply = await current.pool.run(wanted)
        kept = reply.file is not None or reply.status == 200
        return reply
    except OverTime:
        seconds = current.pool.settings.seconds
        return _said(503, f"the query took longer than {seconds:g} seconds and was stopped; ask for less")
    except Busy as error:
        return _said(503, f"{error}; try again later", {"retry-after": "5"})
    except WorkerLost as error:
        return _said(503, f"the query was stopped: {error}")
    except (GraphError, OSError) as error:  # no worker can be started
        print(f"kg: {error}", file=sys.stderr, flush=True)
        return _said(503, "the server has no worker for the query; try again later", {"retry-after": "5"})
    finally:
        if not kept:
            _forget(Path(spill))


def _forget(spill: Path) -> None:
    """Delete what was written before it went wrong."""
    for path in (spill, spill.with_suffix(".gz")):
        with suppress(OSError):
            path.unlink()


async def _unless_gone(request: Request, work: Any) -> Reply:
    """The reply of `work`; raises Refused, and cancels it, once the client has left."""
    running = asyncio.ensure_future(work)
    tasks = {running}
    try:
        await asyncio.wait(tasks, timeout=_QUICK)
        if not running.done():
            tasks.add(asyncio.ensure_future(_gone(request)))
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if not running.done():
            raise Refused(499, "the client left")
        return running.result()  # type: ignore[no-any-return]
    finally:
        for task in tasks:
            if not task.done():
                task.cancel()
                await asyncio.wait({task})


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        continue


class ReplyResponse(Response):
    """A worker's reply, from memory or from its file, which is deleted at once; slow clients are cut off."""

    def __init__(self, reply: Reply) -> None:
        self._file = None
        if reply.file:
            path = Path(reply.file)
            self._file = path.open("rb")
            path.unlink()
        super().__init__(reply.body, reply.status)
        size = str(self._file.seek(0, 2) if self._file else len(reply.body))
        self._status = reply.status
        for name, value in {"content-type": reply.type, **reply.headers, "content-length": size}.items():
            self.headers[name] = value

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self._status, "headers": self.raw_headers})
        if scope["method"] == "HEAD" or self._file is None:
            body = b"" if scope["method"] == "HEAD" else bytes(self.body)
            await send({"type": "http.response.body", "body": body})
            self._close()
            return
        try:
            for chunk in self._chunks():
                async with asyncio.timeout(SEND):
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            self._close()

    def _chunks(self) -> Iterator[bytes]:
        assert self._file
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK):
            yield chunk

    def _close(self) -> None:
        if self._file:
            self._file.close()
