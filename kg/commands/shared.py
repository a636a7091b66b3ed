"""What several commands need: options, one-line complaints, and texts of even width."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.config import Config
    from kg.model import Document

DONE, SOME_FAILED, NOTHING_DONE = 0, 1, 2  # exit statuses

paths_argument = click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
config_option = click.option(
    "--config", "config_file", metavar="FILE", type=click.Path(path_type=Path), help="Settings (kg.toml). 设置文件"
)


def graph_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--graph DIR`, where it is not given the output folder of the settings."""
    option = click.option(
        "--graph", "folder", metavar="DIR", type=click.Path(path_type=Path), help="A built graph. 已建成的图谱目录"
    )
    return option(config_option(command))


def settings(config_file: Path | None) -> Config:
    """The settings in force. Raises ConfigError."""
    from kg.config import load_config

    return load_config(config_file)


def complain(message: object) -> None:
    """One line on standard error."""
    click.echo(f"kg: {' '.join(str(message).split())}", err=True)


class Intake:
    """Documents of the user's paths; a file that cannot be read is told at once and counted, the rest goes on.

    Raises InputError, before anything is read, for a path that does not exist or holds no texts.
    """

    def __init__(self, paths: Iterable[Path]) -> None:
        from kg.read import find_files

        self.files = find_files(paths)
        self.read = self.failed = 0
        if not self.files:
            raise InputError(f"{', '.join(map(str, paths))}: no text files; give files or a folder that holds some")

    def __iter__(self) -> Iterator[Document]:
        from kg.read import read_file

        for file in self.files:
            try:
                documents = read_file(file)
            except InputError as error:
                complain(error)
                self.failed += 1
                continue
            self.read += 1
            yield from documents

    @property
    def status(self) -> int:
        """The exit status once everything has been read."""
        if self.failed:
            return SOME_FAILED if self.read else NOTHING_DONE
        return DONE


def padded(text: str, columns: int) -> str:
    """`text` with spaces up to this many columns of a terminal, where a Chinese character takes two."""
    from kg.rdf.render import width

    return text + " " * max(0, columns - width(text))


def utf8_output() -> None:
    """Write UTF-8 whatever the locale: JSON and HTML are UTF-8 by definition."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        reconfigure(encoding="utf-8")
