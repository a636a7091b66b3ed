"""From the mentions and claims of one document to its entities and assertions.

Everything that needs the whole document is decided here: full names from context,
short forms, sections, references, and what a sentence leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.gazetteer import Division
from kg.ids import entity_key
from kg.model import (
    EVENT,
    OFFICIAL,
    ORGANIZATION,
    PLACE,
    PROGRAM,
    STANDARD,
    TITLE,
    Assertion,
    Claim,
    Document,
    Entity,
    Mention,
    Reading,
)
from kg.resolve import events, programs, standards
from kg.resolve.body import Body
from kg.resolve.bodynames import is_section_of
from kg.resolve.confidence import combined
from kg.resolve.ellipsis import Discourse
from kg.resolve.organizations import Bodies
from kg.resolve.places import place_divisions
from kg.resolve.subclass import subclass_of

# Bodies that are where the division of their name is; a school or firm named after a place may be elsewhere.
HOMED = frozenset({"PartyBody", "GovernmentBody", "CoordinatingBody", "MassOrganization", "PeoplesCongress", "CPPCC"})

_OWN = frozenset({ORGANIZATION, OFFICIAL, PLACE, PROGRAM, STANDARD, EVENT, TITLE})  # kinds that have their own ways


def resolve_document(document: Document, mentions: Sequence[Mention], claims: Sequence[Claim]) -> Reading:
    """The entities of one document, each with all its mentions, and the facts between them."""
    divisions = place_divisions(document, mentions)
    bodies = Bodies(document, divisions)
    bodies.gather(mentions)
    entities: dict[Mention, Entity] = {}
    for entity in (
        *_places(divisions),
        *_officials(mentions),
        *(_body(body, document) for body in bodies.all),
        *_grouped(PROGRAM, programs.groups(document, mentions)),
        *_grouped(STANDARD, standards.groups(document, mentions)),
        *_others(mentions),
    ):
        entities.update(dict.fromkeys(entity.mentions, entity))
    for entity in _events(document, mentions, dict(entities)):
        entities.update(dict.fromkeys(entity.mentions, entity))
    publisher = bodies.of_publisher()
    home = _body(publisher, document) if publisher else None
    found = [*claims, *_section_claims(bodies)]
    found += _named_after(bodies, found)
    found += _home_claims(bodies, entities, found)
    assertions = _assertions(found, entities, Discourse(mentions, entities, found, home))
    kept = {entity.key: entity for entity in entities.values()}
    if home and any(home.key in (fact.subject, fact.object) for fact in assertions):
        kept.setdefault(home.key, home)
    return Reading(document=document, entities=tuple(kept[key] for key in sorted(kept)), assertions=assertions)


def _entity(
    kind: str, name: str, mentions: Iterable[Mention], *, key: str | None = None, code: str | None = None
) -> Entity:
    ordered = tuple(sorted(mentions, key=lambda m: (m.start, m.stop)))
    told = [m for m in ordered if len(m.name) <= len(m.text)]  # not 甲区 of 甲区、乙区政府
    forms = {form for m in told for form in (m.text.strip(), m.name) if form}
    aliases = tuple(sorted({" ".join(form.split()) for form in forms} - {name}))
    return Entity(key=key or entity_key(kind, name), kind=kind, name=name, aliases=aliases, code=code, mentions=ordered)


def _places(divisions: dict[Mention, Division | None]) -> Iterable[Entity]:
    """One entity a division; a named place without a code by its name; unresolved 省, 市 are nothing."""
    groups: dict[str, list[Mention]] = {}
    named: dict[str, tuple[str, str | None]] = {}
    for mention, division in divisions.items():
        if division is None and mention.rule == "place.relative":
            continue
        key = entity_key(PLACE, mention.name or mention.text, code=division.code if division else None)
        groups.setdefault(key, []).append(mention)
        named[key] = (division.name, division.code) if division else (mention.name, None)
    for key, mentions in groups.items():
        name, code = named[key]
        entity = _entity(PLACE, name, mentions, key=key, code=code)
        relative = {m.text for m in mentions if m.rule == "place.relative"}
        yield replace(entity, aliases=tuple(a for a in entity.aliases if a not in relative))


def _officials(mentions: Sequence[Mention]) -> Iterable[Entity]:
    """Within one document a name is one person."""
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.kind == OFFICIAL and not mention.is_ellipsis:
            groups.setdefault(mention.name, []).append(mention)
    for name, group in groups.items():
        entity = _entity(OFFICIAL, name, group)
        yield replace(entity, aliases=tuple(a for a in entity.aliases if len(a) > 1))


def _body(body: Body, document: Document) -> Entity:
    only_here = document.id if body.vague else None
    key = entity_key(ORGANIZATION, body.identity, place=only_here)
    entity = _entity(ORGANIZATION, body.name, body.mentions, key=key)
    return replace(entity, subclass=subclass_of(body.name))


def _events(document: Document, mentions: Sequence[Mention], named: Mapping[Mention, Entity]) -> Iterable[Entity]:
    """Event mentions of one article by the one they point to; a bare 成立大会 takes its organizer's name."""
    groups: dict[Mention, list[Mention]] = {}
    for mention, canonical in events.article_events(document, mentions).items():
        if canonical is not None:
            groups.setdefault(canonical, []).append(mention)

    def name_of(mention: Mention) -> str:
        return named[mention].name if mention in named else mention.text

    for canonical, group in groups.items():
        name = events.full_name(document, mentions, canonical, name_of)
        yield _entity(EVENT, name or canonical.text, group)


