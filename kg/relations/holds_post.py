"""`holds_post`: an official holds a post, head or deputy, in an organization (`_posts`)."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Modality
from kg.relations._posts import posts
from kg.view import Link, View

RELATION = "holds_post"
NEEDS = ("title", "official", "organization")


def _links(view: View, frame: str) -> Iterator[Link]:
    for post in posts(view):
        if post.frame == frame:
            title = post.unit.title
            yield Link(post.person, post.unit.body, title.start, title, post.tenure, Modality.DONE)


def before_name(view: View) -> Iterator[Link]:
    """Title before name: 市民政局副局长张三; several posts of one person; one post of several people."""
    return _links(view, "before_name")


def after_name(view: View) -> Iterator[Link]:
    """Name before title: 张三（市民政局局长）, 张三副局长, a row 张三　市民政局局长."""
    return _links(view, "after_name")


def appointed(view: View) -> Iterator[Link]:
    """任命张三为局长, 张三任局长, 选举张三为会长, 主任由张三兼任."""
    return _links(view, "appointed")


def removed(view: View) -> Iterator[Link]:
    """免去张三的局长职务: a former post."""
    return _links(view, "removed")


def roster(view: View) -> Iterator[Link]:
    """组长：张三: the post that a roster's label names, in the body the roster belongs to."""
    return _links(view, "roster")


RULES = (before_name, after_name, appointed, removed, roster)
