"""What readers do with the graph, on the page of the seeds and from a thousand nodes to fifty thousand.

What must be seen is worked out by `PageTold` from the data in the page, apart from the page's script.
"""

# ruff: noqa: E501 (scripts stand on a line of their own)

from __future__ import annotations

import time
from collections import Counter
from itertools import pairwise

import pytest
from conftest import Opened
from explorer_pages import Browser, hub, longest_link, pin_and_let_go
from explorer_told import Source
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def choose(page: Browser, field: str, value: object) -> None:
    """Fills in a filter as a reader does."""
    page.js(
        "const e = document.getElementById(arguments[0]); e.value = arguments[1]; e.dispatchEvent(new Event('change'))",
        field, str(value),
    )  # fmt: skip


def seek(page: Browser, text: str, *keys: str) -> list[str]:
    """Types into the search field; the names that are offered."""
    page.find("#query").clear()
    page.find("#query").send_keys(text)
    found = page.js("return [...document.querySelectorAll('#hits li:not(.none) bdi')].map((one) => one.textContent)")
    if keys:
        page.find("#query").send_keys(*keys)
    return [str(one) for one in found]


def test_the_engine_fits_the_size_and_all_is_shown(here: Opened) -> None:
    assert here.page.js("return document.documentElement.dataset.engine") == ("vis" if here.size <= 2000 else "canvas")
    assert (here.page.shown(), here.page.joined()) == here.told.seen()
    assert f"{here.size:,}" in here.page.text("#shown")


def test_search_by_name_alias_and_sound(here: Opened) -> None:
    page, told = here.page, here.told
    rare, large = told.rare(range(here.size)), hub(page)
    assert told.names[rare] == seek(page, told.names[rare])[0]
    assert told.names[large] in seek(page, told.names[large][:2])
    bearers = Counter(alias for aliases in told.columns["aliases"].values() for alias in aliases)
    aliased, alias = next((one, its[-1]) for one, its in told.columns["aliases"].items() if bearers[its[-1]] == 1)
    assert told.names[int(aliased)] in seek(page, alias)
    syllables = [told.readings[sign].split()[0] for sign in told.names[large]]
    for typed in ("".join(syllables), "".join(syllables)[:-1], "".join(one[0] for one in syllables)):
        assert told.names[large] in seek(page, typed), typed
    assert seek(page, "没有这样的名字") == []
    assert "没有找到" in page.text("#hits")
    seek(page, told.names[rare], Keys.ENTER)
    assert page.text("#panel h2") == told.names[rare]


def test_search_answers_at_once(here: Opened) -> None:
    typed = ["s", "sh", "社", "社会", "shehui", "zzzzzz", "没有"]
    slowest = here.page.js(
        "const q = document.getElementById('query'), turn = (text) => { const start = performance.now(); q.value = text; q.dispatchEvent(new Event('input')); return performance.now() - start; };"
        "turn('先'); return Math.max(...arguments[0].map(turn))", typed,
    )  # fmt: skip
    assert slowest < 400  # some 50 ms on a machine at rest


def test_each_kind_can_be_switched_off(here: Opened) -> None:
    page, told = here.page, here.told
    for kind in sorted(set(told.kinds)):
        page.js("document.querySelector(arguments[0]).click()", f'#legend-kinds [data-value="{kind}"]')
        assert (page.shown(), page.joined()) == told.seen(without_kinds=[kind])
        page.js("document.querySelector(arguments[0]).click()", f'#legend-kinds [data-value="{kind}"]')
    page.click("#legend-kinds h3 button:nth-of-type(2)")
    assert page.shown() == set()
    assert page.find("#empty").is_displayed()
    page.click("#reset")
    assert page.shown() == told.seen()[0]


def test_each_relation_can_be_switched_off(here: Opened) -> None:
    page, told = here.page, here.told
    relations = told.columns["relations"]
    for relation in relations if here.size < 10_000 else relations[::3]:
        page.js("document.querySelector(arguments[0]).click()", f'#legend-relations [data-value="{relation}"]')
        assert (page.shown(), page.joined()) == told.seen(without_relations=[relation]), relation
        page.js("document.getElementById('reset').click()")
    assert page.shown() == told.seen()[0]


