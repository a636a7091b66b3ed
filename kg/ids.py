"""What things are called: keys of entities, and the ids of everything that hangs on them.

An entity's key is the path of its IRI below the base: its kind, what identifies
it, and where a name alone would not do, its place or owner:

    organization/河南省民政厅
    organization/鼓楼区民政局/320106        two bodies of one name: the place's code tells them apart
    official/张三/河南省民政厅              two people of one name: the body tells them apart
    place/410000                            a place with a code

Keys depend on nothing else, so they are the same in every run, in any order.
"""

from __future__ import annotations

import hashlib
import re

from kg.model import PLACE, Assertion, Claim, Correction

# RFC 3987: what may stand in a path segment as it is. Everything else is
# percent-encoded as UTF-8; Chinese is `ucschar` and stays. Planes 1 to 14 end two
# code points early, since U+xFFFE and U+xFFFF are no characters.
_PLANES = "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 14))
_PATH = (
    r"A-Za-z0-9\-._~!$&'()*+,;=:@"
    "\u00a0-\u200d\u2010-\u2029\u202f-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"  # without the marks of writing direction
    f"{_PLANES}{chr(0xE1000)}-{chr(0xEFFFD)}"
)
# White space of any script is encoded too: readers of N-Triples stop at it.
_NOT_IN_SEGMENT = re.compile(rf"[^{_PATH}]|\s")
_NOT_IN_PATH = re.compile(rf"[^{_PATH}/%]|\s")


def _encode(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode())


def segment(name: str) -> str:
    """`name` as one segment of an IRI's path: only what an IRI forbids there is percent-encoded.

    Different names give different segments. Raises ValueError on an empty name.
    """
    if not name:
        raise ValueError("a thing without a name has no IRI")
    encoded = _NOT_IN_SEGMENT.sub(_encode, name)
    return encoded.replace(".", "%2E") if encoded in (".", "..") else encoded


def entity_key(
    kind: str, name: str, *, code: str | None = None, place: str | None = None, owner: str | None = None
) -> str:
    """The key of an entity.

    `code` identifies a place by itself. `place` (a division code or a name) and
    `owner` (a name) are given only where several things of the kind share the name.
    """
    if kind == PLACE and code:
        return f"{kind}/{segment(code)}"
    return "/".join([kind, segment(name), *(segment(part) for part in (place, owner) if part)])


def iri(base: str, key: str) -> str:
    """The IRI of a key; a character that no IRI may hold is encoded, `%` and `/` are left alone."""
    return base + _NOT_IN_PATH.sub(_encode, key)


def digest(*parts: object) -> str:
    """16 hex digits that depend on the parts and their order; None differs from the empty string."""
    text = "\x1e".join("\x1f" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def assertion_key(fact: Assertion) -> str:
    """One for each subject, relation, object, title, modality and tenure; evidence and dates do not change it."""
    parts = (fact.subject, fact.relation, fact.object, fact.title, fact.modality.value, fact.tenure.value)
    return f"assertion/{digest(*parts)}"


def membership_key(fact: Assertion) -> str:
    """One for each person, body, title as written and tenure."""
    return f"membership/{digest(fact.subject, fact.object, fact.title, fact.tenure.value)}"


def evidence_key(assertion: str, claim: Claim) -> str:
    """One for each claim of an assertion (given by its key): document, sentence, rule and the two ends."""
    span, one, other = claim.sentence, claim.subject, claim.object
    places = (span.start, span.stop, one.start, one.stop, other.start, other.stop)
    return f"evidence/{digest(assertion, span.document.id, claim.rule, *places)}"


def correction_key(one: Correction) -> str:
    """One for each thing that a user states, whoever states it and when."""
    return f"correction/{digest(one.verdict.value, one.subject, one.relation, one.object, one.title)}"


def document_id(text: str) -> str:
    """The id of a document: the first 16 hex digits of SHA-256 of its text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def document_key(document: str) -> str:
    """The key of a document, from its id."""
    return f"document/{segment(document)}"
