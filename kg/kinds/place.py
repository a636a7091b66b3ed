"""Places: divisions by their official and short names, townships, venues, and words such as 市 for "this city".

A place inside the name of a body (云湖慈善总会) is a mention of its own:
`located_in` needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.kinds import _place_venues
from kg.kinds._place_names import place_names, spans
from kg.lexicon import Hit, lexicon
from kg.view import Span, View

KIND = "place"
NEEDS = ()

HAN = "\u3400-\u9fff"
RUN = re.compile(rf"[{HAN}]{{2,5}}")
BODY = re.compile(rf"[{HAN}、（）()“”]{{0,24}}")


def division(view: View) -> Iterator[Span]:
    """Official names, and their parts in a chain: 湖南省, 常德市, 武陵区."""
    yield from spans(view, "division")


def short_name(view: View) -> Iterator[Span]:
    """Names without their class: 常德; common words (朝阳) only beside a containing place or with the full name."""
    yield from spans(view, "short_name")


def township(view: View) -> Iterator[Span]:
    """Subdistricts and towns whose county or city is named in the text."""
    yield from spans(view, "township")


def zone(view: View) -> Iterator[Span]:
    """Development zones and parks that begin with the name of a division: 苏州工业园区."""
    yield from _place_venues.zones(view)


def venue(view: View) -> Iterator[Span]:
    """Named places in which something happens or to which one goes: 在星河大剧院举行."""
    yield from _place_venues.venues(view)


def community(view: View) -> Iterator[Span]:
    """Communities and villages right after their township or county, standing by themselves."""
    yield from _place_venues.communities(view)


def abbreviation(view: View) -> Iterator[Span]:
    """One-character names where a verb or a pair shows the place: 赴豫考察, 湘赣两省."""
    found = {*_after_verb(view), *_in_pairs(view)}
    if not found:
        return
    taken = {offset for place in place_names(view) for offset in range(place.start, place.stop)}
    yield from sorted(span for span in found if span.start not in taken)


def _after_verb(view: View) -> Iterator[Span]:
    frames = lexicon("place_abbreviation_frames")
    for hit in view.hits("place_abbreviations"):
        verb = frames.longest_suffix(view.text, view.start, hit.start)
        if verb is None or frames.entries[verb]["side"] != "before" or hit.start - len(verb) not in view.token_starts:
            continue
        after = frames.longest_prefix(view.text, hit.stop, view.stop)
        agrees = after is not None and frames.entries[after]["side"] == "after"
        if (agrees and hit.fields["use"] != "paired") or (
            hit.fields["use"] == "free" and hit.stop in view.token_starts
        ):
            yield Span(hit.start, hit.stop)


def _in_pairs(view: View) -> Iterator[Span]:
    """Two or more in a row, together a word or before 两省, 三地."""
    frames, at = lexicon("place_abbreviation_frames"), 0
    hits = view.hits("place_abbreviations")
    while at < len(hits):
        end = at + 1
        while end < len(hits) and hits[end].start == hits[end - 1].stop:
            end += 1
        run, at = hits[at:end], end
        if not 2 <= len(run) <= 4 or run[0].start not in view.token_starts or run[-1].stop not in view.token_starts:
            continue
        after = frames.longest_prefix(view.text, run[-1].stop, view.stop)
        region = after is not None and frames.entries[after]["side"] == "region"
        plain = len(run) == 2 and all(hit.fields["use"] == "free" for hit in run)
        if region or (plain and _no_line(view, run[-1].stop)):
            yield from (Span(hit.start, hit.stop) for hit in run)


def _no_line(view: View, stop: int) -> bool:
    """No railway or river goes on from here: 京沪高铁, 陇海铁路 are no pair of places."""
    return lexicon("place_not_before").longest_prefix(view.text, stop, view.stop) is None


def relative(view: View) -> Iterator[Span]:
    """省, 市, 区 … that begin the name of a body without the name of the place: 市民政局."""
    names = place_names(view)
    for hit in view.hits("place_relative_levels"):
        if any(place.start < hit.stop and hit.start <= place.stop for place in names):
            continue  # part of a name, or right after one
        if _begins_body(view, hit) and _nothing_before(view, hit.start):
            yield Span(hit.start, hit.stop)


def _begins_body(view: View, level: Hit) -> bool:
    tails, ends = lexicon("place_relative_tails"), "place_body_ends"
    tail = tails.longest_prefix(view.text, level.stop, view.stop)
    if tail is None:
        return False
    after = level.stop + len(tail)
    if tails.entries[tail]["need"] == "whole":
        return tail != "委" or not view.text.startswith("员", after) or view.text.startswith("员会", after)
    body = BODY.match(view.text, after, view.stop)
    if body is None or level.fields["level"] == "township":  # 街道社工站 is any of them
        return False
    return any(hit.start >= after and hit.stop <= body.end() for hit in view.hits(ends))


def _nothing_before(view: View, start: int) -> bool:
    """The word before is not the name of the place: a verb, a preposition, a title, or none."""
    if start == view.start or not re.match(f"[{HAN}]", view.text[start - 1]):
        return True
    if lexicon("place_before_relative").longest_suffix(view.text, view.start, start):
        return True
    before = [token for token in view.tokens if token.stop == start]
    return bool(before) and before[0].tag.startswith(("v", "p", "c", "d", "u", "r", "f", "t"))


RULES = (division, short_name, township, zone, community, venue, abbreviation, relative)
