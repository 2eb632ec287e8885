// The search page. Its whole state is in the address, so that a search can be shared and the back button works.
// Whatever customers said is put in as text nodes only.
import { ZONE, day, days, isoDays, make, moments, named, numbers, plural, say, ui, words } from "./say.js";
import { hit } from "./verbatim.js";

const DIMENSIONS = ["offer", "theme", "intent", "kind", "channel", "lang"];
const PAGE_SIZE = 20;
const FACET_SHOWN = 8;
const TYPING_PAUSE_MS = 200;
const SVG = "http://www.w3.org/2000/svg";

const byId = (id) => document.getElementById(id);

let state = fromAddress();
let running = new AbortController();
let cursor = null;
let typing = 0;

// --- state and address ---

/** In the address of this page lang is the language of the page; the filter is called language. */
function addressName(dimension) {
  return dimension === "lang" ? "language" : dimension;
}

function fromAddress() {
  const address = new URLSearchParams(location.search);
  return {
    q: address.get("q") ?? "",
    from: address.get("from") ?? "",
    to: address.get("to") ?? "",
    sort: address.get("sort") ?? "",
    filters: Object.fromEntries(DIMENSIONS.map((each) => [each, address.getAll(addressName(each))])),
  };
}

function toAddress(next, pageLanguage) {
  const address = new URLSearchParams();
  for (const name of ["q", "from", "to", "sort"]) if (next[name]) address.set(name, next[name]);
  for (const each of DIMENSIONS) next.filters[each].forEach((value) => address.append(addressName(each), value));
  if (pageLanguage) address.set("lang", pageLanguage);
  return "/" + (address.size ? "?" + address : "");
}

function go(change, replace = false) {
  state = { ...state, ...change };
  const asked = new URLSearchParams(location.search).get("lang");
  history[replace ? "replaceState" : "pushState"](null, "", toAddress(state, asked));
  show();
}

function toggled(dimension, value) {
  const values = state.filters[dimension];
  const next = values.includes(value) ? values.filter((each) => each !== value) : [...values, value];
  return { filters: { ...state.filters, [dimension]: next } };
}

function toggle(dimension, value) {
  go(toggled(dimension, value));
}

// --- asking the server ---

function request(more, door = "search") {
  const parameters = new URLSearchParams({ zone: ZONE, ...more });
  for (const name of ["q", "from", "to", "sort"]) if (state[name]) parameters.set(name, state[name]);
  for (const each of DIMENSIONS) {
    state.filters[each].forEach((value) => parameters.append(each, value));
  }
  return `/api/v1/${door}?${parameters}`;
}

async function ask(address, signal) {
  const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
  const body = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(body.detail), { problem: body });
  return body;
}

async function show() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  fill();
  byId("results").setAttribute("aria-busy", "true");
  try {
    const result = await ask(request({ size: PAGE_SIZE, facets: DIMENSIONS.join(), interval: "auto" }), signal);
    if (signal.aborted) return;
    problem(null);
    total(result);
    suggestion(result.suggestion);
    histogram(result);
    const focused = document.activeElement?.id;
    byId("facets").replaceChildren(...DIMENSIONS.map((each) => facet(each, result.facets[each] ?? [])));
    if (focused) byId(focused)?.focus();
    byId("hits").replaceChildren(...result.hits.map((each) => hit(each, toggle)));
    empty(result.total === 0);
    next(result);
  } catch (failure) {
    if (!signal.aborted) problem(failure);
  } finally {
    if (!signal.aborted) byId("results").removeAttribute("aria-busy");
  }
}

async function more() {
  const { signal } = running;
  try {
    const result = await ask(request({ size: PAGE_SIZE, cursor }), signal);
    const hits = result.hits.map((each) => hit(each, toggle));
    byId("hits").append(...hits);
    next(result);
    hits[0]?.focus();
  } catch (failure) {
    if (!signal.aborted) problem(failure);
  }
}

// --- showing ---

/** The form follows the address, but never overwrites what is being typed. */
function fill() {
  if (document.activeElement !== byId("q")) byId("q").value = state.q;
  for (const end of ["from", "to"]) byId(end).value = state[end] ? day(state[end]) : "";
  byId("sort").value = state.sort;
  const other = ui === "fr" ? "en" : "fr";
  byId("other").href = toAddress(state, other);
  byId("other").lang = other;
  document.title = state.q ? `${state.q} – Vigie` : "Vigie";
  chips();
}

