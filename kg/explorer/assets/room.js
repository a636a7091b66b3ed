// Room on the screen: what is taken, the places around a node, the best of them.
class Taken { // boxes of the screen that are in use
  constructor() { this.cells = new Map(); }
  *near(box) {
    for (let x = Math.floor(box.left / 80); x <= Math.floor(box.right / 80); x++)
      for (let y = Math.floor(box.top / 40); y <= Math.floor(box.bottom / 40); y++) yield x * 4096 + y;
  }
  free(box) {
    for (const cell of this.near(box)) for (const one of this.cells.get(cell) ?? []) if (meet(one, box)) return false;
    return true;
  }
  release(box) {
    for (const cell of this.near(box)) this.cells.set(cell, this.cells.get(cell).filter((one) => one !== box));
  }
  take(box) {
    for (const cell of this.near(box)) this.cells.has(cell) ? this.cells.get(cell).push(box) : this.cells.set(cell, [box]);
  }
}
const meet = (a, b) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
const around = (at, radius) => ({ left: at.x - radius, right: at.x + radius, top: at.y - radius, bottom: at.y + radius });
const apart = (labels) => { // those that lie on none before them
  const taken = new Taken();
  return labels.filter(({ box }) => taken.free(box) && (taken.take(box), true));
};

const boxesAround = (at, gap, w, h) => { // where a name may stand: below, beside, above, then further to the corners
  const places = [[at.x - w / 2, at.y + gap], [at.x + gap, at.y - h / 2], [at.x - gap - w, at.y - h / 2], [at.x - w / 2, at.y - gap - h]];
  for (const part of [0.25, 0.75, 0, 1]) places.push([at.x - w * part, at.y + gap], [at.x - w * part, at.y - gap - h]);
  for (const part of [0.2, 0.8, 0, 1]) places.push([at.x + gap, at.y - h * part], [at.x - gap - w, at.y - h * part]);
  return places.map(([left, top]) => ({ left, top, right: left + w, bottom: top + h }));
};
const bestOf = (boxes, sheets, screen, ways, must = false) => { // a free one that the fewest links run through; null when all are taken, or cut by the edge unless it must be
  let best = null, least = Infinity;
  for (const box of boxes) {
    if (!sheets.every((sheet) => sheet.free(box))) continue;
    const cut = isCut(box, screen), crossed = ways.count(box) + (cut ? 1000 : 0);
    if (crossed < least && (must || !cut)) { best = box; least = crossed; }
    if (!crossed) break;
  }
  return best;
};
const isCut = (box, { left, top, right, bottom, whole }) => { // by the edge of the screen, or of what is drawn beyond it
  const apart = box.right <= left || box.left >= right || box.bottom <= top || box.top >= bottom;
  const inside = box.left >= left && box.right <= right && box.top >= top && box.bottom <= bottom;
  return !(inside || (apart && box.left >= 0 && box.top >= 0 && box.right <= whole.width && box.bottom <= whole.height));
};
