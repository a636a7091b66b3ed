"""A connection: whole queries go by the express way, all else through uvicorn; who sends slowly is hung up on."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.server.express import Express, Whole, head, headers_of
from kg.server.process import READ
from kg.server.protocol import Asked, Refused
from kg.server.relay import SEND, ReplyResponse

_HEAD = 15.0  # seconds in which the head of a request must be complete
_AHEAD = 64 * 1024  # bytes of further requests that are taken in while one is answered


class Connection(H11Protocol):
    """HTTP/1.1; its configuration is a `listen.Config`."""

    _alarm: asyncio.TimerHandle | None = None
    _work: asyncio.Task[None] | None = None  # a query on the express way
    _rest = b""  # what came meanwhile
    _last = False  # whether the connection ends after this answer

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        transport.max_size = READ
        self._express: Express = self.config.express  # type: ignore[attr-defined]
        self._watch()

    def data_received(self, data: bytes) -> None:
        if self._work:
            self._rest += data
            if len(self._rest) > _AHEAD:
                self.flow.pause_reading()
            return
        if self._at_rest() and (taken := self._express.take(data)):
            self._start(*taken)
            return
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._calm()
        if self._work:
            self._work.cancel()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """The server stops: no further request, but the answer under way is still sent."""
        if self._work:
            self._last = True
        else:
            super().shutdown()

    def _at_rest(self) -> bool:
        """Whether a new request begins with the next byte."""
        conn = self.conn
        return conn.their_state is h11.IDLE and conn.our_state is h11.IDLE and not conn.trailing_data[0]

    def _start(self, request: Whole, asked: Asked | Refused) -> None:
        self._calm()
        self._unset_keepalive_if_required()
        self._work = self.loop.create_task(self._serve(request, asked))
        self.tasks.add(self._work)
        self._work.add_done_callback(self._done)

    async def _serve(self, request: Whole, asked: Asked | Refused) -> None:
        reply = await self._express.answer(request, asked)
        if reply.file:
            await ReplyResponse(reply)({"method": "GET"}, self._receive, self._send)
            return
        self.transport.write(self._head(reply.status, headers_of(reply)) + reply.body)
        if self.flow.write_paused:
            async with asyncio.timeout(SEND):
                await self.flow.drain()

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        """What an ASGI application sends, for answers that lie in a file."""
        if message["type"] == "http.response.start":
            self.transport.write(self._head(message["status"], message["headers"]))
        else:
            self.transport.write(message["body"])
            await self.flow.drain()

    async def _receive(self) -> MutableMapping[str, Any]:
        return {"type": "http.disconnect"}  # the request has been read whole

    def _head(self, status: int, headers: list[tuple[bytes, bytes]]) -> bytes:
        closing = [(b"connection", b"close")] if self._last else []
        return head(status, [*headers, *closing], self.server_state.default_headers)

    def _done(self, work: asyncio.Task[None]) -> None:
        """Ready for the next request, or the end."""
        self.tasks.discard(work)
        self._work = None
        failed = work.cancelled() or work.exception() is not None
        if not work.cancelled() and (error := work.exception()) and not isinstance(error, TimeoutError):
            self.loop.call_exception_handler({"message": "a query could not be served", "exception": error})
        if failed or self._last or self.transport.is_closing():
            self.transport.close()
            return
        self.on_response_complete()
        rest, self._rest = self._rest, b""
        if rest:
            self.data_received(rest)

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
