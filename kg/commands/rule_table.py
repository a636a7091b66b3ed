"""What `kg evaluate --rules` prints: each rule's firings and precision, and whether confidence keeps its word."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kg.commands.rules import rules
from kg.commands.shared import padded

if TYPE_CHECKING:
    from kg.config import Config
    from kg.evaluate.calibration import Bin
    from kg.evaluate.rules import Tally, Trial


def rule_report(folder: Path, config: Config, *, folds: bool, write: bool, as_json: bool) -> str:
    """The tables as text or JSON; with `write` the counts are kept. Raises as `try_rules` and `write_counts` do."""
    from kg.evaluate.calibration import as_stated, held_out
    from kg.evaluate.rules import tallies, try_rules, write_counts

    trials = try_rules(folder, config)
    known = rules(config.extensions)
    found = tallies(trials, known)
    if write:
        write_counts(found)
    tables = {"stated": as_stated(trials), "held_out": held_out(trials)}
    if as_json:
        record = {"rules": [asdict(one) for one in found]}
        record |= {name: [asdict(one) for one in bins] for name, bins in tables.items()}
        return json.dumps(record, ensure_ascii=False, indent=1)
    parts = _parts(trials) if folds else []
    return "\n".join([*_rules(found, parts), "", *_doubtful(found), "", *_calibration(tables)])


def _parts(trials: Sequence[Trial]) -> list[dict[str, Tally]]:
    """Open and sealed part, each with its rules."""
    from kg.evaluate.rules import tallies

    return [{one.rule: one for one in tallies(t for t in trials if t.sealed is sealed)} for sealed in (False, True)]


def _rules(found: Sequence[Tally], parts: Sequence[dict[str, Tally]]) -> Iterator[str]:
    head = ["规则 rule", "对/次 right/fired", "准确率 precision", *(["公开 open", "封存 sealed"] if parts else [])]
    rows = [
        [one.rule, f"{one.right}/{one.fired}", _share(one), *(_cell(part.get(one.rule)) for part in parts)]
        for one in found
    ]
    yield from _columns([head, *rows])


def _cell(one: Tally | None) -> str:
    return f"{one.right}/{one.fired}  {_share(one)}" if one else "–"


def _share(one: Tally) -> str:
    return f"{one.share:.3f}" if one.fired else "–"


def _doubtful(found: Iterable[Tally]) -> Iterator[str]:
    """What should be mended or taken out."""
    doubtful = [one for one in found if one.is_doubtful]
    never = [one.rule for one in doubtful if not one.fired]
    wrong = [f"{one.rule} ({one.right}/{one.fired})" for one in doubtful if one.fired]
    yield f"从未触发 never fired: {', '.join(never) or '–'}"
    yield f"半数以上有误 wrong more than half of the time: {', '.join(wrong) or '–'}"


def _calibration(tables: dict[str, tuple[Bin, ...]]) -> Iterator[str]:
    names = {"stated": "置信度 as the graph states it", "held_out": "留一文档 counts from the other documents alone"}
    for name, bins in tables.items():
        yield names[name]
        head = ["区间 bin", "事实 facts", "标称 stated", "实际 right", "差 gap"]
        yield from _columns([head, *(_bin(one) for one in bins)])


def _bin(one: Bin) -> list[str]:
    gap = f"{one.gap:.3f}" + ("" if one.counts else " 太少 too few to tell")
    return [f"{one.low:.2f}–{one.high:.2f}", str(one.facts), f"{one.stated:.3f}", f"{one.right:.3f}", gap]


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    from kg.rdf.render import width

    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(padded(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip()
