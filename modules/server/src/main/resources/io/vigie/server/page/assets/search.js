// What the search page adds where scripts run: keys, drawing a period over the chart, news, and what is picked. The page is
// whole without it. Parts of the page come and go, so everything listens on the document and looks things up when needed.
const by = (id) => document.getElementById(id);
const go = (address) => htmx.ajax("GET", address, { source: "#found", target: "#found", swap: "outerHTML show:none" });
const language = document.documentElement.lang;
const numbers = new Intl.NumberFormat(language);

function made(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// --- what is typed and what comes of it

// What was typed before scripts ran. htmx, which listens for this too, is ready by then.
document.addEventListener("DOMContentLoaded", () => {
  if (by("q").value !== by("q").defaultValue) htmx.trigger("#search", "submit");
});

document.addEventListener("htmx:beforeRequest", () => by("found").setAttribute("aria-busy", "true"));
document.addEventListener("htmx:afterRequest", () => by("found")?.removeAttribute("aria-busy"));
document.addEventListener("htmx:afterSwap", () => {
  by("q").setAttribute("aria-invalid", String(by("trouble") !== null));
});
document.addEventListener("htmx:afterSettle", fresh);

/** A link to another search says what is searched then. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("#found a[href^='/']");
  const address = link && !event.defaultPrevented && new URL(link.href);
  if (address && address.pathname === "/" && !link.closest("#more, [hx-boost='false']")) {
    by("q").value = address.searchParams.get("q") ?? "";
  }
}, true);

// --- what went wrong on the way: the page and what was typed stay, and a line says what to do

const SLOW_MS = 4_000;
let slow = 0;
let ended = false;

/** The line; it is empty when nothing is wrong. */
function fail(...parts) {
  by("failure").replaceChildren(...parts.flatMap((part) => [part, " "]));
  ended = false;
}

function failed(text, { elt, pathInfo }) {
  const button = made("button", { type: "button", className: "quiet" }, by("failure").dataset.again);
  button.onclick = () => {
    if (elt.matches("a")) elt.click();
    else if (elt.id === "found") go(pathInfo.requestPath);
    else htmx.trigger("#search", "submit");
  };
  fail(text, by("failure").dataset.kept, button);
}

const answer = (xhr) => new DOMParser().parseFromString(xhr.responseText, "text/html");

document.addEventListener("htmx:beforeRequest", () => {
  clearTimeout(slow);
  slow = setTimeout(() => fail(by("failure").dataset.slow), SLOW_MS);
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  clearTimeout(slow);
  if (detail.successful) fail();
});
document.addEventListener("htmx:sendError", ({ detail }) => failed(by("failure").dataset.gone, detail));
document.addEventListener("htmx:timeout", ({ detail }) => failed(by("failure").dataset.late, detail));

// Somebody who types is not led away: the login is another tab.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const login = event.detail.xhr.status === 401 && event.detail.xhr.getResponseHeader("HX-Redirect");
  if (!login) return;
  event.preventDefault();
  const words = by("failure").dataset;
  fail(words.session, made("a", { href: login, target: "_blank" }, words.login));
  ended = true;
});
document.addEventListener("visibilitychange", () => { if (ended && !document.hidden) htmx.trigger("#search", "submit"); });

// What is wrong with a query stands where its results would. Any other refusal is a page of its own, which would tear this one apart.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { status } = detail.xhr;
  if (status >= 400 && status < 500 && status !== 429 && answer(detail.xhr).getElementById("trouble")) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});
document.addEventListener("htmx:responseError", ({ detail }) => {
  const page = answer(detail.xhr);
  // Our own server says what it is.
  const said = [page.querySelector(".notice h2"), page.querySelector(".notice li, .notice p")].filter((each) => each);
  const text = said.map((each) => each.textContent.trim().replace(/\.?$/, ".")).join(" ");
  failed(text || by("failure").dataset.broken.replace("{0}", detail.xhr.status), detail);
});

// --- what looks like personal data stays in the field, and out of the address

function unname() {
  const personal = by("personal");
  if (personal) history.replaceState(history.state, "", personal.dataset.address);
}

unname();

// --- keys

const keys = {
  "/": () => { by("q").focus(); by("q").select(); },
  j: () => step(1),
  k: () => step(-1),
  o: () => card()?.querySelector(".open")?.click(),
  Enter: () => card()?.querySelector(".open")?.click(),
  x: () => pick(card()),
  f: () => (by("facets")?.querySelector("a") ?? by("facets"))?.focus(),
  "?": () => { by("help").open = !by("help").open; if (by("help").open) by("help").querySelector("summary").focus(); },
};

