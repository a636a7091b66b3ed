"""Forms of one event within one text: its full name, 揭牌仪式, 会议, 大会上."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kg.kinds._patterns import worded
from kg.lexicon import lexicon
from kg.model import EVENT, ORGANIZATION, Document, Mention, Role
from kg.recognisers.short_forms import declarations
from kg.resolve import standards

NAMED, BARE, REFERENCE = "event.named", "event.bare_form", "event.reference"
SHORT = "short_form"  # proposed wherever a short form that the text declares stands again
MARKS = re.compile(r"[“”\"‘’'「」『』《》〈〉\s　·•・—－-]")
DIGITS = "一二三四五六七八九十"
COUNT = re.compile(
    rf"首[届次]|第[\d{DIGITS}百]+[届次期]|\d{{4}}(?:[—\-]\d{{4}})?年度?"
    rf"|[{DIGITS}]+届(?:[{DIGITS}]+次)?|[{DIGITS}]+次(?=[会全代])"
)
OWNED = r"«event_owned_words»|^发布会$"
THIS = r"«event_demonstratives»$"
RELEASE, PUBLISHED = "发布会", "发布"
STAGE = r"«event_stages»$"
VERB = r"«event_holding_verbs»"
PART = re.compile(r"[开闭结開閉結]")  # 开幕式, 闭幕式, 结业式: of something else
VENUE = re.compile(r"[在于][^，。；]{0,20}$")
ASIDE = (
    r"«event_aside_verbs»(?:(?!«event_holding_verbs»)[^，。；\n]){0,20}$"
    r"|(?:将|拟|即将|定于)[^，。；\n]{0,24}«event_held_verbs»的?$"
)
REFERRED = r"(?:、[^，。；\n]{2,24}?)?(?:上|中)?的?(?:有关|相关)?«event_aside_words»"
TOLD = r"[）)]?«event_held_adverbs»*(?:[在于][^，。；]{1,40}?)?«event_held_adverbs»*«event_held_verbs»"
HOLDS = r"«event_holding_verbs»[^，。；]{0,30}$"
FOUNDED = r"[”」]?(?:[（(][^（）()]*[）)])?[^，。；\n]{0,4}?«event_founding_words»"


def article_events(document: Document, mentions: Iterable[Mention]) -> dict[Mention, Mention | None]:
    """For each event mention of one text the mention that names the same event in full; None where nothing does.

    A named mention stands for itself or for a longer form of itself; a bare form (揭牌仪式)
    for the named one that ends with it, or for itself where `owner` knows whose it is;
    a reference (会议, 仪式上) for the nearest event before it that it can mean.
    """
    everything = tuple(mentions)
    events = sorted((m for m in everything if m.kind == EVENT), key=lambda m: (m.start, -m.stop))
    groups = _named_groups([m for m in events if m.rule not in (BARE, REFERENCE, SHORT)])
    _add_bare(document, events, everything, groups)
    if all(is_aside(group[0]) for group in groups):
        _add_only(document, events, everything, groups)
    _add_declared(document, events, groups)
    found: dict[Mention, Mention | None] = {m: _fullest(group) for group in groups for m in group}
    for mention in events:
        if mention.rule == REFERENCE:
            found[mention] = _antecedent(document, mention, found)
        elif mention.rule == BARE and mention not in found and _is_of_another(document, mention):
            found[mention] = _whole(mention, found)
        else:
            found.setdefault(mention, None)
    return found


def owner(document: Document, mentions: Iterable[Mention], event: Mention) -> Mention | None:
    """Whose gathering a bare form is: 甲学院举行成立大会; 为甲中心揭牌 … 揭牌仪式上; 《甲指南》发布 … 发布会上."""
    if event.text == RELEASE:
        return _released(document, mentions)
    bodies = [m for m in mentions if m.kind == ORGANIZATION and not m.is_ellipsis]
    sentence = event.sentence
    before = [m for m in bodies if sentence.start <= m.start and m.stop <= event.start]
    for body in sorted(before, key=lambda m: -m.stop):
        between = document.text[body.stop : event.start]
        if worded(VERB).search(between) and not VENUE.search(document.text[sentence.start : body.start]):
            return body
    if worded("«event_founding_words»").search(event.text):
        return next((m for m in bodies if worded(FOUNDED).match(document.text, m.stop)), None)
    return None


def _released(document: Document, mentions: Iterable[Mention]) -> Mention | None:
    """The one document of the text that is said to come out."""
    groups = standards.groups(document, mentions)
    out = [group[0] for group in groups if any(PUBLISHED in m.sentence.text for m in group)]
    return out[0] if len(out) == 1 else None


def full_name(
    document: Document, mentions: Iterable[Mention], event: Mention, name_of: Callable[[Mention], str]
) -> str:
    """The full name of a canonical event mention; `name_of` tells the full name of an organization's or document's."""
    whose = owner(document, mentions, event) if needs_owner(event) else None
    own_words = len(key(event.name)) > len(event.text) and not worded(OWNED).search(event.text)
    return event.name if whose is None or own_words else owned_name(name_of(whose), event.text)


def owned_name(owner_name: str, form: str) -> str:
    """甲学院 + 成立大会 → 甲学院成立大会."""
    return form if form.startswith(owner_name) else owner_name + form


def needs_owner(event: Mention) -> bool:
    """Whether the full name of an event is its owner's name and this form."""
    return event.rule == BARE


