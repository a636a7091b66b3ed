"""`kg where`"""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kg.commands.shared import padded


@click.command(short_help="The file and line of a rule.  规则所在")
@click.argument("name", metavar="[RULE]", required=False)
def where(name: str | None) -> None:
    """Print the file and line of each rule of a kind or relation (leads), or of one rule (leads.heads).

    列出某类实体或关系的规则所在的文件与行号；不带参数则列出全部。
    """
    rules = _rules()
    chosen = {full: rule for full, rule in rules.items() if name in (None, full, full.split(".")[0])}
    if not chosen:
        raise click.UsageError(f"no kind, relation or rule {name!r}; {_nearest(str(name), rules)}")
    lines = [(full, _place(rule), _says(rule)) for full, rule in chosen.items()]
    first, second = (max(len(line[column]) for line in lines) for column in (0, 1))
    for full, place, says in lines:
        click.echo(f"{padded(full, first)}  {padded(place, second)}  {says}".rstrip())


def _rules() -> dict[str, Callable[..., Any]]:
    from kg.discover import kind_extractors, relation_extractors

    found: list[tuple[str, Callable[..., Any]]] = []
    found += ((extractor.name, rule) for extractor in kind_extractors() for rule in extractor.rules)
    found += ((extractor.name, rule) for extractor in relation_extractors() for rule in extractor.rules)
    return {f"{name}.{rule.__name__}": inspect.unwrap(rule) for name, rule in found}


def _place(rule: Callable[..., Any]) -> str:
    code = rule.__code__
    file = Path(code.co_filename)
    shown = file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file
    return f"{shown}:{code.co_firstlineno}"


def _says(rule: Callable[..., Any]) -> str:
    return (inspect.getdoc(rule) or "").split("\n")[0]


def _nearest(name: str, rules: dict[str, Callable[..., Any]]) -> str:
    extractors = sorted({full.split(".")[0] for full in rules})
    near = difflib.get_close_matches(name, [*extractors, *rules], 1)
    return f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(extractors)}"