// Whoever dictates, or touches keys by mistake, can do without those of a single letter.
const lettersCount = () => localStorage.getItem("vigie-keys") !== "off";
by("letters").checked = lettersCount();
by("letters").closest("[hidden]").hidden = false;
by("letters").addEventListener("change", ({ target }) => localStorage.setItem("vigie-keys", target.checked ? "on" : "off"));

const card = () => document.activeElement?.closest("article.card");

function step(forward) {
  const all = [...document.querySelectorAll("#hits article.card")];
  const at = all.indexOf(card());
  all[Math.min(all.length - 1, Math.max(0, at + forward))]?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return escape(event);
  const busy = event.target.closest("input, select, textarea, summary, a, button");
  const inField = event.target.closest("input:not([type=checkbox]), select, textarea");
  if (event.ctrlKey || event.metaKey || event.altKey || inField || (event.key === "Enter" && busy)) return;
  if (keys[event.key] && (event.key === "Enter" || lettersCount())) {
    event.preventDefault();
    keys[event.key]();
  }
});

/** Closes what is open, the innermost first. */
function escape(event) {
  const menu = document.querySelector("details.menu[open]");
  const inside = card()?.querySelector(".inside");
  if (menu) {
    // A search field that has the focus would be emptied.
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (inside) {
    inside.remove();
  } else {
    document.activeElement?.blur();
  }
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  // The second click folds a verbatim again.
  const open = event.target.closest(".card .open");
  const inside = open && !event.ctrlKey && !event.metaKey && open.closest(".card").querySelector(".inside");
  if (inside) {
    event.preventDefault();
    event.stopImmediatePropagation();
    inside.remove();
  }
}, true);

// --- dates: one that is typed is searched when it is left or with Enter, one that is picked in the calendar at once

const TYPING = /^(\d|Backspace|Delete|Arrow.*)$/;
const dates = "#from, #to";
let typing = false;

function dated(field) {
  if (field.value === (field.asked ?? field.defaultValue)) return false;
  field.asked = field.value;
  htmx.trigger(field, "dated");
  return true;
}

document.addEventListener("focusin", () => { typing = false; });
document.addEventListener("pointerdown", () => { typing = false; });
document.addEventListener("keydown", (event) => {
  if (!event.target.matches(dates)) return;
  // With Alt an arrow opens the calendar.
  typing = TYPING.test(event.key) && !event.altKey;
  if (event.key === "Enter" && dated(event.target)) event.preventDefault();
});
document.addEventListener("change", (event) => { if (event.target.matches(dates) && !typing) dated(event.target); });
document.addEventListener("focusout", (event) => { if (event.target.matches(dates) && event.target.isConnected) dated(event.target); });

// --- fields among the results: whoever is in one stays in it when results come, and what is open stays open

const own = ":is(input, select, textarea)[id]:not([form])";
let kept = null;

/** Without losing the focus and what is half typed, where the browser can do that. */
function put(element, parent, before) {
  if (parent.moveBefore && element.isConnected) parent.moveBefore(element, before);
  else parent.insertBefore(element, before);
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== "found" || !detail.shouldSwap) return;
  const found = by("found");
  const focused = found.contains(document.activeElement) ? document.activeElement : null;
  kept = {
    focus: focused?.id,
    field: focused?.matches(":is(input, select)[id]") ? focused : null,
    open: [...found.querySelectorAll("details[open][id]")].map((each) => each.id),
    typed: [...found.querySelectorAll(own)].map(({ id, value, checked }) => ({ id, value, checked })),
  };
  if (kept.field) put(kept.field, document.body, null);
});

document.addEventListener("htmx:afterSwap", () => {
  if (!kept) return;
  const { focus, field, open, typed } = kept;
  kept = null;
  for (const id of open) by(id)?.setAttribute("open", "");
  const next = field && by("found").querySelector("#" + CSS.escape(field.id));
  const touched = field && (field.validity.badInput || field.value !== (field.asked ?? field.defaultValue));
  if (next && (touched || next.type === field.type)) {
    field.asked = next.value;
    // To set what it has already would empty one that is half typed.
    if (!touched && field.value !== next.value) field.value = next.value;
    put(field, next.parentElement, next);
    next.remove();
  } else {
    field?.remove();
  }
  for (const { id, value, checked } of typed) {
    const again = by(id);
    if (!again || again === field) continue;
    again.value = value;
    again.checked = checked;
  }
  narrowing();
  if (focus && document.activeElement?.id !== focus) by(focus)?.focus({ preventScroll: true });
});

// --- facets: the rest of a list can be searched

function narrowing() {
  for (const field of document.querySelectorAll(".narrow[hidden]")) {
    field.hidden = false;
    narrow(field);
  }
}

