"""What readers do with the page, done with mouse, keyboard and fingers, on both engines."""

# ruff: noqa: E501 (scripts and payloads stand on a line of their own)

from __future__ import annotations

from itertools import pairwise

import pytest
from explorer_pages import Browser, hub, longest_link, pin_and_let_go
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser


def kind_of(page: Browser, node: int) -> str:
    return str(page.js("return G.kinds[G.kind[arguments[0]]]", node))


def test_search_finds_names_aliases_and_pinyin(page: Browser) -> None:
    name = page.js("return G.name[G.bySize[0]]")
    readings = page.js("return JSON.parse(document.getElementById('data-readings').textContent)")
    initials = "".join(readings[sign].split()[0][0] for sign in name)
    whole = "".join(readings[sign].split()[0] for sign in name)
    alias = page.js("return G.aliases(G.bySize[0])[0]")
    for typed in (name, name[1:4], initials, whole, whole[:-1]):
        page.find("#query").clear()
        page.find("#query").send_keys(typed)
        assert name in [hit.text.split("\n")[0] for hit in page.all("#hits li")], typed
    page.find("#query").clear()
    page.find("#query").send_keys(alias)
    assert len(page.all("#hits li")) > 1
    page.find("#query").clear()
    page.find("#query").send_keys("没有这样的名字", Keys.ENTER)
    assert "没有找到" in page.text("#hits")
    assert page.js("return kg.state.node") == -1


def test_search_opens_with_the_keyboard_alone(page: Browser) -> None:
    page.type("/")
    page.type(page.js("return G.name[G.bySize[3]]"))
    page.type(Keys.ENTER)
    assert page.text("#panel h2") == page.js("return G.name[G.bySize[3]]")


def test_a_click_on_a_node_shows_its_facts_with_marked_sentences(page: Browser) -> None:
    person = page.js("return G.bySize.find((i) => G.kinds[G.kind[i]] === 'official')")
    page.point(*page.at(person))
    page.until(lambda: page.js("return kg.state.node") == person)
    name = page.text("#panel h2")
    assert name == page.js("return G.name[arguments[0]]", person)
    assert len(page.all("#panel .fact")) == page.js(
        "return [...G.linksAt(arguments[0])].flatMap((link) => [...G.factsOf(link)]).length", person
    )
    assert {mark.text for mark in page.all("#panel mark.s")} == {name}
    cite = page.text("#panel .cite")
    assert "清河日报" in cite
    assert "news/000/" in cite
    assert "made_up" in cite
    assert "20" in cite
    assert "%" in page.text("#panel .sure")


def test_planned_and_former_facts_are_told_but_not_drawn_as_standing(page: Browser) -> None:
    facts = "const f = [...Array(G.factCount).keys()].filter((i) => G.facts.tenure[i] || G.facts.modality[i] > 1);"
    fact, link, person = page.js(
        facts + "const one = f.find((i) => [...G.factsOf(G.factLink[i])].length === 1);"
        "return [one, G.factLink[one], G.facts.s[one]]"
    )
    assert page.js("return kg.shown.links[arguments[0]]", link) == 0
    page.js("kg.act.open(arguments[0])", person)
    assert page.find(f'[data-fact="{fact}"] .badge').text in ("曾任", "计划")
    page.js("document.getElementById('filter-others').click()")
    assert page.js("return kg.shown.links[arguments[0]]", link) == 2  # dashed


def test_a_click_on_a_link_shows_the_facts_of_both_ends(page: Browser) -> None:
    link = longest_link(page)
    page.point(*page.spot_on(link))
    page.until(lambda: page.js("return kg.state.link") == link)  # vis-network waits whether a second click follows
    ends = page.js("return [G.linkFrom[arguments[0]], G.linkTo[arguments[0]]]", link)
    names = {item.text for item in page.all("#panel .ends button")}
    assert names == {page.js("return G.name[arguments[0]]", end) for end in ends}
    assert page.all("#panel blockquote")


def test_kinds_and_relations_can_be_switched_off_and_on(page: Browser) -> None:
    before = page.shown()
    people = {node for node in before if kind_of(page, node) == "official"}
    page.click('#legend-kinds [data-value="official"]')
    assert page.shown() == before - people
    assert page.find('#legend-kinds [data-value="official"]').get_attribute("aria-pressed") == "false"
    page.click("#reset")
    assert page.shown() == before
    page.click('#legend-relations [data-value="located_in"]')
    relations = page.js(
        "return [...new Set([...kg.shown.links.keys()].filter((l) => kg.shown.links[l])"
        ".flatMap((l) => [...G.factsOf(l)].map((f) => G.relations[G.facts.r[f]])))]"
    )
    assert page.shown() < before
    assert relations


def test_legend_counts_are_right(page: Browser) -> None:
    for row in page.all("#legend-kinds .key"):
        kind, count = row.get_attribute("data-value"), int(row.find_element("css selector", "small").text)
        assert count == page.js("return G.kind.filter((one) => G.kinds[one] === arguments[0]).length", kind)
    total = sum(int(one.text) for one in page.all("#legend-relations small"))
    assert total == page.js("return G.factCount")


def test_a_place_shows_what_lies_in_it_and_in_its_parts(page: Browser) -> None:
    city = page.js("return G.bySize.find((i) => G.name[i].endsWith('市') && G.kinds[G.kind[i]] === 'place')")
    stem = page.js("return G.name[arguments[0]]", city)[:-1]
    page.js(
        "const s = document.getElementById('filter-place'); s.value = arguments[0]; s.dispatchEvent(new Event('change'))",
        str(city),
    )
    names = [page.js("return G.name[arguments[0]]", node) for node in page.shown()]
    assert any(name.endswith("区") for name in names)  # contained in the city
    assert any(name.startswith(f"{stem}市") and len(name) > 8 for name in names)  # in a district of the city
    assert not any("市" in name and not name.removeprefix("《").startswith(stem) for name in names)


