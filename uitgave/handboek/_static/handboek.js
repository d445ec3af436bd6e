// What is wider than its place can be scrolled by the keyboard too.
const makeScrollable = () =>
  document.querySelectorAll("article pre, article .table-wrapper").forEach((part) => {
    if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
    else part.removeAttribute("tabindex");
  });
window.addEventListener("DOMContentLoaded", makeScrollable);
window.addEventListener("resize", makeScrollable);
// What the Dutch of Sphinx leaves open.
Object.assign(Documentation.TRANSLATIONS, {
  "Search finished, found one page matching the search query.": ["Eén bladzijde gevonden.", "${resultCount} bladzijden gevonden."],
  "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.":
    "Niets gevonden. Kijk of de woorden goed gespeld zijn, of zoek met minder woorden.",
  "Preparing search...": "Even zoeken…",
  Searching: "Zoeken",
  ", in ": ", in ",
});
Documentation.PLURAL_EXPR = (n) => (n === 1 ? 0 : 1); // that of the catalogue gives true or false, which is no place in a list
