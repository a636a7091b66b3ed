"""Workers as the server sees them: one that ends by itself is let go without a word."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.server.process import Worker
from kg.server.settings import Settings

STARTS = 25  # a race: it showed once in about ten


async def refusals(folder: Path) -> list[str]:
    found = []
    for _ in range(STARTS):
        with pytest.raises(GraphError) as refused:
            await Worker.start(folder, Settings())
        found.append(str(refused.value))
        await asyncio.sleep(0.05)
    return found


def test_a_worker_that_gives_up_is_not_complained_about(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="asyncio"):
        found = asyncio.run(refusals(tmp_path / "none"))
    assert all("holds no graph" in one for one in found)
    assert not caplog.records
