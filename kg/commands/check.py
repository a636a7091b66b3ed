"""`kg check`"""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands.shared import DONE, SOME_FAILED, graph_option, settings


@click.command(short_help="Check the graph against its shapes.  检查图谱")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Look at N things alone, evenly spread. 抽查数量")
@graph_option
def check(sample: int | None, folder: Path | None, config_file: Path | None) -> int:
    """Check a built graph against its SHACL shapes, and tell each breach in plain words.

    按 SHACL 规则检查图谱，逐条说明不符之处；有不符之处时退出状态为 1。
    """
    from kg.rdf.validate import check as breaches

    found = breaches(folder or settings(config_file).output, sample=sample)
    for breach in found:
        click.echo(str(breach))
    click.echo(f"{len(found)} 处不符 · breaches" if found else "图谱合格 · the graph conforms")
    return SOME_FAILED if found else DONE
