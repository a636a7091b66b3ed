"""`kg serve`"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from kg.commands.shared import graph_option, settings


@click.command(short_help="SPARQL and pages over a graph.  网页与 SPARQL 服务")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at. 监听地址")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0: any free one. 端口")
@click.option("--timeout", type=click.FloatRange(0.1), default=30, show_default=True, help="Seconds for a query. 时限")
@click.option("--memory", type=click.IntRange(64), default=1024, show_default=True, help="MiB a query may take. 内存")
@click.option("--max-result", type=click.IntRange(1), default=100, show_default=True, help="MiB of an answer. 结果")
@click.option("--workers", type=click.IntRange(1), help="Processes for quick queries. 进程数")
@click.option("--cors", metavar="ORIGIN", multiple=True, help="Let pages of ORIGIN (or *) read answers. 允许跨域")
@graph_option
def serve(
    host: str, port: int, timeout: float, memory: int, max_result: int, workers: int | None, cors: tuple[str, ...],
    folder: Path | None, config_file: Path | None,
) -> None:  # fmt: skip
    """Serve a built graph: SPARQL 1.1 at /sparql, pages at /, entities at /id/.

    提供网页、SPARQL 查询与关联数据；图谱重建后自动换用，无需重启。Ctrl-C 停止。
    """
    try:
        from kg.server.run import run
    except ModuleNotFoundError as error:
        raise click.ClickException(f"{error.name} is missing; install it with: pip install 'govkg[server]'") from error
    from kg.server.settings import Settings

    limits = Settings(host=host, port=port, seconds=timeout, memory=memory, result=max_result, cors=cors)
    run(folder or settings(config_file).output, replace(limits, quick=workers) if workers else limits)
