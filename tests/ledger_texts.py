"""Small made-up texts, laid out as files, and what is built of them."""

from __future__ import annotations

import shutil
from pathlib import Path

from kg.rdf.query import Answer, run_query

TEXTS = (
    "云岭省民政厅召开养老服务推进会\n2024年5月12日，云岭省民政厅召开养老服务推进会。云岭省民政厅厅长甘雨田主持会议。\n",
    "暖阳市社会工作协会成立\n2024年6月3日，暖阳市社会工作协会成立，会长钱可风致辞。暖阳市民政局指导该协会。\n",
    "云岭省慈善联合会发布规范\n云岭省慈善联合会发布《社区助老服务规范》。暖阳市社会工作协会参与起草《社区助老服务规范》。\n",
    "河北省民政厅开展培训\n河北省民政厅副厅长林远山出席社会工作者培训班开班仪式。河北省民政厅与石家庄市民政局联合主办。\n",
    "河北省石家庄市长安区民政局举办活动\n长安区民政局举办“邻里守望”志愿服务活动。局长周明远参加。\n",
    "西安市长安区民政局举办活动\n长安区民政局局长郑怀谷介绍，该局将实施“暖心陪伴”项目。\n",
)
OUTPUTS = ("graph.ttl", "graph.graphml", "graph.html")
Files = dict[str, str]


def lay(folder: Path, files: Files) -> Path:
    """The texts as files of a folder, and nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def outputs(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in OUTPUTS}


def named(name: str, folder: Path = Path("g")) -> bool:
    """Whether a graph holds something of this name."""
    return run_query(folder, f'ASK {{ ?s skos:prefLabel "{name}"@zh }}') == Answer(value=True)
