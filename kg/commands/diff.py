"""`kg diff`"""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands.shared import utf8_output


@click.command(short_help="What changed between two graphs.  比较两个图谱")
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW", type=click.Path(path_type=Path))
@click.option("--facts", is_flag=True, help="List every other fact, not their number alone. 逐条列出其他事实")
@click.option(
    "--format", "form", type=click.Choice(["text", "turtle"]), default="text", show_default=True,
    help="Plain words, or RDF. 输出格式",
)  # fmt: skip
def diff(old: Path, new: Path, facts: bool, form: str) -> None:
    """Compare two built graphs: new heads and posts, new standards, programs no longer mentioned, changed names.

    比较两个已建成的图谱：机构新的负责人、新见的任职、新标准、不再提到的项目、名称变化，及其他事实的增减。
    """
    from kg.editions.compare import compare
    from kg.editions.edition import read_edition
    from kg.editions.statements import turtle
    from kg.editions.words import told

    changes = compare(read_edition(old), read_edition(new))
    utf8_output()
    if form == "turtle":
        click.echo("".join(turtle(changes)), nl=False)
    else:
        click.echo("\n".join(told(changes, facts=facts)))
