"""Whatever stands in a name, a sentence or a title is shown as text: it never runs and never breaks the page."""

# ruff: noqa: E501 (scripts and payloads stand on a line of their own)

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from explorer_pages import Browser
from rdflib import Graph as RdfGraph

from kg.graph import Graph
from kg.model import Assertion, Claim, Document, Entity, Mention, Paragraph, Role, Sentence

pytestmark = pytest.mark.browser
RUN = "window.ran=(window.ran||0)+1"
PAYLOADS = (
    f"<script>{RUN}</script>", f"</script><script>{RUN}</script>", f"</SCRIPT ><script>{RUN}//", "<!--", "<!--<script>", "-->", "]]>",
    f"<img src=x onerror={RUN}>", f'"><img src=x onerror="{RUN}">', f"'><svg onload='{RUN}'>", f"<svg><script>{RUN}</script></svg>",
    f"<body onload={RUN}>", f"<iframe srcdoc='<script>parent.{RUN}</script>'>", f"<details open ontoggle={RUN}>", f"<video><source onerror={RUN}>",
    f"<math><mi xlink:href='javascript:{RUN}'>", f"<a href='javascript:{RUN}'>点我</a>", f"javascript:{RUN}", f"<a href=\"data:text/html,<script>{RUN}</script>\">",
    "</title><h1>伪</h1>", "</style><style>*{display:none}</style>", "</textarea><b>", "</template>", "<style>*{display:none!important}</style>", "<link rel=stylesheet href=//leak.invalid/x>",
    "<meta http-equiv=refresh content='0;url=//leak.invalid/'>", "<base href=//leak.invalid/>", f"<form action=javascript:{RUN}><button>", "<input autofocus onfocus=alert(1)>",
    "{{7*7}}", "{% raw %}{{ x }}", "${7*7}", "<%= 7*7 %>", "#{7*7}", "{{constructor.constructor('window.ran=1')()}}", "{0} {1} {9}", "%s %d %(x)s",
    "\u2028line", "\u2029paragraph", "\u202e反\u202c", "\u2066孤\u2069", "\u200b零宽\u200b", "\ufeff记号", "a\u0000b", "\u0007\u001b[31m", "\ud800孤代理", "😀" * 60, "é́́́́" * 30,
    "__proto__", "constructor", "toString", "hasOwnProperty", "&lt;b&gt;&amp;amp;&#x3c;", "\\", '\\"', "'", "\\u003cscript\\u003e", "</script", "<", "&", "a|b,c#d?e=f&g", "x" * 100_000, "长" * 33_000,
    "javascript&colon;alert(1)", "url(//leak.invalid/x)", "expression(alert(1))", "`${window.ran=1}`", "\r\nSet-Cookie: x", "../../etc/passwd", "   ", "؜العربية", "<bdo dir=rtl>",
)  # fmt: skip


def hostile_graph() -> Graph:
    """Every payload in every text there is: names, aliases, codes, classes, titles, sentences, files, publishers, rules."""
    entities, facts, documents = [], [], []
    for number, text in enumerate(PAYLOADS):
        body = f"{text}主持了{text}的会议。"
        document = Document(
            id=f"{number}{text}"[:300], source=text, title=text, date=text[:40], publisher=text, text=body,
            paragraphs=(Paragraph(start=0, stop=len(body), line=1, role=Role.BODY),),
        )  # fmt: skip
        sentence = Sentence(document=document, start=0, stop=len(body), role=Role.BODY)
        person = Mention(sentence=sentence, start=0, stop=len(text), kind="official", name=text, rule=text)
        post = Mention(sentence=sentence, start=0, stop=len(text), kind="title", name=text, rule=text)
        claim = Claim(
            relation="leads", subject=person, object=person, sentence=sentence, rule=text, title=post, date=text[:40]
        )
        keys = (f"official/{number}/{text}", f"organization/{number}/{text}")
        for key, kind in zip(keys, ("official", "organization"), strict=True):
            entities.append(Entity(key=key, kind=kind, name=text, aliases=(text + "别名",), code=text, subclass=text))
        facts.append(
            Assertion(
                subject=keys[0], relation="leads", object=keys[1], claims=(claim, claim), confidence=0.5,
                title=text, since=text[:40], until=text[:40],
            )
        )  # fmt: skip
        documents.append(document)
    return Graph(documents=tuple(documents), entities=tuple(entities), assertions=tuple(facts))


