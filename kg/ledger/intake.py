"""Takes files in: what the ledger does not know is read, in several processes, and written down as it comes."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from typing import TypeAlias

from kg.errors import GraphError, InputError
from kg.ledger.codec import decode, encode
from kg.ledger.inputs import Input, content_of, place_of
from kg.ledger.ledger import Ledger
from kg.model import Reading

FEW = 8  # files; below that starting processes costs more than it saves
CHUNK = 4  # files handed to a process at once

Progress: TypeAlias = Callable[[int, int, str], None]  # files done, files in all, the file just read
Failure: TypeAlias = tuple[Path, str]  # file, reason
Read: TypeAlias = tuple[str, bytes] | str  # content and readings, or why there are none


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of the user's files."""

    files: tuple[Input, ...]
    failures: tuple[Failure, ...]
    read: int  # texts that were read now, not found in the ledger


def take_in(
    files: Sequence[Path],
    *,
    folder: Path,
    ledger: Ledger,
    jobs: int,
    on_progress: Progress,
    extensions: Path | None = None,
) -> Taken:
    """See to it that the ledger holds the readings of `files`, as far as they can be read.

    `folder` is the graph's, `extensions` that of the user's own kinds and relations. Raises GraphError
    when the ledger cannot be written or a process died.
    """
    inputs: dict[Path, Input] = {}
    failures: dict[Path, str] = {}
    for file in files:
        try:
            inputs[file] = Input(place=place_of(file, folder), source=file.as_posix(), content=content_of(file))
        except InputError as error:
            failures[file] = str(error)
    known = ledger.known(one.content for one in inputs.values())
    alike: dict[str, list[Path]] = {}
    for file, one in inputs.items():
        if one.content not in known:
            alike.setdefault(one.content, []).append(file)
    done = len(files) - sum(map(len, alike.values()))
    for file, result in _read_all([same[0] for same in alike.values()], jobs, extensions):
        same = alike[inputs[file].content]
        if isinstance(result, str):
            failures.update({one: result.replace(str(file), str(one)) for one in same})
        else:
            ledger.put(*result)
            inputs.update({one: replace(inputs[one], content=result[0]) for one in same})
        done += len(same)
        on_progress(done, len(files), file.name)
    return Taken(
        files=tuple(one for file, one in inputs.items() if file not in failures),
        failures=tuple((file, failures[file]) for file in files if file in failures),
        read=len(alike),
    )


def recall(file: Input, ledger: Ledger) -> tuple[Reading, ...]:
    """The readings of a file that was taken in. Raises GraphError when they are damaged."""
    try:
        return decode(ledger.get(file.content), source=file.source)
    except GraphError as error:
        ledger.drop(file.content)
        raise GraphError(f"{error}; run the command again, it will be read anew") from error


def restore(files: Sequence[Input], *, folder: Path, ledger: Ledger, jobs: int, extensions: Path | None = None) -> int:
    """Read those of a standing graph's files that the ledger does not know, and count them.

    Raises GraphError when one of them is gone or is not any more what the graph was built of.
    """
    known = ledger.known(file.content for file in files)
    wanted = {one.content: one for one in files if one.content not in known}
    unknown = {Path(os.path.normpath(folder / one.place)): one for one in wanted.values()}
    for path, result in _read_all(list(unknown), jobs, extensions):
        if isinstance(result, str) or result[0] != unknown[path].content:
            raise GraphError(f"{path}: must be read anew, but is gone or has changed since; add it again or forget it")
        ledger.put(*result)
    return len(unknown)


def _read_all(files: Sequence[Path], jobs: int, extensions: Path | None) -> Iterator[tuple[Path, Read]]:
    """Each file with what was read of it, as the results come."""
    workers = min(jobs or os.cpu_count() or 1, len(files))
    if workers < 2 or len(files) < FEW:
        yield from ((file, _read_one(file, extensions)) for file in files)
        return
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_die_with_parent)
    try:
        yield from _in_parallel(pool, files, workers, extensions)
    except BrokenProcessPool as error:
        raise GraphError(
            "a process that read texts was killed, perhaps for lack of memory; what was read is kept: "
            "run the command again, with a smaller jobs in kg.toml if that does not help"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _in_parallel(
    pool: ProcessPoolExecutor, files: Sequence[Path], workers: int, extensions: Path | None
) -> Iterator[tuple[Path, Read]]:
    chunks = (files[at : at + CHUNK] for at in range(0, len(files), CHUNK))
    running = {pool.submit(_read_some, chunk, extensions) for chunk in islice(chunks, 2 * workers)}
    while running:
        ended, running = wait(running, return_when=FIRST_COMPLETED)
        running |= {pool.submit(_read_some, chunk, extensions) for chunk in islice(chunks, len(ended))}
        for one in sorted(ended, key=_first):
            yield from one.result()


def _first(ended: Future[list[tuple[Path, Read]]]) -> str:
    return "" if ended.exception() else str(ended.result()[0][0])


def _read_some(files: Sequence[Path], extensions: Path | None) -> list[tuple[Path, Read]]:
    return [(file, _read_one(file, extensions)) for file in files]


def _read_one(file: Path, extensions: Path | None) -> Read:
    from kg.pipeline import read_document
    from kg.read import read_file

    try:
        content = content_of(file)
        readings = encode(read_document(document, extensions) for document in read_file(file))
        if content_of(file) != content:
            return f"{file}: changed while it was being read; run the command again"
        return content, readings
    except InputError as error:
        return str(error)


def _die_with_parent() -> None:
    """In a worker: end when the process that hands out the work was killed, instead of waiting for ever."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
