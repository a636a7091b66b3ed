// The search field and its list of hits.
const setUpSearch = (open) => {
  const input = document.getElementById("query"), list = document.getElementById("hits");
  let hits = [], at = -1;
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (next) => {
    at = next;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
    list.children[at]?.scrollIntoView({ block: "nearest" });
    if (at >= 0) input.setAttribute("aria-activedescendant", `hit-${at}`);
  };
  const choose = (node) => {
    input.value = "";
    input.blur(); // keys are for the graph again
    open(node);
  };
  const hit = (node, i) => element("li", { role: "option", id: `hit-${i}`, onpointerdown: (event) => { event.preventDefault(); choose(node); } },
    badge(G.kind[node], 13), name(short(G.name[node], 60)), element("small", {}, termName(G.kinds[G.kind[node]])));
  const refresh = () => {
    hits = find(input.value);
    const typed = input.value.trim();
    list.replaceChildren(...(hits.length || !typed ? hits.map(hit) : [element("li", { class: "none" }, say("noHits", short(typed, 40)))]));
    list.hidden = !typed;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(hits.length ? 0 : -1);
  };
  input.addEventListener("input", refresh);
  input.addEventListener("focus", refresh);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && hits.length) mark((at + 1) % hits.length);
    else if (event.key === "ArrowUp" && hits.length) mark((at + hits.length - 1) % hits.length);
    else if (event.key === "Enter" && at >= 0) choose(hits[at]);
    else if (event.key === "Escape") { input.value = ""; close(); input.blur(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
};
