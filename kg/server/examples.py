"""The example queries, with their questions in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A query; its first two lines are the question in Chinese and in English."""

    name: str
    zh: str
    en: str
    sparql: str

    def question(self, lang: str) -> str:
        """What it asks, in a language of the pages."""
        return self.zh if lang == "zh" else self.en


def folder() -> Path:
    """Where the queries lie: inside an installed package, in `docs` in a checkout."""
    inside = Path(__file__).parent / "queries"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "docs" / "queries"


@cache
def examples() -> tuple[Example, ...]:
    """All examples, in the order of their names."""
    found = []
    for path in sorted(folder().glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        zh, en = (line.lstrip("# ") for line in text.split("\n")[:2])
        found.append(Example(name=path.stem, zh=zh, en=en, sparql=text))
    return tuple(found)
