"""Names of persons: where one that begins here ends, and where one that ends here began.

Chinese names have no capital letters and any length from two to four; how far one
reaches is weighed from what follows it, from the segmenter's boundaries, and from the
characters that occur in given names.
"""

from __future__ import annotations

import re

from kg.lexicon import lexicon
from kg.view import View

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇"
PAD = " \u3000"
CLOSERS = "，,。；;、）)（(：:！!？?\n”’」』〉》·—-－/／…"
NEVER_LAST = frozenset("等们的了某局署厅处")
BODY_ENDS = frozenset("会办村任省市县区镇")  # 高教办, 母亲会, 云湖县 before a post are no people; 张三任 took a post
NO_NAME = re.compile(r"第[一二三四五六七八九十\d]|.*[我你您她它该届]")  # 第五届, 从我校: in no name
SAYS = re.compile(r"[说說][：:]")  # 局长张浩说：“…”: no part of the name
DOTTED = re.compile(rf"[{HAN}]{{1,7}}(?:[·•・‧．.][{HAN}]{{1,10}})+")
PADDED = re.compile(rf"[{HAN}][{PAD}]{{1,3}}[{HAN}](?=[^{HAN}]|$|为|任|同志|等)")


def name_at(view: View, start: int, *, eager: bool = True) -> int | None:
    """End of the person's name that begins at `start`, or None.

    `eager` is for places where a name must stand (after a title): then a boundary of the
    segmenter is enough on the right; otherwise only punctuation or a word that
    follows names (同志, 表示, 出席) is.
    """
    text = view.text
    if dotted := DOTTED.match(text, start, view.stop):
        return _dotted_end(view, dotted.end())
    if (stop := _composed_end(view, start)) is not None:
        return stop
    if eager and (stop := _transcribed_end(view, start)) is not None:
        return stop
    surname = _surname(text, start, view.stop)
    if surname is None or any(place.start <= start < place.stop for place in view.of("place")):
        return None
    if eager and (stop := _married_end(view, start)) is not None:
        return stop
    if padded := PADDED.match(text, start, view.stop):
        return padded.end()
    best, best_score = None, 0.0
    for length in range(surname + 1, surname + 3):
        stop = start + length
        if stop > view.stop or not _could_be_name(text, start, stop, surname) or SAYS.match(text, stop - 1):
            continue
        score = _score(view, start, stop, surname, eager)
        if score > best_score:
            best, best_score = stop, score
    return best


def _dotted_end(view: View, stop: int) -> int:
    """依某江·扎某到会: the name ends at the first word that follows names."""
    dot = max(view.text.rfind(sign, view.start, stop) for sign in "·•・‧．.")
    for end in range(dot + 2, stop):
        if _followed(view, end) and end in view.token_starts:
            return end
    return stop


def _composed_end(view: View, start: int) -> int | None:
    """A name of Tibetan or Mongolian parts: 白玛次仁, 斯琴高娃, 巴特尔; closed by what follows names."""
    parts, stop, count = lexicon("name_parts"), start, 0
    ends: list[int] = []
    while count < 4 and (part := parts.longest_prefix(view.text, stop, view.stop)):
        stop, count = stop + len(part), count + 1
        alone = count > 1 or (len(part) > 2 and parts.entries[part]["language"] == "mongolian")
        if alone and _followed(view, stop):
            ends.append(stop)
    return ends[-1] if ends else None


def _transcribed_end(view: View, start: int) -> int | None:
    """A name of three and more characters that only transcribe sounds (阿依努尔), before a clear boundary."""
    stop = start
    while stop < view.stop and view.text[stop] in lexicon("transcription_chars"):
        stop += 1
    return stop if 3 <= stop - start <= 8 and (stop == view.stop or view.text[stop] in CLOSERS + PAD) else None


def _married_end(view: View, start: int) -> int | None:
    """冯戴云岚: a husband's surname before the full name, as in Hong Kong; before a clear boundary."""
    stop, surnames = start + 4, lexicon("surnames")
    if stop > view.stop or not all(view.text[at] in surnames for at in (start, start + 1)):
        return None
    given = all(char in lexicon("given_name_chars") for char in view.text[start + 2 : stop])
    called = any(lexicon("after_name").longest_prefix(view.text, at, stop) for at in (start + 2, start + 3))
    return stop if given and not called and start + 3 not in view.token_starts and _followed(view, stop) else None


