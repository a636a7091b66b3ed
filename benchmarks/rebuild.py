"""Building again: the first build, one of the same input, one changed file, and `kg forget`.

    python benchmarks/rebuild.py TEXTS [COPIES]

TEXTS is a folder of text files; COPIES (10) variants of each are made, since one text read twice is read once.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kg.build import Report, add, build, forget
from kg.config import Config


def timed(what: str, run: Callable[[], Report]) -> None:
    """Print how long one command took, and what it did."""
    started = time.perf_counter()
    report = run()
    seconds = time.perf_counter() - started
    print(f"{what:28} {seconds:8.2f} s   {report.read:6,} read of {report.documents:,} documents", flush=True)


def main() -> None:
    """The whole table."""
    texts, copies = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 10
    with tempfile.TemporaryDirectory() as folder:
        made, out = Path(folder) / "texts", Path(folder) / "graph"
        made.mkdir()
        for path in sorted(texts.glob("*.txt")):
            for copy in range(copies):
                text = path.read_text(encoding="utf-8") + f"\n第{copy}期。\n"
                (made / f"{path.stem}-{copy}.txt").write_text(text, encoding="utf-8")
        one = sorted(made.iterdir())[0]
        timed("first build", lambda: build([made], out=out, config=Config()))
        timed("the same again", lambda: build([made], out=out, config=Config()))
        one.write_text(one.read_text(encoding="utf-8") + "云岭省民政厅召开推进会。\n", encoding="utf-8")
        timed("one file changed, build", lambda: build([made], out=out, config=Config()))
        one.write_text(one.read_text(encoding="utf-8") + "云岭省民政厅召开总结会。\n", encoding="utf-8")
        timed("one file changed, add", lambda: add([one], out=out, config=Config()))
        timed("one file forgotten", lambda: forget([one], out=out, config=Config()))


if __name__ == "__main__":
    main()
