"""`kg build`, `kg add` and `kg forget`"""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import click

from kg.commands.shared import (
    DONE,
    SOME_FAILED,
    complain,
    config_option,
    graph_option,
    padded,
    paths_argument,
    settings,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.build import Report
    from kg.config import Config

MANY = 20  # files, from which on a progress bar is worth its line


@click.command(short_help="Read texts into a graph.  读入文本，建成图谱")
@paths_argument
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path), help="Folder of the graph. 图谱目录")
@click.option("--infer", is_flag=True, help="Add what follows by the rules of ontology/rules, marked. 加入推断，并注明")
@config_option
def build(paths: tuple[Path, ...], out: Path | None, infer: bool, config_file: Path | None) -> int:
    """Read texts and write their graph: afterwards DIR holds exactly these documents.

    读入文本或文件夹，抽取实体与事实，写入 DIR：图谱库、Turtle、网页与 GraphML。读过而未变的文件不再重读。
    """
    from kg.build import build as run

    config = settings(config_file)
    with Progress() as progress:
        report = run(paths, out=out or config.output, config=config, infer=infer, on_progress=progress)
    return told(report, out or config.output, config)


@click.command(short_help="Put texts into a graph.  向图谱添加文本")
@paths_argument
@graph_option
def add(paths: tuple[Path, ...], folder: Path | None, config_file: Path | None) -> int:
    """Put the documents of PATH... into a graph that stands; a file that it holds already is read as it is now.

    向已建成的图谱添加文本；已在图谱中的文件按现在的内容更新。
    """
    from kg.build import add as run

    config = settings(config_file)
    with Progress() as progress:
        report = run(paths, out=folder or config.output, config=config, on_progress=progress)
    return told(report, folder or config.output, config)


@click.command(short_help="Take texts out of a graph.  从图谱移除文本")
@paths_argument
@graph_option
def forget(paths: tuple[Path, ...], folder: Path | None, config_file: Path | None) -> int:
    """Take the documents of PATH... out of a graph, and all that no other document supports.

    从图谱移除文本及只有它们支持的事实与实体；文件本身不动，也可以已不存在。
    """
    from kg.build import forget as run

    config = settings(config_file)
    return told(run(paths, out=folder or config.output, config=config), folder or config.output, config)


def told(report: Report, out: Path, config: Config) -> int:
    """Print what was done, and give the exit status."""
    for path, reason in report.failures:
        complain(reason if str(path) in reason else f"{path}: {reason}")
    for one in report.idle:
        complain(f"note: {config.corrections}:{one.line}: matches nothing any more: {one}")
    click.echo(summary(report, out, config))
    return SOME_FAILED if report.failures else DONE


class Progress:
    """A bar on the terminal once there is much to do; silent when nobody looks."""

    def __init__(self) -> None:
        self.bar: Any = None

    def __enter__(self) -> Progress:
        return self

    def __call__(self, done: int, total: int, name: str) -> None:
        if self.bar is None and total > MANY and sys.stderr.isatty():
            self.bar = click.progressbar(
                length=total, label="读取 reading", file=sys.stderr, item_show_func=lambda item: item
            )
            self.bar.__enter__()
        if self.bar is not None:
            self.bar.update(done - self.bar.pos, name)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.__exit__(kind, error, trace)


def summary(report: Report, out: Path, config: Config) -> str:
    """What was built, as a table in Chinese and English."""
    from kg.rdf.render import width
    from kg.rdf.vocabulary import vocabulary

    terms = vocabulary(config.extensions)
    kinds = {name: term.labels for name, term in terms.kinds.items()}
    relations = {name: term.labels for name, term in terms.relations.items()}
    rows = [("文件 files", f"{report.files:,}"), ("新读 read anew", f"{report.read:,}")]
    rows.append(("文档 documents", f"{report.documents:,}"))
    rows += _part("实体 entities", report.entities, kinds)
    rows += _part("事实 facts", report.facts, relations)
    rows.append(("用时 seconds", f"{report.seconds:.1f}"))
    rows.append(("图谱 graph", str(out) if report.changed else f"{out} 未变 unchanged"))
    first, second = max(width(row[0]) for row in rows), max(width(row[1]) for row in rows[:-1])
    return "\n".join(f"{padded(name, first)}  {value.rjust(second)}" for name, value in rows)


def _part(heading: str, counts: Mapping[str, int], labels: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str]]:
    rows = [(heading, f"{sum(counts.values()):,}")]
    for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        label = labels.get(name, {})
        rows.append((f"  {label.get('zh', '')} {label.get('en', name)}", f"{count:,}"))
    return rows
