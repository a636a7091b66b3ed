"""Which form an answer takes: what the client accepts, laid against what there is."""

from __future__ import annotations

from collections.abc import Mapping

ROWS = "rows"
GRAPH = "graph"
PAGE = "html"

# The first media type of a form is the one it is sent as.
MEDIA: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    ROWS: {
        "json": ("application/sparql-results+json", "application/json"),
        "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
        "csv": ("text/csv",),
        "tsv": ("text/tab-separated-values",),
    },
    GRAPH: {
        "turtle": ("text/turtle", "application/x-turtle"),
        "ntriples": ("application/n-triples", "text/plain"),
        "rdfxml": ("application/rdf+xml", "application/xml", "text/xml"),
        "jsonld": ("application/ld+json", "application/json"),
    },
}
HTML = {PAGE: ("text/html", "application/xhtml+xml")}
_SHORT = {"ttl": "turtle", "nt": "ntriples", "rdf": "rdfxml", "json-ld": "jsonld"}
_OF_GRAPHS = {"xml": "rdfxml", "json": "jsonld"}


def media_type(form: str) -> str:
    """The media type of a form, with its charset where the type does not fix one."""
    for forms in MEDIA.values():
        if form in forms:
            first = forms[form][0]
            return f"{first}; charset=utf-8" if first.startswith("text/") else first
    return "text/html; charset=utf-8"


def choose(accept: str, offers: Mapping[str, tuple[str, ...]]) -> str | None:
    """The form that the client likes best, None when it likes none; the first offer where it does not care."""
    ranges = _ranges(accept) or [("*", "*", 1.0)]
    best, liked = None, 0.0
    for form, types in offers.items():
        # Wildcards speak of the type that is sent; its other names count where they are said in full.
        named_so = [q for kind, subtype, q in ranges if f"{kind}/{subtype}" in types[1:]]
        quality = max([_quality(types[0], ranges), *named_so])
        if quality > liked:
            best, liked = form, quality
    return best


def named(name: str, offers: Mapping[str, tuple[str, ...]]) -> str | None:
    """The form that `format=` names: by our name, a file's suffix, or a media type."""
    name = name.strip().lower()
    name = _SHORT.get(name, name)
    if name in offers:
        return name
    if _OF_GRAPHS.get(name) in offers:
        return _OF_GRAPHS[name]
    return next((form for form, types in offers.items() if name in types), None)


def _ranges(accept: str) -> list[tuple[str, str, float]]:
    found = []
    for part in accept.split(","):
        media, *parameters = (one.strip().lower() for one in part.split(";"))
        kind, slash, subtype = media.partition("/")
        if slash or media == "*":
            found.append((kind, subtype or "*", _q(parameters)))
    return found


def _q(parameters: list[str]) -> float:
    for one in parameters:
        name, _, value = one.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _quality(media: str, ranges: list[tuple[str, str, float]]) -> float:
    """What the most specific range that fits says of a media type."""
    kind, _, subtype = media.partition("/")
    fitting = [
        ((one != "*") + (other != "*"), q) for one, other, q in ranges if one in ("*", kind) and other in ("*", subtype)
    ]
    return max(fitting)[1] if fitting else 0.0
