"""What a SPARQL query says, word by word: enough to refuse what is not allowed and to explain mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.errors import QueryError

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"{3}(?:\\.|[^\\])*?\"{3} | '{3}(?:\\.|[^\\])*?'{3} | "(?:\\.|[^"\\\r\n])*" | '(?:\\.|[^'\\\r\n])*')
  | (?P<variable>[?$]\w+)
  | (?P<blank>_:[\w.-]+)
  | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:[\w:%·-]|\\.|\.(?=[\w:%-]))*)
  | (?P<word>[^\W\d]\w*)
  | (?P<number>\d+(?:\.\d+)?)
  | (?P<other>\S)
    """,
    re.VERBOSE | re.DOTALL,
)
_WRITES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"])
_SUSPECT = re.compile(rf"\b(?:{'|'.join(sorted(_WRITES))}|SERVICE|FROM)\b", re.IGNORECASE)
_OPEN_STRING = frozenset("\"'")
_POSITION = re.compile(r"error at (\d+):(\d+): (?:expected (.*))?", re.DOTALL)


class Token(NamedTuple):
    """A word of a query, where it begins, and what it is."""

    kind: str
    text: str
    start: int


def tokens(sparql: str) -> tuple[Token, ...]:
    """The words of a query, without comments."""
    found = (Token(match.lastgroup or "", match.group(), match.start()) for match in _TOKEN.finditer(sparql))
    return tuple(token for token in found if token.kind != "comment")


def check_allowed(sparql: str) -> None:
    """Raises QueryError on an empty query, an update, SERVICE, or FROM."""
    if sparql.lstrip()[:1] not in ("", "#") and not _SUSPECT.search(sparql):
        return  # most queries; reading them word by word takes as long as a small one's answer
    words = tokens(sparql)
    if not words:
        raise QueryError("the query is empty; write for instance: SELECT * WHERE { ?s ?p ?o } LIMIT 10")
    for token in words:
        word = token.text.upper() if token.kind == "word" else ""
        if word in _WRITES and _begins(words, token):
            raise QueryError(f"{place(sparql, token.start)}: {word} would change the graph; queries only read")
        if word == "SERVICE":
            raise QueryError(f"{place(sparql, token.start)}: SERVICE would ask another server; this one never does")
        if word == "FROM":
            raise QueryError(f"{place(sparql, token.start)}: there is one graph only; leave FROM out")


def _begins(words: tuple[Token, ...], token: Token) -> bool:
    """Whether no other word than a prologue's stands before this one."""
    before = (word.text.upper() for word in words if word.kind == "word" and word.start < token.start)
    return all(word in ("PREFIX", "BASE") for word in before)


def place(sparql: str, offset: int) -> str:
    """`line 2, column 9`, both from 1."""
    line = sparql.count("\n", 0, offset) + 1
    return f"line {line}, column {offset - sparql.rfind(chr(10), 0, offset)}"


def undeclared(sparql: str, known: Iterable[str]) -> Token | None:
    """The first prefixed name whose prefix is neither declared nor known."""
    words, declared = tokens(sparql), set(known)
    for before, token in zip((Token("", "", 0), *words), words, strict=False):
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            if before.text.upper() == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                return token
    return None


def explain(sparql: str, message: str, prefixes: Mapping[str, str]) -> QueryError:
    """One line for an error of the engine: the position, what stands there, and what to do."""
    token = undeclared(sparql, prefixes)
    if token:
        name = token.text.partition(":")[0]
        at, known = place(sparql, token.start), ", ".join(sorted(prefixes))
        return QueryError(f"{at}: prefix {name!r} is not declared; write PREFIX {name}: <…>, or use one of: {known}")
    match = _POSITION.match(message)
    if not match:
        return QueryError(" ".join(message.split()))
    line, column = int(match[1]), int(match[2])
    rest = (sparql.split("\n")[line - 1 : line] or [""])[0][column - 1 :].strip()
    at = f"at {rest[:20]!r}" if rest else "at the end of the line"
    hint = _hint(sparql) or f"expected {' '.join((match[3] or 'something else').replace('[_]', 'a space').split())}"
    return QueryError(f"line {line}, column {column}, {at}: {hint}")


def _hint(sparql: str) -> str:
    """The likeliest reason why a query cannot be read, where one is plain to see."""
    words = tokens(sparql)
    for token in words:
        if token.kind == "other" and not token.text.isascii():
            return f"{token.text!r} ({place(sparql, token.start)}) is Chinese punctuation; use the ASCII sign"
        if token.kind == "other" and token.text in _OPEN_STRING:
            return f"the text that begins at {place(sparql, token.start)} has no closing quote"
    signs = [token.text for token in words if token.kind == "other"]
    for one, other in ("{}", "()"):
        if signs.count(one) != signs.count(other):
            return f"{signs.count(one)} {one!r} but {signs.count(other)} {other!r}; each needs its partner"
    return ""