def test_dates_and_confidence_narrow_the_facts(page: Browser) -> None:
    set_value = (
        "const e = document.getElementById(arguments[0]); e.value = arguments[1]; e.dispatchEvent(new Event('change'))"
    )
    page.js(set_value, "filter-from", "2023-01-01")
    page.js(set_value, "filter-to", "2023-12-31")
    shown = page.js(
        "return [...kg.shown.links.keys()].filter((l) => kg.shown.links[l]).map((l) => [...G.factsOf(l)].map((f) => G.facts.since[f]))"
    )
    assert shown
    assert all(any(date.startswith("2023") for date in dates) for dates in shown)
    page.js("document.getElementById('reset').click()")
    page.js(set_value, "filter-least", "90")
    sure = page.js(
        "return [...kg.shown.links.keys()].filter((l) => kg.shown.links[l]).map((l) => Math.max(...[...G.factsOf(l)].map((f) => G.facts.confidence[f])))"
    )
    assert sure
    assert min(sure) >= 900


def test_the_timeline_chooses_a_period(page: Browser) -> None:
    bars = page.find("#bars")
    from selenium.webdriver.common.action_chains import ActionChains

    width = bars.size["width"]
    chain = ActionChains(page.driver, duration=40).move_to_element_with_offset(bars, -width // 4, 0).click_and_hold()
    chain.move_by_offset(width // 4, 0).release().perform()
    start, stop = page.js("return [kg.state.from, kg.state.to]")
    assert "2021" < start < stop < "2024"
    assert start in page.text("#period")


def test_neighbours_focus_and_back(page: Browser) -> None:
    node, before = hub(page), page.shown()
    page.js("kg.act.open(arguments[0])", node)
    page.click('[data-act="near1"]')
    near = set(
        page.js(
            "return [...G.linksAt(arguments[0])].filter((l) => kg.shown.links[l]).map((l) => G.across(l, arguments[0]))",
            node,
        )
    )
    assert page.shown() == near | {node}
    page.click('[data-act="near2"]')
    assert page.shown() > near
    page.click("#back")
    assert page.shown() == near | {node}
    page.click("#back")
    page.click("#back")
    assert page.shown() == before
    assert page.js("return kg.state.node") == -1
    assert not page.find("#back").is_enabled()


def test_a_double_click_shows_the_neighbours(page: Browser) -> None:
    page.point(*page.at(hub(page)), double=True)
    page.until(lambda: page.js("return kg.state.focus") == hub(page))


def test_the_path_between_two_nodes(page: Browser) -> None:
    start, end = page.js("return [G.name.indexOf(G.name.find((n) => n.endsWith('省'))), G.count - 1]")
    page.js("kg.act.open(arguments[0])", start)
    page.click('[data-act="path"]')
    assert "终点" in page.text("#notice")
    page.js("kg.act.open(arguments[0])", end)
    way = page.js("return kg.shown.path")
    assert way[0] == start
    assert way[-1] == end
    for a, b in pairwise(way):
        assert page.js("return kg.shown.links[G.linkBetween(arguments[0], arguments[1])]", a, b)
    page.type(Keys.ESCAPE)
    assert page.js("return kg.state.path") is None


def test_hide_and_bring_back(page: Browser) -> None:
    node, before = hub(page), page.shown()
    page.js("kg.act.open(arguments[0])", node)
    page.click('[data-act="hide"]')
    assert page.shown() == before - {node}
    page.js("document.getElementById('unhide').click()")
    assert page.shown() == before


def test_a_dragged_node_stays_where_it_is_put(page: Browser) -> None:
    pin_and_let_go(page, hub(page))


def test_dragging_the_plane_and_the_wheel_move_the_view(page: Browser) -> None:
    before = page.js("const {x, y, k} = kg.engine.view(); return [x, y, k]")
    page.drag((14, 200), (80, -50))
    after = page.js("const {x, y, k} = kg.engine.view(); return [x, y, k]")
    assert after[0] < before[0]
    assert after[1] > before[1]
    page.js(
        "document.querySelector('#network canvas').dispatchEvent(new WheelEvent('wheel', {deltaY: -200, clientX: 600, clientY: 300, bubbles: true, cancelable: true}))"
    )
    assert page.js("return kg.engine.view().k") > before[2]
    page.click("#fit")
    page.until(lambda: abs(page.js("return kg.engine.view().k") - before[2]) < 0.01)


def test_no_name_lies_on_another_while_the_view_moves(page: Browser) -> None:
    page.js("kg.act.clear(); kg.engine.show({ x: 0, y: 0, k: 1 })")
    page.rested()
    before, most = page.driver.execute_async_script(
        """const done = arguments[0], { engine } = window.kgExplorer, before = engine.labels().length;
        let most = 0, k = 1;
        const step = () => {
          const boxes = engine.labels().map((one) => one.box);
          most = Math.max(most, boxes.filter((a, i) => boxes.slice(0, i).some((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)).length);
          if ((k *= 0.96) < 0.35) { done([before, most]); return; }
          engine.show({ x: 0, y: 0, k });
          requestAnimationFrame(() => requestAnimationFrame(step));
        };
        step();"""
    )
    assert before > 20
    assert most == 0
