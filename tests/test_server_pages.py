"""The pages and linked data of a running server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
import toygraph
from serving import Served, Shape, page, serving

BASE = "https://w3id.org/govkg/id/"
ENTITY = "/id/official/甘雨田"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = toygraph.build(toygraph.toy(), tmp_path_factory.mktemp("pages") / "graph")
    (folder / "graph.html").write_text("<!DOCTYPE html><title>explorer</title>", encoding="utf-8")
    with serving(folder) as one:
        yield one


@pytest.mark.parametrize(
    "path",
    ["/", "/search", "/search?q=mzt", "/documents", "/downloads", "/query", ENTITY, "/id/place/990000", "/nothing"],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_is_whole_in_both_languages_and_loads_nothing_from_elsewhere(
    server: Served, path: str, lang: str
) -> None:
    answer = server.get(path, "text/html", **{"accept-language": lang})
    shape = Shape(answer.text)
    assert answer.headers["content-language"] == lang
    assert ("政务知识图谱" in shape.text) == (lang == "zh")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    loaded = [
        a.get("src") or a.get("href")
        for tag, a in shape.tags
        if tag in ("script", "link", "img") and (a.get("src") or a.get("href"))
    ]
    assert all(str(one).startswith(("/", "?")) for one in loaded)
    for one in loaded:
        if str(one).startswith("/"):
            assert server.get(str(one)).status_code == 200
    assert not [a for _, a in shape.tags if any(name.startswith("on") or name == "style" for name in a)]


def test_the_language_can_be_switched_and_stays(server: Served) -> None:
    switch = next(link for link in page(server, "/search?q=a&lang=zh").links() if link.endswith("lang=en"))
    assert switch == "?q=a&lang=en"
    with serving_client(server) as client:
        assert "Search" in client.get(f"/search{switch}", headers={"accept": "text/html"}).text
        assert (
            client.get("/documents", headers={"accept": "text/html", "accept-language": "zh"}).headers[
                "content-language"
            ]
            == "en"
        )
        assert client.get("/documents?lang=xx", headers={"accept": "text/html"}).headers["content-language"] == "en"


def serving_client(server: Served):  # type: ignore[no-untyped-def]
    import httpx

    return httpx.Client(base_url=server.url, trust_env=False)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("甘雨田", "甘雨田"),
        ("雨田", "甘雨田"),
        ("gyt", "甘雨田"),
        ("GanYuTian", "甘雨田"),
        ("qkf", "钱可风"),
        ("省民政厅", "云岭省民政厅"),
        ("ylsmzt", "云岭省民政厅"),
        ("smzt", "云岭省民政厅"),
        ("nuanyangxingdong", "暖阳行动"),
        ("《规范》", "社区助老服务规范"),
        (" 甘 雨 田 ", "甘雨田"),
    ],
)
def test_search_by_name_alias_pinyin_and_initials(server: Served, typed: str, first: str) -> None:
    shape = page(server, f"/search?q={quote(typed)}")
    hits = [unquote(link) for link in shape.links() if link.startswith("/id/")]
    found = unquote(hits[0]).split("/")[-1] if hits else ""
    assert found == first or first in shape.text.split("找到")[1].split("条事实")[0]


def test_search_says_when_there_is_nothing(server: Served) -> None:
    assert "没有找到“没有这个”" in page(server, "/search?q=没有这个").text
    assert [x for x in page(server, "/search?kind=official").links() if "/id/official/" in x]
    assert not [x for x in page(server, "/search?kind=official").links() if "/id/organization/" in x]
    for odd in ("?page=0", "?page=-1", "?page=99999999999999999999", "?page=x", "?kind=nope", "?q=%25_'"):
        page(server, f"/search{odd}")


class TestEntity:
    def test_facts_are_grouped_with_sentences_and_sources(self, server: Served) -> None:
        text = page(server, ENTITY).text
        assert "领导 1" in re.sub(r"\s+", " ", text)
        assert "云岭省民政厅厅长甘雨田出席会议。" in text
        assert "第一期.txt" in text
        assert "第 3 行" in text
        assert "leads.toy" in text
        assert "名誉会长" in text

    def test_the_other_direction_is_told_in_its_own_words(self, server: Served) -> None:
        text = page(server, "/id/organization/云岭省民政厅").text
        assert "由谁领导" in text
        assert "下属机构" in text
        assert "省民政厅" in text
        assert "曾任" in text
        assert "is led by" in page(server, "/id/organization/云岭省民政厅", "en").text

    def test_neighbours_are_drawn_and_lead_on(self, server: Served) -> None:
        answer = server.get("/id/organization/云岭省民政厅", "text/html").text
        drawing = answer[
            answer.index('<svg viewBox="-470') : answer.index("</svg>", answer.index('<svg viewBox="-470'))
        ]
        links = Shape(drawing).links()
        assert len(links) >= 6
        for link in links:
            page(server, link)
        assert 'class="past"' in drawing

    def test_posts_stand_along_the_years(self, server: Served) -> None:
        text = page(server, ENTITY).text
        assert "任职经历" in text
        assert "2024-03-19" in text
        assert "历任负责人" in page(server, "/id/organization/云岭省民政厅").text

    def test_facts_of_the_gazetteer_need_no_sentence(self, server: Served) -> None:
        assert "出自行政区划数据" in page(server, "/id/place/990100").text


class TestDocument:
    def document(self, server: Served) -> str:
        return "/id/" + server.values("SELECT ?d { ?d a kg:Document }")[0].removeprefix(BASE)

    def test_sentences_stand_where_the_file_is_gone(self, server: Served) -> None:
        shape = page(server, self.document(server))
        assert "原文件已不在或已改动" in shape.text
        assert "云岭省民政厅厅长甘雨田出席会议。" in shape.text
        marked = [a["href"] for tag, a in shape.tags if tag == "a" and str(a.get("class", "")).startswith("named")]
        assert "/id/official/%E7%94%98%E9%9B%A8%E7%94%B0" in marked

    def test_the_whole_text_is_shown_where_a_file_holds_it(self, tmp_path: Path) -> None:
        from kg.build import build
        from kg.config import Config

        text = "清溪县举行慈善日活动\n\n清溪县民政局局长周望山出席活动。\n天气晴朗。\n"
        (tmp_path / "一.txt").write_text(text, encoding="utf-8")
        build([tmp_path / "一.txt"], out=tmp_path / "graph", config=Config())
        for ledger in (tmp_path / "graph").glob(".ledger*"):
            ledger.unlink()
        with serving(tmp_path / "graph", "--workers", 1) as one:
            path = self.document(one)
            shown = page(one, path).text
            assert "天气晴朗。" in shown
            assert "原文件已不在" not in shown
            (tmp_path / "一.txt").write_text(text.replace("晴朗", "不佳"), encoding="utf-8")
        with serving(tmp_path / "graph", "--workers", 1) as one:
            assert "天气" not in page(one, path).text
            assert "周望山" in page(one, path).text

    def test_facts_stand_beside_and_lead_to_their_sentence(self, server: Served) -> None:
        shape = page(server, self.document(server))
        anchors = {a["id"] for _, a in shape.tags if str(a.get("id", "")).startswith("s")}
        jumps = {link[1:] for link in shape.links() if link.startswith("#s")}
        assert jumps
        assert jumps <= anchors


def test_files_of_the_build_can_be_downloaded_and_nothing_else(server: Served) -> None:
    for link in (link for link in page(server, "/downloads").links() if link.startswith("/download/")):
        answer = server.get(link)
        assert answer.status_code == 200
        assert "attachment" in answer.headers["content-disposition"]
    assert "explorer" in server.get("/explore").text
    for path in (
        "/download/lock",
        "/download/pages.sqlite",
        "/download/..%2Fgraph.ttl",
        "/download/.lock",
        "/download/store",
        "/assets/../site.css",
        "/assets/%2e%2e/pages.py",
    ):
        assert server.get(path).status_code == 404, path
