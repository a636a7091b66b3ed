"""The workers of one snapshot, in two lanes, so that no query delays the others.

Every query begins in the quick lane. One that runs longer than `patience` moves to
the slow lane with its worker, which gets a low priority, and a new worker takes its
place; when all slow places are taken it is stopped and waits for one. Queries that
were slow before begin in the slow lane.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict, deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from kg.errors import GraphError
from kg.server.process import Worker, WorkerLost, reply_of
from kg.server.reply import Reply
from kg.server.settings import Settings

Answer: TypeAlias = asyncio.Future[tuple[dict[str, Any], bytes]]
_REMEMBERED = 10_000  # slow queries
_TRIES = 3  # to replace a worker
_PAUSE = 1.0  # seconds between them


class Busy(Exception):
    """No worker became free in time."""


class OverTime(Exception):
    """A query was stopped because it took too long."""


class Pool:
    """Runs requests in workers. `start` before use, `close` after."""

    def __init__(self, snapshot: Path, settings: Settings) -> None:
        self.snapshot, self.settings = snapshot, settings
        self._all: set[Worker] = set()
        self._quick: deque[Worker] = deque()  # idle
        self._slow: deque[Worker] = deque()  # idle, of low priority
        self._places = asyncio.Semaphore(settings.slow)
        self._waiting: deque[asyncio.Future[Worker]] = deque()
        self._known: OrderedDict[bytes, None] = OrderedDict()  # queries that were slow
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def start(self) -> None:
        """Start the quick workers. Raises GraphError when the snapshot cannot be opened."""
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(self.settings.quick):
                    group.create_task(self._add())
        except ExceptionGroup as errors:
            await self.close()
            raise next(one for one in errors.exceptions if isinstance(one, Exception)) from None

    async def close(self) -> None:
        """Kill all workers and wait until they are gone."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        for worker in self._all:
            worker.kill()
        for worker in list(self._all):
            await worker.ended()

    async def run(self, request: Mapping[str, Any]) -> Reply:
        """The reply to a request. Cancel it, and its worker is killed.

        Raises Busy when no worker becomes free, OverTime when it takes too long,
        WorkerLost when its worker ends, as on too much memory.
        """
        key = _digest(request)
        if key in self._known:
            return await self._run_slow(request)
        worker = await self._take()
        answer, placed = worker.ask(request), False
        try:
            if await _in_time(answer, self.settings.patience):
                reply = reply_of(answer.result())
                placed = True
                self._give(worker, reply)
                return reply
            self._remember(key)
            if not self._places.locked():
                placed = True
                return await self._promote(worker, answer)
        finally:
            if not placed:
                self._drop(worker, answer)
                self._replace()
        return await self._run_slow(request)

    async def _promote(self, worker: Worker, answer: Answer) -> Reply:
        """Let a query go on in the slow lane; another worker takes the place of its own."""
        async with self._places:
            worker.lower()
            if self._slow:
                self._drop(self._slow.pop())
            self._replace()
            return await self._finish(worker, answer, self.settings.seconds - self.settings.patience)

    async def _run_slow(self, request: Mapping[str, Any]) -> Reply:
        try:
            async with asyncio.timeout(self.settings.wait):
                await self._places.acquire()
        except TimeoutError as error:
            raise Busy("too many long queries at once") from error
        try:
            worker = self._slow.pop() if self._slow else await self._spawn(low=True)
            return await self._finish(worker, worker.ask(request), self.settings.seconds)
        finally:
            self._places.release()

    async def _finish(self, worker: Worker, answer: Answer, seconds: float) -> Reply:
        fit = False
        try:
            async with asyncio.timeout(seconds):
                reply = reply_of(await answer)
            fit = not reply.worn and not self._closed
            return reply
        except TimeoutError as error:
            raise OverTime from error
        finally:
            if fit:
                self._slow.append(worker)
            else:
                self._drop(worker, answer)

    async def _take(self) -> Worker:
        """A quick worker that is idle; the first come are served first."""
        while self._quick:
            worker = self._quick.pop()  # the last one used: the processor still knows its memory
            if worker.alive:
                return worker
            self._drop(worker)
            self._replace()
        if len(self._waiting) >= self.settings.waiting:
            raise Busy("too many queries at once")
        place: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            if await _in_time(place, self.settings.wait):
                return place.result()
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self._offer(place.result())
            raise
        finally:
            place.cancel()  # nobody waits there any more
        raise Busy("too many queries at once")

    def _give(self, worker: Worker, reply: Reply) -> None:
        if reply.worn:
            self._drop(worker)
            self._replace()
        else:
            self._offer(worker)

    def _offer(self, worker: Worker) -> None:
        """To the next who waits, else to the idle."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(worker)
                return
        self._quick.append(worker)

    def _drop(self, worker: Worker, answer: Answer | None = None) -> None:
        worker.kill()
        self._all.discard(worker)
        if answer is not None and not answer.done():
            answer.cancel()
        elif answer is not None and not answer.cancelled():
            answer.exception()  # so that nobody misses it

    def _replace(self) -> None:
        if not self._closed:
            task = asyncio.create_task(self._again())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _again(self) -> None:
        for tries in range(_TRIES):
            try:
                return await self._add()
            except (GraphError, OSError):
                if tries == _TRIES - 1:
                    raise
                await asyncio.sleep(_PAUSE)
        return None

    async def _add(self) -> None:
        self._offer(await self._spawn())

    async def _spawn(self, *, low: bool = False) -> Worker:
        worker = await Worker.start(self.snapshot, self.settings, low=low)
        if self._closed:
            worker.kill()
            raise WorkerLost("the server stops")
        self._all.add(worker)
        return worker

    def _remember(self, key: bytes) -> None:
        self._known[key] = None
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)


async def _in_time(future: asyncio.Future[Any], seconds: float) -> bool:
    """Whether it is done within this time; as `asyncio.wait`, for a single one and at a third of the cost."""
    loop = asyncio.get_running_loop()
    woken: asyncio.Future[None] = loop.create_future()

    def wake(_: object = None) -> None:
        if not woken.done():
            woken.set_result(None)

    alarm = loop.call_later(seconds, wake)
    future.add_done_callback(wake)
    try:
        await woken
    finally:
        alarm.cancel()
        future.remove_done_callback(wake)
    return future.done()


def _digest(request: Mapping[str, Any]) -> bytes:
    return hashlib.blake2b(repr((request["do"], request.get("sparql"), request.get("path"))).encode()).digest()
