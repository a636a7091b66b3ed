"""`kg correct`"""

from __future__ import annotations

import getpass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.shared import graph_option, settings
from kg.errors import GraphError

if TYPE_CHECKING:
    from kg.model import Correction

WORDS = {"wrong": 3, "right": 3, "one": 2, "two": 2, "name": 2}  # verdicts, and how many words each takes


@click.command(short_help="State that a fact or an entity is otherwise.  更正事实或实体")
@click.argument("verdict", metavar="wrong|right|one|two|name", type=click.Choice(list(WORDS)))
@click.argument("words", metavar="NAME [RELATION] NAME", nargs=-1, required=True)
@click.option("--title", metavar="TITLE", help="Of the post, where several are held. 职务")
@click.option("--by", metavar="WHO", help="Who says so; without it, who is logged in. 更正人")
@click.option("--note", metavar="TEXT", help="Why. 说明")
@graph_option
def correct(
    verdict: str,
    words: tuple[str, ...],
    title: str | None,
    by: str | None,
    note: str | None,
    folder: Path | None,
    config_file: Path | None,
) -> None:
    """Write a correction into corrections.tsv; it holds from the next build on, and in every one after it.

    \b
    kg correct wrong 甲 leads 乙局        this fact is wrong    此事实有误
    kg correct right 甲 leads 丙局        this fact is right    此事实无误
    kg correct one 乙局 乙市乙局          these two are one     二者为一
    kg correct two 甲 丁局                the 甲 of 丁局 is another    丁局的甲另有其人
    kg correct name 乙局 乙市乙局         this is its full name 此为全称
    """
    if len(words) != WORDS[verdict]:
        form = "SUBJECT RELATION OBJECT" if WORDS[verdict] == 3 else "NAME NAME"
        raise click.UsageError(f"{verdict} takes {WORDS[verdict]} words ({form}), not {len(words)}")
    from kg.config import CORRECTIONS
    from kg.rdf.given import relations
    from kg.resolve.correction_file import append_correction

    config = settings(config_file)
    one = _correction(verdict, words, title, by or getpass.getuser(), note)
    _check_names(one, folder or config.output, strict=folder is not None)
    path = config.corrections or (config_file or Path(CORRECTIONS)).parent / CORRECTIONS
    written = append_correction(path, one, relations(config))
    click.echo(f"{path}:{written.line}: {written}")
    click.echo("再次 kg build 后生效 · holds from the next build on")


def _correction(verdict: str, words: tuple[str, ...], title: str | None, by: str, note: str | None) -> Correction:
    from kg.model import Correction, Verdict

    return Correction(
        verdict=Verdict(verdict),
        subject=words[0],
        relation=words[1] if len(words) == 3 else None,
        object=words[-1],
        title=title,
        by=by,
        on=date.today().isoformat(),
        note=note,
    )


def _check_names(one: Correction, folder: Path, *, strict: bool) -> None:
    """Raises GraphError where the graph knows a name not; without a graph, only when one was asked for."""
    from kg.model import Verdict
    from kg.rdf.folder import STORE
    from kg.rdf.idle import unknown

    if not strict and not (folder / STORE).is_dir():
        return
    for name in unknown(folder, [one.subject] if one.verdict is Verdict.NAME else [one.subject, one.object]):
        raise GraphError(f"nothing in the graph {folder} is called {name!r}; kg query finds names that are near")
