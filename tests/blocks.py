"""Reads `tests/examples/`: blocks of a heading, a text, and what the rule makes of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kg.model import Document, Paragraph, Role

EXAMPLES = Path(__file__).parent / "examples"
LEFT_OUT = "…"
ROLES = {role.value for role in Role}
_HEADING = re.compile(r"# (?P<near_miss>not )?(?P<rule>\w+)(?: \[(?P<role>\w+)\])?\s*(?::.*)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One example (`expected` is not empty) or near miss (it is)."""

    path: Path
    line: int  # 1-based, of the heading
    rule: str
    near_miss: bool
    role: Role  # of all its lines; [row] in the heading makes them rows of a table, [title] titles …
    text: str
    expected: tuple[tuple[str, ...], ...]

    @property
    def extractor(self) -> str:
        return self.path.stem

    @property
    def folder(self) -> str:
        return self.path.parent.name

    def __str__(self) -> str:
        return f"{self.folder}/{self.path.name}:{self.line} {'not ' * self.near_miss}{self.rule}"


def blocks(folder: str) -> list[Block]:
    """Every block of `examples/FOLDER/*.txt`, in order."""
    return [block for path in sorted((EXAMPLES / folder).glob("*.txt")) for block in read_blocks(path)]


def read_blocks(path: Path) -> Iterator[Block]:
    """The blocks of one file. Raises ValueError, naming file and line, where one is malformed."""
    lines = list(enumerate(path.read_text(encoding="utf-8").split("\n"), 1))
    starts = [number for number, line in lines if line.startswith("# ")]
    if any(line.strip() for number, line in lines if not starts or number < starts[0]):
        raise ValueError(f"{path}:1: text before the first heading; begin with '# rule'")
    for _, group in groupby(lines, key=lambda pair: sum(start <= pair[0] for start in starts)):
        (number, heading), *rest = group
        if number in starts:
            yield _block(path, number, heading, [line for _, line in rest])


def _block(path: Path, number: int, heading: str, lines: list[str]) -> Block:
    found = _HEADING.match(heading)
    if not found or (found["role"] and found["role"] not in ROLES):
        raise ValueError(
            f"{path}:{number}: {heading!r} is no heading; write '# rule', '# not rule: why' or '# rule [row]'"
        )
    expected = tuple(tuple(part.strip(" ") for part in line[1:].split("|")) for line in lines if line.startswith("="))
    text = "\n".join(line for line in lines if line.strip(" ") and not line.startswith("="))
    where = f"{path}:{number}"
    if not text:
        raise ValueError(f"{where}: no text under the heading")
    near_miss = bool(found["near_miss"])
    if near_miss and expected:
        raise ValueError(f"{where}: a near miss expects nothing, but has '=' lines")
    if not near_miss and not expected:
        raise ValueError(f"{where}: an example needs '=' lines; a near miss begins with '# not '")
    return Block(
        path=path,
        line=number,
        rule=found["rule"],
        near_miss=near_miss,
        role=Role(found["role"] or "body"),
        text=text,
        expected=expected,
    )


def document(text: str, *, role: Role = Role.BODY) -> Document:
    """A document whose lines are paragraphs of one role."""
    paragraphs, at = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        paragraphs.append(Paragraph(start=at, stop=at + len(line), line=number, role=role))
        at += len(line) + 1
    return Document(
        id=hashlib.sha256(text.encode()).hexdigest()[:16],
        source="example.txt",
        title=None,
        date=None,
        publisher=None,
        text=text,
        paragraphs=tuple(paragraphs),
    )
