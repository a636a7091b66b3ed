// What buttons, keys and gestures do.
const makeActions = (engine) => {
  const size = () => engine.view();
  const lookAt = (nodes, most, milliseconds = 350) => engine.show(fitting(nodes, size().width, size().height, most), calm() ? 0 : milliseconds);
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  const covered = () => { // on a phone the panel lies over the lower half
    const panel = document.getElementById("panel");
    return getComputedStyle(panel).position === "absolute" && panel.classList.contains("open") ? panel.offsetHeight : 0;
  };
  const reveal = (node) => { // brings a node into sight, no closer than needed
    const view = engine.view(), at = view.toScreen(G.x[node], G.y[node]), k = view.k >= 0.4 ? view.k : Math.min(0.8, 9 / G.r[node]);
    const room = view.height - covered();
    if (k === view.k && at.x > 60 && at.y > 60 && at.x < view.width - 60 && at.y < room - 60) return;
    engine.show({ x: G.x[node], y: G.y[node] + covered() / 2 / k, k }, calm() ? 0 : 350);
  };
  const act = {
    picking: -1,
    fit: () => lookAt(shownNodes()),
    zoom: (factor) => { const view = engine.view(); engine.show({ x: view.x, y: view.y, k: bounded(view.k * factor) }, calm() ? 0 : 160); },
    open: (node) => {
      if (act.picking >= 0 && act.picking !== node) { act.finishPath(node); return; }
      const patch = { node, link: -1 };
      if (!SHOWN.nodes[node]) Object.assign(patch, unfiltered(node));
      change(patch, { remember: true });
      reveal(node);
    },
    focus: (node, steps) => { change({ focus: node, steps, path: null, node, link: -1 }, { remember: true }); act.fit(); },
    group: (group) => { change({ group, node: -1, link: -1, focus: -1, path: null }, { remember: true }); act.fit(); },
    startPath: (node) => { act.picking = node; notice(say("pathPick")); },
    finishPath: (node) => {
      change({ path: [act.picking, node], node: -1, link: -1, focus: -1 }, { remember: true });
      act.picking = -1;
      notice(SHOWN.path ? say("path", SHOWN.path.length - 1) : say("pathNone"), 4000);
      if (SHOWN.path) lookAt(SHOWN.path, 1);
    },
    hide: (node) => change({ hidden: new Set(state.hidden).add(node), node: -1 }, { remember: true }),
    unhide: () => change({ hidden: new Set() }, { remember: true }),
    pin: (node) => {
      const pinned = new Map(state.pinned);
      if (!pinned.delete(node)) pinned.set(node, [G.x[node], G.y[node]]);
      change({ pinned }, { remember: true });
    },
    whole: () => { act.picking = -1; change({ focus: -1, path: null, group: -1, node: -1, link: -1, hidden: new Set() }, { remember: true }); act.fit(); },
    back: () => { if (past.length) act.restore(past.pop()); },
    restore: (hash) => {
      const next = stateOf(hash), moved = next.focus !== state.focus || next.group !== state.group || String(next.path) !== String(state.path);
      for (const [node, [x, y]] of next.pinned) { moveNode(node, x, y); engine.place(node, x, y); }
      change(next);
      if (moved) act.fit();
    },
    clear: () => {
      document.getElementById("keys").hidden = true;
      if (act.picking >= 0) { act.picking = -1; notice(""); }
      else if (state.node >= 0 || state.link >= 0) select(-1);
      else if (state.path || state.focus >= 0 || state.group >= 0) act.whole();
    },
    help: () => { const keys = document.getElementById("keys"); keys.hidden = !keys.hidden; },
    copy: () => {
      const done = () => notice(say("copied"), 2500);
      if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(location.href).then(done, () => notice(location.href, 8000));
      else notice(location.href, 8000);
    },
  };
  return act;
};
const unfiltered = (node) => { // what must be undone for a node to be seen
  const kinds = new Set(state.kinds), hidden = new Set(state.hidden);
  kinds.delete(G.kinds[G.kind[node]]);
  hidden.delete(node);
  return { kinds, hidden, focus: -1, path: null, group: -1, place: -1 };
};
let noticeTimer = 0;
const notice = (text, milliseconds = 0) => {
  const line = document.getElementById("notice");
  clearTimeout(noticeTimer);
  line.textContent = text;
  line.hidden = !text;
  if (milliseconds) noticeTimer = setTimeout(() => { line.hidden = true; }, milliseconds);
};
