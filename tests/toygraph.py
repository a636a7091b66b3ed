"""Small graphs made of values, for the tests of everything that comes after resolution."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from kg.config import Config
from kg.exports.turtle import write_turtle
from kg.graph import Graph
from kg.ids import entity_key
from kg.model import (
    Assertion,
    Claim,
    Document,
    Entity,
    Mention,
    Modality,
    Paragraph,
    Role,
    Sentence,
    Tenure,
)
from kg.rdf.folder import writing
from kg.rdf.graph import resources
from kg.rdf.store import write_store

TEXT = (
    "云岭省民政厅厅长甘雨田出席会议。\n"
    "云岭省民政厅与云岭省慈善联合会联合举办2024年云岭省社工宣传周启动仪式，发布《社区助老服务规范》。\n"
    "该规范由云岭省慈善联合会起草。\n"
    "云岭省民政厅将实施“暖阳行动”。\n"
    "原云岭省民政厅副厅长、现任云岭省慈善联合会会长钱可风致辞。"
)
SOURCE = "texts/第一期.txt"


def document(text: str = TEXT, *, source: str = SOURCE, title: str | None = "社工宣传周启动") -> Document:
    """A document of one body paragraph a line; the first stands on line 3 of its file."""
    paragraphs, at = [], 0
    for number, line in enumerate(text.split("\n")):
        paragraphs.append(Paragraph(start=at, stop=at + len(line), line=3 + number, role=Role.BODY))
        at += len(line) + 1
    return Document(
        id=hashlib.sha256(text.encode()).hexdigest()[:16],
        source=source,
        title=title,
        date="2024-03-19",
        publisher="云岭社工",
        text=text,
        paragraphs=tuple(paragraphs),
    )


def mention(paper: Document, name: str, kind: str, line: int) -> Mention:
    """The first place in a line that says `name`."""
    paragraph = paper.paragraphs[line]
    start = paper.text.index(name, paragraph.start, paragraph.stop)
    sentence = Sentence(document=paper, start=paragraph.start, stop=paragraph.stop, role=Role.BODY)
    return Mention(sentence=sentence, start=start, stop=start + len(name), kind=kind, name=name, rule=f"{kind}.named")


def entity(kind: str, name: str, *mentions: Mention, **more: object) -> Entity:
    """An entity whose key follows from its name and code."""
    code = more.get("code") if kind == "place" else None
    made = Entity(key=entity_key(kind, name, code=code and str(code)), kind=kind, name=name, mentions=mentions)
    return replace(made, **more)  # type: ignore[arg-type]


def fact(relation: str, subject: Entity, object_: Entity, line: int, paper: Document, **more: object) -> Assertion:
    """A fact with one claim, found in a line where both ends are named (else at its start)."""
    ends = []
    for end in (subject, object_):
        start = paper.paragraphs[line].start
        sentence = Sentence(document=paper, start=start, stop=paper.paragraphs[line].stop, role=Role.BODY)
        at = max(paper.text.find(end.name, start, sentence.stop), start)
        ends.append(Mention(sentence=sentence, start=at, stop=at, kind=end.kind, name=end.name, rule="toy.end"))
    title = more.get("title")
    heading = replace(ends[0], kind="title", name=str(title).removeprefix("副")) if title else None
    claim = Claim(
        relation=relation,
        subject=ends[0],
        object=ends[1],
        sentence=ends[0].sentence,
        rule=f"{relation}.toy",
        title=heading,
    )
    made = Assertion(subject=subject.key, relation=relation, object=object_.key, claims=(claim,), confidence=0.9)
    return replace(made, **more)  # type: ignore[arg-type]


def toy() -> Graph:
    """A small graph that holds every kind and every relation, planned and former facts, and a reference fact."""
    paper = document()
    country = entity("place", "中国")
    province = entity("place", "云岭省", code="990000")
    city = entity("place", "暖阳市", code="990100")
    bureau = entity(
        "organization",
        "云岭省民政厅",
        mention(paper, "云岭省民政厅", "organization", 0),
        aliases=("省民政厅",),
        subclass="GovernmentBody",
    )
    office = entity("organization", "云岭省民政厅慈善处")
    union = entity("organization", "云岭省慈善联合会", subclass="SocialOrganization")
    head, chair = entity("official", "甘雨田"), entity("official", "钱可风")
    ceremony = entity("event", "2024年云岭省社工宣传周启动仪式")
    plan = entity("program", "暖阳行动")
    norm = entity("standard", "社区助老服务规范", code="DB99/T 1234-2024", aliases=("《规范》",))
    notice = entity("standard", "关于“暖阳行动”的通知", code="云民发〔2024〕1号")
    facts = (
        fact("leads", head, bureau, 0, paper, title="厅长"),
        fact("holds_post", head, bureau, 0, paper, title="厅长", since="2024-03-19", until="2024-03-19"),
        fact("holds_post", head, union, 0, paper, title="名誉会长"),
        fact("participates_in", head, ceremony, 0, paper),
        fact("organizes", bureau, ceremony, 1, paper),
        fact("organizes", union, ceremony, 1, paper),
        fact("organizes", bureau, plan, 3, paper, modality=Modality.PLANNED),
        fact("cooperates_with", bureau, union, 1, paper),
        fact("issues", bureau, norm, 1, paper),
        fact("drafts", union, norm, 2, paper),
        fact("guides", bureau, union, 1, paper, modality=Modality.ONGOING),
        fact("establishes", bureau, union, 1, paper),
        fact("part_of", office, bureau, 0, paper),
        fact("located_in", bureau, province, 0, paper),
        fact("located_in", ceremony, city, 1, paper),
        fact("leads", chair, union, 4, paper, title="会长"),
        fact("holds_post", chair, union, 4, paper, title="会长"),
        fact("holds_post", chair, bureau, 4, paper, title="副厅长", tenure=Tenure.FORMER),
        fact("located_in", city, province, 0, paper, claims=(), reference=True, confidence=1.0),
        fact("located_in", province, country, 0, paper, claims=(), reference=True, confidence=1.0),
    )
    entities = (country, province, city, bureau, office, union, head, chair, ceremony, plan, norm, notice)
    return Graph(documents=(paper,), entities=entities, assertions=facts)


def build(graph: Graph, folder: Path) -> Path:
    """A built graph in `folder`, as far as RDF goes: the store and the Turtle file."""
    with writing(folder) as new:
        write_turtle(resources(graph, Config()), new / "graph.ttl", base=Config().base)
        write_store(new / "store", new / "graph.ttl")
    return folder
