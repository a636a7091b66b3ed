"""Results of queries for programs: the W3C's JSON, CSV, TSV and XML, and Turtle for graphs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from itertools import groupby
from operator import attrgetter
from xml.sax.saxutils import escape, quoteattr

from kg.errors import QueryError
from kg.rdf.query import Answer, Result, Rows, Statements
from kg.rdf.store import Row
from kg.rdf.terms import Blank, Iri, Literal, Resource, Term, xml_text
from kg.rdf.writer import Writer


def _rows(result: Result, form: str) -> Rows:
    if isinstance(result, Rows):
        return result
    what = "yes or no" if isinstance(result, Answer) else "triples"
    fit = "table, json or xml" if isinstance(result, Answer) else "table or turtle"
    raise QueryError(f"the result is {what}, which {form} cannot hold; use {fit}")


def as_json(result: Result) -> str:
    """SPARQL 1.1 Query Results JSON."""
    if isinstance(result, Answer):
        return json.dumps({"head": {}, "boolean": result.value}) + "\n"
    found = _rows(result, "json")
    bindings = [{name: _json_term(term) for name, term in _bound(found, row)} for row in found.rows]
    whole = {"head": {"vars": found.variables}, "results": {"bindings": bindings}}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _bound(found: Rows, row: Row) -> list[tuple[str, Term]]:
    return [(name, term) for name, term in zip(found.variables, row, strict=True) if term is not None]


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, Literal):
        more = {"xml:lang": term.language, "datatype": term.datatype}
        return {"type": "literal", "value": term.value, **{name: value for name, value in more.items() if value}}
    return {"type": "bnode" if isinstance(term, Blank) else "uri", "value": str(term)}


def as_csv(result: Result) -> str:
    """SPARQL 1.1 Query Results CSV: plain values, lines that end in CR LF."""
    found = _rows(result, "csv")
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(found.variables)
    sheet.writerows([_plain(term) for term in row] for row in found.rows)
    return out.getvalue()


def _plain(term: Term | None) -> str:
    if isinstance(term, Literal):
        return term.value
    return "" if term is None else f"_:{term}" if isinstance(term, Blank) else str(term)


def as_tsv(result: Result) -> str:
    """SPARQL 1.1 Query Results TSV: terms as Turtle writes them, IRIs in full."""
    found, write = _rows(result, "tsv"), Writer({})
    lines = ["\t".join(f"?{name}" for name in found.variables)]
    lines += ["\t".join("" if term is None else write.term(term) for term in row) for row in found.rows]
    return "\n".join(lines) + "\n"


def as_xml(result: Result) -> str:
    """SPARQL Query Results XML; a character that XML cannot hold becomes U+FFFD."""
    head, body = "", ""
    if isinstance(result, Answer):
        body = f"  <boolean>{str(result.value).lower()}</boolean>\n"
    else:
        found = _rows(result, "xml")
        head = "".join(f"    <variable name={quoteattr(name)}/>\n" for name in found.variables)
        body = "  <results>\n" + "".join(_xml_row(found, row) for row in found.rows) + "  </results>\n"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
        f"  <head>\n{head}  </head>\n{body}</sparql>\n"
    )


def _xml_row(found: Rows, row: Row) -> str:
    cells = (
        f"      <binding name={quoteattr(name)}>{_xml_term(term)}</binding>\n" for name, term in _bound(found, row)
    )
    return f"    <result>\n{''.join(cells)}    </result>\n"


def _xml_term(term: Term) -> str:
    text = escape(xml_text(term.value if isinstance(term, Literal) else term), {"\r": "&#13;"})
    if isinstance(term, Literal):
        language = f" xml:lang={quoteattr(term.language)}" if term.language else ""
        datatype = f" datatype={quoteattr(term.datatype)}" if term.datatype else ""
        return f"<literal{language}{datatype}>{text}</literal>"
    return f"<bnode>{text}</bnode>" if isinstance(term, Blank) else f"<uri>{text}</uri>"


def as_turtle(result: Result) -> str:
    """The triples of CONSTRUCT and DESCRIBE, with the prefixes they use."""
    if not isinstance(result, Statements):
        raise QueryError(
            "the result is no graph, so Turtle cannot hold it; use CONSTRUCT or DESCRIBE, or another format"
        )
    write = Writer(_used(result))
    groups = groupby(result.triples, key=attrgetter("subject"))
    blocks = [write.block(Resource(s, tuple((t.predicate, t.object) for t in group))) for s, group in groups]
    return "".join([*write.head(), *blocks])


def _used(result: Statements) -> Mapping[str, str]:
    iris = {term for triple in result.triples for term in triple if isinstance(term, Iri)}
    iris |= {Iri(t.object.datatype) for t in result.triples if isinstance(t.object, Literal) and t.object.datatype}
    starts = {iri[: max(iri.rfind("/"), iri.rfind("#")) + 1] for iri in iris}
    return {name: iri for name, iri in result.prefixes.items() if iri in starts}
