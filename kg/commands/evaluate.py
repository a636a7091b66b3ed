"""`kg evaluate`"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.commands.shared import DONE, SOME_FAILED, complain, config_option, padded, settings, utf8_output

if TYPE_CHECKING:
    from kg.evaluate.measure import Scores


@click.command(short_help="Measure against gold facts.  对照标准答案评测")
@click.argument("folder", metavar="GOLD_DIR", type=click.Path(path_type=Path))
@click.option("--errors", is_flag=True, help="List every extra and missed entity and fact. 列出差错")
@click.option("--folds", is_flag=True, help="Score an open part and a sealed third apart. 公开与封存两部分分别计分")
@click.option("--rules", is_flag=True, help="Each rule's firings and precision, and calibration. 各规则的准确率")
@click.option("--write", is_flag=True, help="With --rules: keep the counts, confidence is made of them. 写入规则计数")
@click.option("--json", "as_json", is_flag=True, help="Print JSON. 以 JSON 输出")
@config_option
def evaluate(
    folder: Path, errors: bool, folds: bool, rules: bool, write: bool, as_json: bool, config_file: Path | None
) -> int:
    """Read each NN.txt of GOLD_DIR by itself and score it against NN.json.

    逐篇读入文本，与标准答案对照，给出各类实体与关系的准确率、召回率与 F1（含 95% 区间）。
    With --folds, errors are listed for the open part alone.
    """
    if (errors and rules) or (write and not rules):
        raise click.UsageError("--rules goes without --errors, --write with --rules")
    utf8_output()
    if rules:
        from kg.commands.rule_table import rule_report

        click.echo(rule_report(folder, settings(config_file), folds=folds, write=write, as_json=as_json))
        return DONE
    from kg.evaluate import measure
    from kg.evaluate.reading import reader

    outcomes = measure.measure(folder, reader(settings(config_file)))
    parts = {"all": outcomes}
    if folds:
        parts["open"], parts["sealed"] = map(tuple, measure.folds(outcomes))
    found = {name: measure.scores(part) for name, part in parts.items()}
    if errors:
        for row in found["open" if folds else "all"].errors:
            click.echo("\t".join(row))
    if as_json:
        records = {name: _record(scores) for name, scores in found.items()}
        click.echo(json.dumps(records if folds else records["all"], ensure_ascii=False, indent=1))
    else:
        click.echo("\n\n".join(_table(scores, name if folds else "") for name, scores in found.items()))
    for name, reason in found["all"].not_built:
        complain(f"{name}: {reason}")
    return SOME_FAILED if found["all"].not_built else DONE


def _record(scores: Scores) -> dict[str, Any]:
    record = {key: value for key, value in asdict(scores).items() if key not in ("errors", "groups")}
    return {**record, **asdict(scores)["groups"]}


def _table(scores: Scores, name: str) -> str:
    lines = [
        f"{name + ': ' if name else ''}文档 documents {scores.documents}, 未读成 not built {len(scores.not_built)}; "
        f"named {scores.named:.4f}; codes {scores.codes:.4f}; titles {scores.titles:.4f}"
    ]
    for label, row in {**scores.groups, **scores.kinds, **scores.relations}.items():
        lines.append(
            f"{padded(label, 16)} P {row.p:.3f}  R {row.r:.3f}  F1 {row.f1:.3f} [{row.low:.3f}, {row.high:.3f}]"
            f"   {row.right}/{row.predicted} predicted, {row.gold} gold"
        )
    return "\n".join(lines)
