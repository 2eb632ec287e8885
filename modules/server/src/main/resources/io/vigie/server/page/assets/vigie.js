// What every page needs before htmx starts.

// The policy of the pages asks for Trusted Types, and htmx parses what our own server answers as text. This lets that
// pass, and only as HTML: scripts in it do not run (DOMParser, allowScriptTags), handlers in attributes are stopped by the
// policy, and strings never become code or addresses of scripts.
if (window.trustedTypes?.createPolicy && !window.trustedTypes.defaultPolicy) {
  window.trustedTypes.createPolicy("default", { createHTML: (html) => html });
}
