"""`kg query`"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.commands.shared import complain, graph_option, settings, utf8_output
from kg.errors import InputError, QueryError

FORMATS = ("table", "json", "csv", "tsv", "xml", "turtle")
CELL = 48  # columns of a cell on a terminal; longer ones are cut, in files they never are


@click.command(short_help="Ask the graph in SPARQL.  用 SPARQL 查询")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option("-e", "sparql", metavar="SPARQL", help="The query itself instead of a file. 直接写查询")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Table; Turtle for CONSTRUCT. 输出格式")
@graph_option
def query(
    file: Path | None, sparql: str | None, form: str | None, folder: Path | None, config_file: Path | None
) -> None:
    """Ask a built graph a SPARQL query from FILE (- for standard input) or from the command line.

    用 SPARQL 查询已建成的图谱；常用前缀（kg:、skos:、org: 等）无需声明。
    """
    if (file is None) == (sparql is None):
        raise click.UsageError("give a query file, or the query itself with -e")
    from kg.rdf.query import Statements, run_query
    from kg.rdf.render import render

    asked = sparql if file is None else _text(file)
    try:
        result = run_query(folder or settings(config_file).output, asked or "")
    except QueryError as error:
        if file is None:
            raise
        raise QueryError(f"{file}: {error}") from error
    for note in result.notes:
        complain(f"note: {note}")
    utf8_output()
    chosen = form or ("turtle" if isinstance(result, Statements) else "table")
    click.echo(render(result, chosen, cell=CELL if sys.stdout.isatty() else None), nl=False)


def _text(file: Path) -> str:
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
