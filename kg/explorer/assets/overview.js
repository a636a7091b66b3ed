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

const roomForNames = ({ left, top, right, bottom }, each) => Math.ceil(Math.min(26, ((right - left) * (bottom - top)) / each)); // a small screen has room for few
const groupLabels = function* (ctx, view, taken, screen) {
  const largest = G.hubs[groupsBySize()[0]].length;
  let left = roomForNames(screen, 24000);
  for (const group of groupsBySize()) {
    if (!left || G.hubs[group].length < 12) return;
    const hub = shownHub(group);
    if (hub < 0) continue;
    const at = view.toScreen(groupMiddles()[group].x, groupMiddles()[group].y);
    if (at.x < 0 || at.y < 0 || at.x > view.width || at.y > view.height) continue;
    const main = G.hubs[group].length > largest / 3, size = Math.min(21, (main ? 14 : 11.5) + Math.sqrt(G.hubs[group].length) / 4), font = `${main ? 700 : 400} ${size}px ${SERIF}`;
    const lines = [linesOf(hub).join("").slice(0, 14)], width = widthOf(ctx, lines[0], font);
    const box = { left: at.x - width / 2 - 8, right: at.x + width / 2 + 8, top: at.y - size * 0.8, bottom: at.y + size * 0.8 };
    if (!taken.free(box) || isCut(box, screen)) continue;
    taken.take(box);
    left--;
    yield { node: -1, group, hub, lines, align: "center", x: at.x, y: at.y - size * 0.6, size, font, box, dim: SHOWN.near !== null };
  }
};
