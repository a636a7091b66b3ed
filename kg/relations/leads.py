"""`leads`: an official heads an organization (never a deputy); a body leads another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.model import ORGANIZATION, Modality
from kg.relations._posts import is_head, posts
from kg.view import Link, View

RELATION = "leads"
NEEDS = ("title", "official", "organization", "program", "standard", "event")

UNDER = re.compile(r"在[^，。；]{2,40}?(?P<verb>领导|牵头)下")


def _heads(view: View, *frames: str) -> Iterator[Link]:
    for post in posts(view):
        if post.frame in frames and is_head(post.unit.title):
            title = post.unit.title
            yield Link(post.person, post.unit.body, title.start, title, post.tenure, Modality.DONE)


def head_before_name(view: View) -> Iterator[Link]:
    """A head's title before the name: 市民政局局长张三."""
    return _heads(view, "before_name")


def head_after_name(view: View) -> Iterator[Link]:
    """A head's title after the name: 张三（市民政局局长）."""
    return _heads(view, "after_name")


def head_appointed(view: View) -> Iterator[Link]:
    """A head appointed, elected or removed: 任命张三为局长, 免去张三的局长职务."""
    return _heads(view, "appointed", "removed")


def head_in_roster(view: View) -> Iterator[Link]:
    """A head's label in a roster: 组长：张三."""
    return _heads(view, "roster")


def under_leadership(view: View) -> Iterator[Link]:
    """One body stands under another: 联席会议是在省委领导小组领导下设立的."""
    for match in view.find(UNDER):
        leaders = [m for m in view.of(ORGANIZATION) if match.start() < m.start and m.stop == match.start("verb")]
        led = [m for m in view.of(ORGANIZATION) if m.stop <= match.start()]
        if leaders and led:
            leader = min(leaders, key=lambda m: m.start)
            yield Link(leader, led[0], match.start("verb"))


RULES = (head_before_name, head_after_name, head_appointed, head_in_roster, under_leadership)
