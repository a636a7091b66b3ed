"""Lines → blocks: paragraphs made whole again where lines or pages cut them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.lexicon import lexicon
from kg.read.lines import Line
from kg.read.patterns import NUMBERED, alternatives, columns, ended, label, title_like, unbalanced

_CLAUSES = re.compile(r"[，,。；;、]")
_CANNOT_BEGIN = re.compile(r"[，,。；;、！？）)」』》”’]")
_LATIN = re.compile(r"[A-Za-z,]\n[A-Za-z]")
_ABOUT = re.compile("关于|關於")
_LONGEST = 5000  # no paragraph is longer: what would go on beyond is a table or a damaged file
_LONG = 36  # a line of so many characters with clauses in it is running text, not a caption


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph to be: one or more lines. Measures are of its first line, `last` of its last."""

    text: str
    line: int
    indent: int
    gap: int
    lines: int = 1
    full: bool = False  # its last line runs to the right margin of hard-wrapped text


@dataclass(frozen=True, slots=True)
class Margin:
    """Where the lines of a hard-wrapped text end, in characters or in columns; 0: not wrapped."""

    length: int = 0
    width: int = 0

    def full(self, line: Line) -> bool:
        return bool((self.length and line.length >= self.length - 1) or (self.width and line.width >= self.width - 3))


def margin_of(lines: tuple[Line, ...]) -> Margin:
    """The right margin, from lines that stop in mid-sentence before a line that goes on."""
    going_on = [a for a, _ in pairwise(lines) if not ended(a.text) and len(a.text) > 9]
    open_lines = [line for line in going_on if _CLAUSES.search(line.text)]
    if 3 * len(open_lines) < len(going_on):
        return Margin()  # a list of names of one length
    length = _common_end([line.length for line in open_lines], [line.length for line in lines], slack=1)
    width = _common_end([line.width for line in open_lines], [line.width for line in lines], slack=3)
    return Margin(length, 0) if length else Margin(0, width)


def _common_end(open_sizes: list[int], sizes: list[int], *, slack: int) -> int:
    """The size at which at least three open lines, half of them all, end; few lines are longer."""
    counts = Counter(open_sizes)
    if not counts:
        return 0
    end = max(counts, key=lambda size: (sum(counts[size - i] for i in range(slack + 1)), size))
    near = sum(counts[end - i] for i in range(-slack, slack + 1))
    longer = sum(size > end + slack for size in sizes)
    return end if near >= 3 and 2 * near >= len(open_sizes) and 20 * longer <= len(sizes) else 0


def blocks_of(lines: tuple[Line, ...]) -> tuple[Block, ...]:
    """Paragraphs, titles, rows …, each whole."""
    margin = margin_of(lines)
    return tuple(_joined(lines, margin))


def _joined(lines: Iterable[Line], margin: Margin) -> Iterator[Block]:
    current: Block | None = None
    for line in lines:
        if current is not None and len(current.text) < _LONGEST and _goes_on(current, line, margin):
            glued = _LATIN.search(current.text[-1] + "\n" + line.text[0])
            current = replace(
                current,
                text=current.text + (" " if glued else "") + line.text,
                lines=current.lines + 1,
                full=margin.full(line),
            )
            continue
        if current is not None:
            yield current
        current = Block(text=line.text, line=line.number, indent=line.indent, gap=line.gap, full=margin.full(line))
    if current is not None:
        yield current


def _goes_on(block: Block, line: Line, margin: Margin) -> bool:
    """Whether `line` continues the paragraph that `block` begins."""
    text = block.text
    if line.gap == 0 and block.full:
        return not _begins(line) and not (ended(text) and line.indent > 0)
    if ended(text):
        return False
    if line.gap == 0 and (_title_cut(block, line) or _hangs(block, line)):
        return True
    if NUMBERED.match(line.text) or line.indent > 3:
        return False
    if _CANNOT_BEGIN.match(line.text) or text[-1] in "，,、":
        return True
    if not _CLAUSES.search(line.text):
        return False
    prose = len(text) >= _LONG or (block.lines > 1 and (block.indent > 0 or "。" in text))
    running = block.full or (prose and bool(_CLAUSES.search(text)))
    return line.gap > 0 and line.indent == 0 and (unbalanced(text) or running) and not columns(text)


def _begins(line: Line) -> bool:
    """Whether a line begins a paragraph, a row or an item."""
    labelled = (label(line.text) or "-") in lexicon("read_row_labels")
    return line.indent >= 2 or bool(NUMBERED.match(line.text)) or labelled


def _hangs(block: Block, line: Line) -> bool:
    """Whether a line without indent goes on a paragraph that has one, or one that has whole sentences."""
    text = block.text
    prose = len(text) >= 18 and bool(_CLAUSES.search(text)) and not columns(text)
    return line.indent == 0 and prose and (block.indent > 0 or "。" in text) and not _begins(line)


def _title_cut(block: Block, line: Line) -> bool:
    """Whether two lines are one title: 关于 … / … 的通知, or quotation marks left open between them."""
    if block.lines > 2 or not (title_like(block.text) and title_like(line.text)):
        return False
    genre = alternatives("read_genres", ends=True)
    if _ABOUT.search(block.text) and not genre.search(block.text) and genre.search(line.text):
        return True
    if _ABOUT.match(line.text) and genre.search(line.text) and not genre.search(block.text):
        return len(block.text) <= 24 and not _CLAUSES.search(block.text)
    return unbalanced(block.text) and not unbalanced(block.text + line.text)
