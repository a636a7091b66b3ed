// The column of filters: kinds and relations with their counts, place, dates, confidence.
const counted = (size, of, among) => {
  const counts = new Array(size).fill(0);
  for (let i = 0; i < among; i++) counts[of(i)]++;
  return counts;
};
const toggled = (set, one) => {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
};
const keyButton = (what, value, label, count, mark) => button("", () => change({ [what]: toggled(state[what], value) }, { remember: true }), {
  class: "key", "aria-pressed": String(!state[what].has(value)), "data-value": value, title: `${label} ${count}`,
}).appendChild(element("span")).parentNode;

const keyList = (what, title, values, counts, mark) => {
  const rows = values.map((value, i) => {
    const row = keyButton(what, value, termName(value), counts[i]);
    row.replaceChildren(...[mark?.(i), element("span", {}, termName(value)), element("small", {}, number(counts[i]))].filter(Boolean));
    return counts[i] ? row : null;
  });
  const all = (set) => () => change({ [what]: set }, { remember: true });
  return element("section", { id: `legend-${what}` }, element("h3", {}, say(title), button(say("all"), all(new Set())), button(say("none"), all(new Set(values)))), ...rows.filter(Boolean));
};

const placeOptions = (() => {
  let places;
  return () => (places ??= [...G.bySize].filter((node) => G.kinds[G.kind[node]] === "place"));
})();
let placesListed = 400; // the larger ones; all when the list is first opened, for a long list is slow to make
const placeOption = (node) => element("option", { value: node }, short(G.name[node], 40));
const comparePlaces = new Intl.Collator("zh").compare;
const filterFields = () => {
  const places = placeOptions().slice(0, placesListed);
  if (state.place >= 0 && !places.includes(state.place)) places.push(state.place);
  const place = element("select", { id: "filter-place", "aria-label": say("place"), onchange: (event) => change({ place: Number(event.target.value) }, { remember: true }) },
    element("option", { value: -1 }, say("anywhere")), ...places.map(placeOption));
  const listAll = () => {
    if (places.length >= placeOptions().length) return;
    placesListed = Infinity;
    const chosen = place.value, all = placeOptions().slice().sort((a, b) => comparePlaces(G.name[a], G.name[b]) || a - b);
    place.replaceChildren(place.firstChild, ...all.map(placeOption));
    place.value = chosen;
  };
  place.addEventListener("pointerdown", listAll);
  place.addEventListener("focus", listAll);
  place.value = String(state.place);
  const date = (key) => element("input", { type: "date", id: `filter-${key}`, value: dayOf(state[key], key), onchange: (event) => change({ [key]: event.target.value }, { remember: true }) });
  const output = element("output", {}, `${state.least}%`);
  const least = element("input", { type: "range", id: "filter-least", min: 0, max: 100, step: 5, value: state.least,
    oninput: (event) => { output.textContent = `${event.target.value}%`; }, onchange: (event) => change({ least: Number(event.target.value) }, { remember: true }) });
  const others = element("input", { type: "checkbox", id: "filter-others", checked: state.others, onchange: (event) => change({ others: event.target.checked }, { remember: true }) });
  return element("section", {}, element("h3", {}, say("filters")),
    element("label", {}, say("place"), place), element("label", {}, say("from"), date("from")), element("label", {}, say("to"), date("to")),
    element("label", {}, `${say("confidence")} `, output, least), element("label", { class: "check" }, others, element("span", {}, say("others"))));
};
const dayOf = (date, key) => (date.length === 10 ? date : date.length === 7 ? `${date}-${key === "from" ? "01" : "28"}` : date ? `${date}-${key === "from" ? "01-01" : "12-31"}` : "");

const counts = (() => {
  let found;
  return () => (found ??= {
    kinds: counted(G.kinds.length, (i) => G.kind[i], G.count), relations: counted(G.relations.length, (i) => G.facts.r[i], G.factCount),
  });
})();
const isNarrowed = () => state.kinds.size || state.relations.size || state.place >= 0 || state.from || state.to || state.least || state.others;
const clearFilters = () => change({ kinds: new Set(), relations: new Set(), place: -1, from: "", to: "", least: 0, others: false }, { remember: true });

const showFilters = (act) => {
  const column = document.getElementById("filters"), at = column.scrollTop, focused = document.activeElement?.id;
  const parts = [keyList("kinds", "legend", G.kinds, counts().kinds, (i) => badge(i)), keyList("relations", "relations", G.relations, counts().relations), filterFields()];
  if (isNarrowed()) parts.push(button(say("reset"), clearFilters, { id: "reset", class: "more" }));
  if (state.hidden.size) parts.push(button(say("unhide", state.hidden.size), act.unhide, { id: "unhide", class: "more" }));
  column.replaceChildren(...parts);
  column.scrollTop = at;
  if (focused?.startsWith("filter-")) document.getElementById(focused)?.focus();
};