def test_the_legend_counts(here: Opened) -> None:
    rows = here.page.js(
        "return ['kinds', 'relations'].map((what) => Object.fromEntries([...document.querySelectorAll(`#legend-${what} .key`)]"
        ".map((row) => [row.dataset.value, Number(row.querySelector('small').textContent.replaceAll(',', ''))])))"
    )
    told = here.told
    assert rows[0] == {kind: told.kinds.count(kind) for kind in set(told.kinds)}
    relations = [relation for _, _, relation in told.facts]
    assert rows[1] == {relation: relations.count(relation) for relation in set(relations)}


def test_a_place_with_what_lies_in_it(here: Opened) -> None:
    page, told = here.page, here.told
    places = (one for one, kind in enumerate(told.kinds) if kind == "place" and len(told.within(one)) < here.size)
    place = max(places, key=lambda one: len(told.around[one]))
    choose(page, "filter-place", place)
    assert (page.shown(), page.joined()) == told.seen(place=place)
    assert len(told.within(place)) > 1 + sum(relation == "located_in" and o == place for _, o, relation in told.facts)
    assert page.shown() < told.seen()[0]
    choose(page, "filter-place", -1)
    assert page.shown() == told.seen()[0]


@pytest.mark.parametrize(("since", "until"), [("2023-03-01", "2023-04-30"), ("2025-11-20", ""), ("", "2021-02-01")])
def test_a_range_of_dates(here: Opened, since: str, until: str) -> None:
    choose(here.page, "filter-from", since)
    choose(here.page, "filter-to", until)
    expected = here.told.seen(since=since, until=until)
    assert (here.page.shown(), here.page.joined()) == expected
    assert bool(expected[0]) == bool(here.told.dated)
    assert here.page.find("#empty").is_displayed() == (not expected[0])


