"""The values that flow through the pipeline.

All are frozen, slotted and keyword-only. Offsets are half-open ranges of code
points into `Document.text`, the cleaned text: for every span,
`document.text[start:stop]` is what the span says.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ORGANIZATION, OFFICIAL, PLACE = "organization", "official", "place"
PROGRAM, STANDARD, EVENT = "program", "standard", "event"
TITLE = "title"  # titles of posts are mentions that carry a claim, never entities


class Role(StrEnum):
    """What a paragraph is for in its document."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    ROW = "row"  # a line of a list or table, e.g. 组长：王伟　某局局长
    CAPTION = "caption"
    SOURCE = "source"  # (据…) 来源：… 供稿：…
    META = "meta"  # dates, page furniture, 打印 关闭: kept in the text, never read for facts


class Modality(StrEnum):
    """How the text presents a fact; only DONE and ONGOING become straight triples."""

    DONE = "done"
    ONGOING = "ongoing"
    PLANNED = "planned"  # 将, 拟, 下一步
    CALLED_FOR = "called-for"  # 要, 应, 强调
    DENIED = "denied"  # 未, 不再, 取消


class Tenure(StrEnum):
    """Whether a post is held at the time of the text."""

    CURRENT = "current"
    FORMER = "former"  # 原, 时任, 免去
    COMING = "coming"  # 拟任, 候任


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph of a document: a span of its text, and the line of the source file it begins on."""

    start: int
    stop: int
    line: int  # 1-based
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article. A file that holds several articles is read into several documents."""

    id: str  # the first 16 hex digits of SHA-256 of the text
    source: str  # path of the file, as given, with forward slashes
    title: str | None
    date: str | None  # ISO 8601, as precise as the text is: 2025, 2025-04, 2025-04-09
    publisher: str | None
    text: str  # paragraphs joined by "\n"
    paragraphs: tuple[Paragraph, ...]

    def __hash__(self) -> int:  # the id is made from the text: no need to hash it again
        return hash((self.id, self.source))

    def line_of(self, offset: int) -> int:
        """The 1-based source line of the paragraph that holds `offset`."""
        line = 1
        for paragraph in self.paragraphs:
            if paragraph.start > offset:
                break
            line = paragraph.line
        return line


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence, or a whole heading, row or caption."""

    document: Document
    start: int
    stop: int
    role: Role

    def __hash__(self) -> int:
        return hash((self.start, self.stop))

    @property
    def text(self) -> str:
        return self.document.text[self.start : self.stop]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span that names an entity (or a title of a post).

    An ellipsis (`start == stop`, empty `name`) stands for an entity that the
    sentence leaves out (会长张三: of which body?); `resolve` finds it or drops it.
    """

    sentence: Sentence
    start: int
    stop: int
    kind: str
    name: str  # normal form: padding and quotation marks removed
    rule: str  # "organization.named", "official.after_title", …

    def __hash__(self) -> int:
        return hash((self.start, self.stop, self.kind, self.rule))

    @property
    def text(self) -> str:
        return self.sentence.document.text[self.start : self.stop]

    @property
    def is_ellipsis(self) -> bool:
        return self.start == self.stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence says that subject and object stand in a relation."""

    relation: str  # "leads", "holds_post", …: the guideline's ids
    subject: Mention
    object: Mention
    sentence: Sentence
    rule: str  # "leads.head_before_name"
    modality: Modality = Modality.DONE
    title: Mention | None = None  # for holds_post and leads
    tenure: Tenure = Tenure.CURRENT
    date: str | None = None  # ISO 8601, as precise as the text is


class Verdict(StrEnum):
    """What a user states of what the program found."""

    WRONG = "wrong"  # this fact is wrong
    RIGHT = "right"  # this fact is right
    ONE = "one"  # these two are one
    TWO = "two"  # these are two
    NAME = "name"  # this is its full name


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a user states, by names that outlive a rebuild: see docs/corrections.md."""

    verdict: Verdict
    subject: str  # a name, or kind/name, or kind/name/owner
    relation: str | None = None  # for facts
    object: str  # the other entity; for NAME the full name itself
    title: str | None = None  # of a post; None: whatever the title
    by: str  # who says so
    on: str  # ISO 8601
    note: str | None = None
    line: int = 0  # of the file, 1-based

    def __str__(self) -> str:
        said = [self.subject, self.relation, self.object, f"({self.title})" if self.title else None]
        return " ".join(part for part in (self.verdict.value, *said) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """What mentions refer to: within one document, or in the whole graph.

    `key` identifies it there: for a graph, the path of its IRI below the base
    (organization/河北省委社会工作部, place/410000).
    """

    key: str
    kind: str
    name: str  # the fullest form supported
    aliases: tuple[str, ...] = ()  # every other surface form, sorted
    code: str | None = None  # division code of a place, number of a standard
    subclass: str | None = None  # local name of a subclass in the ontology, e.g. GovernmentBody
    mentions: tuple[Mention, ...] = ()
    corrections: tuple[Correction, ...] = ()  # that made it what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """A fact of the graph: two entities in a relation, with the claims that say so."""

    subject: str  # Entity.key
    relation: str
    object: str  # Entity.key
    claims: tuple[Claim, ...]  # never empty, except for facts of the gazetteer or of a user
    confidence: float
    modality: Modality = Modality.DONE
    tenure: Tenure = Tenure.CURRENT
    title: str | None = None  # as written
    since: str | None = None  # first and last date at which the sources show it
    until: str | None = None
    reference: bool = False  # True: from the gazetteer (常德市 in 湖南省), not from a text
    corrections: tuple[Correction, ...] = ()  # what a user says of it

    @property
    def is_wrong(self) -> bool:
        """Whether a user says that this is no fact; the last word counts."""
        return bool(self.corrections) and self.corrections[-1].verdict is Verdict.WRONG


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read in one document: what `resolve` makes of its mentions and claims."""

    document: Document
    entities: tuple[Entity, ...]
    assertions: tuple[Assertion, ...]  # ends are keys of `entities`
