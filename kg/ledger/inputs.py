"""Which files a graph holds: what `kg add` and `kg forget` change, and how a build knows that nothing did.

Written beside the other outputs, so that it changes together with them. Files are known by
their place relative to the graph's folder: both may move together, and it does not matter
from where a command is run.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import GraphError, InputError
from kg.ids import digest

FILE = ".inputs.json"
_FORMAT = 1
_BLOCK = 1 << 20
_PLAIN = ("program", "base", "inferred", "documents", "entities", "facts")  # fields that JSON holds as they are


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One file of texts."""

    place: str  # relative to the graph's folder, with forward slashes
    source: str  # the path as the user gave it: what documents say of their source
    content: str  # SHA-256 of its bytes, and its suffix


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a graph was built of, and what was built."""

    files: tuple[Input, ...]  # by place
    program: str  # version of the program that wrote the outputs
    base: str  # what the IRIs of entities begin with
    inferred: bool = False  # whether the outputs hold what follows by the rules of inference
    documents: int = 0
    entities: Mapping[str, int] = field(default_factory=dict)  # by kind
    facts: Mapping[str, int] = field(default_factory=dict)  # by relation
    outputs: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # bytes, and time of the last change

    @property
    def identity(self) -> str:
        """Equal where the outputs are equal."""
        files = sorted((file.place, file.source, file.content) for file in self.files)
        return digest(self.program, self.base, self.inferred, *(part for file in files for part in file))


def content_of(file: Path) -> str:
    """What identifies the content of a file. Raises InputError when it cannot be read."""
    found = hashlib.sha256()
    try:
        with file.open("rb") as data:
            while block := data.read(_BLOCK):
                found.update(block)
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror}); check the path and its permissions") from error
    return found.hexdigest() + file.suffix.lower()


def place_of(path: Path, folder: Path) -> str:
    """Where a file or folder lies, seen from the graph's folder."""
    return Path(os.path.relpath(path.absolute(), folder.absolute())).as_posix()


def below(place: str, path: Path, folder: Path) -> bool:
    """Whether a place is `path` itself or lies below it."""
    top = place_of(path, folder)
    return place == top or top == "." or place.startswith(f"{top}/")


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Bytes and time of the last change of every output in a folder, by its place there."""
    return {path.relative_to(folder).as_posix(): _stamp(path) for path in _outputs(folder)}


def untouched(folder: Path, inputs: Inputs) -> bool:
    """Whether every output is as it was written."""
    return bool(inputs.outputs) and all(_same(folder / name, stamp) for name, stamp in inputs.outputs.items())


def intact(folder: Path, name: str) -> bool:
    """Whether one output of a build is there, and as it was written."""
    inputs = read_inputs(folder)
    return inputs is not None and name in inputs.outputs and _same(folder / name, inputs.outputs[name])


def _same(path: Path, stamp: tuple[int, int]) -> bool:
    return path.is_file() and _stamp(path) == stamp


def _outputs(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != FILE)


def _stamp(path: Path) -> tuple[int, int]:
    about = path.stat()
    return about.st_size, about.st_mtime_ns


def write_inputs(folder: Path, inputs: Inputs) -> None:
    """Write the file into a folder of outputs. Raises OSError."""
    files = [[file.place, file.source, file.content] for file in inputs.files]
    plain = {name: getattr(inputs, name) for name in _PLAIN}
    record = {"format": _FORMAT, **plain, "outputs": inputs.outputs, "files": files}
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    (folder / FILE).write_bytes(text.encode("utf-8", "surrogateescape"))


def read_inputs(folder: Path) -> Inputs | None:
    """What the graph in a folder was built of; None when nothing says so, or another version of the program does.

    Raises GraphError when the file is damaged or cannot be read.
    """
    path = folder / FILE
    try:
        record = json.loads(path.read_bytes().decode("utf-8", "surrogateescape"))
        if record["format"] != _FORMAT:
            return None
        files = [Input(place=place, source=source, content=content) for place, source, content in record["files"]]
        return Inputs(
            files=tuple(sorted(files, key=lambda file: file.place)),
            outputs={name: (size, changed) for name, (size, changed) in record["outputs"].items()},
            **{name: record[name] for name in _PLAIN},
        )
    except FileNotFoundError:
        return None
    except OSError as error:
        raise GraphError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise GraphError(f"{path}: is damaged ({error}); delete it and build the graph again") from error