function chips() {
  const all = DIMENSIONS.flatMap((each) => state.filters[each].map((value) => make("button", {
    type: "button", className: "chip", onclick: () => go(toggled(each, value)),
    ariaLabel: say("remove", { name: words[each], value: named(value, each) }),
  }, `${words[each]} : ${named(value, each)} ✕`)));
  if (state.from || state.to) {
    const time = (text) => text.includes("T") ? moments.format(new Date(text)) : days.format(new Date(`${text}T12:00:00Z`));
    const span = `${state.from ? time(state.from) : "…"} – ${state.to ? time(state.to) : "…"}`;
    all.push(make("button", {
      type: "button", className: "chip", onclick: () => go({ from: "", to: "" }),
      ariaLabel: say("remove", { name: words.period, value: span }),
    }, `${span} ✕`));
  }
  if (all.length > 1) {
    const none = Object.fromEntries(DIMENSIONS.map((each) => [each, []]));
    all.push(make("button", {
      type: "button", className: "link", onclick: () => go({ filters: none, from: "", to: "" }),
    }, words.clear));
  }
  byId("chips").replaceChildren(...all);
}

function total(result) {
  const key = plural.select(result.total) === "one" ? "totalOne" : "totalOther";
  byId("total").replaceChildren(
    make("strong", {}, say(key, { n: numbers.format(result.total) })),
    make("small", {}, " " + say("took", { ms: numbers.format(result.tookMs) })),
    ...(result.caveat ? [make("strong", { title: result.caveat }, " " + words.caveat)] : []));
  byId("export").hidden = result.total === 0;
  byId("export").href = request({ format: "csv", locale: ui }, "export");
}

function suggestion(meant) {
  byId("meant").hidden = !meant;
  if (!meant) return;
  const text = say("meant", { query: meant.query, n: numbers.format(meant.total) });
  byId("meant").replaceChildren(
    make("button", { type: "button", className: "link", onclick: () => search(meant.query) }, text));
}

function search(query) {
  byId("q").value = query;
  go({ q: query });
}

function next(result) {
  cursor = result.cursor ?? null;
  byId("more").hidden = cursor === null;
}

function problem(failure) {
  const box = byId("problem");
  box.hidden = failure === null;
  byId("q").setAttribute("aria-invalid", String(failure !== null));
  if (failure === null) return;
  const told = failure.problem;
  const kind = { 400: "badRequest", 410: "expired", 422: "costly", 429: "busy" }[told?.status] ?? (told ? "failed" : "unreachable");
  const place = told?.column ? ` – ${say("column", { n: told.column })}` : "";
  box.replaceChildren(make("strong", {}, words[kind] + place));
  if (told?.column) box.append(pointed(state.q, told.column));
  if (told) box.append(make("p", { lang: "en" }, told.detail));
}

/** The query with the place of the error marked; the column may lie just behind its end. */
function pointed(query, column) {
  const at = Math.min(column - 1, query.length);
  const from = Math.max(0, at - 60);
  const bad = query.slice(at, at + 1);
  return make("pre", {},
    (from > 0 ? "…" : "") + query.slice(from, at), make("mark", {}, bad.trim() ? bad : "␣"), query.slice(at + 1, at + 60));
}

function empty(isEmpty) {
  const box = byId("empty");
  box.hidden = !isEmpty;
  if (!isEmpty) return;
  const asked = state.q || state.from || state.to || DIMENSIONS.some((each) => state.filters[each].length > 0);
  const kind = asked ? "none" : "blank";
  box.replaceChildren(
    make("h2", {}, words[kind + "Title"]),
    make("ul", {}, ...words[kind + "Tips"].map((tip) => make("li", {}, tip))));
}

function facet(dimension, counts) {
  const chosen = state.filters[dimension];
  const missing = chosen.filter((value) => !counts.some((each) => each.value === value));
  const all = [...missing.map((value) => ({ value, count: 0 })), ...counts];
  const most = Math.max(1, ...all.map((each) => each.count));
  const items = all.map((each) => facetValue(dimension, each, chosen.includes(each.value), most));
  const hidden = items.slice(FACET_SHOWN).filter((item) => !item.querySelector("input").checked);
  hidden.forEach((item) => { item.hidden = true; });
  const list = make("ul", {}, ...items);
  const group = make("fieldset", { hidden: all.length === 0 }, make("legend", {}, words[dimension]), list);
  if (hidden.length > 0) {
    const button = make("button", { type: "button", className: "link" }, say("facetMore", { n: hidden.length }));
    button.onclick = () => {
      hidden.forEach((item) => { item.hidden = false; });
      hidden[0].querySelector("input").focus();
      button.remove();
    };
    group.append(button);
  }
  return group;
}

