// What every page needs; the first of it before htmx starts.

// The policy of the pages asks for Trusted Types, and htmx parses what our own server answers as text. This lets that
// pass, and only as HTML: scripts in it do not run (DOMParser, allowScriptTags), handlers in attributes are stopped by the
// policy, and strings never become code or addresses of scripts.
if (window.trustedTypes?.createPolicy && !window.trustedTypes.defaultPolicy) {
  window.trustedTypes.createPolicy("default", { createHTML: (html) => html });
}

// Why words were recognised is shown while they are pointed at or focused. It stays until the pointer leaves what was said, below
// which it is, so that it can be pointed at itself; Escape takes it away.
let shown = null;

function show(evidence) {
  if (evidence === shown) return;
  shown?.classList.remove("shown", "hushed");
  shown = evidence;
  shown?.classList.add("shown");
}

document.addEventListener("pointerover", ({ target }) => {
  const evidence = target.closest(".evidence");
  if (evidence) show(evidence);
  else if (shown !== document.activeElement && !shown?.closest(".said").contains(target)) show(null);
});
document.addEventListener("focusin", ({ target }) => show(target.closest(".evidence")));
document.addEventListener("focusout", () => { if (!shown?.matches(":hover")) show(null); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !shown?.classList.contains("shown")) return;
  shown.classList.replace("shown", "hushed");
  // A search field that has the focus would be emptied.
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

// What was written in a form when the session had ended is there again after the login. It is kept in this tab, until the next page
// that is no login.
const DRAFT = "vigie-draft";
const isWritten = ({ name, type }) => name && !["hidden", "password", "file", "radio", "checkbox", "submit"].includes(type);

document.addEventListener("submit", ({ target }) => {
  if (target.method !== "post" || target.closest(".login")) return;
  const fields = [...target.elements].filter(isWritten).map(({ name, value }) => [name, value]);
  sessionStorage.setItem(DRAFT, JSON.stringify({ action: target.getAttribute("action"), fields, login: false }));
});

const draft = JSON.parse(sessionStorage.getItem(DRAFT) ?? "null");
if (draft && document.querySelector("main .login")) {
  sessionStorage.setItem(DRAFT, JSON.stringify({ ...draft, login: true }));
} else if (draft) {
  sessionStorage.removeItem(DRAFT);
  const form = [...document.forms].find((each) => each.getAttribute("action") === draft.action);
  if (form && draft.login) {
    for (const [name, value] of draft.fields) {
      const field = form.elements[name];
      if (field) field.value = value;
    }
    form.closest("details")?.setAttribute("open", "");
  }
}
