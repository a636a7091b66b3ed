"""The subclass of a body by the end of its name: 民政局 is a GovernmentBody."""

from __future__ import annotations

from functools import lru_cache

from kg.lexicon import lexicon


@lru_cache(maxsize=4096)
def subclass_of(name: str) -> str | None:
    """Local name of the ontology's class, None where the ending does not tell."""
    central = lexicon("central_bodies").entries.get(name)
    if central:
        return central["class"]
    suffixes = lexicon("organization_suffixes")
    suffix = suffixes.longest_suffix(name, 0, len(name))
    found = suffixes.entries[suffix]["class"] if suffix else None
    return None if found == "Organization" else found
