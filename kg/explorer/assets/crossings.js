// Where links run on the screen, so that names can keep clear of them.
const MOST_SEGMENTS = 1500; // more are a weave that no name escapes
const CROSSING_CELL = 64; // px

class Crossings {
  constructor(view) {
    this.cells = new Map();
    this.ends = []; // x, y, x, y of each link in sight
    for (let link = 0; link < G.links; link++) {
      if (!SHOWN.links[link]) continue;
      const a = view.toScreen(G.x[G.linkFrom[link]], G.y[G.linkFrom[link]]), b = view.toScreen(G.x[G.linkTo[link]], G.y[G.linkTo[link]]);
      if (Math.max(a.x, b.x) < 0 || Math.max(a.y, b.y) < 0 || Math.min(a.x, b.x) > view.width || Math.min(a.y, b.y) > view.height) continue;
      if (this.ends.push([a.x, a.y, b.x, b.y]) > MOST_SEGMENTS) { this.ends = []; this.cells.clear(); return; }
      this.index(this.ends.length - 1, a, b, view);
    }
  }
  index(number, a, b, view) {
    const steps = Math.min(200, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / (CROSSING_CELL / 2)) || 1);
    let last = NaN;
    for (let i = 0; i <= steps; i++) {
      const x = a.x + ((b.x - a.x) * i) / steps, y = a.y + ((b.y - a.y) * i) / steps;
      if (x < -CROSSING_CELL || y < -CROSSING_CELL || x > view.width + CROSSING_CELL || y > view.height + CROSSING_CELL) continue;
      const cell = Math.floor(x / CROSSING_CELL) * 4096 + Math.floor(y / CROSSING_CELL);
      if (cell === last) continue;
      last = cell;
      this.cells.has(cell) ? this.cells.get(cell).push(number) : this.cells.set(cell, [number]);
    }
  }
  count(box) { // links that run through a box; a corner of a cell may be missed, which costs no more than a line under a name
    if (!this.ends.length) return 0;
    const found = new Set();
    for (let x = Math.floor(box.left / CROSSING_CELL); x <= Math.floor(box.right / CROSSING_CELL); x++)
      for (let y = Math.floor(box.top / CROSSING_CELL); y <= Math.floor(box.bottom / CROSSING_CELL); y++)
        for (const number of this.cells.get(x * 4096 + y) ?? []) if (!found.has(number) && meetsBox(this.ends[number], box)) found.add(number);
    return found.size;
  }
}
const meetsBox = ([ax, ay, bx, by], box) => { // does a segment touch a box? (Liang and Barsky)
  const dx = bx - ax, dy = by - ay;
  let from = 0, to = 1;
  for (const [step, room] of [[-dx, ax - box.left], [dx, box.right - ax], [-dy, ay - box.top], [dy, box.bottom - ay]]) {
    if (step === 0) { if (room < 0) return false; continue; }
    const at = room / step;
    if (step < 0) from = Math.max(from, at);
    else to = Math.min(to, at);
    if (from > to) return false;
  }
  return true;
};
