// The keyboard.
const KEYS = [["/", "key.search"], ["← ↑ ↓ →", "key.move"], ["+ −", "key.zoom"], ["0", "key.fit"], ["[ ]", "key.next"], ["1 2", "key.focus"], ["H", "key.hide"], ["P", "key.pin"], ["B", "key.back"], ["Esc", "key.clear"]];
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
let walked = { at: -1, hub: -1 };
const walk = (by, act) => { // through the neighbours of the node that was selected first
  if (state.node < 0) { const first = G.bySize.find((node) => SHOWN.nodes[node]); if (first !== undefined) act.open(first); return; }
  if (walked.hub < 0 || (state.node !== walked.hub && state.node !== walked.node)) walked = { hub: state.node, at: -1 };
  const links = [...G.linksAt(walked.hub)].filter((link) => SHOWN.links[link]);
  if (!links.length) return;
  const at = (walked.at + by + links.length + (walked.at < 0 && by < 0 ? 1 : 0)) % links.length;
  const node = G.across(links[at], walked.hub);
  walked = { hub: walked.hub, at, node };
  act.open(node);
};
const setUpKeys = (engine, act) => {
  const on = {
    "/": () => document.getElementById("query").focus(), "+": () => act.zoom(1.4), "=": () => act.zoom(1.4), "-": () => act.zoom(1 / 1.4), 0: act.fit,
    "[": () => walk(-1, act), "]": () => walk(1, act), b: act.back, "?": act.help, Escape: act.clear,
    1: () => state.node >= 0 && act.focus(state.node, 1), 2: () => state.node >= 0 && act.focus(state.node, 2),
    h: () => state.node >= 0 && act.hide(state.node), p: () => state.node >= 0 && act.pin(state.node),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const step = STEPS[event.key], key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (step && event.target.closest("#panel, #filters, [role=menu]")) return;
    if (step) { const view = engine.view(); engine.show({ x: view.x + (step[0] * 80) / view.k, y: view.y + (step[1] * 80) / view.k, k: view.k }); }
    else if (on[key]) on[key]();
    else return;
    event.preventDefault();
  });
};
