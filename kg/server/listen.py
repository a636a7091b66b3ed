"""The HTTP server: its socket, its signals, and its patience with clients that send slowly."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.server.graphs import Graphs
from kg.server.settings import ServeError, Settings

_HEAD = 15.0  # seconds in which the head of a request must be complete
_IDLE = 15  # seconds for which a connection may lie idle between requests
_GRACE = 5  # seconds for running requests when the server stops
_LONGEST = 256 * 1024  # bytes of a request's head


class Protocol(H11Protocol):
    """HTTP/1.1 that hangs up on who does not finish the head of a request in time."""

    _alarm: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._calm()
        super().connection_lost(exc)

    def _watch(self) -> None:
        """The alarm runs while a head is awaited."""
        if self.conn.their_state is not h11.IDLE:
            self._calm()
        elif self._alarm is None:
            self._alarm = self.loop.call_later(_HEAD, self._hang_up)

    def _calm(self) -> None:
        if self._alarm:
            self._alarm.cancel()
            self._alarm = None

    def _hang_up(self) -> None:
        self._alarm = None
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self.transport.close()


class Server(uvicorn.Server):
    """Stops at SIGINT and SIGTERM without a traceback, and with exit status 0."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for one in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(one, self.handle_exit, one, None)
        yield
        for one in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(one)


def bind(settings: Settings) -> socket.socket:
    """A socket that listens. Raises ServeError when the port is in use or the host unknown."""
    at = f"{settings.host}:{settings.port}"
    try:
        family, kind, number, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        made = socket.socket(family, kind, number)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(1024)
    except socket.gaierror as error:
        raise ServeError(f"{settings.host}: no such host; give an address of this machine with --host") from error
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServeError(f"{at}: the port is in use; stop what uses it, or give another with --port") from error
        raise ServeError(f"{at}: cannot listen there ({error.strerror}); give another --host or --port") from error
    return made


async def serve(app: ASGIApp, graphs: Graphs, listening: socket.socket) -> None:
    """Answer requests until a signal comes."""
    config = uvicorn.Config(
        app, loop="asyncio", http=Protocol, ws="none", lifespan="off", log_config=None, access_log=False,
        timeout_keep_alive=_IDLE, timeout_graceful_shutdown=_GRACE, h11_max_incomplete_event_size=_LONGEST,
        backlog=1024, server_header=False, date_header=True,
    )  # fmt: skip
    watching = asyncio.create_task(graphs.watch())
    try:
        await Server(config).serve(sockets=[listening])
    finally:
        watching.cancel()
        await graphs.close()
        sys.stderr.flush()
