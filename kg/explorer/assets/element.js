// Makes elements. What comes from the graph is only ever given as text.
const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== false && value !== undefined) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child || child === 0));
  return made;
};
// A name in the middle of other text, kept from turning that text around.
const name = (text) => element("bdi", {}, text);
const short = (text, most) => (text.length > most ? `${Array.from(text.slice(0, most * 2)).slice(0, most).join("")}…` : text);
const wide = (text) => text.length > 2000 && "long"; // see the style
const button = (text, onclick, attributes = {}) => element("button", { type: "button", onclick, ...attributes }, text);
