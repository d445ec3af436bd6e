"use strict";
// The offline form. Every text comes from the data block and is set as text, never as HTML. The browser keeps nothing:
// answers live on this page until the client saves a file. There are no timers and no requests.

const formulier = JSON.parse(document.getElementById("gegevens").textContent);
const teksten = formulier.teksten;
const OVERZICHT = "overzicht";
const vragen = formulier.vragen.concat(formulier.open_vragen); // an open vraag has no keuzes
const uitleg = document.getElementById("uitleg");
const scherm = document.getElementById("scherm");
const voorCoach = document.getElementById("coach");
const afdruk = document.getElementById("afdruk");

const antwoorden = new Map(); // naam of the vraag → a number, a kind of blank, or a text; not there when empty
let onderElkaar = false;
let plaats = 0; // the vraag where the client was last; the number of vragen stands for the overview
let unsaved = false;
let handedIn = null; // the file that was made for the coach: {naam, tekst, opSlot}

// --- small tools ----------------------------------------------------------------------------------------------------

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

function button(text, onClick, soort, about) {
  const unseen = about ? el("span", { class: "onhoorbaar" }, " " + about) : null;
  return el("button", { type: "button", class: soort || "", click: onClick }, text, unseen);
}

function alinea(text, soort) {
  return el("p", { class: soort || null }, text);
}

function counts() {
  return { aantal: antwoorden.size, totaal: vragen.length };
}

function today() {
  const now = new Date(); // the day where the client is, not the day in Greenwich
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
}

// The day in words; for a language that the browser does not know, as figures.
function dayInWords(taal) {
  try {
    return new Date().toLocaleDateString(taal, { day: "numeric", month: "long", year: "numeric" });
  } catch (error) {
    return today();
  }
}

// --- answers --------------------------------------------------------------------------------------------------------

function setAnswer(vraag, waarde) {
  if (waarde === "") antwoorden.delete(vraag.naam);
  else antwoorden.set(vraag.naam, waarde);
  plaats = vragen.indexOf(vraag);
  setUnsaved(true);
}

function setUnsaved(value) {
  unsaved = value;
  window.onbeforeunload = value ? warnUnsaved : null;
}

function warnUnsaved(event) {
  event.preventDefault();
  event.returnValue = ""; // what older browsers look at; the words are the browser's own
}

function answersOf(list) {
  const found = {};
  for (const { naam } of list) found[naam] = antwoorden.has(naam) ? antwoorden.get(naam) : null;
  return found;
}

// What the coach gets; with `verder`, the pause file: where the client goes on stands in that one alone.
function makeAnswerFile(verder) {
  const { vragenlijst, versie, hash, taal, training, client, meetmoment } = formulier;
  const state = verder === undefined ? { klaar: true } : { klaar: false, plaats: nameOfPlace(verder) };
  const of = { formulier: formulier.formulier, ...state, vragenlijst, versie, hash, taal, training, client, meetmoment };
  const filled = { antwoorden: answersOf(formulier.vragen), open: answersOf(formulier.open_vragen) };
  return JSON.stringify({ ...of, datum: today(), ...filled }, null, 1);
}

function nameOfPlace(n) {
  return n < vragen.length ? vragen[n].naam : OVERZICHT;
}

// An older file has no place, and then it is the first vraag without an answer.
function placeOf(saved) {
  const n = vragen.findIndex(({ naam }) => (saved.plaats ? naam === saved.plaats : !antwoorden.has(naam)));
  return n < 0 ? vragen.length : n;
}

function answerInWords(vraag) {
  const waarde = antwoorden.get(vraag.naam);
  if (waarde === undefined) return teksten.leeg;
  const [, label] = optionsOf(vraag).find(([of]) => of === waarde) || [null, String(waarde)];
  return label;
}

// Every answer that can be chosen, with its words; the number stands with them where some answers have none.
function optionsOf(vraag) {
  return vraag.keuzes ? keuzesOf(vraag).concat(formulier.overslaan) : [];
}