def test_confidence_and_facts_that_do_not_stand(here: Opened) -> None:
    sure = sorted(here.told.columns["facts"]["confidence"])
    least = min(100, 5 * (sure[len(sure) // 2] // 50 + 1))
    choose(here.page, "filter-least", least)
    assert (here.page.shown(), here.page.joined()) == here.told.seen(least=least)
    here.page.js("document.getElementById('reset').click(); document.getElementById('filter-others').click()")
    assert (here.page.shown(), here.page.joined()) == here.told.seen(others=True)


def check_panel(here: Opened, expected: list[int]) -> None:
    """The panel holds these facts, each with its sentences, the words marked, rule, confidence, source and date."""
    found = here.page.js(
        "for (let more; (more = document.querySelector('#panel .more')); ) more.click(); const text = (one) => one.textContent;"
        "return [...document.querySelectorAll('#panel .fact')].map((one) => ({ fact: Number(one.dataset.fact), sure: text(one.querySelector('.sure')), quotes: [...one.querySelectorAll('blockquote')].map(text),"
        " marks: [...one.querySelectorAll('blockquote')].map((quote) => [...quote.querySelectorAll('mark')].map(text)), cites: [...one.querySelectorAll('.cite')].map(text) }))"
    )
    assert sorted(one["fact"] for one in found) == sorted(expected)
    for one in found:
        assert one["sure"] == f"{int(here.told.columns['facts']['confidence'][one['fact']] / 10 + 0.5)}%"
        sources = here.told.sources(one["fact"])
        assert one["quotes"] == [source.text for source in sources]
        assert one["marks"] == [source.marks for source in sources]
        for cite, source in zip(one["cites"], sources or [Source(text="", marks=[], cited=("地名录",))], strict=True):
            assert all(part in cite for part in source.cited)


def test_a_click_on_an_entity(here: Opened) -> None:
    page = here.page
    node = hub(page)
    page.js("kg.act.open(arguments[0])", node)
    page.rested()
    spot = page.at(node)
    page.js("kg.act.clear()")
    page.point(*spot)
    page.until(lambda: page.js("return kg.state.node") == node)
    assert page.text("#panel h2") == here.told.names[node]
    check_panel(here, here.told.facts_of(node))


def test_a_click_on_a_link(here: Opened) -> None:
    page = here.page
    link = longest_link(page)
    page.point(*page.spot_on(link))
    page.until(lambda: page.js("return kg.state.link") == link)
    ends = page.js("return [G.linkFrom[arguments[0]], G.linkTo[arguments[0]]]", link)
    assert {one.text for one in page.all("#panel .ends button")} == {here.told.names[end] for end in ends}
    check_panel(here, here.told.links[min(ends), max(ends)])


def test_neighbours_focus_and_back(here: Opened) -> None:
    page, told = here.page, here.told
    node, every = hub(page), told.seen()
    page.js("kg.act.open(arguments[0])", node)
    page.click('[data-act="near1"]')
    assert page.shown() == set(told.near(node, 1, every[1]))
    page.click('[data-act="near2"]')
    assert page.shown() == set(told.near(node, 2, every[1])) > set(told.near(node, 1, every[1]))
    page.click("#back")
    assert page.shown() == set(told.near(node, 1, every[1]))
    page.click("#back")
    page.click("#back")
    assert page.shown() == every[0]
    assert page.js("return kg.state.node") == -1


def test_the_path_between_two(here: Opened) -> None:
    page, told = here.page, here.told
    start, shown = hub(page), told.seen()[1]
    steps = told.near(start, here.size, shown)
    end = told.rare(one for one, far in steps.items() if far == max(steps.values()))
    page.js("kg.act.open(arguments[0])", start)
    page.click('[data-act="path"]')
    assert "终点" in page.text("#notice")
    seek(page, told.names[end], Keys.ENTER)
    way = page.js("return kg.shown.path")
    assert (way[0], way[-1]) == (start, end)
    assert len(way) == steps[end] + 1 > 2
    assert all((min(pair), max(pair)) in shown for pair in pairwise(way))
    assert f"{steps[end]}" in page.text("#notice")
    page.type(Keys.ESCAPE)
    assert page.js("return kg.state.path") is None


def test_hide_and_bring_back(here: Opened) -> None:
    page, node = here.page, hub(here.page)
    page.js("kg.act.open(arguments[0])", node)
    page.click('[data-act="hide"]')
    assert (page.shown(), page.joined()) == here.told.seen(hidden=[node])
    page.js("document.getElementById('unhide').click()")
    assert (page.shown(), page.joined()) == here.told.seen()


def test_a_dragged_entity_is_pinned(here: Opened) -> None:
    page, node = here.page, hub(here.page)
    page.js("kg.engine.show({ x: G.x[arguments[0]], y: G.y[arguments[0]], k: 1 })", node)
    page.rested()
    pin_and_let_go(page, node)


def test_the_timeline(here: Opened) -> None:
    """It counts the facts of each month, and dragging over it chooses a period; without dates there is none."""
    page, dated = here.page, here.told.dated
    if not dated:
        assert not page.find("#timeline").is_displayed()
        return
    bars = page.find("#bars")
    across = bars.size["width"]
    chain = ActionChains(page.driver, duration=40).move_to_element_with_offset(bars, -across // 4, 0).click_and_hold()
    chain.move_by_offset(across // 4, 0).release().perform()
    since, until = page.js("return [kg.state.from, kg.state.to]")
    assert min(dated) < since < until < max(dated)
    assert since in page.text("#period")
    assert (page.shown(), page.joined()) == here.told.seen(since=since, until=until)
    ActionChains(page.driver).double_click(page.find("#bars")).perform()
    page.until(lambda: page.js("return kg.state.from + kg.state.to") == "")


def test_an_overview_by_hubs_and_communities(here: Opened) -> None:
    page, told = here.page, here.told
    listed = page.js(
        "return [...document.querySelectorAll('#panel .list li')].map((one) => [one.querySelector('bdi').textContent, Number(one.querySelector('small').textContent)])"
    )
    most = sorted((len(around) for around in told.around), reverse=True)[:12]
    assert [count for _, count in listed[:12]] == most
    groups = page.all("[data-group]")
    assert bool(groups) == (here.size > 1500)
    if not groups:
        return
    named = page.js("return kg.engine.labels().filter((one) => one.group !== undefined).length")
    assert named >= 5
    for group in (int(groups[0].get_attribute("data-group") or -1), int(groups[3].get_attribute("data-group") or -1)):
        page.click(f'[data-group="{group}"]')
        assert page.shown() == {one for one, its in enumerate(told.columns["group"]) if its == group}
        page.click("#whole")
    page.rested()
    group, x, y = page.js(
        "const l = kg.engine.labels().find((one) => one.group !== undefined); return [l.group, l.x, (l.box.top + l.box.bottom) / 2]"
    )
    page.point(x, y)
    time.sleep(0.05)
    page.until(lambda: page.js("return kg.state.group + kg.state.node") != -2)