def _named_groups(named: list[Mention]) -> list[list[Mention]]:
    groups: list[list[Mention]] = []
    for mention in sorted(named, key=lambda m: (-len(key(m.name)), m.start)):
        home = next((g for g in groups if same_event(mention.name, g[0].name)), None)
        if home is None:
            groups.append([mention])
        else:
            home.append(mention)
    return groups


def _add_bare(
    document: Document, events: list[Mention], everything: tuple[Mention, ...], groups: list[list[Mention]]
) -> None:
    for mention in (m for m in events if m.rule == BARE):
        homes = [g for g in groups if any(_is_tail(mention.text, m.name) for m in g)]
        again = [g for g in groups if g[0].rule == BARE and key(g[0].text) == key(mention.text)]
        if homes := homes or again:
            _nearest_group(mention, homes).append(mention)
        elif worded(OWNED).search(mention.text) and owner(document, everything, mention):
            groups.append([mention])


def _add_only(
    document: Document, events: list[Mention], everything: tuple[Mention, ...], groups: list[list[Mention]]
) -> None:
    """A text that names no gathering may still tell of one: 举行志愿服务启动仪式 … 启动仪式上."""
    bare = [m for m in events if m.rule == BARE]
    wide = [m for m in bare if len(key(m.name)) >= len(m.text) + 2]
    told = [m for m in wide if m.sentence.role is Role.TITLE or worded(TOLD).match(document.text, m.stop)]
    told += [m for m in wide if worded(HOLDS).search(document.text[m.sentence.start : m.start])]
    if told := told or [m for m in bare if not PART.match(m.text) and owner(document, everything, m)]:
        first = min(told, key=lambda m: m.start)
        groups.append([first, *(m for m in bare if m != first and _is_tail(m.text, first.name))])


def _add_declared(document: Document, events: list[Mention], groups: list[list[Mention]]) -> None:
    declared = declarations(document, [m for m in events if m.rule != REFERENCE])
    for mention in (m for m in events if m.rule == SHORT):
        full = declared.get(mention.name)
        for group in groups:
            if full in group:
                group.append(mention)


def _nearest_group(mention: Mention, groups: list[list[Mention]]) -> list[Mention]:
    return min(groups, key=lambda g: min((m.start > mention.start, abs(m.start - mention.start)) for m in g))


def same_event(one: str, other: str) -> bool:
    """Whether two names of a text can mean one event: one is a shorter way to write the other."""
    a, b = key(one), key(other)
    if a == b:
        return True
    if _counts_differ(one, other):
        return False
    short, long = sorted((COUNT.sub("", a), COUNT.sub("", b)), key=len)
    if _staged(a, b):
        short, long = sorted(map(_unstaged, (short, long)), key=len)
    if short == _unstaged(long) or any(_is_tail(short, part) for part in (long, *long.split("暨"))):
        return len(short) >= 4
    short, long = sorted(map(_unstaged, (short, long)), key=len)
    return len(short) >= 6 and short[-2:] == long[-2:] and _in_order(short, long)


