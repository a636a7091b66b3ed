"""The command line: `kg build`, `kg query` and the rest."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from kg import __version__
from kg.commands.annotate import annotate
from kg.commands.build import add, build, forget
from kg.commands.check import check
from kg.commands.correct import correct
from kg.commands.diff import diff
from kg.commands.evaluate import evaluate
from kg.commands.export import export
from kg.commands.publish import publish
from kg.commands.query import query
from kg.commands.serve import serve
from kg.commands.shared import NOTHING_DONE, complain
from kg.commands.where import where
from kg.commands.why import why
from kg.errors import KgError

INTERRUPTED, PIPE_CLOSED = 130, 141  # as shells have it: 128 and the signal's number


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def kg() -> None:
    """Read Chinese public-administration text into a knowledge graph; every fact carries its sentence.

    读政务与社会工作新闻，建成知识图谱；每条事实都带着原句。

    Exit status: 0 all well, 1 done but some inputs failed, 2 nothing done.
    """


for command in (
    build,
    add,
    forget,
    query,
    export,
    publish,
    annotate,
    why,
    where,
    correct,
    diff,
    evaluate,
    check,
    serve,
):
    kg.add_command(command)


def run(args: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status; what goes wrong is told in one line."""
    try:
        # Not kg.main: it would see to a closed pipe and to Ctrl-C itself, in other ways from version to version.
        with kg.make_context("kg", list(sys.argv[1:] if args is None else args)) as context:
            return kg.invoke(context) or 0
    except click.exceptions.Exit as end:  # --help, --version
        return end.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "kg"
        complain(f"{error.format_message().rstrip('.')} (see {path} --help)")
    except (KgError, click.ClickException) as error:
        complain(error)
    except (click.Abort, KeyboardInterrupt):
        complain("interrupted; nothing was changed")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output left (kg query | head); Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except OSError as error:
        where_ = f"{error.filename}: " if error.filename else ""
        complain(f"{where_}{error.strerror or error}; check the path, its permissions and the space on the disk")
    return NOTHING_DONE


def main() -> NoReturn:
    """The entry point of `kg`."""
    sys.exit(run())