function narrow(field) {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const wanted = plain(field.value.trim());
  for (const item of field.parentElement.querySelectorAll("li")) {
    item.hidden = !plain(item.querySelector(".name").textContent).includes(wanted);
  }
}

document.addEventListener("input", (event) => {
  if (event.target.matches(".narrow")) narrow(event.target);
});

// --- a period drawn over the chart

let brush = null;

document.addEventListener("pointerdown", (event) => {
  const bar = event.target.closest?.("#volume .over[data-from]");
  if (!bar || event.button !== 0) return;
  event.preventDefault();
  const svg = bar.closest("svg");
  brush = { svg, bars: [...svg.querySelectorAll(".over")], first: bar, last: bar, pointer: event.pointerId };
});

// A link in a drawing could be dragged away instead.
document.addEventListener("dragstart", (event) => { if (brush) event.preventDefault(); });

document.addEventListener("pointermove", (event) => {
  if (!brush) return;
  const at = brush.svg.getBoundingClientRect();
  const n = Math.floor(((event.clientX - at.left) / at.width) * brush.bars.length);
  brush.last = brush.bars[Math.min(brush.bars.length - 1, Math.max(0, n))];
  if (brush.last !== brush.first) brush.moved = true;
  show();
});

function ends() {
  const [a, b] = [brush.bars.indexOf(brush.first), brush.bars.indexOf(brush.last)].sort((one, other) => one - other);
  return [a, b];
}

function show() {
  const [a, b] = ends();
  const part = 100 / brush.bars.length;
  brush.rect ??= brush.svg.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "rect"));
  brush.rect.setAttribute("class", "brush");
  for (const [name, value] of Object.entries({ x: a * part + "%", width: (b - a + 1) * part + "%", y: 0, height: "100%" })) {
    brush.rect.setAttribute(name, value);
  }
}

// The browser takes the pointer for itself, as when a finger scrolls: nothing is drawn then.
document.addEventListener("pointercancel", () => {
  brush?.rect?.remove();
  brush = null;
});

document.addEventListener("pointerup", () => {
  if (!brush) return;
  const [a, b] = ends();
  const { bars, moved, rect } = brush;
  brush = null;
  rect?.remove();
  if (!moved) return;
  stopClick();
  const address = new URL(location.href);
  address.searchParams.set("from", bars[a].dataset.from);
  address.searchParams.set("to", bars[b].dataset.to);
  address.searchParams.delete("cursor");
  // What looks like personal data is in the field only.
  if (by("personal")) address.searchParams.set("q", by("q").value);
  go(address.pathname + address.search);
});

/** The end of a drawing is a click on the bar below it, which is not meant. */
function stopClick() {
  const stop = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
  document.addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", stop, { capture: true }), 50);
}

// --- what is picked

// For this tab, until it is closed. Only ids are kept.
const PICKED = "vigie-picked";
const picked = new Set(JSON.parse(sessionStorage.getItem(PICKED) ?? "[]"));
const pickedMax = Number(document.querySelector(".pick").dataset.max);

function pick(which) {
  if (!which) return;
  const id = which.id.slice(2);
  const isFull = picked.size >= pickedMax && !picked.has(id);
  if (!isFull && !picked.delete(id)) picked.add(id);
  mark(which);
  tray(isFull);
}

/** Shows whether a card is picked, with a box that picks it too. */
function mark(which) {
  const isPicked = picked.has(which.id.slice(2));
  let box = which.querySelector(".picker input");
  if (!box) {
    box = made("input", { type: "checkbox", autocomplete: "off" });
    box.setAttribute("aria-describedby", which.id + "-head");
    box.onchange = () => pick(which);
    which.querySelector(".ways").append(made("label", { className: "picker" }, box, document.querySelector(".pick").dataset.label));
  }
  box.checked = isPicked;
  which.classList.toggle("picked", isPicked);
}

const marks = () => document.querySelectorAll("#hits article.card").forEach(mark);

/** @param isFull whether one more was wanted than can be picked */
function tray(isFull = false) {
  by("tray")?.remove();
  sessionStorage.setItem(PICKED, JSON.stringify([...picked]));
  if (picked.size === 0) return;
  const texts = document.querySelector(".pick").dataset;
  const query = [...picked].map((id) => `id:"${id}"`).join(" OU ");
  const show = made("a", { href: "/?q=" + encodeURIComponent(query), className: "button" }, texts.show);
  const verbatims = new URLSearchParams([...picked].map((id) => ["verbatim", id]));
  const decide = texts.decide ? [made("a", { href: "/decision?" + verbatims, className: "button" }, texts.decide)] : [];
  const none = made("button", { type: "button", className: "button" }, texts.none);
  none.onclick = () => {
    picked.clear();
    marks();
    tray();
  };
  const count = (picked.size === 1 ? texts.one : texts.other).replace("{0}", numbers.format(picked.size));
  const full = isFull ? [made("strong", { role: "alert" }, texts.full)] : [];
  document.querySelector("main").append(made("div", { id: "tray", className: "tray" }, count, ...full, show, ...decide, none));
}

