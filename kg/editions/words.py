"""Changes in plain words, in Chinese and English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from kg.editions.compare import Changes, NewHead, counted
from kg.editions.edition import Edition, Fact, Thing
from kg.rdf.render import width

NOTHING = "两个图谱所说相同 · the graphs say the same"


def told(changes: Changes, *, facts: bool = False) -> Iterator[str]:
    """The changes line by line; with `facts` each other fact instead of their number."""
    if not changes:
        yield NOTHING
        return
    yield from _part("机构新的负责人 New heads of bodies", map(_head, changes.heads))
    posts = (f"{one.body.name}：{one.person.name}（{one.title}）" for one in changes.posts)
    yield from _part("新见的任职 New posts", posts)
    yield from _part("新见的标准与文件 New standards", map(_thing, changes.standards))
    yield from _part("不再提到的项目 Programs no longer mentioned", map(_thing, changes.programs))
    yield from _part("名称变化 Changed names", (f"{one.before.name} → {one.now.name}" for one in changes.names))
    if facts:
        yield from _part("其他新见的事实 Other facts added", _facts(changes.added, changes.new))
        yield from _part("不再成立的事实 Facts removed", _facts(changes.removed, changes.old))
    else:
        added, removed = counted(changes.added), counted(changes.removed)
        yield from _numbers("其他事实 Other facts", added, removed, changes)
    came, went = (Counter(thing.kind for thing in things) for things in (changes.came, changes.went))
    yield from _numbers("其他实体 Other entities", came, went, changes)


def _part(heading: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield f"{heading} ({len(found)})"
        yield from (f"  {' '.join(line.split())}" for line in found)


def _head(one: NewHead) -> str:
    before = "、".join(thing.name for thing in one.before) or "–"
    return f"{one.body.name}：{before} → {one.head.name}" + (f"（{one.title}）" if one.title else "")


def _thing(thing: Thing) -> str:
    return f"{thing.name}（{thing.code}）" if thing.code else thing.name


def _facts(facts: Iterable[Fact], edition: Edition) -> Iterator[str]:
    for fact in facts:
        subject, object_ = (edition.things[iri].name for iri in (fact.subject, fact.object))
        title = f"（{fact.title}）" if fact.title else ""
        yield f"{subject} — {label(fact.relation, edition)}{title} → {object_}"


def _numbers(heading: str, more: Counter[str], less: Counter[str], changes: Changes) -> Iterator[str]:
    if not more and not less:
        return
    yield f"{heading} (+{more.total():,} −{less.total():,})"
    names = {one: label(one, changes.new, changes.old) for one in {*more, *less}}
    columns = max(map(width, names.values()))
    for one, name in sorted(names.items(), key=lambda pair: pair[1]):
        yield f"  {name}{' ' * (columns - width(name))}  +{more[one]:,} −{less[one]:,}"


def label(name: str, *editions: Edition) -> str:
    """What a kind or relation is called, in both languages."""
    known: Mapping[str, str] = next((one.labels[name] for one in editions if name in one.labels), {})
    return " ".join(known[language] for language in ("zh", "en") if language in known) or name
