"""Which graph is served now: a new build takes over as soon as its workers stand, and no request is dropped."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import GraphError
from kg.server.pool import Pool
from kg.server.process import Worker
from kg.server.settings import Settings
from kg.server.snapshot import Snapshot, State, state

_LOOK = 1.0  # seconds between looks at the folder


class Current:
    """A snapshot with its workers, and how many requests use it."""

    def __init__(self, snapshot: Snapshot, settings: Settings) -> None:
        self.snapshot = snapshot
        self.pool = Pool(snapshot.path, settings)
        self.users = 0
        self.idle = asyncio.Event()
        self.idle.set()

    async def close(self) -> None:
        """Wait for the last user, then stop the workers and remove the snapshot."""
        await self.idle.wait()
        await self.pool.close()
        await asyncio.to_thread(self.snapshot.remove)


class Graphs:
    """The graph in a folder, through its builds."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder, self.settings = folder, settings
        self._current: Current | None = None
        self._old: dict[asyncio.Task[None], Current] = {}
        self._refused: State = ()

    async def open(self) -> None:
        """Serve what the folder holds. Raises GraphError when that cannot be served."""
        made = await self._make()
        before, self._current = self._current, made
        if before:
            task = asyncio.create_task(before.close())
            self._old[task] = before
            task.add_done_callback(self._old.pop)

    async def _make(self) -> Current:
        snapshot = await asyncio.to_thread(Snapshot, self.folder)
        made = Current(snapshot, self.settings)
        ready = False
        try:
            await self._index(snapshot.path)
            await made.pool.start()
            ready = True
        finally:
            if not ready:
                await made.close()
        return made

    async def _index(self, snapshot: Path) -> None:
        """What the pages search in, made by a worker without limits before anyone asks."""
        worker = await Worker.start(snapshot, self.settings, bounded=False)
        try:
            spill = str(snapshot / "spill-index")
            await worker.ask({"do": "page", "path": "index", "spill": spill, "gzip": False, "headers": {}})
        finally:
            worker.kill()
            await worker.ended()

    @contextmanager
    def use(self) -> Iterator[Current]:
        """The graph of now; it stays as long as the block lasts."""
        current = self._current
        assert current, "served before it was opened"
        current.users += 1
        current.idle.clear()
        try:
            yield current
        finally:
            current.users -= 1
            if not current.users:
                current.idle.set()

    async def watch(self) -> None:
        """Take up every new build; one that cannot be served is told once, and the old one served on."""
        while True:
            await asyncio.sleep(_LOOK)
            assert self._current
            now = await asyncio.to_thread(state, self.folder)
            if now in ((), self._current.snapshot.state, self._refused):
                continue
            try:
                await self.open()
                print(f"kg: {self.folder}: serving the new graph", file=sys.stderr, flush=True)
            except (GraphError, OSError) as error:
                self._refused = now
                print(f"kg: {error}; serving the graph of before", file=sys.stderr, flush=True)

    async def close(self) -> None:
        """Stop all workers and remove all snapshots, whoever still waits."""
        for current in (*self._old.values(), self._current):
            if current:
                current.idle.set()
        await asyncio.gather(*self._old)
        if self._current:
            await self._current.close()
