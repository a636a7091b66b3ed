// What part of the plane is on the screen: (x, y) of the plane lies in the middle, k pixels are one unit.
const makeView = (x, y, k, width, height) => ({
  x, y, k, width, height,
  toScreen: (px, py) => ({ x: (px - x) * k + width / 2, y: (py - y) * k + height / 2 }),
  toWorld: (sx, sy) => ({ x: (sx - width / 2) / k + x, y: (sy - height / 2) / k + y }),
});
const LEAST_ZOOM = 0.01, MOST_ZOOM = 4;
const bounded = (k) => Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, k));

const boxOf = (nodes) => {
  let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
  for (const node of nodes) {
    left = Math.min(left, G.x[node]); right = Math.max(right, G.x[node]);
    top = Math.min(top, G.y[node]); bottom = Math.max(bottom, G.y[node]);
  }
  return { left, top, right, bottom };
};
const roomFor = (width, height) => ({ wide: Math.max(1, width - Math.min(130, width * 0.24)), high: Math.max(1, height - 100) }); // the rest is for labels
const fitting = (nodes, width, height, most = 1.25) => { // the view that holds all these nodes, with room for labels
  const box = boxOf(nodes);
  if (box.left > box.right) return makeView(0, 0, 1, width, height);
  const { wide, high } = roomFor(width, height);
  const k = bounded(Math.min(most, wide / (box.right - box.left || 1), high / (box.bottom - box.top || 1)));
  return makeView((box.left + box.right) / 2, (box.top + box.bottom) / 2 + 10 / k, k, width, height);
};
const shownNodes = () => {
  const nodes = [];
  for (let i = 0; i < G.count; i++) if (SHOWN.nodes[i]) nodes.push(i);
  return nodes;
};
