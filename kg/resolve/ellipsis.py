"""What a sentence leaves out: 会长张三 (of which body?), 省民政厅主办 (what?)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.lexicon import lexicon
from kg.model import EVENT, ORGANIZATION, PROGRAM, STANDARD, Claim, Entity, Mention
from kg.resolve import events


class Discourse:
    """What a document speaks of, and where."""

    def __init__(
        self,
        mentions: Sequence[Mention],
        entities: Mapping[Mention, Entity],
        claims: Iterable[Claim],
        publisher: Entity | None,
    ) -> None:
        self._entities = entities
        ordered = [m for m in sorted(mentions, key=lambda m: (m.start, m.stop)) if m in entities]
        told = [m for m in ordered if m.kind == EVENT]
        self._events = [m for m in told if not events.is_aside(m)] or told
        self._standards = [m for m in ordered if m.kind == STANDARD]
        self._programs = [m for m in ordered if m.kind == PROGRAM]
        self._bodies = [m for m in ordered if m.kind == ORGANIZATION]
        self._publisher = publisher
        self._posts = {
            _post(claim): entities[claim.object] for claim in claims if claim.title and claim.object in entities
        }

    def fill(self, claim: Claim, ellipsis: Mention) -> Entity | None:
        """The entity an ellipsis stands for, or None where the document does not tell."""
        if ellipsis.kind == EVENT:
            return self._event(ellipsis)
        if ellipsis.kind == STANDARD:  # what a cover or a preface speaks of is the document named first
            return self._entities[self._standards[0]] if self._standards else None
        if ellipsis.kind == PROGRAM:
            return self._last(self._programs, ellipsis.start)
        if ellipsis.kind != ORGANIZATION:
            return None
        if claim.title is None:
            return self._last(self._bodies, ellipsis.start)
        return self._posts.get(_post(claim)) or self._host(claim.title)

    def _event(self, ellipsis: Mention) -> Entity | None:
        first = self._entities[self._events[0]] if self._events else None
        return self._last(self._events, ellipsis.start) or first

    def _last(self, mentions: Sequence[Mention], offset: int) -> Entity | None:
        before = [m for m in mentions if m.stop <= offset]
        return self._entities[before[-1]] if before else None

    def _host(self, title: Mention) -> Entity | None:
        """The body spoken of last that can have such a post: 院长 a school, 局长 a bureau."""
        head = lexicon("title_hosts").longest_suffix(title.name, 0, len(title.name))
        if head is None:
            return None
        tails = tuple(lexicon("title_hosts").entries[head]["hosts"].split("|"))
        fits = [m for m in self._bodies if _may_host(self._entities[m].name, tails)]
        before = [m for m in fits if m.start < title.start]
        if before:
            return self._entities[before[-1]]
        if self._publisher is not None and self._publisher.name.endswith(tails):
            return self._publisher
        names = {self._entities[m].key: self._entities[m] for m in fits}
        return next(iter(names.values())) if len(names) == 1 else None


def _may_host(name: str, tails: tuple[str, ...]) -> bool:
    """兵团 is no 团: its regiments have a 团长, it has none."""
    return name.endswith(tails) and not (name.endswith("兵团") and "兵团" not in tails)


def _post(claim: Claim) -> tuple[str, str]:
    """Who, and the word of the post: 潘某局长 later is who was 某局局长 before."""
    name = claim.title.name if claim.title else ""
    return claim.subject.name, lexicon("titles").longest_suffix(name, 0, len(name)) or name
