// Finds entities as one types: in names and aliases, and by pinyin (whole syllables, beginnings or initials).
const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s“”"‘’'《》〈〉·]/g, "");
const syllables = (sign) => {
  const all = readingsData()[sign];
  return all ? all.split(" ") : null;
};
const spoken = (signs, at, query, from) => { // can query[from..] be typed for signs[at..]?
  if (from === query.length) return true;
  if (at === signs.length) return false;
  const all = syllables(signs[at]);
  if (!all) return signs[at].toLowerCase() === query[from] ? spoken(signs, at + 1, query, from + 1) : false;
  for (const one of all) for (let length = 1; length <= one.length && query.startsWith(one.slice(0, length), from); length++)
    if (spoken(signs, at + 1, query, from + length)) return true;
  return false;
};
const spokenAnywhere = (text, query) => {
  const signs = Array.from(text.slice(0, 80)).filter((sign) => !/[“”《》·\s]/.test(sign));
  for (let at = 0; at < signs.length; at++) {
    const all = syllables(signs[at]);
    if (all && all.some((one) => one[0] === query[0]) && spoken(signs, at, query, 0)) return at;
  }
  return -1;
};

const searchTexts = (() => {
  let texts;
  return () => (texts ??= G.name.map((name, i) => [name, ...G.aliases(i)].map(folded)));
})();
const rank = (node, query, byEar) => { // lower is better, Infinity is no hit
  let best = Infinity;
  searchTexts()[node].forEach((text, i) => {
    const at = text.indexOf(query);
    if (at >= 0) best = Math.min(best, (text === query ? 0 : at === 0 ? 1 : 2) + (i ? 0.5 : 0));
  });
  if (best < Infinity || !byEar) return best;
  const at = [G.name[node], ...G.aliases(node)].reduce((found, text) => (found >= 0 ? found : spokenAnywhere(text, query)), -1);
  return at < 0 ? Infinity : at === 0 ? 4 : 5;
};
const ENOUGH = 400; // looser hits; of exact ones none is missed
const find = (typed, most = 12) => {
  const query = folded(typed), byEar = /^[a-z]{2,}$/.test(query), hits = [];
  if (!query) return hits;
  let loose = 0;
  for (const node of G.bySize) {
    if (loose > ENOUGH && !searchTexts()[node].includes(query)) continue;
    const value = rank(node, query, byEar);
    if (value < Infinity) hits.push([value, node]);
    if (value >= 1 && value < Infinity) loose++;
  }
  return hits.sort((a, b) => a[0] - b[0]).slice(0, most).map(([, node]) => node);
};
