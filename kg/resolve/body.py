"""A body of one document while its mentions are gathered."""

from __future__ import annotations

from kg.gazetteer import Division
from kg.model import Mention
from kg.resolve.bodynames import canonical, full_name


class Body:
    """What a document's mentions of one organization have told so far.

    `rest` is the canonical name after the division; `parent` the body whose section it
    is, where the discourse gave it. A `vague` body's name begins with a place that the
    text does not settle (市民政局, 鼓楼区民政局): no other document's is the same.
    """

    __slots__ = ("division", "mentions", "name", "parent", "rest", "vague")

    def __init__(self, name: str, division: Division | None, rest: str, parent: Body | None = None) -> None:
        self.name = name
        self.division = division
        self.rest = rest
        self.parent = parent
        self.vague = False
        self.mentions: list[Mention] = []

    @property
    def identity(self) -> str:
        """The name that two documents must share to speak of one body: 河南省 + 卫生健康委员会."""
        if self.division is None or self.rest.startswith(self.division.name):
            return self.rest
        return f"{full_name(self.division)}{self.rest}"

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)

    def first_before(self, offset: int) -> bool:
        """Whether the document speaks of it before `offset`."""
        return bool(self.mentions) and self.mentions[0].start < offset

    def last_before(self, offset: int) -> int:
        """Where its last mention before `offset` ends; -1 if there is none."""
        return max((m.stop for m in self.mentions if m.start < offset), default=-1)


def part_of(host: Body, text: str) -> Body:
    """教务处 of 某大学: the section's full name is both."""
    name = f"{host.name}{text}"
    return Body(name, host.division, canonical(name), parent=host)
