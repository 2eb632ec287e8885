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
