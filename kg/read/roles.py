"""Roles: what each part is for in its article, now that its neighbours are known."""

from __future__ import annotations

import re

from kg.model import Role
from kg.read.dates import first_date
from kg.read.digest import Article, Part, is_loose_caption
from kg.read.lines import is_masthead
from kg.read.looks import Look
from kg.read.particulars import fields
from kg.read.patterns import BULLETS, NUMBERED, columns, ended, title_like

_PLAIN = {Look.META: Role.META, Look.SOURCE: Role.SOURCE, Look.CAPTION: Role.CAPTION, Look.BODY: Role.BODY}
_ASIDE = (Look.META, Look.CAPTION, Look.SOURCE)
_ROSTER = 300  # a list under one label is no longer than this
_CHAPTER = re.compile(r"第?[一二三四五六七八九十]{1,3}(?:、|[章节部])|[（(][一二三四五六七八九十]{1,3}[）)]")


def roles_of(article: Article) -> tuple[Role, ...]:
    """The role of each part of an article."""
    parts, front = article.parts, article.front
    body = _head_end(article)
    roles = [Role.META] * front
    roles += _head(parts, front, body)
    roles += [_role(parts, i) for i in range(body, len(parts))]
    listed = _lists(parts, body)
    roles = [Role.ROW if i in listed else role for i, role in enumerate(roles)]
    return tuple(_signed(parts, roles))


def _head_end(article: Article) -> int:
    """Where the head (titles, particulars) ends and the article's text begins."""
    parts, front = article.parts, article.front
    for i in range(front, len(parts)):
        look, text = parts[i].look, parts[i].text
        if look is Look.ITEM and i == front and i + 1 < len(parts) and article.begun:
            continue
        if look in (Look.BODY, Look.ITEM) and not (i > front and _in_brackets(text)):
            return i
        if look is Look.ROW and (not title_like(text) or _titled(parts[front:i])):
            return i
    return len(parts)


def _titled(parts: tuple[Part, ...]) -> bool:
    return any(part.look in (Look.SHORT, Look.ROW) and not _is_letterhead(part.text) for part in parts)


def _head(parts: tuple[Part, ...], front: int, stop: int) -> list[Role]:
    """Mastheads and kickers are particulars; the first other line is the title, its neighbours belong to it."""
    roles: list[Role] = []
    for i in range(front, stop):
        part = parts[i]
        if part.look in (Look.META, Look.SOURCE, Look.CAPTION):
            roles.append(_PLAIN[part.look])
        elif Role.TITLE not in roles:
            later = [p for p in parts[i + 1 : stop] if p.look in (Look.SHORT, Look.ROW) and title_like(p.text)]
            kicker = later and (_is_letterhead(part.text) or _is_kicker(part, later[0], parts[stop - 1]))
            roles.append(Role.META if kicker else Role.TITLE)
        elif _in_brackets(part.text) and part.text[0] in "（(":
            roles.append(Role.BODY)
        elif part.text[0] in "—-" or (part.block.gap == 0 and roles[-1] is Role.TITLE and not _bracket_head(part)):
            roles.append(Role.TITLE)
        else:
            roles.append(Role.HEADING)
    return roles


def _is_letterhead(text: str) -> bool:
    """Whether a line is a newsletter's name or the head of an official paper (某某局文件)."""
    return is_masthead(text) or (text.endswith("文件") and len(text) <= 24)


def _is_kicker(part: Part, later: Part, last: Part) -> bool:
    """Whether a line is the name of a column over the title: short, apart, a longer line over the particulars."""
    return len(part.text) <= 8 and len(later.text) > 10 and later.block.gap > 0 and last.look is Look.META


def _in_brackets(text: str) -> bool:
    return text[0] in "（(【" and text[-1] in "）)】" and ended(text)


def _bracket_head(part: Part) -> bool:
    return part.text[0] in "【["


