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


ARTICLE = (
    "石家庄市民政局召开助老工作推进会\n\n"
    "本报讯　5月12日，石家庄市民政局召开助老工作推进会。石家庄市民政局局长纪怀瑜出席会议并讲话，"
    "副局长蓝秋白主持会议。\n"
)


def one_line(done: Done, *parts: str) -> None:
    """Nothing was done, and one line on standard error says why."""
    assert done.status == 2
    assert done.out == ""
    assert done.err.startswith("kg: ")
    assert done.err.count("\n") == 1, done.err
    assert "Traceback" not in done.err
    for part in parts:
        assert part in done.err
