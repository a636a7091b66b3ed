"""Each rule against its own examples and near misses, which stand in `tests/examples/`."""

from __future__ import annotations

from pathlib import Path

import pytest
from blocks import EXAMPLES, LEFT_OUT, Block, blocks, document, read_blocks

from kg.discover import kind_extractors, relation_extractors
from kg.model import Claim, Mention, Role

KINDS, RELATIONS = blocks("kinds"), blocks("relations")


def _said(mention: Mention) -> str:
    return LEFT_OUT if mention.is_ellipsis else mention.text


def _stated(claim: Claim) -> tuple[str, ...]:
    ends = _said(claim.subject), _said(claim.object)
    return (*ends, _said(claim.title)) if claim.title else ends


@pytest.mark.parametrize("block", KINDS, ids=str)
def test_kind(block: Block) -> None:
    from kg.pipeline import read_mentions

    mentions = read_mentions(document(block.text, role=block.role))
    found = [(_said(m),) for m in mentions if m.rule == f"{block.extractor}.{block.rule}"]
    assert sorted(found) == sorted(block.expected), f"{block}: {_overview(mentions)}"


@pytest.mark.parametrize("block", RELATIONS, ids=str)
def test_relation(block: Block) -> None:
    from kg.pipeline import read_claims, read_mentions

    page = document(block.text, role=block.role)
    mentions = read_mentions(page)
    claims = read_claims(page, mentions)
    found = [_stated(c) for c in claims if c.rule == f"{block.extractor}.{block.rule}"]
    others = [(c.rule, *_stated(c)) for c in claims]
    assert sorted(found) == sorted(block.expected), f"{block}: {_overview(mentions)}; {others}"


def _overview(mentions: tuple[Mention, ...]) -> str:
    return ", ".join(f"{m.rule} {_said(m)}" for m in mentions)


def _declared(folder: str) -> dict[str, set[str]]:
    extractors = {"kinds": kind_extractors, "relations": relation_extractors}[folder]()
    return {e.name: {rule.__name__ for rule in e.rules} for e in extractors}


@pytest.mark.parametrize(("folder", "found"), [("kinds", KINDS), ("relations", RELATIONS)])
def test_every_rule_has_an_example(folder: str, found: list[Block]) -> None:
    shown = {(b.extractor, b.rule) for b in found if not b.near_miss}
    missing = [
        f"{name}.{rule}"
        for name, rules in _declared(folder).items()
        for rule in sorted(rules)
        if (name, rule) not in shown
    ]
    assert not missing, f"rules without an example in tests/examples/{folder}: {', '.join(missing)}"


@pytest.mark.parametrize(("folder", "found"), [("kinds", KINDS), ("relations", RELATIONS)])
def test_every_extractor_has_a_near_miss(folder: str, found: list[Block]) -> None:
    shown = {b.extractor for b in found if b.near_miss}
    missing = [name for name in _declared(folder) if name not in shown]
    assert not missing, f"extractors without a near miss in tests/examples/{folder}: {', '.join(missing)}"


@pytest.mark.parametrize(("folder", "found"), [("kinds", KINDS), ("relations", RELATIONS)])
def test_every_block_names_a_rule(folder: str, found: list[Block]) -> None:
    declared = _declared(folder)
    unknown = [str(b) for b in found if b.rule not in declared.get(b.extractor, ())]
    assert not unknown, f"blocks that name no rule: {'; '.join(unknown)}"


def test_no_stray_files() -> None:
    known = {EXAMPLES / "kinds", EXAMPLES / "relations"}
    stray = [
        p
        for p in EXAMPLES.rglob("*")
        if p.is_file() and p.name != "README.md" and (p.parent not in known or p.suffix != ".txt")
    ]
    assert not stray, f"never read by a test: {stray}"


def test_the_format_itself(tmp_path: Path) -> None:
    path = tmp_path / "leads.txt"
    path.write_text("# head: why\n甲\n乙\n= a | … | b\n= c | d\n\n# not head [row]: reason\n丙　丁\n", encoding="utf-8")
    first, second = read_blocks(path)
    assert (first.rule, first.text, first.expected) == ("head", "甲\n乙", (("a", "…", "b"), ("c", "d")))
    assert (first.role, second.role) == (Role.BODY, Role.ROW)
    assert (second.rule, second.near_miss, second.text, second.line) == ("head", True, "丙　丁", 7)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("甲\n# head\n", "before the first heading"),
        ("# head\n\n", "no text"),
        ("# head\n甲\n", "needs '=' lines"),
        ("# head [rows]\n甲\n= 乙\n", "is no heading"),
        ("# two words\n甲\n= 乙\n", "is no heading"),
        ("# not head\n甲\n= 乙\n", "expects nothing"),
    ],
)
def test_malformed_blocks_are_refused(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "leads.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=complaint):
        list(read_blocks(path))


def test_documents_of_examples_keep_their_lines() -> None:
    page = document("甲乙\n丙")
    assert [page.text[p.start : p.stop] for p in page.paragraphs] == ["甲乙", "丙"]
    assert page.line_of(3) == 2
