"""A real `kg serve` in a process of its own, and ways to speak to it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GREEDY = "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
SMALL = "SELECT ?n { ?x a kg:Official ; skos:prefLabel ?n } ORDER BY ?n"


class Served:
    """A server that runs: its address, and what it said."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process, self.said = process, ""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url = self.until(lambda: re.search(r"http://\S+/(?=\s)", self.said), 30)[0]
        self.host, _, port = self.url.removeprefix("http://").strip("/").rpartition(":")
        self.port = int(port)
        self.client = httpx.Client(base_url=self.url, timeout=30, trust_env=False)

    def _read(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            self.said += line

    def until(self, true: Callable[[], Any], seconds: float = 20) -> Any:
        """What `true` gives as soon as it is truthy."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if found := true():
                return found
            assert self.process.poll() is None, f"the server ended: {self.said}"
            time.sleep(0.02)
        raise AssertionError(f"did not happen within {seconds} s; the server said: {self.said}")

    def get(self, path: str, accept: str = "", **headers: str) -> httpx.Response:
        return self.client.get(path, headers={"accept": accept or "*/*", **headers})

    def ask(self, sparql: str, accept: str = "", **more: Any) -> httpx.Response:
        """A query, posted as a form."""
        return self.client.post("/sparql", data={"query": sparql}, headers={"accept": accept or "*/*"}, **more)

    def values(self, sparql: str = SMALL) -> list[str]:
        """The first column of an answer."""
        answer = self.ask(sparql)
        assert answer.status_code == 200, answer.text
        return [next(iter(row.values()))["value"] for row in answer.json()["results"]["bindings"]]

    def workers(self) -> list[int]:
        """The processes that hold the store open."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(number) for number in listed.split()]

    def connect(self) -> socket.socket:
        return socket.create_connection((self.host, self.port), timeout=30)

    def stop(self) -> int:
        self.client.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(20)
        self._reader.join(5)
        return status


def command(folder: Path, *options: object) -> list[str]:
    return [sys.executable, "-m", "kg", "serve", "--graph", str(folder), "--port", "0", *map(str, options)]


@contextmanager
def serving(folder: Path, *options: object, **environment: str) -> Iterator[Served]:
    """A server over a graph, stopped at the end."""
    process = subprocess.Popen(
        command(folder, *options), stderr=subprocess.PIPE, text=True, encoding="utf-8",
        env={**os.environ, **environment, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    try:
        served = Served(process)
        yield served
        served.stop()
    finally:
        process.kill()
        process.wait()


class Shape(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str]:
        return [str(attributes["href"]) for tag, attributes in self.tags if tag == "a"]


def page(server: Served, path: str, lang: str = "zh", status: int = 200) -> Shape:
    server.client.cookies.clear()
    answer = server.get(path, "text/html,*/*;q=0.8", **{"accept-language": lang})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Shape(answer.text)