def _staged(one: str, other: str) -> bool:
    """大赛 and its 决赛 are told as one event."""
    return any(_unstaged(name) != name and _unstaged(name).endswith(("赛", "节")) for name in (one, other))


def _unstaged(name: str) -> str:
    return worded(STAGE).sub("", name)


def _counts_differ(one: str, other: str) -> bool:
    """Whether both are counted in the same unit and the counts are not the same: 第一次会议, 第二次会议."""
    first, second = COUNT.findall(one), COUNT.findall(other)
    for unit in "届次期":
        a, b = ({count.lstrip("第") for count in counts if count.endswith(unit)} for counts in (first, second))
        if a and b and not a & b:
            return True
    return False


def _is_tail(short: str, long: str) -> bool:
    a, b = key(short), key(long)
    return bool(a) and (b.endswith(a) or any(part.endswith(a) for part in b.split("暨")))


def _in_order(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)


def key(name: str) -> str:
    """What two spellings of a name share."""
    return MARKS.sub("", name)


def _fullest(group: list[Mention]) -> Mention:
    return max(group, key=lambda m: (m.rule != BARE, len(key(m.name)), -m.start))


def _antecedent(document: Document, mention: Mention, found: dict[Mention, Mention | None]) -> Mention | None:
    """The nearest event before a reference among those that it can mean; failing that, the text's only event."""
    word = document.text[mention.start : mention.stop]
    known = _reported((m, full) for m, full in found.items() if full is not None and m.rule != REFERENCE)
    fitting = [(m, full) for m, full in known if _fits(word, full)]
    before = [pair for pair in fitting if pair[0].start < mention.start]
    if before:
        return max(before, key=lambda pair: pair[0].start)[1]
    spoken = [pair for pair in known if pair[0].start < mention.start]
    mains = {full for _, full in known}
    return max(spoken, key=lambda pair: pair[0].start)[1] if spoken and (len(mains) == 1 or word == "会议") else None


def is_aside(mention: Mention) -> bool:
    """Whether a gathering is only referred to: 贯彻全国某会议精神, 全省某会议以来, 将于九月举办的某大赛."""
    text, sentence = mention.sentence.document.text, mention.sentence
    if mention.rule in (BARE, REFERENCE):
        return False
    before = worded(ASIDE).search(text, sentence.start, mention.start)
    return bool(before or worded(REFERRED).match(text, mention.stop, sentence.stop))


def _reported(pairs: Iterable[tuple[Mention, Mention]]) -> list[tuple[Mention, Mention]]:
    """Without the gatherings that are only referred to; with them where there is no other."""
    known = list(pairs)
    return [pair for pair in known if not is_aside(pair[0])] or known


def _is_of_another(document: Document, mention: Mention) -> bool:
    """开幕式 is a part of what was named before, 本次高峰论坛 is it."""
    this = worded(THIS).search(document.text, mention.sentence.start, mention.start)
    return this is not None or mention.text in lexicon("event_parts")


def _whole(part: Mention, found: dict[Mention, Mention | None]) -> Mention | None:
    """The gathering of which an opening or a signing is a part: the one named last before it."""
    before = _reported((m, full) for m, full in found.items() if full is not None and m.start < part.start)
    return max(before, key=lambda pair: pair[0].start)[1] if before else None


def _fits(word: str, full: Mention) -> bool:
    entry = lexicon("event_references").entries.get(word)
    wanted = entry["class"] if entry else "meeting"
    name = key(full.name)
    head = lexicon("event_heads").longest_suffix(name, 0, len(name))
    cls = lexicon("event_heads").entries[head]["class"] if head else "any"
    if word in name or wanted == "any":
        return True
    return cls == wanted or {cls, wanted} <= {"meeting", "session"} or (word == "大会" and name.endswith("大会"))
