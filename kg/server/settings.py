"""What a server may spend on a query, and where it listens."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from kg.errors import KgError

MIB = 1 << 20


class ServeError(KgError):
    """The server cannot start; says why and what to do."""


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Limits are for each query alone; sizes in MiB, times in seconds."""

    host: str = "127.0.0.1"
    port: int = 8080
    seconds: float = 30.0  # a query that runs longer is stopped
    memory: int = 1024  # what a query may take beyond what its worker had
    result: int = 100  # size of an answer
    query: int = 1  # size of a query
    quick: int = field(default_factory=lambda: _cores() + 1)  # workers for queries that end soon
    slow: int = field(default_factory=lambda: max(2, _cores()))  # workers, of low priority, for those that do not
    patience: float = 0.5  # from here on a query is slow
    waiting: int = 1000  # queries that may wait for a worker
    wait: float = 10.0  # how long they may
    cors: tuple[str, ...] = ()  # origins that may read answers in a browser; "*" for any
