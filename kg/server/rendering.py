"""Templates and their words. Everything put into a page is escaped; no template marks anything as safe but JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg.explorer.safe import data
from kg.rdf.vocabulary import vocabulary
from kg.server.drawing import shape, short

FOLDER = Path(__file__).parent
ENTITIES = "/id/"
_SAFE_IN_PATH = "%/:@!$&'()*+,;=~-._"


def render(template: str, values: Mapping[str, Any]) -> str:
    """A page of a template in the language `lang` of the values."""
    lang = values["lang"]
    said = words()[lang]
    tools = {"word": lambda name, *parts: _said(said, name, *parts), "term": lambda name: term(name, lang)}
    return _environment().get_template(template).render(**values, **tools)


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """What the pages say, by language."""
    found: Mapping[str, Mapping[str, str]] = json.loads((FOLDER / "words.json").read_text(encoding="utf-8"))
    return found


def term(name: str, lang: str) -> str:
    """The ontology's label of a term, or the name itself."""
    known = vocabulary().terms.get(name) or vocabulary().kinds.get(name)
    return known.labels.get(lang, name) if known else name


def address(iri: str, base: str) -> str:
    """Where a page links to for an IRI: a page of ours below the base, else the IRI if it is a web address."""
    if iri.startswith(base):
        return ENTITIES + quote(iri[len(base) :], safe=_SAFE_IN_PATH)
    return iri if iri.startswith(("http://", "https://")) else ""


def _said(said: Mapping[str, str], name: str, *parts: object) -> str:
    """A word of the page with its gaps filled; `name.1` where there is one and the first part is 1."""
    found = said.get(f"{name}.{parts[0]}", said[name]) if parts else said[name]
    for number, part in enumerate(parts):
        found = found.replace(f"{{{number}}}", f"{part:,}" if isinstance(part, int) else str(part))
    return found


def _json(value: object) -> Markup:
    """Data inside a script element, safe there by `kg.explorer.safe`."""
    return Markup(data(value))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters.update(json=_json, address=address, short=short, params=urlencode)
    made.globals.update(shape=shape, wordings=words())
    return made
