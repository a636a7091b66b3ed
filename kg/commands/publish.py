"""`kg publish`"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from kg.commands.shared import graph_option, settings

USER, PASSWORD, TOKEN = "KG_PUBLISH_USER", "KG_PUBLISH_PASSWORD", "KG_PUBLISH_TOKEN"


@click.command(short_help="Bring the graph to a SPARQL server.  发布到 SPARQL 服务器")
@click.argument("url", metavar="URL")
@click.option("--into", metavar="IRI", help="The server's graph to replace; 'default' for its default graph. 目标图")
@click.option("--protocol", type=click.Choice(["gsp", "update"]), help="Graph Store Protocol, or updates. 协议")
@click.option("--query-url", metavar="URL", help="Where the server takes queries, if it cannot be guessed. 查询地址")
@click.option("--batch", type=click.IntRange(1), default=5000, show_default=True, help="Triples a request. 每批数量")
@graph_option
def publish(
    url: str,
    into: str | None,
    protocol: str | None,
    query_url: str | None,
    batch: int,
    folder: Path | None,
    config_file: Path | None,
) -> None:
    """Make a graph of the SPARQL 1.1 server at URL hold exactly this graph, and count the triples there.

    \b
    http://HOST:7878/store          Oxigraph; Fuseki: /DATASET/data
    http://HOST:7878/update         by updates; RDF4J, GraphDB: /repositories/NAME/statements

    把图谱发布到 SPARQL 1.1 服务器的一个图中（原有内容被替换），并核对数量；中断后重新运行即可继续。
    A name and password, or a token, come from KG_PUBLISH_USER and KG_PUBLISH_PASSWORD, or KG_PUBLISH_TOKEN.
    """
    from kg.publish.client import Server, target
    from kg.publish.publish import publish as run

    config = settings(config_file)
    graph = None if into == "default" else into or f"{config.base}dataset/graph"
    user, password, token = (os.environ.get(name) for name in (USER, PASSWORD, TOKEN))
    where = target(url, graph=graph, protocol=protocol, query_url=query_url, user=user, password=password, token=token)
    with _Bar() as bar:
        done = run(folder or config.output, Server(where), batch=batch, on_progress=bar)
    held = f"<{graph}>" if graph else "默认图 default graph"
    told = f"共 {done.triples:,} 条，本次发送 {done.sent:,} 条 · {done.triples:,} triples, {done.sent:,} sent now"
    click.echo(f"{url} {held}: {told}")


class _Bar:
    """A bar on the terminal; silent when nobody looks."""

    def __init__(self) -> None:
        self.bar: Any = None

    def __enter__(self) -> _Bar:
        return self

    def __call__(self, sent: int, total: int) -> None:
        if self.bar is None and sys.stderr.isatty():
            self.bar = click.progressbar(length=total, label="发布 publishing", file=sys.stderr)
            self.bar.__enter__()
        if self.bar is not None:
            self.bar.update(sent - self.bar.pos)

    def __exit__(self, *error: Any) -> None:
        if self.bar is not None:
            self.bar.__exit__(*error)
