"""A file → its articles, each a Document."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kg.errors import InputError
from kg.model import Document, Paragraph, Role
from kg.read.decode import decode
from kg.read.digest import Article, Part, split
from kg.read.imprint import date_of, publisher_of
from kg.read.lines import clean, lines_of
from kg.read.looks import look
from kg.read.reflow import blocks_of
from kg.read.roles import roles_of


def read_file(path: Path, *, name: str | None = None) -> tuple[Document, ...]:
    """The articles of a text file, in order; `name` stands for the path in `Document.source`.

    Raises InputError, in one line that names the path, for a file that cannot
    be opened, is no text, cannot be decoded, or says nothing.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path and its permissions") from error
    documents = read_text(decode(data, path=path), source=name or path.as_posix())
    if not documents:
        raise InputError(f"{path}: empty, there is no text in it but page furniture; remove it or fill it")
    return documents


def read_text(text: str, *, source: str) -> tuple[Document, ...]:
    """The articles of a text; none if it has no line that says something."""
    blocks = blocks_of(lines_of(clean(text)))
    parts = tuple(Part(block, look(block.text)) for block in blocks)
    return tuple(_document(article, source=source) for article in split(parts))


def _document(article: Article, *, source: str) -> Document:
    roles = roles_of(article)
    told = tuple(zip(article.parts, roles, strict=True))
    text = "\n".join(part.text for part in article.parts)
    paragraphs, at = [], 0
    for part, role in told:
        stop = at + len(part.text)
        paragraphs.append(Paragraph(start=at, stop=stop, line=part.block.line, role=role))
        at = stop + 1
    return Document(
        id=hashlib.sha256(text.encode()).hexdigest()[:16],
        source=source,
        title=next((part.text for part, role in told if role is Role.TITLE), None),
        date=date_of(told),
        publisher=publisher_of(told),
        text=text,
        paragraphs=tuple(paragraphs),
    )