def healthy(browser: Browser) -> None:
    """Nothing ran, nothing was asked for, nothing complained, and the page is whole."""
    assert browser.js("return window.ran") is None
    assert browser.requests() == []
    assert browser.log() == []
    assert browser.js("return document.querySelectorAll('script').length") in (5, 7)
    assert browser.js("return document.querySelectorAll('h1').length") == 1
    odd = "img, iframe, object, embed, form, svg, math, video, base, a[href], style:not(head > style)"
    assert browser.js("return document.querySelectorAll(arguments[0]).length", odd) == 0


def test_there_are_payloads_enough() -> None:
    assert len(set(PAYLOADS)) >= 40


@pytest.mark.parametrize("engine", ["vis", "canvas"])
def test_a_hostile_graph_is_shown_as_text(browser: Browser, page_of: Callable[..., Path], engine: str) -> None:
    browser.open(page_of(hostile_graph(), engine=engine))
    healthy(browser)
    names = browser.exact("G.name")
    assert sorted(names) == sorted(2 * PAYLOADS)
    panel = "[...document.querySelectorAll('#panel h2, #panel blockquote')].map((one) => one.textContent)"
    for node, name in enumerate(names):
        browser.js("kg.act.open(arguments[0]); document.querySelector('#panel .fact .more').click()", node)
        sentence = f"{name}主持了{name}的会议。"
        assert browser.exact(panel) == [name, sentence, sentence]
        assert browser.exact("[...document.querySelectorAll('#panel mark')].map((one) => one.textContent)") == [
            name,
            name,
        ]
    healthy(browser)


@pytest.mark.parametrize("engine", ["vis", "canvas"])
def test_every_function_stands_a_hostile_graph(browser: Browser, page_of: Callable[..., Path], engine: str) -> None:
    browser.open(page_of(hostile_graph(), engine=engine))
    for payload in PAYLOADS:
        browser.js(
            "const q = document.getElementById('query'); q.value = arguments[0]; q.dispatchEvent(new Event('input'))",
            payload[:200].encode("utf-8", "replace").decode(),
        )
    browser.js("document.getElementById('query').value = ''")
    browser.js(
        "kg.act.open(3); kg.act.focus(3, 2); kg.act.pin(3); kg.act.startPath(3); kg.act.finishPath(90); kg.act.whole()"
    )
    for item, suffix in (("#export-svg", ".svg"), ("#export-turtle", ".ttl"), ("#export-png", ".png")):
        browser.export(item)
        path = browser.downloaded(suffix)
        if suffix == ".svg":
            assert not [one for one in ElementTree.parse(path).iter() if one.tag.endswith(("script", "image", "}a"))]
        if suffix == ".ttl":
            assert len(set(RdfGraph().parse(path).subjects())) == 2 * len(PAYLOADS)
        path.unlink()
    healthy(browser)


@pytest.mark.parametrize("payload", PAYLOADS[:30])
def test_a_hostile_title_is_text(browser: Browser, page_of: Callable[..., Path], payload: str) -> None:
    browser.open(page_of(Graph(documents=(), entities=(), assertions=()), title=payload))
    assert browser.text("h1") == payload
    assert browser.driver.title == payload.strip()
    healthy(browser)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_address_does_no_harm(browser: Browser, made_page: Callable[..., Path], payload: str) -> None:
    page = made_page(60)
    if browser.driver.current_url.split("#")[0] != page.as_uri():
        browser.open(page)
    browser.js(
        "location.hash = new URLSearchParams(Object.fromEntries(['node','link','near','path','group','kinds','relations',"
        "'place','from','to','least','hidden','pinned','lang'].map((key) => [key, arguments[0]]))).toString()",
        payload[:2000].encode("utf-8", "replace").decode(),
    )
    browser.until(lambda: browser.js("return kg.shown.nodeCount") == browser.js("return G.count"))
    healthy(browser)
