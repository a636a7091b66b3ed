// Large graphs from afar: communities bear the name of their hub, like countries on a map.
const LARGE = 1500;
const groupZoom = () => (G.count > LARGE && state.group < 0 && state.focus < 0 && !SHOWN.path ? 0.3 : 0);
const groupMiddles = (() => {
  let found;
  return () => (found ??= G.hubs.map((nodes) => {
    const middle = (axis) => nodes.reduce((sum, node) => sum + axis[node], 0) / nodes.length;
    return { x: middle(G.x), y: middle(G.y) };
  }));
})();
const groupsBySize = (() => {
  let found;
  return () => (found ??= G.hubs.map((_, group) => group).sort((a, b) => G.hubs[b].length - G.hubs[a].length || a - b));
})();
const shownHub = (group) => G.hubs[group].find((node) => SHOWN.nodes[node]) ?? -1;

const groupLabels = function* (ctx, view, taken) {
  let left = Math.ceil(Math.min(26, (view.width * view.height) / 45000)); // a small screen has room for few
  for (const group of groupsBySize()) {
    if (!left || G.hubs[group].length < 12) return;
    const hub = shownHub(group);
    if (hub < 0) continue;
    const at = view.toScreen(groupMiddles()[group].x, groupMiddles()[group].y);
    if (at.x < 0 || at.y < 0 || at.x > view.width || at.y > view.height) continue;
    const size = Math.min(21, 13 + Math.sqrt(G.hubs[group].length) / 4), font = `700 ${size}px ${SERIF}`;
    const lines = [linesOf(hub).join("").slice(0, 14)], width = widthOf(ctx, lines[0], font);
    const box = { left: at.x - width / 2 - 8, right: at.x + width / 2 + 8, top: at.y - size * 0.8, bottom: at.y + size * 0.8 };
    if (!taken.free(box)) continue;
    taken.take(box);
    left--;
    yield { node: -1, group, lines, x: at.x, y: at.y - size * 0.6, size, font, box, dim: SHOWN.near !== null };
  }
};
