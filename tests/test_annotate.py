"""`kg annotate`: offsets that hold, a page that marks every word and runs nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import SEEDS, Done

from kg.annotate.page import KINDS, marked, page
from kg.annotate.records import ClaimRecord, DocumentRecord, MentionRecord, annotate
from kg.discover import kind_extractors
from kg.read import find_files, read_file, read_text

Kg = Callable[..., Done]
TEXT = "石家庄市民政局局长纪怀瑜出席石家庄市助老工作推进会。石家庄市民政局发布《社区助老服务指南》。"


def record(text: str = TEXT) -> DocumentRecord:
    (document,) = read_text(text, source="甲.txt")
    return annotate(document)


def mention(start: int, stop: int, kind: str = "place", name: str = "x") -> MentionRecord:
    return {"start": start, "stop": stop, "kind": kind, "text": "", "name": name, "entity": None, "rule": "place.toy"}


def made(text: str, *mentions: MentionRecord) -> DocumentRecord:
    return {**record(), "text": text, "mentions": list(mentions), "claims": []}


class Reader(HTMLParser):
    """The text of a page, its tags, and the marks around each piece of text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.text, self.tags, self.open = "", [], list[str]()
        self.pieces: list[tuple[str, tuple[str, ...]]] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "mark":
            self.open.append(dict(attrs)["class"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        self.pieces.append((data, tuple(self.open)))


def test_offsets_hold_in_every_document_of_the_seeds() -> None:
    documents = [document for file in find_files([SEEDS]) for document in read_file(file)]
    assert len(documents) >= 4
    for document in documents:
        found = annotate(document)
        assert found["mentions"]
        ends = [end for claim in found["claims"] for end in (claim["subject"], claim["object"], claim["title"]) if end]
        for one in [*found["mentions"], *ends]:
            assert found["text"][one["start"] : one["stop"]] == one["text"]
        for claim in found["claims"]:
            sentence = claim["sentence"]
            assert sentence["start"] <= claim["subject"]["start"] <= sentence["stop"]


def test_mentions_claims_and_titles_of_a_sentence() -> None:
    found = record()
    kinds = {(m["kind"], m["text"]) for m in found["mentions"]}
    assert {("organization", "石家庄市民政局"), ("official", "纪怀瑜"), ("title", "局长")} <= kinds
    (post,) = [claim for claim in found["claims"] if claim["relation"] == "holds_post"]
    assert (post["subject"]["text"], post["object"]["entity"]) == ("纪怀瑜", "石家庄市民政局")
    assert post["title"] is not None
    assert post["title"]["text"] == "局长"
    assert (post["modality"], post["tenure"]) == ("done", "current")
    assert post["rule"].startswith("holds_post.")


def test_records_are_json_as_they_stand() -> None:
    assert json.loads(json.dumps(record(), ensure_ascii=False)) == record()


def test_annotating_twice_gives_the_same() -> None:
    (document,) = read_text(TEXT, source="甲.txt")
    assert annotate(document) == annotate(replace(document))


def test_one_line_of_json_a_document(kg: Kg) -> None:
    done = kg("annotate", SEEDS)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert done.status == 0
    assert len(rows) >= 4
    assert len({row["id"] for row in rows}) == len(rows)
    assert set(rows[0]) == {"id", "source", "title", "date", "publisher", "text", "mentions", "claims"}


def test_bad_files_are_told_and_the_rest_goes_on(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x00" * 50)
    done = kg("annotate", tmp_path)
    assert done.status == 1
    assert len(done.out.splitlines()) == 1
    assert "b.txt" in done.err
    assert kg("annotate", tmp_path / "b.txt").status == 2


def test_a_file_is_not_touched_when_nothing_could_be_read(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"\x00" * 50)
    out = tmp_path / "old.jsonl"
    out.write_text("old", encoding="utf-8")
    assert kg("annotate", tmp_path / "b.txt", "--out", out).status == 2
    assert out.read_text(encoding="utf-8") == "old"


def test_the_page_shows_the_whole_text_with_its_marks(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    out = tmp_path / "page.html"
    assert kg("annotate", tmp_path / "a.txt", "--format", "html", "--out", out).status == 0
    read = Reader(out.read_text(encoding="utf-8"))
    assert TEXT in read.text
    assert ("纪怀瑜", ("official",)) in read.pieces
    assert "leads.head_before_name" in read.text
    assert not {"script", "link", "img", "iframe"} & set(read.tags)


def test_the_page_asks_for_nothing(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    source = kg("annotate", tmp_path / "a.txt", "--format", "html").out
    assert "default-src 'none'" in source
    assert not re.search(r"https?://|url\(|@import", source)


HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><b>", "&lt;", "\u2028'\u202e"]


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_names_are_text(payload: str) -> None:
    row = mention(0, len(payload), name=payload)
    claim: ClaimRecord = {
        "relation": payload,
        "subject": row,
        "object": row,
        "title": {**row, "text": payload},
        "rule": payload,
        "modality": payload,
        "tenure": payload,
        "date": payload,
        "sentence": {"start": 0, "stop": len(payload)},
    }
    hostile: DocumentRecord = {
        **made(payload, row),
        "title": payload,
        "id": payload,
        "source": payload,
        "claims": [claim],
    }
    read = Reader("".join(page([hostile])))
    harmless = Reader("".join(page([made("甲", mention(0, 1))])))
    assert set(read.tags) - set(harmless.tags) <= {"table", "tbody", "tr", "td", "th", "code", "q"}
    assert read.text.count(payload) >= 8


def test_nested_and_crossing_mentions() -> None:
    text = "石家庄市民政局"
    outer, inner = mention(0, 7, "organization"), mention(0, 4, "place")
    read = Reader(marked(made(text, inner, outer)))
    assert read.pieces == [("石家庄市", ("organization", "place")), ("民政局", ("organization",))]
    crossing = Reader(marked(made("abcd", mention(0, 3, "place"), mention(1, 4, "event"))))
    assert crossing.text == "abcd"
    assert crossing.pieces[1][1] in (("event", "place"), ("place", "event"))


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_marking_never_changes_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    inside = [mention(min(a, b), max(a, b)) for a, b in spans if max(a, b) <= len(text)]
    read = Reader(marked(made(text, *inside)))
    assert read.text.replace("\r", "") == text.replace("\r", "")


def test_every_kind_has_a_colour_and_a_name() -> None:
    style = (Path(__file__).parents[1] / "kg/annotate/style.css").read_text(encoding="utf-8")
    for extractor in kind_extractors():
        assert extractor.name in KINDS
        assert f"mark.{extractor.name} " in style
