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
from typing import Any

from kg.errors import GraphError
from kg.server import frames
from kg.server.reply import Reply
from kg.server.settings import Settings
from kg.server.worker import OVER_MEMORY

LOW = 15  # the niceness of workers whose query takes long
_START = 60.0  # seconds in which a worker must be ready


class WorkerLost(Exception):
    """A worker ended while it was asked; says why in words for the client."""


class Worker:
    """One process with one store, open. Made by `start`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._reading: set[asyncio.Task[bytes]] = set()

    @classmethod
    async def start(cls, snapshot: Path, settings: Settings, *, low: bool = False, bounded: bool = True) -> Worker:
        """A worker that is ready; `low` for one of low priority, without `bounded` there is no limit of memory.

        Raises GraphError when the snapshot cannot be opened.
        """
        given = {
            "snapshot": str(snapshot),
            "memory": settings.memory if bounded else 0,
            "result": settings.result,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "kg.server.worker", json.dumps(given),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            start_new_session=True, env={**os.environ, "PYTHONPATH": _path()}, limit=1 << 20,
        )  # fmt: skip
        made = cls(process)
        assert process.stderr
        made._reading.add(asyncio.create_task(process.stderr.read()))
        if low:
            made.lower()
        try:
            async with asyncio.timeout(_START):
                head, _ = await made._next()
        except (WorkerLost, TimeoutError) as error:
            made.kill()
            raise GraphError(f"{snapshot.parent.parent}: a worker could not open the graph ({error})") from error
        except asyncio.CancelledError:
            made.kill()
            raise
        if "error" in head:
            made.kill()
            raise GraphError(str(head["error"]))
        return made

    async def ask(self, request: Mapping[str, Any]) -> Reply:
        """The worker's answer. One question at a time; who gives up waiting must kill the worker.

        Raises WorkerLost when it ends instead of answering.
        """
        assert self._process.stdin
        try:
            self._process.stdin.write(frames.packed(request))
            await self._process.stdin.drain()
        except ConnectionError as error:
            raise await self._lost() from error
        head, body = await self._next()
        return Reply(
            status=head["status"], type=head["type"], body=body, file=head["file"],
            headers=head["headers"], worn=bool(head["worn"]),
        )  # fmt: skip

    async def _next(self) -> tuple[dict[str, Any], bytes]:
        assert self._process.stdout
        try:
            size = await self._process.stdout.readexactly(4)
            head = frames.unpacked(await self._process.stdout.readexactly(int.from_bytes(size, "big")))
            return head, await self._process.stdout.readexactly(head["length"])
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise await self._lost() from error

    async def _lost(self) -> WorkerLost:
        status = await self._process.wait()
        said = b"".join([await task for task in self._reading])
        if status in (OVER_MEMORY, -signal.SIGABRT) or b"memory allocation" in said:
            return WorkerLost("it needs more memory than one query may take; ask for less")
        if status == -signal.SIGSEGV:
            return WorkerLost("it is nested too deeply")
        print(f"kg: a worker ended ({status}): {said.decode(errors='replace').strip()}", file=sys.stderr, flush=True)
        return WorkerLost(f"its worker ended ({status})")

    def lower(self) -> None:
        """Give way to other workers from now on; there is no way back."""
        with suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, LOW)

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.returncode is None

    def kill(self) -> None:
        """End the process at once."""
        if self.alive:
            with suppress(ProcessLookupError):
                self._process.kill()

    async def ended(self) -> None:
        """Wait until the process is gone."""
        await self._process.wait()


def _path() -> str:
    """PYTHONPATH with the folder of this very package first."""
    own = str(Path(__file__).parents[2])
    return os.pathsep.join(one for one in (own, os.environ.get("PYTHONPATH", "")) if one)
