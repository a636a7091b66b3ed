"""`kg export`"""

from __future__ import annotations

import re
from pathlib import Path

import click

from kg.commands.shared import graph_option, settings

TEXTS = ("turtle", "trig", "nt", "nq", "jsonld", "rdfxml", "graphml", "gexf")
FOLDERS = ("csv", "neo4j")
FIGURES = ("svg", "png")
FORMATS = (*TEXTS, *FOLDERS, "xlsx", *FIGURES)
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def _date(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    if value is not None and not _DATE.fullmatch(value):
        raise click.BadParameter(f"{value!r}, expected a year, a month or a day: 2024, 2024-03, 2024-03-19")
    return value


@click.command(short_help="Hand the graph on in another form.  导出图谱")
@click.option("--format", "form", type=click.Choice(FORMATS), required=True, help="The form. 格式")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), metavar="PATH", required=True,
    help="The file, or for csv and neo4j the folder. 输出文件或目录",
)  # fmt: skip
@click.option("--kind", "kinds", multiple=True, help="Facts between entities of this kind; may be repeated. 实体类别")
@click.option("--relation", "relations", multiple=True, help="Facts of this relation; may be repeated. 关系")
@click.option("--place", help="Facts with an end in this place or within it (name or code). 地点及其所辖")
@click.option("--since", callback=_date, help="Facts shown at this date or later. 起始日期")
@click.option("--until", callback=_date, help="Facts shown at this date or earlier. 截止日期")
@click.option("--confidence", type=click.FloatRange(0, 1), default=0.0, help="Facts at least this sure. 最低可信度")
@click.option("--around", metavar="NAME", help="What lies around this entity. 某实体周围")
@click.option("--steps", type=click.IntRange(1), help="How far around, in facts; 1 if not given. 步数")
@click.option("--infer", is_flag=True, help="Add what follows by the rules of ontology/rules, marked. 加入推断，并注明")
@click.option("--others", is_flag=True, help="In figures, also what is planned, denied or over. 插图含未成立的事实")
@graph_option
def export(
    form: str,
    out: Path,
    kinds: tuple[str, ...],
    relations: tuple[str, ...],
    place: str | None,
    since: str | None,
    until: str | None,
    confidence: float,
    around: str | None,
    steps: int | None,
    infer: bool,
    others: bool,
    folder: Path | None,
    config_file: Path | None,
) -> None:
    """Write a built graph, or a part of it, to PATH; the same graph gives the same bytes.

    把图谱或其一部分写成别的格式；同一图谱，逐字节相同。各条件须同时满足。
    """
    if steps is not None and around is None:
        raise click.UsageError("--steps needs --around NAME")
    if others and form not in FIGURES:
        raise click.UsageError(f"--others is for {' and '.join(FIGURES)}; other forms hold all facts or none of these")
    if out.is_dir() != (form in FOLDERS) and out.exists():
        raise click.UsageError(f"{out}: {form} is written to a {'folder' if form in FOLDERS else 'file'}")
    from kg.exports.formats import Order
    from kg.exports.formats import export as run
    from kg.exports.select import Filter

    keep = Filter(
        kinds=kinds,
        relations=relations,
        place=place,
        since=since,
        until=until,
        confidence=confidence,
        around=around,
        steps=steps or 1,
    )
    graph = folder or settings(config_file).output
    if form in FIGURES:
        from kg.explorer.figure import write_figure

        write_figure(graph, out, form, keep, infer=infer, others=others)
    else:
        run(graph, Order(format=form, path=out, keep=keep, infer=infer))
