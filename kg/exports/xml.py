"""Texts as XML holds them."""

from __future__ import annotations

from xml.sax.saxutils import escape

from kg.rdf.terms import xml_text

_IN_TEXT = {"\r": "&#13;"}
_IN_ATTRIBUTE = {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;", '"': "&quot;"}


def content(text: str) -> str:
    """A text between tags; a character that XML cannot hold becomes U+FFFD."""
    return escape(xml_text(text), _IN_TEXT)


def attribute(text: str) -> str:
    """A text as the value of an attribute, with its quotation marks."""
    return f'"{escape(xml_text(text), _IN_ATTRIBUTE)}"'
