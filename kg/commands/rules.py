"""Where the rules of the extractors stand."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Rule = Callable[..., Any]


def rules(extensions: Path | None = None) -> Mapping[str, Rule]:
    """Every rule by its full name (leads.head_before_name), kinds first; those of the user's own too."""
    from kg.discover import kind_extractors, relation_extractors

    found: list[tuple[str, Rule]] = []
    found += ((extractor.name, rule) for extractor in kind_extractors(extensions) for rule in extractor.rules)
    found += ((extractor.name, rule) for extractor in relation_extractors(extensions) for rule in extractor.rules)
    return {f"{name}.{rule.__name__}": inspect.unwrap(rule) for name, rule in found}


def place(rule: Rule) -> str:
    """FILE:LINE of a rule, from the current folder where the file lies below it."""
    code = rule.__code__
    file = Path(code.co_filename)
    shown = file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file
    return f"{shown}:{code.co_firstlineno}"


def says(rule: Rule) -> str:
    """The first line of what the rule says of itself."""
    return (inspect.getdoc(rule) or "").split("\n")[0]
