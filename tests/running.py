"""Where things lie, and what a command leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A command that has run."""

    status: int
    out: str
    err: str