def _role(parts: tuple[Part, ...], i: int) -> Role:
    part = parts[i]
    if part.look in _PLAIN:
        if part.look is Look.BODY and _under_picture(parts, i):
            return Role.CAPTION
        return Role.ROW if part.look is Look.BODY and _closes_list(parts, i) else _PLAIN[part.look]
    if is_loose_caption(parts, i):
        return Role.CAPTION
    if part.look is Look.ITEM:
        headed = _CHAPTER.match(part.text) or part.text[0] in BULLETS
        return Role.HEADING if headed and i + 1 < len(parts) and not _siblings(parts, i) else Role.ROW
    if part.look is Look.ROW:
        return Role.HEADING if _lone_columns(parts, i) else Role.ROW
    if part.block.gap == 0 and i and _in_roster(parts, i):
        return Role.ROW
    following = next((p.look for p in parts[i + 1 : i + 8] if p.look not in _ASIDE), None)
    return Role.HEADING if following in (Look.BODY, Look.ROW, Look.ITEM, Look.SHORT) else Role.ROW


def _in_roster(parts: tuple[Part, ...], i: int) -> bool:
    """Whether short lines right above go back to a row (组长：) without a gap."""
    for k in range(i - 1, max(-1, i - _ROSTER), -1):
        if parts[k].look is Look.ROW:
            return True
        if parts[k].look is not Look.SHORT or parts[k].block.gap:
            return False
    return False


def _under_picture(parts: tuple[Part, ...], i: int) -> bool:
    """Whether a line in brackets stands under the bare number of a picture."""
    return i > 0 and parts[i - 1].text.isdigit() and _in_brackets(parts[i].text) and len(parts[i].text) <= 50


def _closes_list(parts: tuple[Part, ...], i: int) -> bool:
    """Whether a line with a full stop is the last of rows that end in semicolons."""
    before, part = parts[i - 1] if i else parts[i], parts[i]
    return len(part.text) <= 60 and before.text[-1] in "；;" and before.look is Look.ROW and part.block.gap == 0


def _siblings(parts: tuple[Part, ...], i: int) -> bool:
    """Whether a numbered line has a numbered line of its kind beside it: then they are a list."""
    style = _style(parts[i])
    return any(0 <= k < len(parts) and parts[k].look is Look.ITEM and _style(parts[k]) == style for k in (i - 1, i + 1))


def _style(part: Part) -> str:
    found = NUMBERED.match(part.text)
    return re.sub(r"\d+", "1", re.sub(r"[一二三四五六七八九十]+", "一", found[0])) if found else ""


def _lone_columns(parts: tuple[Part, ...], i: int) -> bool:
    """Whether a line with wide space in it is no row but a heading in two halves."""
    part = parts[i]
    if not title_like(part.text) or not columns(part.text) or "：" in part.text or i + 1 >= len(parts):
        return False
    before = parts[i - 1] if i else part
    return before.look is not Look.ROW and before.text[-1] not in "：:" and parts[i + 1].look is Look.BODY


def _lists(parts: tuple[Part, ...], start: int) -> frozenset[int]:
    """Short lines that stand close together, three or more: a list, under its heading if it has one."""
    found: set[int] = set()
    i = start
    while i < len(parts):
        stop = i
        while stop < len(parts) and _listable(parts[stop]) and (stop == i or parts[stop].block.gap == 0):
            stop += 1
        if stop - i >= 3:
            head = parts[i].look is Look.SHORT and (parts[i].block.gap > 0 or i == start) and len(parts[i].text) <= 10
            found.update(range(i + head, stop))
        i = max(stop, i + 1)
    return frozenset(found)


def _listable(part: Part) -> bool:
    return part.look in (Look.SHORT, Look.ROW) and len(part.text) <= 60 and not _bracket_head(part)


def _signed(parts: tuple[Part, ...], roles: list[Role]) -> list[Role]:
    """With the signature after the text (who, then when) made a source."""
    start = roles.index(Role.BODY) if Role.BODY in roles else len(roles)
    for i in range(start + 1, len(parts)):
        dated = roles[i] is Role.META and len(parts[i].text) < 24 and not fields(parts[i].text)
        last = i + 1 == len(parts) and parts[i].block.indent >= 16
        if last or (dated and first_date(parts[i].text)):
            k = i if last and not dated else i - 1
            while k > start and _signature(parts[k], roles[k]):
                roles[k] = Role.SOURCE
                k -= 1
    return roles


def _signature(part: Part, role: Role) -> bool:
    """Whether a line is the name, or the names, under a paper."""
    plain = part.look is Look.SHORT or (part.look is Look.ROW and part.block.indent >= 16 and "：" not in part.text)
    return role in (Role.ROW, Role.HEADING) and plain and len(part.text) <= 40
