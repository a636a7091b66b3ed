"""How fast texts are read: characters a CPU-second from text to mentions and to facts, beside jieba.posseg.

python benchmarks/extract.py [PATH...]        # default: seeds/ and tests/documents
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba
import jieba.posseg

from kg.model import Document
from kg.pipeline import read_document, read_mentions
from kg.read import find_files, read_file

ROUNDS = 5
DEFAULT = ("seeds", "tests/documents")


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


def main(arguments: Sequence[str]) -> int:
    """Print the rates and their ratio to the peer's."""
    jieba.setLogLevel(logging.WARNING)
    paths = [Path(path) for path in arguments or DEFAULT if Path(path).exists()]
    documents = [document for file in find_files(paths) for document in read_file(file)]
    for document in documents:
        read_document(document)  # word lists and dictionaries load once
    jieba.lcut("预热")
    peer = rate(lambda document: jieba.posseg.lcut(document.text), documents)
    print(f"{len(documents)} documents, {sum(len(d.text) for d in documents):,} characters, best of {ROUNDS} rounds")
    for name, work in (("text to mentions", read_mentions), ("text to facts", read_document)):
        own = rate(work, documents)
        print(f"{name:18} {own:10,.0f} characters a CPU-second   {own / peer:5.2f} times jieba.posseg")
    print(f"{'jieba.posseg':18} {peer:10,.0f} characters a CPU-second   (words and tags alone)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