def _married(view: View, start: int, stop: int) -> bool:
    """罗高明云女士: two surnames and a given name before a form of address."""
    if stop - start != 4 or not all(view.text[at] in lexicon("surnames") for at in (start, start + 1)):
        return False
    return view.text[stop : stop + 2] in ("女士", "太太", "夫人")


def _followed(view: View, stop: int) -> bool:
    closed = stop == view.stop or view.text[stop] in CLOSERS + PAD
    return closed or bool(lexicon("after_name").longest_prefix(view.text, stop, view.stop))


def name_before(view: View, stop: int) -> int | None:
    """Start of the person's name that ends at `stop`, or None: it must follow a clear boundary."""
    text = view.text
    for length in (4, 3, 2):
        start = stop - length
        if start < view.start or any(place.start <= start < place.stop for place in view.of("place")):
            continue
        surname = 2 if _married(view, start, stop) else _surname(text, start, stop)
        if surname is None or not 1 <= length - surname <= 2 or not _could_be_name(text, start, stop, surname):
            continue
        if text[stop - 1] in BODY_ENDS:
            continue
        opened = start == view.start or text[start - 1] in CLOSERS + PAD + "“‘" or _ends_with_opener(view, start)
        behind = _behind_body(view, start, length)
        if (opened or behind) and (behind or not _is_common_word(view, start, stop)):
            return start
    return None


def _behind_body(view: View, start: int, length: int) -> bool:
    """许宝丰 in 社会工作局许宝丰副局长: a long head noun before a full name outweighs the segmenter (局许)."""
    head = lexicon("organization_suffixes").longest_suffix(view.text, view.start, start)
    same = bool(head) and view.text[start - 1] == view.text[start + length : start + length + 1]  # 政权科张三丰科长
    return length == 3 and (same or len(head or "") > 2) and start not in view.token_starts


def _is_common_word(view: View, start: int, stop: int) -> bool:
    """区委, 班子: a word of the dictionary that is no name; or a piece cut out of words (关负责)."""
    if start not in view.token_starts:
        return True
    token = next(t for t in view.tokens if t.start == start)
    if token.stop > stop:
        return not token.tag.startswith("nr")
    common = token.tag in ("ns", "nt", "t") or (stop - start == 2 and token.tag not in ("nr", "nrt", "nz"))
    return token.stop == stop and common


def _surname(text: str, start: int, stop: int) -> int | None:
    if text[start : start + 2] in lexicon("compound_surnames") and start + 3 <= stop:
        return 2
    return 1 if text[start : start + 1] in lexicon("surnames") else None


def _could_be_name(text: str, start: int, stop: int, surname: int) -> bool:
    word = text[start:stop]
    if not re.fullmatch(rf"[{HAN}]+", word) or NO_NAME.match(word):
        return False
    bodies = lexicon("organization_suffixes")
    if word in bodies or (word[0] in lexicon("relative_starts") and word[1:] in bodies) or word[-1] in NEVER_LAST:
        return False
    traps = lexicon("not_names")
    if any(word[:end] in traps for end in range(2, len(word) + 1)):
        return False
    return not any(word[begin:] in lexicon("titles") for begin in range(len(word) - 1))


def _score(view: View, start: int, stop: int, surname: int, eager: bool) -> float:
    text, score = view.text, 0.0
    if stop == view.stop or text[stop] in CLOSERS + PAD:
        score += 3
    elif word := lexicon("after_name").longest_prefix(text, stop, view.stop):
        score += 2.5 if len(word) > 1 or stop in view.token_starts else 1.5
    elif not eager:
        return 0.0
    if stop in view.token_starts:
        score += 1
    if all(char in lexicon("given_name_chars") for char in text[start + surname : stop]):
        score += 0.6
    if stop - start == surname + 2:
        score += 0.5
    return score if score >= 1.5 else 0.0


def _ends_with_opener(view: View, start: int) -> bool:
    """Where a name may begin in mid-sentence: after 由, 任命, 其中, and directly after a body (民政局张三局长)."""
    if lexicon("before_name").longest_suffix(view.text, view.start, start):
        return True
    head = lexicon("organization_suffixes").longest_suffix(view.text, view.start, start) or ""
    return len(head) > 1 or (bool(head) and start in view.token_starts)