// --- news: counted above the list, never put into it under the pointer

const RETRY_MS = 30_000;
// A list that somebody still types for soon goes; each that is listened for takes a place on the server.
const QUIET_MS = 500;
const SEEN_MS = 1_000;
const SOON_S = 2;
let list = null;
let source = null;
let opening = 0;
let opened = 0;
let last = "";
let news = 0;
let unsure = false;
let since = 0;
let lost = false;

const paused = () => localStorage.getItem("vigie-live") === "off";

function fresh() {
  narrowing();
  marks();
  if (by("live") !== list) {
    silence();
    opening = setTimeout(listen, list ? QUIET_MS : 0);
    list = by("live");
    last = "";
    news = 0;
    unsure = false;
    since = Date.now();
  }
  tell();
}

/** Whoever listens again is told what came behind the last one that was counted, or behind the list. */
function listen() {
  silence();
  if (!list || document.hidden || paused()) return;
  const events = new EventSource(`${list.dataset.live}&lastEventId=${last || list.dataset.since}`);
  source = events;
  events.addEventListener("verbatim", (event) => count(event, 1));
  events.addEventListener("gap", (event) => {
    unsure = true;
    count(event, JSON.parse(event.data).missed ?? 0);
  });
  events.onopen = () => { lost = false; opened = Date.now(); tell(); };
  events.onerror = () => {
    lost = true;
    // It comes again by itself, unless the server had no place for it.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => source === events && listen(), RETRY_MS);
    tell();
  };
}

function count(event, more) {
  last = event.lastEventId;
  news += more;
  tell();
}

function silence() {
  clearTimeout(opening);
  source?.close();
  source = null;
}

/** Whether all there is has been told: what came before a feed was opened comes just after that. */
const isLive = () => source?.readyState === EventSource.OPEN && Date.now() - opened > SEEN_MS && news === 0 && !unsure;

/** How old what is seen is: while the feed is open and silent, it is of now. */
function age() {
  const shown = document.querySelector(".ago");
  if (!shown) return;
  shown.now ??= shown.textContent;
  shown.born ??= Date.now();
  if (isLive()) shown.born = Date.now();
  const seconds = Math.max(0, Math.round((Date.now() - shown.born) / 1000));
  if (seconds <= SOON_S) {
    shown.textContent = shown.now;
    return;
  }
  const unit = seconds < 60 ? [seconds, "second"] : [Math.floor(seconds / 60), "minute"];
  const style = { style: "unit", unit: unit[1], unitDisplay: "short" };
  const text = new Intl.NumberFormat(language, style).format(unit[0]);
  shown.textContent = (by("live")?.dataset.ago ?? "").replace("{0}", text);
}

function tell() {
  const live = list;
  if (!live) return;
  const words = live.dataset;
  live.hidden = false;
  const parts = [];
  if (paused()) {
    parts.push(toggle(words.go));
  } else {
    parts.push(made("span", { className: lost ? "beacon lost" : "beacon" }), lost ? words.lost : words.none, toggle(words.pause));
  }
  if (news > 0 || unsure || lost) {
    const text = news === 0 ? words.maybe : (news === 1 ? words.one : words.other).replace("{0}", numbers.format(news));
    const button = made("button", { type: "button", className: "primary", id: "news" }, text);
    button.onclick = () => by("personal") ? htmx.trigger("#search", "submit") : go(location.pathname + location.search);
    const minutes = Math.max(1 / 6, (Date.now() - since) / 60_000);
    const rate = words.rate.replace("{0}", numbers.format(Math.max(1, Math.round(news / minutes))));
    parts.unshift(button, ...(news > 0 ? [made("span", { className: "soft" }, rate)] : []));
  }
  const focused = live.contains(document.activeElement) ? document.activeElement.id : "";
  live.replaceChildren(...parts);
  if (focused) by(focused)?.focus();
  age();
}

function toggle(text) {
  const there = by("live-switch");
  if (there?.textContent === text) return there;
  const button = made("button", { type: "button", className: "quiet", id: "live-switch" }, text);
  button.onclick = () => {
    localStorage.setItem("vigie-live", paused() ? "on" : "off");
    paused() ? silence() : listen();
    tell();
    by("live-switch")?.focus();
  };
  return button;
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) silence();
  else {
    listen();
    tell();
  }
});

setInterval(age, 1000);
fresh();
tray();
