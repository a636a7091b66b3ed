"""A worker process: opens a snapshot, answers one request after another, and can be killed at any moment.

`python -m kg.server.worker` reads requests from standard input and writes replies to
standard output; its one argument is a JSON object with the snapshot and the limits.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kg.errors import GraphError, KgError
from kg.server import frames
from kg.server.reply import Reply
from kg.server.settings import MIB

OVER_MEMORY = 77  # exit status
_BEAT = 0.1  # seconds between looks at memory and at the parent


def main() -> None:
    """Run until standard input ends."""
    given = json.loads(sys.argv[1])
    # Ctrl-C reaches the whole group; the server ends its workers itself. They stay in its session,
    # since Linux shares the processor between sessions first, where priorities count for nothing.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else is printed must not break a message
    try:
        answer = _ready(given)
    except KgError as error:
        replies.write(frames.packed({"error": str(error)}))
        replies.flush()
        return
    replies.write(frames.packed({"ready": True}))
    replies.flush()
    while (request := frames.read(requests)) is not None:
        reply = answer(request)
        head = {**reply.head, "worn": given["memory"] and _peak() > given["grown"]}
        replies.write(frames.packed(head, reply.body))
        replies.flush()


def _ready(given: dict[str, Any]) -> Callable[[Mapping[str, Any]], Reply]:
    """Opens the snapshot and sets the limits."""
    from kg.server.answers import Answers

    answers = Answers(Path(given["snapshot"]), result=given["result"] * MIB)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most = _peak() + given["memory"] * MIB if given["memory"] else None
    given["grown"] = _peak() + given["memory"] * MIB // 2
    if most:
        _limit_addresses(given["memory"] * MIB)
    threading.Thread(target=_watch, args=(os.getppid(), most), daemon=True).start()
    return answers.reply


def _limit_addresses(more: int) -> None:
    """The kernel refuses memory beyond the limit; the engine then aborts. Other systems than Linux: `_watch` alone."""
    status = Path("/proc/self/statm")
    if status.exists():
        size = int(status.read_text().split()[0]) * resource.getpagesize() + more
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _peak() -> int:
    """The most memory this process ever had, in bytes."""
    found = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found if sys.platform == "darwin" else found * 1024


def _watch(parent: int, most: int | None) -> None:
    """Ends this process, in the middle of a query too, when it is too large or nobody waits for it any more."""
    while True:
        time.sleep(_BEAT)
        if os.getppid() != parent:
            os._exit(0)
        if most and _peak() > most:
            os._exit(OVER_MEMORY)


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        sys.exit(0)
    except GraphError as error:
        sys.exit(str(error))