function keuzesOf(vraag) {
  if (isInWords(vraag)) return vraag.keuzes;
  return vraag.keuzes.map(([waarde, label]) => [waarde, label ? waarde + ": " + label : String(waarde)]);
}

function isInWords(vraag) {
  return vraag.keuzes.every(([, label]) => label);
}

// --- files ----------------------------------------------------------------------------------------------------------

let url = null; // of the newest file; the one before it is let go when another is made

function saveFile(naam, text) {
  if (url) URL.revokeObjectURL(url);
  url = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  const link = el("a", { href: url, download: naam, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setUnsaved(false);
}

function pauseName() {
  return formulier.bestand + "-pauze.json";
}

function savePause(n) {
  saveFile(pauseName(), makeAnswerFile(n));
}

const LARGEST_FILE = 5e6; // bytes; what regiekit itself reads is smaller

// The answers of a saved file, or the name of the text that says why not.
function readSaved(text) {
  if (/^\s*eyJ[\w-]*\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+\s*$/.test(text)) return { fout: "fout_slot" };
  let saved;
  try {
    saved = JSON.parse(text);
  } catch (error) {
    return { fout: "fout_onleesbaar" };
  }
  if (!isGroup(saved) || saved.formulier !== formulier.formulier) return { fout: "fout_onleesbaar" };
  const other = findOther(saved);
  if (other) return { fout: other };
  const closed = readAnswers(saved.antwoorden, formulier.vragen);
  const open = readAnswers(saved.open, formulier.open_vragen);
  return closed && open ? { antwoorden: closed.concat(open), plaats: saved.plaats } : { fout: "fout_onleesbaar" };
}

function isGroup(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function findOther(saved) {
  const is = (name) => saved[name] === formulier[name];
  if (!is("vragenlijst") || !is("hash")) return "fout_lijst";
  if (!is("client")) return "fout_client";
  if (!is("meetmoment")) return "fout_meetmoment";
  return is("training") ? null : "fout_lijst";
}

// Pairs of naam and answer; null when anything in it cannot come from this form, so that nothing is lost unseen.
function readAnswers(given, list) {
  if (!isGroup(given)) return null;
  const known = new Map(list.map((vraag) => [vraag.naam, vraag]));
  const filled = Object.entries(given).filter(([, waarde]) => waarde !== null);
  const fits = ([naam, waarde]) => known.has(naam) && isAnswer(known.get(naam), waarde);
  return filled.every(fits) ? filled : null;
}

function isAnswer(vraag, waarde) {
  return vraag.keuzes ? optionsOf(vraag).some(([of]) => of === waarde) : typeof waarde === "string" && waarde !== "";
}

function restore(file, sayFout) {
  if (file.size > LARGEST_FILE) return sayFout(teksten.fout_onleesbaar);
  const reader = new FileReader();
  reader.onerror = () => sayFout(teksten.fout_onleesbaar);
  reader.onload = () => {
    const found = readSaved(reader.result);
    if (found.fout) return sayFout(teksten[found.fout]);
    antwoorden.clear();
    for (const [naam, waarde] of found.antwoorden) antwoorden.set(naam, waarde);
    setUnsaved(false);
    return go({ ...bladOf(placeOf(found)), hersteld: true });
  };
  reader.readAsText(file);
  return null;
}

// --- the lock: JWE (RFC 7516), ECDH-ES on P-256 (RFC 7518, 4.6) with A256GCM (5.3) ----------------------------------

const CURVE = { name: "ECDH", namedCurve: "P-256" };

function canLock() {
  return Boolean(window.crypto && window.crypto.subtle && window.TextEncoder);
}

function utf8(text) {
  return new TextEncoder().encode(text);
}

function base64url(bytes) {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function uint32(number) {
  return [number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255];
}

// Concat KDF (NIST SP 800-56A, 5.8.1) with SHA-256; a key of at most 256 bits takes one round.
async function deriveKey(secret, enc, apu, apv, bits) {
  const parts = [utf8(enc), apu, apv].map((part) => [...uint32(part.length), ...part]);
  const input = [...uint32(1), ...secret, ...parts[0], ...parts[1], ...parts[2], ...uint32(bits)];
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(input));
  return new Uint8Array(digest).slice(0, bits / 8);
}

async function agree(jwk, own) {
  const { kty, crv, x, y } = jwk; // alone: an alg or a use in it may be one that WebCrypto refuses here
  const theirs = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, CURVE, false, []);
  const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  return deriveKey(new Uint8Array(secret), "A256GCM", [], [], 256);
}

async function lock(text, jwk) {
  const own = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", own.publicKey);
  const header = { alg: "ECDH-ES", enc: "A256GCM", epk: { kty, crv, x, y }, kid: jwk.kid };
  const head = base64url(utf8(JSON.stringify(header)));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await crypto.subtle.importKey("raw", await agree(jwk, own), "AES-GCM", false, ["encrypt"]);
  const options = { name: "AES-GCM", iv, additionalData: utf8(head), tagLength: 128 };
  const sealed = new Uint8Array(await crypto.subtle.encrypt(options, key, utf8(text)));
  const [body, tag] = [sealed.slice(0, -16), sealed.slice(-16)];
  return [head, "", base64url(iv), base64url(body), base64url(tag)].join(".");
}

async function handIn() {
  if (!formulier.sleutel) return handInOpen();
  try {
    const tekst = await lock(makeAnswerFile(), formulier.sleutel);
    return finish({ naam: formulier.bestand + ".jwe", tekst, opSlot: true });
  } catch (error) {
    return go({ blad: "geenSlot" }); // never the readable file instead, unless the client chooses that there
  }
}

function handInOpen() {
  finish({ naam: formulier.bestand + ".json", tekst: makeAnswerFile(), opSlot: false });
}

function finish(made) {
  handedIn = made;
  saveFile(made.naam, made.tekst);
  go({ blad: "klaar" });
}

// --- reading aloud: only a voice on this device; another would send the text over the network ------------------------

let reading = null; // the button of what is being read

function findVoice() {
  if (!window.speechSynthesis || !window.SpeechSynthesisUtterance) return null;
  const [taal] = formulier.taal.split("-");
  const speaks = (voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === taal;
  return speechSynthesis.getVoices().find((voice) => voice.localService === true && speaks(voice)) || null;
}

function showVoiceButtons() {
  const voice = findVoice();
  for (const node of document.querySelectorAll(".lees")) node.hidden = !voice;
}

function readAloud(vraag, node) {
  const again = reading === node;
  stopReading();
  const voice = findVoice();
  if (again || !voice) return;
  reading = node;
  node.firstChild.data = teksten.lees_stop;
  const sayings = [vraag.tekst, ...optionsOf(vraag).map(([, label]) => label)];
  const spoken = sayings.map((text) => Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang }));
  spoken[spoken.length - 1].onend = () => reading === node && stopReading();
  spoken.forEach((part) => speechSynthesis.speak(part));
}

function stopReading() {
  if (!reading) return;
  reading.firstChild.data = teksten.lees_voor;
  reading = null;
  speechSynthesis.cancel();
}

function voiceButton(vraag, n) {
  const about = fill(teksten.bij_vraag, { n: n + 1 });
  const node = button(teksten.lees_voor, () => readAloud(vraag, node), "klein lees", about);
  node.hidden = !findVoice();
  return node;
}

// --- one vraag ------------------------------------------------------------------------------------------------------

function makeHeading(tag, vraag, n, target) {
  const plaats = fill(teksten.vraag_van, { n: n + 1, totaal: vragen.length });
  const text = target ? el("label", { for: target }, vraag.tekst) : vraag.tekst;
  return el(tag, { tabindex: "-1", id: "kop-" + vraag.naam }, el("span", { class: "plaats" }, plaats + " "), text);
}

function makeVraag(vraag, n, tag) {
  return vraag.keuzes ? makeGesloten(vraag, n, tag) : makeOpen(vraag, n, tag);
}

function makeGesloten(vraag, n, tag) {
  const told = el("p", { class: "gewist", role: "status" });
  const wis = button(teksten.wis, () => takeBack(vraag, wis, told), "klein", fill(teksten.bij_vraag, { n: n + 1 }));
  wis.hidden = !antwoorden.has(vraag.naam);
  const make = ([waarde, label]) => makeKeuze(vraag, waarde, label, () => {
    setAnswer(vraag, waarde);
    wis.hidden = false;
    told.replaceChildren();
  });
  return el("fieldset", {}, el("legend", {}, makeHeading(tag, vraag, n)), voiceButton(vraag, n),
    el("div", { class: isInWords(vraag) ? "keuzes" : "keuzes cijfers" }, ...keuzesOf(vraag).map(make)),
    el("div", { class: "overslaan" }, alinea(teksten.overslaan_kop),
      el("div", { class: "keuzes" }, ...formulier.overslaan.map(make))), row("wissen", wis, told));
}

// Back to no answer: a radio button that is on cannot be put off by itself.
function takeBack(vraag, wis, told) {
  const inputs = [...wis.closest("fieldset").querySelectorAll("input")];
  for (const input of inputs) input.checked = false;
  setAnswer(vraag, "");
  told.replaceChildren(teksten.gewist);
  inputs[0].focus(); // before the button that had the focus goes away
  wis.hidden = true;
}

function makeKeuze(vraag, waarde, label, choose) {
  const chosen = antwoorden.get(vraag.naam) === waarde;
  const input = el("input", { type: "radio", name: vraag.naam, value: waarde, change: choose });
  input.checked = chosen;
  return el("label", { class: "keuze" }, input, el("span", {}, label));
}

function makeOpen(vraag, n, tag) {
  const write = (event) => setAnswer(vraag, event.target.value);
  const hint = "hint-" + vraag.naam;
  const veld = el("textarea", { id: vraag.naam, rows: "6", dir: "auto", "aria-describedby": hint, input: write });
  veld.value = antwoorden.get(vraag.naam) || "";
  return el("div", { class: "open" }, makeHeading(tag, vraag, n, vraag.naam), voiceButton(vraag, n),
    el("p", { id: hint, class: "zacht" }, teksten.open_hint), veld);
}

// --- pages: each gives its title, its nodes, and the heading that gets the focus -----------------------------------

function showVragen({ n = 0, hersteld = false, terug = false }) {
  const blad = onderElkaar && !terug ? showAlles(n) : showEen(n, terug);
  return hersteld ? withHersteld(blad) : blad;
}

function withHersteld(blad) {
  const told = el("p", { class: "melding", tabindex: "-1", id: "hersteld" }, fill(teksten.hersteld, counts()));
  const among = blad.nodes.find((node) => node.className === "alles");
  const there = among && among.querySelector("#" + blad.kop);
  if (there) { // beside the vraag, below the ones above it
    there.closest("fieldset, .open").before(told);
    return { ...blad, kop: "hersteld" };
  }
  return { titel: blad.titel, nodes: [told, ...blad.nodes], kop: "hersteld" };
}

function showEen(n, terug) {
  plaats = n;
  const vraag = vragen[n];
  const last = n === vragen.length - 1;
  const done = { blad: "overzicht", bij: terug ? n : -1 };
  const next = last || terug ? button(teksten.naar_overzicht, () => go(done), "eerst")
    : button(teksten.volgende, () => go({ blad: "vragen", n: n + 1 }), "eerst");
  const before = n > 0 && !terug ? button(teksten.vorige, () => go({ blad: "vragen", n: n - 1 })) : null;
  const other = button(teksten.alles_tonen, () => turn(true, n));
  return {
    titel: fill(teksten.vraag_van, { n: n + 1, totaal: vragen.length }),
    nodes: [makeVraag(vraag, n, "h1"), row("knoppen", next, before), row("knoppen rustig", stopButton(), other)],
    kop: "kop-" + vraag.naam,
  };
}

function showAlles(n) {
  plaats = n;
  const closed = formulier.vragen.map((vraag, i) => makeVraag(vraag, i, "h2"));
  const open = formulier.open_vragen.map((vraag, i) => makeVraag(vraag, closed.length + i, "h3"));
  const next = button(teksten.naar_overzicht, () => go({ blad: OVERZICHT }), "eerst");
  const other = button(teksten.een_tonen, () => turn(false, 0));
  return {
    titel: teksten.manier_alles,
    nodes: [el("h1", { tabindex: "-1", id: "kop" }, teksten.manier_alles), row("knoppen rustig", other),
      el("div", { class: "alles" }, ...closed, open.length ? el("h2", {}, teksten.open_kop) : null, ...open),
      row("knoppen", next), row("knoppen rustig", stopButton())],
    kop: n > 0 ? "kop-" + vragen[n].naam : "kop",
  };
}

function row(soort, ...nodes) {
  return el("div", { class: soort }, ...nodes.filter((node) => node !== null));
}

function stopButton() {
  return button(teksten.stoppen, () => go({ blad: "stop", n: plaats }));
}

function bladOf(n) {
  return n < vragen.length ? { blad: "vragen", n } : { blad: OVERZICHT };
}

function backButton(n) {
  return button(n < vragen.length ? teksten.stop_terug : teksten.naar_overzicht, () => go(bladOf(n)));
}

function turn(value, n) {
  onderElkaar = value;
  go({ blad: "vragen", n });
}

function showStart() {
  return { titel: null, nodes: [makeBegin(), makeVerder()], kop: "begin" };
}

function makeBegin() {
  const manier = (value, text) => {
    const input = el("input", { type: "radio", name: "manier", change: () => { onderElkaar = value; } });
    input.checked = onderElkaar === value;
    return el("label", { class: "keuze" }, input, el("span", {}, text));
  };
  const begin = button(teksten.begin, () => go({ blad: "vragen", n: 0 }), "eerst");
  const lacks = formulier.sleutel && !canLock() ? alinea(teksten.geen_slot_begin, "melding") : null;
  return el("div", {}, lacks, el("fieldset", {}, el("legend", {}, el("h2", {}, teksten.manier)),
    el("div", { class: "keuzes" }, manier(false, teksten.manier_een), manier(true, teksten.manier_alles)),
    alinea(teksten.manier_later, "zacht")), row("knoppen", begin));
}

function makeVerder() {
  const place = el("div", { role: "alert" });
  const sayFout = (text) => {
    place.replaceChildren(el("p", { class: "melding", id: "fout" }, text));
    input.setAttribute("aria-describedby", "fout");
    input.value = ""; // so that the same file can be chosen again
  };
  const input = el("input", { type: "file", id: "bestand" });
  input.addEventListener("change", () => input.files.length && restore(input.files[0], sayFout));
  return el("section", { class: "rustig" }, el("h2", {}, teksten.verder_kop), alinea(teksten.verder),
    el("label", { class: "opschrift", for: "bestand" }, teksten.verder_bestand), input, place);
}

function showStop({ n }) {
  const save = button(teksten.stop_bewaar, () => pauseNow(n), "eerst");
  return page(teksten.stop_kop, alinea(teksten.stop), alinea(teksten.stop_leesbaar, "melding"),
    row("knoppen", save, backButton(n)));
}

function pauseNow(n) {
  savePause(n);
  go({ blad: "pauze", n });
}

function showPauze({ n }) {
  const again = button(teksten.nog_eens, () => savePause(n));
  return page(teksten.pauze_kop, alinea(fill(teksten.pauze, { bestand: pauseName() })),
    alinea(teksten.stop_leesbaar, "melding"), row("knoppen rustig", again, backButton(n)));
}

function showOverzicht({ hersteld = false, bij = -1 }) {
  plaats = vragen.length;
  const done = button(teksten.inleveren, handIn, "eerst");
  const back = button(teksten.stop_terug, () => go({ blad: "vragen", n: 0 }));
  const blad = page(teksten.overzicht_kop, alinea(fill(teksten.overzicht, counts())),
    el("ol", { class: "overzicht" }, ...vragen.map(makeRegel)), row("knoppen", done, back),
    row("knoppen rustig", stopButton()));
  if (bij >= 0) blad.kop = "wijzig-" + vragen[bij].naam; // back to where the client was in the list
  return hersteld ? withHersteld(blad) : blad;
}

function makeRegel(vraag, n) {
  const soort = antwoorden.has(vraag.naam) ? "antwoord" : "leeg";
  const about = fill(teksten.bij_vraag, { n: n + 1 });
  const change = button(teksten.wijzig, () => go({ blad: "vragen", n, terug: true }), "klein", about);
  change.id = "wijzig-" + vraag.naam;
  const answer = el("p", { class: soort, dir: "auto" }, answerInWords(vraag));
  return el("li", {}, el("div", {}, alinea(n + 1 + ". " + vraag.tekst), answer), change);
}

function showKlaar() {
  if (!handedIn || unsaved) return showOverzicht({}); // changed since: the file of then is no longer right
  const { naam, tekst, opSlot } = handedIn;
  const again = button(teksten.nog_eens, () => saveFile(naam, tekst));
  const back = button(teksten.naar_overzicht, () => go({ blad: OVERZICHT }));
  const steps = [fill(teksten.klaar_bestand, { bestand: naam }), opSlot ? teksten.klaar_slot : teksten.klaar_open];
  return page(teksten.klaar_kop, el("ol", { class: "stappen" }, ...steps.map((text) => el("li", {}, text))),
    alinea(teksten.klaar_wissen), row("knoppen rustig", again, back), makeKopie(tekst, opSlot), makePrint());
}

function makeKopie(tekst, opSlot) {
  const veld = el("textarea", { id: "kopie", readonly: true, rows: "4", dir: "ltr" });
  veld.value = tekst;
  const place = el("p", { role: "status" });
  const copy = () => {
    veld.select();
    place.textContent = document.execCommand("copy") ? teksten.gekopieerd : teksten.niet_gekopieerd;
  };
  return el("details", { class: "rustig" }, el("summary", {}, teksten.kopieer_kop),
    alinea(opSlot ? teksten.kopieer_slot : teksten.kopieer_open),
    el("label", { class: "opschrift", for: "kopie" }, teksten.kopieer_veld), veld,
    row("knoppen", button(teksten.kopieer_knop, copy)), place);
}

function makePrint() {
  const print = button(teksten.print_knop, () => window.print());
  return el("section", { class: "rustig" }, el("h2", {}, teksten.print_kop), alinea(teksten.print),
    row("knoppen", print));
}

function showGeenSlot() {
  const pause = button(teksten.stop_bewaar, () => pauseNow(vragen.length), "eerst");
  const open = button(teksten.geen_slot_knop, handInOpen);
  const back = button(teksten.naar_overzicht, () => go({ blad: OVERZICHT }));
  return page(teksten.geen_slot_kop, alinea(teksten.geen_slot, "melding"), alinea(teksten.geen_slot_pauze),
    row("knoppen", pause), makePrint(), el("section", { class: "rustig" },
      alinea(teksten.geen_slot_open), row("knoppen", open)), row("knoppen rustig", back));
}

function page(titel, ...nodes) {
  return { titel, nodes: [el("h1", { tabindex: "-1", id: "kop" }, titel), ...nodes], kop: "kop" };
}

const BLADEN = {
  start: showStart, vragen: showVragen, stop: showStop, pauze: showPauze, overzicht: showOverzicht, klaar: showKlaar,
  geenSlot: showGeenSlot,
};

// --- going from page to page; the back button of the browser works too ---------------------------------------------

function go(state) {
  showAndFocus(state);
  history.pushState(state, "");
}

function show(state) {
  stopReading();
  const { titel, nodes, kop } = BLADEN[state.blad](state);
  uitleg.hidden = titel !== null;
  voorCoach.hidden = titel !== null;
  document.getElementById("titel").hidden = titel === null;
  document.title = titel === null ? formulier.naam : titel + " – " + formulier.naam;
  scherm.replaceChildren(...nodes.filter((node) => node !== null));
  return document.getElementById(kop);
}

function showAndFocus(state) {
  const heading = show(state);
  window.scrollTo(0, 0);
  heading.focus();
  heading.scrollIntoView();
}

// --- paper: the whole form, made when it is printed ----------------------------------------------------------------

function makeAfdruk() {
  const { naam, client, meetmoment, taal } = formulier;
  const day = dayInWords(taal);
  const closed = formulier.vragen.map(makeAfdrukVraag);
  const open = formulier.open_vragen.map((vraag, i) => makeAfdrukOpen(vraag, closed.length + i));
  afdruk.replaceChildren(el("h1", {}, naam), alinea([client, meetmoment, day].filter(Boolean).join(" · ")),
    ...formulier.voetregels.map((text) => alinea(text)), makeAfdrukCoach(), ...closed,
    ...(open.length ? [el("h2", {}, teksten.open_kop), ...open] : []));
  document.documentElement.classList.add("afdruk");
}

// How the coach types the answers over: the same words as on the other paper, in Dutch.
function makeAfdrukCoach() {
  const [zin, opdracht] = formulier.overtypen;
  return el("section", { class: "coach" }, el("p", {}, teksten.coach_kop), el("p", {}, teksten.coach),
    el("p", { lang: "nl", dir: "ltr" }, zin), el("p", { lang: "nl", dir: "ltr", class: "opdracht" }, opdracht));
}

function makeAfdrukVraag(vraag, n) {
  const given = antwoorden.get(vraag.naam);
  const box = (waarde, ...words) => {
    return el("li", {}, el("span", { class: "vakje" }, waarde === given ? "×" : ""), ...words);
  };
  const keuze = ([waarde, label]) => box(waarde, el("small", {}, String(waarde)), el("span", {}, label));
  return el("section", {}, alinea(n + 1 + ". " + vraag.tekst),
    el("ul", { class: isInWords(vraag) ? "woorden" : "" }, ...vraag.keuzes.map(keuze)),
    el("ul", { class: "weg" }, ...formulier.overslaan.map(([waarde, label]) => box(waarde, el("span", {}, label)))));
}

function makeAfdrukOpen(vraag, n) {
  const given = antwoorden.get(vraag.naam);
  const lines = Array.from({ length: 4 }, () => el("div", { class: "lijn" }));
  const said = given ? [el("blockquote", { dir: "auto" }, given)] : lines;
  return el("section", { class: given ? "lang" : "" }, alinea(n + 1 + ". " + vraag.tekst), ...said);
}

// In a form that is not to be completed a browser keeps no answers on the disk, to fill them in after a crash.
scherm.addEventListener("submit", (event) => event.preventDefault());
window.addEventListener("beforeprint", makeAfdruk);
window.addEventListener("afterprint", () => document.documentElement.classList.remove("afdruk"));
// Handed in and gone to another page: who comes after, and goes back, finds the start.
function leave() {
  stopReading();
  if (!handedIn || unsaved) return;
  antwoorden.clear();
  handedIn = null;
  afdruk.replaceChildren();
  show({ blad: "start" });
}

window.addEventListener("pagehide", leave);
window.addEventListener("popstate", (event) => showAndFocus(event.state || { blad: "start" }));
if (window.speechSynthesis) speechSynthesis.onvoiceschanged = showVoiceButtons; // voices come late

history.replaceState({ blad: "start" }, "");
show({ blad: "start" });
document.getElementById("zonder-script").remove(); // last: it stays where the lines above do not work
