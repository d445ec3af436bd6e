// What is wider than its place can be scrolled by the keyboard too.
const makeScrollable = () =>
  document.querySelectorAll("article pre, article .table-wrapper, article p:has(> img)").forEach((part) => {
    if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
    else part.removeAttribute("tabindex");
  });
window.addEventListener("DOMContentLoaded", makeScrollable);
window.addEventListener("resize", makeScrollable);
// The two drawers of a narrow window: their buttons work by keyboard, and Escape closes what is open.
const DRAWERS = [
  { toggle: "__navigation", drawer: ".sidebar-drawer", buttons: ".nav-overlay-icon" },
  { toggle: "__toc", drawer: ".toc-drawer", buttons: ".toc-overlay-icon" },
];
const makeDrawer = ({ toggle, drawer, buttons }) => {
  const box = document.getElementById(toggle);
  const panel = document.querySelector(drawer);
  if (!box || !panel) return;
  // the theme has labels there, which no key can press
  const all = [...document.querySelectorAll(buttons)].filter((label) => !label.classList.contains("no-toc")).map((label) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = label.className;
    button.append(...label.childNodes);
    label.replaceWith(button);
    return button;
  });
  panel.id = panel.id || toggle + "-lade";
  const tell = () => all.forEach((button) => button.setAttribute("aria-expanded", String(box.checked)));
  const turn = (open) => {
    box.checked = open;
    box.dispatchEvent(new Event("change"));
    if (open) [...panel.querySelectorAll("a, input")].find((part) => part.checkVisibility())?.focus();
    else all.find((button) => button.checkVisibility())?.focus();
  };
  box.addEventListener("change", tell);
  all.forEach((button) => {
    button.setAttribute("aria-label", box.getAttribute("aria-label"));
    button.setAttribute("aria-controls", panel.id);
    button.addEventListener("click", () => turn(!box.checked));
  });
  panel.addEventListener("click", (event) => {
    if (event.target.closest("a[href*='#']")) (box.checked = false), tell();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && box.checked) turn(false);
  });
  tell();
};
window.addEventListener("DOMContentLoaded", () => DRAWERS.forEach(makeDrawer));
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
