"""The HTTP server: its socket and its signals."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from kg.server.connection import Connection
from kg.server.express import Express
from kg.server.graphs import Graphs
from kg.server.settings import ServeError, Settings

_IDLE = 15  # seconds for which a connection may lie idle between requests
_GRACE = 5  # seconds for running requests when the server stops
_LONGEST = 256 * 1024  # bytes of a request's head


class Config(uvicorn.Config):
    """With the express way for queries, which connections find here."""

    def __init__(self, app: ASGIApp, express: Express, **more: Any) -> None:
        super().__init__(app, **more)
        self.express = express


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
    config = Config(
        app, Express(graphs), loop="asyncio", http=Connection, ws="none", lifespan="off", log_config=None,
        access_log=False, timeout_keep_alive=_IDLE, timeout_graceful_shutdown=_GRACE,
        h11_max_incomplete_event_size=_LONGEST,
        backlog=1024, server_header=False, date_header=True,
    )  # fmt: skip
    watching = asyncio.create_task(graphs.watch())
    try:
        await Server(config).serve(sockets=[listening])
    finally:
        watching.cancel()
        await graphs.close()
        sys.stderr.flush()