def _grouped(kind: str, groups: Iterable[Sequence[Mention]]) -> Iterable[Entity]:
    for group in groups:
        if group[0].name:
            yield _entity(kind, group[0].name, group)


def _others(mentions: Sequence[Mention]) -> Iterable[Entity]:
    """Kinds of the user's own: one entity a name."""
    groups: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        if mention.kind not in _OWN and not mention.is_ellipsis:
            groups.setdefault((mention.kind, mention.name), []).append(mention)
    for (kind, _), group in groups.items():
        yield from _grouped(kind, [group])


def _section_claims(bodies: Bodies) -> Iterable[Claim]:
    """教务处 of the school spoken of: the discourse says whose part it is."""
    for body in bodies.all:
        if body.parent is not None:
            mention = body.mentions[0]
            yield Claim(
                relation="part_of",
                subject=mention,
                object=body.parent.mentions[0],
                sentence=mention.sentence,
                rule="part_of.section_of_body_spoken_of",
            )


def _named_after(bodies: Bodies, claims: Iterable[Claim]) -> Iterable[Claim]:
    """某大学某学院 where the text speaks of 某大学 too: its name tells whose section it is."""
    told = {claim.subject.name for claim in claims if claim.relation == "part_of"}
    for body in bodies.all:
        hosts = [b for b in bodies.all if b.mentions and is_section_of(body.name, b.name)]
        if body.parent is not None or not body.mentions or not hosts or told & {m.name for m in body.mentions}:
            continue
        mention, host = body.mentions[0], max(hosts, key=lambda b: len(b.name))
        yield Claim(
            relation="part_of",
            subject=mention,
            object=host.mentions[0],
            sentence=mention.sentence,
            rule="part_of.named_after_body_spoken_of",
        )


def _home_claims(bodies: Bodies, entities: Mapping[Mention, Entity], claims: Sequence[Claim]) -> Iterable[Claim]:
    """宣传部 of 某市委, 民政局 of the city spoken of: a body whose place the discourse gave lies there."""
    located = {entities[c.subject].key for c in claims if c.relation == "located_in" and c.subject in entities}
    places = {entity.code: entity for entity in entities.values() if entity.kind == PLACE and entity.code}
    for body in bodies.all:
        if body.division is None or body.parent is not None or body.division.code not in places or not body.mentions:
            continue
        if entities[body.mentions[0]].key in located or subclass_of(body.name) not in HOMED:
            continue
        mention = body.mentions[0]
        yield Claim(
            relation="located_in",
            subject=mention,
            object=places[body.division.code].mentions[0],
            sentence=mention.sentence,
            rule="located_in.of_body_spoken_of",
        )


def _assertions(
    claims: Sequence[Claim], entities: dict[Mention, Entity], discourse: Discourse
) -> tuple[Assertion, ...]:
    facts: list[tuple[Entity, Entity, str, Claim]] = []
    for claim in claims:
        subject = _end(claim, claim.subject, entities, discourse)
        target = _end(claim, claim.object, entities, discourse)
        if subject is not None and target is not None and subject.key != target.key:
            facts.append((subject, target, "".join(claim.title.name.split()) if claim.title else "", claim))
    titles: dict[tuple[str, ...], set[str]] = {}
    for subject, target, title, claim in facts:
        titles.setdefault((subject.key, claim.relation, target.key, claim.tenure.value), set()).add(title)
    groups: dict[tuple[str, ...], list[Claim]] = {}
    for subject, target, title, claim in facts:
        ends = subject.key, claim.relation, target.key
        whole = _whole_title(title, titles[(*ends, claim.tenure.value)])
        groups.setdefault((*ends, whole, claim.modality.value, claim.tenure.value), []).append(claim)
    return tuple(_assertion(key, group) for key, group in sorted(groups.items()))


def _whole_title(title: str, known: Iterable[str]) -> str:
    """局长 of one whose post was given as 党组书记、局长 is that post met again."""
    longer = [t for t in known if len(t) > len(title) and any(part.endswith(title) for part in re.split("[、兼]", t))]
    return max(longer, key=lambda t: (len(t), t)) if title and longer else title


def _end(claim: Claim, mention: Mention, entities: dict[Mention, Entity], discourse: Discourse) -> Entity | None:
    return discourse.fill(claim, mention) if mention.is_ellipsis else entities.get(mention)


def _assertion(key: tuple[str, ...], claims: list[Claim]) -> Assertion:
    subject, relation, target, title, *_ = key
    dates = sorted(claim.date for claim in claims if claim.date)
    return Assertion(
        subject=subject,
        relation=relation,
        object=target,
        claims=tuple(sorted(claims, key=lambda c: (c.sentence.start, c.subject.start, c.object.start, c.rule))),
        confidence=combined(claims),
        modality=claims[0].modality,
        tenure=claims[0].tenure,
        title=title or None,
        since=dates[0] if dates else None,
        until=dates[-1] if dates else None,
    )
