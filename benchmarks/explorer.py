"""Measures the explorer beside plain pyvis: `python benchmarks/explorer.py [NODES …]`.

Prints, for made-up graphs of each size: bytes of the page, seconds to build it (layout
included) and to lay it out, milliseconds until it can be used, frames a second while the
view moves and zooms for three seconds, the longest frame, and the heap. Plain pyvis gets the same nodes,
edges and positions, with physics off; it is left out above 5,000 nodes unless asked for with --all.
"""

# ruff: noqa: E501 (scripts stand on a line of their own)

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from explorer_graphs import made_graph  # noqa: E402
from explorer_pages import Browser, chromium  # noqa: E402

from kg.explorer.data import page_data  # noqa: E402
from kg.explorer.layout import layout  # noqa: E402
from kg.explorer.network import library, network  # noqa: E402
from kg.explorer.page import write_page  # noqa: E402
from kg.graph import Graph  # noqa: E402

SIZES = (60, 1_000, 5_000, 20_000, 50_000)
MOVE = """
const done = arguments[arguments.length - 1], move = %s, start = performance.now();
let frames = 0, worst = 0, last = start;
const step = () => {
  const now = performance.now(), part = (now - start) / 3000;
  frames++;
  worst = Math.max(worst, now - last);
  last = now;
  if (part >= 1) { done([frames / 3, worst]); return; }
  move(Math.sin(part * 12), Math.cos(part * 9), 1.5 + Math.sin(part * 7));
  requestAnimationFrame(step);
};
requestAnimationFrame(step);
"""
OURS = """(() => { const e = kgExplorer.engine, v = e.view();
  return (a, b, z) => e.show({ x: v.x + a * 200 / v.k, y: v.y + b * 100 / v.k, k: v.k * z }); })()"""
PLAIN = """(() => { const s = network.getScale(), p = network.getViewPosition();
  return (a, b, z) => network.moveTo({ position: { x: p.x + a * 200 / s, y: p.y + b * 100 / s }, scale: s * z }); })()"""
PAGE = """<!DOCTYPE html><meta charset="utf-8"><style>#n{{width:100vw;height:95vh}}</style><div id="n"></div><script>{library}</script>
<script>const network = new vis.Network(document.getElementById("n"), {{nodes: new vis.DataSet({nodes}), edges: new vis.DataSet({edges})}},
{{physics: {{enabled: false}}, layout: {{improvedLayout: false}}, edges: {{smooth: false}}}});
network.once("afterDrawing", () => {{ document.documentElement.dataset.ready = Math.round(performance.now()); }});</script>"""


def plain_page(graph: Graph, path: Path) -> None:
    """What pyvis gives without us: every label drawn, the evidence left out."""
    import json

    columns = page_data(graph).graph
    made = network(columns)
    names: list[str] = columns["name"]  # type: ignore[assignment]
    nodes = [{**node, "shape": "dot", "label": name} for node, name in zip(made.nodes, names, strict=True)]
    path.write_text(
        PAGE.format(library=library(), nodes=json.dumps(nodes), edges=json.dumps(made.edges)), encoding="utf-8"
    )


def laid_out(graph: Graph) -> float:
    """Seconds for positions and communities alone."""
    columns: dict[str, Any] = page_data(graph).graph
    kinds = [columns["kinds"][kind] for kind in columns["kind"]]
    pairs = zip(kinds, columns["name"], strict=True)
    keys = [columns["key"].get(i, f"{kind}/{name}") for i, (kind, name) in enumerate(pairs)]
    links = sorted({(min(pair), max(pair)) for pair in zip(columns["facts"]["s"], columns["facts"]["o"], strict=True)})
    start = time.perf_counter()
    layout(keys, columns["name"], links)
    return time.perf_counter() - start


def measured(browser: Browser, path: Path, move: str) -> str:
    """One row of the table, from a second opening (the first warms the browser up)."""
    for _ in range(2):
        browser.open(path, ready=False)
        browser.until(lambda: browser.driver.execute_script("return document.documentElement.dataset.ready"), 120)
    ready = int(browser.driver.execute_script("return document.documentElement.dataset.ready"))
    time.sleep(1.5)
    frames, worst = browser.driver.execute_async_script(MOVE % move)
    heap = browser.driver.execute_script("return performance.memory.usedJSHeapSize") / 1e6
    return f"{ready:>9,} {frames:>7.0f} {worst:>9.0f} {heap:>8.0f}"


def main(arguments: list[str]) -> None:
    sizes = [int(one) for one in arguments if one.isdigit()] or SIZES
    binary = subprocess.check_output(["sh", str(ROOT / "tests/find_browser.sh")], text=True).strip()
    print(
        f"{'nodes':>7} {'page':<8} {'MB':>6} {'build s':>8} {'layout s':>8} {'ready ms':>9} {'frames':>7} {'worst ms':>9} {'heap MB':>8}"
    )
    with tempfile.TemporaryDirectory() as folder, chromium(binary, downloads=Path(folder)) as browser:
        for size in sizes:
            graph, path = made_graph(size), Path(folder) / "page.html"
            for name, write, move in (
                ("ours", lambda g, p: write_page(g, p, title="图"), OURS),
                ("pyvis", plain_page, PLAIN),
            ):
                if name == "pyvis" and size > 5_000 and "--all" not in arguments:
                    continue
                laid = laid_out(graph)
                start = time.perf_counter()
                write(graph, path)
                build = time.perf_counter() - start
                row = measured(browser, path, move)
                print(
                    f"{size:>7,} {name:<8} {path.stat().st_size / 1e6:>6.1f} {build:>8.2f} {laid:>8.2f} {row}",
                    flush=True,
                )


if __name__ == "__main__":
    main(sys.argv[1:])
