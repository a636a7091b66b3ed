"""`kg annotate`"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.shared import Intake, config_option, paths_argument, settings, utf8_output

if TYPE_CHECKING:
    from kg.annotate.records import DocumentRecord


@click.command(short_help="Mentions and claims with offsets.  逐篇标注")
@paths_argument
@click.option(
    "--format", "form", type=click.Choice(["jsonl", "html"]), default="jsonl", show_default=True,
    help="JSON Lines, or a page with the words marked in colour. 输出格式",
)  # fmt: skip
@click.option(
    "-o", "--out", type=click.Path(path_type=Path, dir_okay=False, writable=True), metavar="FILE",
    help="Write to FILE instead of the terminal. 写入文件",
)  # fmt: skip
@config_option
def annotate(paths: tuple[Path, ...], form: str, out: Path | None, config_file: Path | None) -> int:
    """Print the mentions and claims of each document, with offsets into its text.

    逐篇输出文本、提及（起止位置）与论断：每行一个 JSON 对象，或带颜色标记的网页。
    """
    from kg.annotate.page import page

    intake = Intake(paths)
    records = _records(intake, settings(config_file).extensions)
    pieces = page(records) if form == "html" else (json.dumps(r, ensure_ascii=False) + "\n" for r in records)
    if out is None:
        utf8_output()
        for piece in pieces:
            click.echo(piece, nl=False)
    else:
        text = "".join(pieces)  # a failure leaves an older FILE as it was
        if intake.read:
            out.write_text(text, encoding="utf-8")
    return intake.status


def _records(intake: Intake, extensions: Path | None) -> Iterator[DocumentRecord]:
    from kg.annotate.records import annotate as record

    return (record(document, extensions) for document in intake)
