// Mouse, pen and fingers on the canvas: drag moves the plane or a node, wheel and pinch zoom, tap, double tap and hold.
const gestures = (canvas, engine, on) => {
  const fingers = new Map();
  let last = null, held = 0, travelled = 0, dragging = -1, pinched = 0, tapped = { time: 0, x: 0, y: 0 };
  const point = (event) => ({ x: event.offsetX, y: event.offsetY });
  const hit = (at, slack) => hitAt(at.x, at.y, engine.view(), engine.labels(), slack);
  const zoomAt = (at, factor) => {
    const view = engine.view(), fixed = view.toWorld(at.x, at.y), k = bounded(view.k * factor);
    engine.show({ x: fixed.x - (at.x - view.width / 2) / k, y: fixed.y - (at.y - view.height / 2) / k, k });
  };
  const spread = () => {
    const [a, b] = [...fingers.values()];
    return { far: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  };
  const move = (at) => {
    const view = engine.view();
    if (dragging >= 0) {
      const to = view.toWorld(at.x, at.y);
      moveNode(dragging, to.x, to.y);
      engine.place(dragging, to.x, to.y);
    } else engine.show({ x: view.x - (at.x - last.x) / view.k, y: view.y - (at.y - last.y) / view.k, k: view.k });
  };

  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 20 : 1;
    zoomAt(point(event), Math.exp(-Math.max(-120, Math.min(120, event.deltaY * unit)) * (event.ctrlKey ? 0.01 : 0.0022)));
  }, { passive: false });
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, point(event));
    last = point(event);
    if (fingers.size === 2) { pinched = spread().far; dragging = -1; }
    if (fingers.size > 1) { travelled = Infinity; return; }
    travelled = 0;
    dragging = pickNode(last.x, last.y, engine.view());
    const at = last;
    clearTimeout(held);
    held = setTimeout(() => { if (travelled < 6) { travelled = Infinity; on.hold(hit(at, 12)); } }, 550);
  });
  canvas.addEventListener("pointermove", (event) => {
    const at = point(event);
    if (!fingers.has(event.pointerId)) { on.hover(hit(at)); return; }
    fingers.set(event.pointerId, at);
    if (fingers.size === 2) {
      const now = spread();
      zoomAt(now, now.far / pinched);
      pinched = now.far;
      return;
    }
    travelled += Math.hypot(at.x - last.x, at.y - last.y);
    if (travelled > 6 && travelled < Infinity) { clearTimeout(held); move(at); }
    last = at;
  });
  const up = (event) => {
    fingers.delete(event.pointerId);
    clearTimeout(held);
    if (fingers.size) { last = [...fingers.values()][0]; return; }
    const at = point(event), touch = event.pointerType !== "mouse";
    if (event.type === "pointercancel" || travelled === Infinity) return;
    if (travelled > 6) {
      if (dragging >= 0) on.dragged(dragging, G.x[dragging], G.y[dragging]);
      return;
    }
    const again = event.timeStamp - tapped.time < 320 && Math.hypot(at.x - tapped.x, at.y - tapped.y) < 24;
    tapped = { time: again ? 0 : event.timeStamp, x: at.x, y: at.y };
    (again ? on.double : on.tap)(hit(at, touch ? 14 : 5));
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
};
