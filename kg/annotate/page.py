"""One HTML page of annotated documents: words marked in colour by kind, claims listed. No scripts, no requests."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from html import escape
from itertools import pairwise
from pathlib import Path

from kg.annotate.records import ClaimRecord, DocumentRecord, MentionRecord

KINDS = {
    "organization": "机构 organization",
    "official": "人员 official",
    "place": "地点 place",
    "program": "项目 program",
    "standard": "文件 standard",
    "event": "活动 event",
    "title": "职务 title",
}
LEFT_OUT = "…"


def page(records: Iterable[DocumentRecord]) -> Iterator[str]:
    """The page in pieces. Every text from a document is escaped, and the page's policy forbids all scripts."""
    style = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    yield (
        '<!doctype html>\n<html lang="zh">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>标注 · Annotations</title>\n<style>{style}</style>\n</head>\n<body>\n{_legend()}\n"
    )
    for record in records:
        yield _article(record)
    yield "</body>\n</html>\n"


def _legend() -> str:
    marks = " ".join(f'<mark class="{kind}">{label}</mark>' for kind, label in KINDS.items())
    return f"<header>{marks}</header>"


def _article(record: DocumentRecord) -> str:
    facts = [record["title"], record["date"], record["publisher"], record["source"]]
    head = " · ".join(escape(fact) for fact in facts if fact)
    claims = "".join(_row(claim, record["text"]) for claim in record["claims"])
    table = f"<table>\n<tbody>\n{claims}</tbody>\n</table>\n" if claims else "<p>没有事实 · no claims</p>\n"
    return f'<article id="{escape(record["id"])}">\n<h2>{head}</h2>\n<div>{marked(record)}</div>\n{table}</article>\n'


def marked(record: DocumentRecord) -> str:
    """The text as HTML; where mentions overlap, the longer one lies outside."""
    text, mentions = record["text"], [m for m in record["mentions"] if m["start"] < m["stop"]]
    cuts = sorted({0, len(text), *(m["start"] for m in mentions), *(m["stop"] for m in mentions)})
    pieces = []
    for start, stop in pairwise(cuts):
        piece = escape(text[start:stop])
        over = [m for m in mentions if m["start"] <= start and stop <= m["stop"]]
        for mention in sorted(over, key=lambda m: (m["stop"] - m["start"], m["kind"])):
            piece = f'<mark class="{escape(mention["kind"])}" title="{_hint(mention)}">{piece}</mark>'
        pieces.append(piece)
    return "".join(pieces)


def _hint(mention: MentionRecord) -> str:
    kind = KINDS.get(mention["kind"], mention["kind"])
    return escape(f"{kind}: {mention['entity'] or mention['name']} ({mention['rule']})")


def _row(claim: ClaimRecord, text: str) -> str:
    title = f"（{escape(claim['title']['text'])}）" if claim["title"] else ""
    how = " ".join(escape(word) for word in (claim["modality"], claim["tenure"], claim["date"]) if word)
    sentence = text[claim["sentence"]["start"] : claim["sentence"]["stop"]]
    return (
        f"<tr><td>{_end(claim['subject'])}</td><th>{escape(claim['relation'])}{title}</th>"
        f"<td>{_end(claim['object'])}</td><td>{how}</td><td><code>{escape(claim['rule'])}</code></td>"
        f"<td><q>{escape(sentence)}</q></td></tr>\n"
    )


def _end(mention: MentionRecord) -> str:
    return escape(mention["entity"] or mention["name"] or LEFT_OUT)
