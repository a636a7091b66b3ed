// What the page says, in the language of the reader.
const say = (word, ...values) => {
  const text = wordsData().page[state.lang][word] ?? word;
  return text.replace(/\{(\d)\}/g, (_, index) => values[index]);
};
const termName = (name) => wordsData().terms[name]?.[state.lang] ?? name;
const className = (name) => wordsData().classes[name]?.[state.lang] ?? name;
const number = (value) => value.toLocaleString(state.lang === "zh" ? "zh-CN" : "en");
