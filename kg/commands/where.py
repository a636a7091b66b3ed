"""`kg where`"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

import click

from kg.commands.shared import config_option, padded, settings


@click.command(short_help="The file and line of a rule.  规则所在")
@click.argument("name", metavar="[RULE]", required=False)
@config_option
def where(name: str | None, config_file: Path | None) -> None:
    """Print the file and line of each rule of a kind or relation (leads), or of one rule (leads.head_before_name).

    列出某类实体或关系的规则所在的文件与行号；不带参数则列出全部。
    """
    from kg.commands.rules import place, rules, says

    known = rules(settings(config_file).extensions)
    chosen = {full: rule for full, rule in known.items() if name in (None, full, full.split(".")[0])}
    if not chosen:
        raise click.UsageError(f"no kind, relation or rule {name!r}; {_nearest(str(name), known)}")
    lines = [(full, place(rule), says(rule)) for full, rule in chosen.items()]
    first, second = (max(len(line[column]) for line in lines) for column in (0, 1))
    for full, at, words in lines:
        click.echo(f"{padded(full, first)}  {padded(at, second)}  {words}".rstrip())


def _nearest(name: str, known: Iterable[str]) -> str:
    extractors = sorted({full.split(".")[0] for full in known})
    near = difflib.get_close_matches(name, [*extractors, *known], 1)
    return f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(extractors)}"
