"""Workers as the server sees them: one that ends by itself is let go without a word."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.server.process import Worker
from kg.server.settings import Settings


async def refusal(folder: Path) -> str:
    with pytest.raises(GraphError) as refused:
        await Worker.start(folder, Settings())
    return str(refused.value)


def test_the_loop_alone_takes_the_status_of_a_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who else looks at a process that just ended takes its status away, and the loop complains of a stranger."""
    looked: list[int] = []
    poll = subprocess.Popen.poll

    def noted(process: subprocess.Popen[bytes]) -> int | None:
        looked.append(process.pid)
        return poll(process)

    monkeypatch.setattr(subprocess.Popen, "poll", noted)
    assert "holds no graph" in asyncio.run(refusal(tmp_path / "none"))
    assert not looked