function facetValue(dimension, { value, count }, checked, most) {
  const id = `${dimension}-${value}`;
  const box = make("input", { type: "checkbox", id, checked });
  box.onchange = () => go(toggled(dimension, value));
  const label = make("label", { htmlFor: id, title: value },
    make("span", {}, named(value, dimension)), make("span", { className: "count" }, numbers.format(count)));
  const item = make("li", {}, box, label);
  item.style.setProperty("--share", `${(100 * count) / most}%`);
  return item;
}

function histogram({ histogram: buckets, interval }) {
  const figure = byId("histogram");
  figure.hidden = buckets.length < 2;
  if (figure.hidden) return;
  const most = Math.max(...buckets.map((each) => each.count), 1);
  const caption = say("histogram", {
    unit: words[interval], max: numbers.format(most),
    from: days.format(new Date(buckets[0].start)), to: days.format(new Date(buckets.at(-1).start)),
  });
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${buckets.length} 40`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", caption);
  buckets.forEach((bucket, i) => svg.append(...bar(bucket, buckets[i + 1], i, most, interval)));
  figure.replaceChildren(svg, make("figcaption", {}, caption));
}

/** A bar and, over the whole height, the place to click on; the two date fields do the same from the keyboard. */
function bar(bucket, following, i, most, interval) {
  const height = bucket.count === 0 ? 0 : Math.max(1, (38 * bucket.count) / most);
  const format = interval === "hour" ? moments : days;
  const title = document.createElementNS(SVG, "title");
  title.textContent = `${format.format(new Date(bucket.start))} : ${numbers.format(bucket.count)}`;
  const visible = rectangle("bar", i + 0.08, 40 - height, 0.84, height);
  const target = rectangle("target", i, 0, 1, 40);
  target.append(title);
  target.addEventListener("click", () => go(span(bucket, following, interval)));
  return [visible, target];
}

function rectangle(kind, x, y, width, height) {
  const rect = document.createElementNS(SVG, "rect");
  for (const [name, value] of Object.entries({ class: kind, x, y, width, height })) rect.setAttribute(name, value);
  return rect;
}

/** Days include their last one, as the server reads dates; hours end where the next begins. */
function span(bucket, following, interval) {
  if (interval === "hour") {
    return { from: bucket.start, to: following?.start ?? new Date(Date.parse(bucket.start) + 3_600_000).toISOString() };
  }
  const last = following ? isoDays.format(new Date(Date.parse(following.start) - 1)) : "";
  return { from: day(bucket.start), to: last };
}

// --- wiring ---

function typed() {
  clearTimeout(typing);
  typing = setTimeout(() => go({ q: byId("q").value.trim() }, true), TYPING_PAUSE_MS);
}

function key(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  if (event.key === "/") {
    event.preventDefault();
    byId("q").focus();
    byId("q").select();
  } else if (event.key === "j" || event.key === "k") {
    const all = [...document.querySelectorAll("article")];
    const at = all.indexOf(document.activeElement?.closest("article"));
    const step = event.key === "j" ? 1 : -1;
    all[Math.min(all.length - 1, Math.max(0, at + step))]?.focus();
  }
}

document.documentElement.lang = ui;
for (const element of document.querySelectorAll("[data-text]")) element.textContent = words[element.dataset.text];
for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = words[element.dataset.placeholder];
byId("other").textContent = words.otherLanguage;
byId("total").textContent = words.searching;
byId("q").addEventListener("input", typed);
byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typing);
  go({ q: byId("q").value.trim() });
});
for (const field of ["from", "to", "sort"]) byId(field).addEventListener("change", (event) => go({ [field]: event.target.value }));
byId("more").addEventListener("click", more);
addEventListener("keydown", key);
addEventListener("popstate", () => {
  state = fromAddress();
  byId("q").value = state.q;
  show();
});
byId("q").value = state.q;
byId("q").focus();
show();
