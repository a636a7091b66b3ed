"""Head nouns of bodies: 民政局, 协会, 有限公司; and what only looks like one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from kg.lexicon import lexicon
from kg.view import View

NOUNS = frozenset("njl")  # tags of words that can end a name: 民政局 n, 妇联 j

OBJECTS = frozenset("rmqu")  # tags of words that begin what a verb is about: 办这样的, 办一场, 办了


@dataclass(frozen=True, slots=True)
class Head:
    """A head noun found in the text."""

    start: int
    stop: int
    strong: bool
    kind: str  # the subclass it makes: GovernmentBody, School …


def heads(view: View) -> tuple[Head, ...]:
    """The longest head noun for each place in the sentence at which one ends, by stop."""
    if "heads" not in view.memo:
        view.memo["heads"] = tuple(_heads(view))
    found: tuple[Head, ...] = view.memo["heads"]
    return found


def _heads(view: View) -> Iterator[Head]:
    found: dict[int, Head] = {}
    for hit in view.all_hits("organization_suffixes"):
        if hit.stop > view.stop or (hit.stop in found and found[hit.stop].start <= hit.start):
            continue
        found[hit.stop] = Head(hit.start, hit.stop, hit.fields["strength"] == "strong", hit.fields["class"])
    yield from (found[stop] for stop in sorted(found) if _stands(view, found[stop]))


def _stands(view: View, head: Head) -> bool:
    """Not a piece of a longer word: 部 of 部门, 局 of 局长, 处 of 处理."""
    text, last = view.text, head.stop - 1
    for title in view.of("title"):
        if title.start < head.stop and head.start < title.stop:
            return title.start == last and _shares_last(text, title.start, title.stop, head)
    if len(lexicon("not_heads").longest_suffix(text, view.start, head.stop) or "") >= head.stop - head.start:
        return False
    trapped = lexicon("suffix_traps").longest_prefix(text, last, view.stop) and head.stop not in view.token_starts
    if trapped and head.stop - head.start == 1 and text[head.stop : head.stop + 1] not in "长長":
        return False  # 办 of 办理事项, which looks like 理事
    if named_after(view, head.stop):
        return True
    if any(stem.start < head.stop < stem.stop for stem in view.hits("body_stems")):
        return False  # 司 in 内务司法委员会
    if text[head.start : head.stop] in lexicon("heads_before_titles"):
        return False
    if trapped or head.stop in _verb_ends(view):
        return False
    if text[head.stop : head.stop + 1] == "长" and head.stop not in view.token_starts:
        return False  # 社会工作部长会议
    if head.stop - head.start > 2:
        return True
    at = bisect_left(view.tokens, head.stop, key=lambda token: token.start)
    token = view.tokens[at - 1]
    following = next((t for t in view.tokens[at : at + 1] if t.start == head.stop), None)
    if token.start == last and token.tag[0] == "v" and following is not None and following.tag[0] in OBJECTS:
        return False  # 第一次办这样的大赛
    if token.stop == head.stop:
        return head.stop - head.start > 1 or token.start == last or token.tag[0] in NOUNS
    return token.start < last or _begins_something(view, head.stop)


def _verb_ends(view: View) -> frozenset[int]:
    """Where verbs of two and more characters end, and inside them: 办 of 主办 is no office."""
    if "verb_ends" not in view.memo:
        spans = [h for h in view.hits("boundary_words") if len(h.word) > 1 and not protected(view, h.start)]
        view.memo["verb_ends"] = frozenset(at for h in spans for at in range(h.start + 1, h.stop + 1))
    found: frozenset[int] = view.memo["verb_ends"]
    return found


def protected(view: View, offset: int) -> bool:
    """Inside a fixed part of a name: 和 of 发展和改革, 联合 of 联合会."""
    if "protected" not in view.memo:
        spans = [range(h.start, h.stop) for h in view.hits("body_stems") if len(h.word) > 2]
        spans += [range(h.start, h.stop) for h in view.hits("organization_suffixes") if len(h.word) > 2]
        spans += [range(h.start, h.stop) for h in view.hits("central_bodies")]
        view.memo["protected"] = frozenset(offset for span in spans for offset in span)
    return offset in view.memo["protected"]


def _shares_last(text: str, start: int, stop: int, head: Head) -> bool:
    """组织部长, 教务处长: the last character of the body is the first of the title."""
    whole = lexicon("organization_suffixes").longest_suffix(text, max(0, start - 6), start)
    if whole and start - len(whole) <= head.start:
        return False  # 某大学校长 heads the 大学, 社会处长 the 社会处 and no 社会
    named = head.stop - head.start >= 2 or lexicon("body_stems").longest_suffix(text, max(0, start - 12), head.start)
    return stop - start == 2 and text[start + 1] in "长長" and bool(named)  # 民政局长: 局 after a field of work


def _begins_something(view: View, offset: int) -> bool:
    return bool(
        lexicon("boundary_words").longest_prefix(view.text, offset, view.stop)
        or lexicon("person_roles").longest_prefix(view.text, offset, view.stop)
    )


def named_after(view: View, stop: int) -> bool:
    """Whether a title begins where the head noun ends, or shares its last character."""
    return any(title.start in (stop, stop - 1) for title in view.of("title"))
