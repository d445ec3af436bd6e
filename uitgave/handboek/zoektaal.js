// The steps of zoektaal.py, for what a reader types.
const asOptie = (name) => "optie_" + name.replace(/^-+|-+$/g, "").replaceAll("-", "_");
const fold = (word) => word.normalize("NFD").replace(/\p{Mn}/gu, "");
const withoutEnding = (word) =>
  word
    .replace(/(?<=[\p{L}\p{N}_]{3})en$/u, "")
    .replace(/z$/, "s")
    .replace(/v$/, "f")
    .replace(/(?<=[\p{L}\p{N}_]{3})(?<!s)s$/u, "")
    .replace(/(?<=[\p{L}\p{N}_]{3})e$/u, "")
    .replace(/([aeou])\1/g, "$1")
    .replace(/([b-df-hj-np-tv-z])\1$/, "$1");
var Stemmer = function () {
  this.stemWord = (word) => {
    const plain = fold(word.toLowerCase());
    if (plain.startsWith("optie_")) return plain;
    const found = withoutEnding(plain);
    return stopwords.has(found) ? plain : found;
  };
};
// A stop word alone, such as 'uit', can only be the option of that name.
var splitQuery = (query) => {
  const opties = [];
  const plain = query.toLowerCase().replace(/(?<![\p{L}\p{N}_-])--([a-z][a-z-]*)/gu, (_, name) => (opties.push(asOptie(name)), " "));
  const words = plain.split(/[^\p{L}\p{N}_]+/u).filter((word) => word);
  const alone = opties.length === 0 && words.length === 1 && stopwords.has(words[0]);
  return alone ? [asOptie(words[0])] : [...opties, ...words];
};
