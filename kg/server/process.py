"""A worker process as the server sees it: ask it, lower its priority, kill it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from kg.errors import GraphError
from kg.server import frames
from kg.server.reply import Reply
from kg.server.settings import Settings
from kg.server.worker import OVER_MEMORY

LOW = 19  # the niceness of workers whose query takes long
_START = 60.0  # seconds in which a worker must be ready
_SAID = 10_000  # bytes of a worker's last words
_STDOUT, _STDERR = 1, 2
READ = 64 * 1024  # bytes at a time; for more, which is asyncio's own measure, memory is mapped anew each time


class WorkerLost(Exception):
    """A worker ended while it was asked; says why in words for the client."""


class _Pipes(asyncio.SubprocessProtocol):
    """Puts messages together, and hands each to who waits for it."""

    def __init__(self) -> None:
        self.got, self.said = bytearray(), bytearray()
        self.awaited: asyncio.Future[tuple[dict[str, Any], bytes]] | None = None
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.status: int | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.SubprocessTransport, transport)
        cast(Any, self.transport.get_pipe_transport(_STDOUT)).max_size = READ

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        if fd == _STDERR:
            self.said = (self.said + data)[-_SAID:]
        elif fd == _STDOUT:
            self.got += data
            self._hand_over()

    def _hand_over(self) -> None:
        start = 4 + int.from_bytes(self.got[:4], "big")
        if len(self.got) < max(start, 5):
            return
        head = frames.unpacked(bytes(self.got[4:start]))
        stop = start + head["length"]
        if len(self.got) >= stop:
            body = bytes(self.got[start:stop])
            del self.got[:stop]
            if self.awaited and not self.awaited.done():
                self.awaited.set_result((head, body))

    def connection_lost(self, exc: Exception | None) -> None:
        """All pipes are closed and the process is gone."""
        self.status = self.transport.get_returncode()
        self.transport.close()
        if self.awaited and not self.awaited.done():
            self.awaited.set_exception(self.lost())
        if not self.ended.done():
            self.ended.set_result(None)

    def lost(self) -> WorkerLost:
        """Why the process ended, in words for the client."""
        if self.status in (OVER_MEMORY, -signal.SIGABRT) or b"memory allocation" in self.said:
            return WorkerLost("it needs more memory than one query may take; ask for less")
        if self.status == -signal.SIGSEGV:
            return WorkerLost("it is nested too deeply")
        if self.said:
            said = self.said.decode(errors="replace").strip()
            print(f"kg: a worker ended ({self.status}): {said}", file=sys.stderr, flush=True)
        return WorkerLost(f"its worker ended ({self.status})")


class Worker:
    """One process with one store, open. Made by `start`."""

    def __init__(self, pipes: _Pipes) -> None:
        self._pipes = pipes
        self.pid = pipes.transport.get_pid()

    @classmethod
    async def start(cls, snapshot: Path, settings: Settings, *, low: bool = False, bounded: bool = True) -> Worker:
        """A worker that is ready; `low` for one of low priority, without `bounded` there is no limit of memory.

        Raises GraphError when the snapshot cannot be opened.
        """
        memory = settings.memory if bounded else 0
        given = {"snapshot": str(snapshot), "memory": memory, "result": settings.result}
        _, pipes = await asyncio.get_running_loop().subprocess_exec(
            _Pipes, sys.executable, "-m", "kg.server.worker", json.dumps(given),
            env={**os.environ, "PYTHONPATH": _path()},
        )  # fmt: skip
        made, ready = cls(pipes), False
        if low:
            made.lower()
        try:
            async with asyncio.timeout(_START):
                head, _ = await made._next()
            if "error" in head:
                raise GraphError(str(head["error"]))
            ready = True
        except (WorkerLost, TimeoutError) as error:
            raise GraphError(f"{snapshot.parent.parent}: a worker could not open the graph ({error})") from error
        finally:
            if not ready:
                made.kill()
        return made

    def ask(self, request: Mapping[str, Any]) -> asyncio.Future[tuple[dict[str, Any], bytes]]:
        """A question, and when its answer comes; `reply_of` reads it. One question at a time.

        The future raises WorkerLost when the worker ends instead. Who gives up waiting must kill the worker.
        """
        answer = self._next()
        if self.alive:
            cast(asyncio.WriteTransport, self._pipes.transport.get_pipe_transport(0)).write(frames.packed(request))
        return answer

    def _next(self) -> asyncio.Future[tuple[dict[str, Any], bytes]]:
        self._pipes.awaited = asyncio.get_running_loop().create_future()
        if not self.alive:
            self._pipes.awaited.set_exception(self._pipes.lost())
        return self._pipes.awaited

    def lower(self) -> None:
        """Give way to other workers from now on; there is no way back."""
        with suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PROCESS, self.pid, LOW)

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._pipes.transport.get_returncode() is None and not self._pipes.ended.done()

    def kill(self) -> None:
        """End the process at once."""
        # Not by the transport: its `kill` and `close` look after the process themselves, and when it has just
        # ended they take its status away from the loop, which then complains on standard error.
        if self.alive:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        for fd in (0, _STDOUT, _STDERR):
            if pipe := self._pipes.transport.get_pipe_transport(fd):
                pipe.close()

    async def ended(self) -> None:
        """Wait until the process is gone."""
        await asyncio.shield(self._pipes.ended)


def reply_of(answer: tuple[dict[str, Any], bytes]) -> Reply:
    """A worker's answer as a reply."""
    head, body = answer
    return Reply(
        status=head["status"], type=head["type"], body=body, file=head["file"], headers=head["headers"],
        worn=bool(head["worn"]),
    )  # fmt: skip


def _path() -> str:
    """PYTHONPATH with the folder of this very package first."""
    own = str(Path(__file__).parents[2])
    return os.pathsep.join(one for one in (own, os.environ.get("PYTHONPATH", "")) if one)
