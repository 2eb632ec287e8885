// Shows one verbatim: what was said, what it was taken for, and the words that say so.
import { make, moments, named, say, words } from "./say.js";

const LONG_TEXT = 700;

/** One verbatim as an article; toggle adds or removes a filter. */
export function hit(verbatim, toggle) {
  const text = make("p", { className: "text", lang: verbatim.language === "und" ? "" : verbatim.language });
  text.append(...pieces(verbatim));
  const article = make("article", { tabIndex: -1 }, head(verbatim, toggle), text);
  if (verbatim.text.length > LONG_TEXT) {
    text.classList.add("folded");
    const button = make("button", { type: "button", className: "link" }, words.readAll);
    button.onclick = () => { text.classList.remove("folded"); button.remove(); article.focus(); };
    article.append(button);
  }
  if (verbatim.themes.length > 0) {
    article.append(make("div", { className: "themes" }, ...verbatim.themes.map((each, i) => theme(verbatim, each, i, text, toggle))));
  }
  return article;
}

function head(verbatim, toggle) {
  const offer = verbatim.offerId;
  const filter = (dimension, value, kind) => make("button", {
    type: "button", className: `badge ${kind}`, onclick: () => toggle(dimension, value),
  }, named(value));
  const note = (text, kind = "") => make("span", { className: `badge ${kind}` }, text);
  const mood = verbatim.sentiment < -0.2 ? "negative" : verbatim.sentiment > 0.2 ? "positive" : "neutral";
  const line = make("div", { className: "head" },
    make("time", { dateTime: verbatim.occurredAt }, moments.format(new Date(verbatim.occurredAt))),
    filter("offer", offer, "offer"), filter("intent", verbatim.intent, verbatim.intent.toLowerCase()),
    note({ negative: "− ", neutral: "○ ", positive: "+ " }[mood] + words[mood], mood));
  if (verbatim.severity >= 3) line.append(note(say("severe", { n: verbatim.severity }), "negative"));
  if (verbatim.churnRisk >= 0.5) line.append(note(words.churn, "negative"));
  if (verbatim.channelMismatch) {
    line.append(note(say("mismatch", { channel: named(verbatim.preferredChannel ?? "OTHER") }), "negative"));
  }
  if (verbatim.nps !== undefined) line.append(note(say("nps", { n: verbatim.nps })));
  line.append(make("span", { className: "origin" },
    `${named(verbatim.kind)} · ${named(verbatim.channel)} · ${verbatim.source}`));
  return line;
}

/** A theme shows in the text the words that earned it while it is pointed at. */
function theme(verbatim, { theme: id, evidence }, i, text, toggle) {
  const quotes = evidence.map(({ start, end }) => `« ${verbatim.text.slice(start, end)} »`).join(", ");
  const label = say("because", { theme: id, words: quotes });
  const button = make("button", { type: "button", className: "theme", title: label, ariaLabel: label },
    make("span", {}, id), make("q", {}, evidence.length ? verbatim.text.slice(evidence[0].start, evidence[0].end) : ""));
  const light = (on) => text.querySelectorAll(`[data-themes~="${i}"]`).forEach((each) => each.classList.toggle("lit", on));
  button.onmouseenter = button.onfocus = () => light(true);
  button.onmouseleave = button.onblur = () => light(false);
  button.onclick = () => toggle("theme", id);
  return button;
}

/** The text cut wherever a matched word or a piece of evidence begins or ends. */
function pieces({ text, highlights, themes }) {
  const evidence = themes.flatMap((each, i) => each.evidence.map((range) => ({ ...range, i })));
  const cuts = new Set([0, text.length, ...[...highlights, ...evidence].flatMap(({ start, end }) => [start, end])]);
  const sorted = [...cuts].filter((cut) => cut >= 0 && cut <= text.length).sort((a, b) => a - b);
  return sorted.slice(0, -1).map((start, k) => {
    const covers = (range) => range.start <= start && start < range.end;
    const part = text.slice(start, sorted[k + 1]);
    const of = [...new Set(evidence.filter(covers).map(({ i }) => i))];
    const node = highlights.some(covers) ? make("mark", {}, part) : document.createTextNode(part);
    return of.length ? make("span", { className: "evidence", "data-themes": of.join(" ") }, node) : node;
  });
}
