"""Gold facts: what a careful reader draws from a text. `docs/quality.md` tells the form of the files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.errors import InputError

_QUOTES = str.maketrans("", "", "“”\"'‘’「」『』〈〉<> \u3000\t\n")
_DOTS = re.compile("[·•・‧．]")
_TITLE_JOINTS = re.compile("[、,，]")

Edge = tuple[int, str, int]  # positions of nodes, and the relation between them


def same(name: str) -> str:
    """One spelling for names that differ only in quotes, spaces, dots, case and 《》."""
    return _DOTS.sub("·", name.translate(_QUOTES)).strip("《》").lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldNode:
    """An entity that a reader would state."""

    kind: str  # "Organization", …: local names of the ontology's classes
    name: str
    full: frozenset[str]  # spellings of the name, and of others as full
    names: frozenset[str]  # those, and of the shorter forms
    code: str | None
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """The facts of one text; an edge that is free counts neither for nor against."""

    id: str
    text: Path
    nodes: tuple[GoldNode, ...]
    edges: frozenset[Edge]
    free: frozenset[Edge]
    titles: Mapping[tuple[int, int], frozenset[str]]
    relations: frozenset[str]  # of all edges that the file lists as firm

    @property
    def sealed(self) -> bool:
        """Whether the document belongs to the third that is only counted, never looked at."""
        return int(sha256(self.id.encode()).hexdigest(), 16) % 3 == 0

    @property
    def optional(self) -> frozenset[int]:
        return frozenset(position for position, node in enumerate(self.nodes) if node.optional)


def read_gold(folder: Path) -> tuple[GoldDocument, ...]:
    """Every `NN.json` of the folder with its `NN.txt`, by name.

    Raises InputError, naming the file, where one is missing or malformed.
    """
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; give one that holds NN.txt with NN.json")
    files = sorted(folder.glob("*.json"))
    if not files:
        raise InputError(f"{folder}: holds no gold facts; expected NN.json beside NN.txt")
    return tuple(_read(file) for file in files)


def _read(file: Path) -> GoldDocument:
    try:
        return _document(json.loads(file.read_text(encoding="utf-8")), file)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(f"{file}: cannot be read as JSON: {error}") from error
    except KeyError as error:
        raise InputError(f"{file}: {error.args[0]!r} is missing") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{file}: not in the form of gold facts: {error}") from error


def _document(raw: dict[str, Any], file: Path) -> GoldDocument:
    text = file.with_suffix(".txt")
    if not text.is_file():
        raise InputError(f"{text}: missing; each {file.suffix} of a gold folder needs the text it speaks of")
    nodes = tuple(_node(node) for node in raw["nodes"])
    optional = {position for position, node in enumerate(nodes) if node.optional}
    places = {node.name: position for position, node in enumerate(nodes)}
    firm, free = set[Edge](), set[Edge]()
    titles: dict[tuple[int, int], frozenset[str]] = {}
    for key in ("edges", "edges_optional"):
        for subject, relation, object_, *title in raw.get(key, []):
            if subject not in places or object_ not in places:
                raise InputError(f"{file}: an end of {subject} {relation} {object_} is no node; add it to nodes")
            ends = places[subject], places[object_]
            (free if key != "edges" or optional & {*ends} else firm).add((ends[0], relation, ends[1]))
            if title:
                titles[ends] = titles.get(ends, frozenset()) | _spellings([title[0], *_TITLE_JOINTS.split(title[0])])
    return GoldDocument(
        id=raw["id"],
        text=text,
        nodes=nodes,
        edges=frozenset(firm - free),
        free=frozenset(free),
        titles=titles,
        relations=frozenset(edge[1] for edge in raw["edges"]),
    )


def _node(raw: dict[str, Any]) -> GoldNode:
    full = [raw["name"], *raw.get("also_accept", [])]
    return GoldNode(
        kind=raw["type"],
        name=raw["name"],
        full=_spellings(full),
        names=_spellings([*full, *raw.get("aliases", [])]),
        code=raw.get("code"),
        optional=bool(raw.get("optional")),
    )


def _spellings(names: list[str]) -> frozenset[str]:
    return frozenset(map(same, names))
