// Puts the page together.
const at = (id) => document.getElementById(id);
const setTheme = (theme) => {
  state.theme = theme;
  document.documentElement.dataset.theme = theme;
  readColours();
};
const labelPage = () => {
  document.documentElement.lang = state.lang === "zh" ? "zh-CN" : "en";
  for (const one of document.querySelectorAll("[data-word]")) one.textContent = say(one.dataset.word);
  for (const one of document.querySelectorAll("[data-title]")) { one.title = say(one.dataset.title); one.setAttribute("aria-label", one.title); }
  at("query").placeholder = say("search");
  at("query").setAttribute("aria-label", say("search"));
  at("stage").setAttribute("aria-label", say("stage"));
  at("summary").textContent = say("summary", number(G.count), number(G.factCount), number(G.documents));
  at("keys").replaceChildren(...KEYS.flatMap(([key, word]) => [element("dt", {}, key), element("dd", {}, say(word))]));
};
const showStatus = () => {
  at("shown").textContent = G.count ? say("shown", number(SHOWN.nodeCount), number(G.count), number(SHOWN.linkCount)) : "";
  at("empty").hidden = SHOWN.nodeCount > 0;
  at("empty").children[0].textContent = say(G.count ? "nothing" : "emptyGraph");
  at("empty").children[1].textContent = say(G.count ? "nothingHint" : "emptyGraphHint");
  at("back").disabled = !past.length;
};

const setUpMenus = (engine, act) => {
  const menu = at("export-menu"), toggle = (open) => { menu.hidden = !open; at("export").setAttribute("aria-expanded", String(open)); };
  at("export").addEventListener("click", () => toggle(menu.hidden));
  document.addEventListener("click", (event) => { if (!event.target.closest(".menu")) toggle(false); });
  const item = (id, action) => at(id).addEventListener("click", () => { toggle(false); action(); });
  item("export-png", () => exportPng(engine.view()));
  item("export-svg", () => exportSvg(engine.view()));
  item("export-turtle", exportTurtle);
  item("print", () => print());
  const click = (id, action) => at(id).addEventListener("click", action);
  click("back", act.back);
  click("whole", act.whole);
  click("fit", act.fit);
  click("zoom-in", () => act.zoom(1.4));
  click("zoom-out", () => act.zoom(1 / 1.4));
  click("help", act.help);
  click("language", () => change({ lang: state.lang === "zh" ? "en" : "zh" }));
  click("theme", () => { setTheme(state.theme === "dark" ? "light" : "dark"); change({}); });
  click("toggle-filters", () => at("toggle-filters").setAttribute("aria-expanded", String(at("filters").classList.toggle("open"))));
};

const begin = () => {
  setTheme(matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  Object.assign(state, stateOf(location.hash.slice(1)));
  for (const [node, [x, y]] of state.pinned) { G.x[node] = x; G.y[node] = y; }
  reindex();
  refilter();
  const engine = {}, act = makeActions(engine);
  const showPage = () => {
    labelPage();
    showFilters(act);
    showPanel(act);
    showTimeline();
    showStatus();
    showHash();
  };
  showPage(); // first, for it settles how much room is left for the drawing
  Object.assign(engine, createEngine(at("network"), {
    tap: ({ node, link, group }) => { if (node >= 0) act.open(node); else if (group >= 0) act.group(group); else select(-1, link); },
    double: ({ node, group }) => { if (node >= 0) act.focus(node, 1); else if (group >= 0) act.group(group); else act.zoom(1.8); },
    hold: ({ node }) => { if (node >= 0) act.focus(node, 1); },
    hover: ({ node, link, group }) => { at("network").style.cursor = node >= 0 || link >= 0 || group >= 0 ? "pointer" : "grab"; },
    drawn: () => { document.documentElement.dataset.ready ??= String(Math.round(performance.now())); }, // what is seen can be used
    dragged: (node, x, y) => {
      moveNode(node, x, y);
      change({ pinned: new Map(state.pinned).set(node, [x, y]) }, { remember: true });
    },
  }));
  watch(() => {
    refilter();
    showPage();
    engine.draw();
  });
  setUpMenus(engine, act);
  setUpSearch(act.open);
  setUpKeys(engine, act);
  window.addEventListener("hashchange", () => act.restore(location.hash.slice(1)));
  let first = null; // the view that the page began with; while it stands, it follows the window
  const fitFirst = () => {
    engine.show(fitting(shownNodes(), at("network").clientWidth, at("network").clientHeight));
    first = engine.view();
  };
  new ResizeObserver(() => {
    const { x, y, k } = engine.view(), untouched = first && Math.abs(x - first.x) * k < 1 && Math.abs(y - first.y) * k < 1 && Math.abs(k / first.k - 1) < 0.01;
    engine.resize();
    showTimeline();
    if (untouched) fitFirst();
  }).observe(at("stage"));
  engine.resize();
  fitFirst();
  engine.draw();
  window.kgExplorer = { engine, state, graph: G, shown: SHOWN, act }; // for tests and the curious
};
begin();
