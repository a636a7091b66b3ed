// One fact as the panel shows it: the other end, what is known of it, and each sentence that says so, with its source.
const badgesOf = (fact) => {
  const F = G.facts, found = [];
  if (F.modality[fact]) found.push([G.modalities[F.modality[fact]], F.modality[fact] >= 2]);
  if (F.tenure[fact]) found.push([G.tenures[F.tenure[fact]], true]);
  if (G.reference.has(fact)) found.push(["reference", false]);
  return found.map(([word, other]) => element("span", { class: other ? "badge" : "badge plain" }, say(word)));
};
const sureness = (fact) => {
  const value = G.facts.confidence[fact] / 10;
  const bar = element("i");
  bar.append(element("b"));
  Object.assign(bar.firstChild.style, { display: "block", height: "100%", width: `${value}%`, background: "currentColor" });
  return element("span", { class: "sure", title: say("confidence") }, bar, `${Math.round(value)}%`);
};
const marked = (text, [s0, s1, o0, o1]) => { // the sentence with the words of subject and object marked
  const quote = element("blockquote", { dir: "auto", class: wide(text) });
  const marks = [[s0, s1, "s"], [o0, o1, "o"]].filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  let at = 0;
  for (const [from, to, end] of marks) {
    if (to <= at) continue;
    const start = Math.max(from, at);
    quote.append(text.slice(at, start), element("mark", { class: end }, text.slice(start, to)));
    at = to;
  }
  quote.append(text.slice(at));
  return quote;
};
const cited = ([sentence, rule, , , , , , title, when]) => {
  const E = evidenceData(), [number, line] = E.sentences[sentence], [heading, date, publisher, file] = E.documents[number];
  const parts = [heading ? short(heading, 200) : say("untitled"), publisher && short(publisher, 80), date || say("noDate")].filter(Boolean);
  return element("p", { class: "cite" }, name(parts.join(" · ")), element("br"),
    element("code", {}, name(`${short(file, 200)}:${line}`)), ` · ${say("rule")} `, element("code", {}, name(short(E.rules[rule], 120))),
    title && ` · ${say("post")} `, title && name(short(title, 60)), when && ` · ${say("when")} ${when}`);
};
const sourceOf = (claim) => [marked(evidenceData().sentences[claim[0]][2], claim.slice(2, 6)), cited(claim)];

const factItem = (fact, other, open) => {
  const F = G.facts, claims = evidenceData().facts[fact], item = element("article", { class: isStanding(fact) ? "fact" : "fact other", "data-fact": fact });
  const title = F.title[fact];
  item.append(element("div", { class: "who" }, badge(G.kind[other], 13), button(name(short(G.name[other], 300)), () => open(other)),
    title && element("span", { class: "post", title: short(title, 300) }, name(short(title, 60))), ...badgesOf(fact), sureness(fact)));
  if (!claims.length) item.append(element("p", { class: "cite" }, say("noSentence")));
  else item.append(...sourceOf(claims[0]));
  if (claims.length > 1) {
    const more = button(say("moreSources", claims.length - 1), () => more.replaceWith(...claims.slice(1).flatMap(sourceOf)), { class: "more" });
    item.append(more);
  }
  return item;
};
const factList = (facts, otherOf, open, at = 0, page = 20) => {
  const items = facts.slice(at, at + page).map((fact) => factItem(fact, otherOf(fact), open));
  const left = facts.length - at - page;
  if (left > 0) {
    const more = button(say("more", left), () => more.replaceWith(...factList(facts, otherOf, open, at + page, page)), { class: "more" });
    items.push(more);
  }
  return items;
};
