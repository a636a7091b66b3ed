"""What a sentence leaves out: 会长张三 (of which body?), 省民政厅主办 (what?)."""
from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.lexicon import lexicon
from kg.model import EVENT, ORGANIZATION, Claim, Document, Entity, Mention
from kg.resolve.organizations import Bodies


class Discourse:
    """What a document speaks of, and where."""

    def __init__(
        self, document: Document, bodies: Bodies, mentions: Sequence[Mention], entities: Mapping[Mention, Entity]
    ) -> None:
        self.document = document
        self.bodies = bodies
        self.entities = entities
        self.events = [m for m in sorted(mentions, key=lambda m: m.start) if m.kind == EVENT and m in entities]
        self.orgs = [m for m in sorted(bodies.of, key=lambda m: m.start) if m in entities]

    def fill(self, claim: Claim, ellipsis: Mention) -> Entity | None:
        """The entity an ellipsis stands for, or None where the document does not tell."""
        if ellipsis.kind == EVENT:
            return self._event(ellipsis)
        if ellipsis.kind == ORGANIZATION and claim.title is not None:
            return self._host(claim.title)
        if ellipsis.kind == ORGANIZATION:
            return self._last(self.orgs, ellipsis.start)
        return None

    def _event(self, ellipsis: Mention) -> Entity | None:
        return self._last(self.events, ellipsis.start) or (self.entities[self.events[0]] if self.events else None)

    def _last(self, mentions: Sequence[Mention], offset: int) -> Entity | None:
        before = [m for m in mentions if m.stop <= offset]
        return self.entities[before[-1]] if before else None

    def _host(self, title: Mention) -> Entity | None:
        """The body spoken of last that can have such a post: 院长 a school, 局长 a bureau."""
        head = lexicon("title_hosts").longest_suffix(title.name, 0, len(title.name))
        if head is None:
            return None
        tails = tuple(lexicon("title_hosts").entries[head]["hosts"].split("|"))
        fits = [m for m in self.orgs if self.entities[m].name.endswith(tails)]
        before = [m for m in fits if m.start < title.start]
        if before:
            return self.entities[before[-1]]
        names = {self.entities[m].key: self.entities[m] for m in fits}
        return next(iter(names.values())) if len(names) == 1 else None
