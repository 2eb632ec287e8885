// How this page talks: its language, its numbers and dates, and the making of elements.
import { texts } from "./texts.js";

export const ZONE = "Europe/Paris";

export const ui = language();
export const words = texts[ui];
export const numbers = new Intl.NumberFormat(ui);
export const plural = new Intl.PluralRules(ui);
export const moments = new Intl.DateTimeFormat(ui, { dateStyle: "medium", timeStyle: "short", timeZone: ZONE });
export const days = new Intl.DateTimeFormat(ui, { dateStyle: "medium", timeZone: ZONE });
export const isoDays = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE });

function language() {
  const asked = new URLSearchParams(location.search).get("lang");
  if (Object.hasOwn(texts, asked ?? "")) return asked;
  const known = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => Object.hasOwn(texts, tag));
  return known ?? "fr";
}

export function say(key, values = {}) {
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), words[key]);
}

/** The name of a value of a dimension; ids that have none stand for themselves. */
export function named(value, dimension) {
  const key = dimension === "lang" ? `lang-${value}` : value;
  return Object.hasOwn(words.values, key) ? words.values[key] : value;
}

export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

export function day(time) {
  return /^\d{4}-\d{2}-\d{2}$/.test(time) ? time : isoDays.format(new Date(time));
}
