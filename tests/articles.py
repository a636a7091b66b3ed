"""Made-up texts as articles, and what their lines are for."""

from __future__ import annotations

from kg.model import Document
from kg.read import read_text

PLAIN = "江州市社工站揭牌\n\n5月8日，江州市社工站揭牌。局长王伟到场。\n"


def read(text: str) -> tuple[Document, ...]:
    """The articles of a text."""
    return read_text(text, source="a.txt")


def told(document: Document) -> list[tuple[str, str]]:
    """Role and words of each paragraph."""
    return [(p.role.value, document.text[p.start : p.stop]) for p in document.paragraphs]


def roles(text: str) -> list[str]:
    """The role of each paragraph of the one article of a text."""
    (document,) = read(text)
    return [p.role.value for p in document.paragraphs]
