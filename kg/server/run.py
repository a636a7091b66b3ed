"""Start to end: listen, open the graph, serve until a signal comes."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from kg.server.app import application
from kg.server.graphs import Graphs
from kg.server.listen import bind, serve
from kg.server.settings import Settings


def run(folder: Path, settings: Settings) -> None:
    """Serve the graph in `folder` until SIGINT or SIGTERM.

    Raises ServeError when the port is taken, GraphError when the graph cannot be served.
    """
    asyncio.run(_run(folder.absolute(), settings))


async def _run(folder: Path, settings: Settings) -> None:
    with bind(settings) as listening:
        graphs = Graphs(folder, settings)
        await graphs.open()
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        address = f"http://{host}:{listening.getsockname()[1]}/"
        print(f"kg: {folder}: 网页 pages {address}  SPARQL {address}sparql", file=sys.stderr, flush=True)
        await serve(application(graphs, settings), graphs, listening)
