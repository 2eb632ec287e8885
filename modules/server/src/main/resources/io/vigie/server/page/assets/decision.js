// What was decided about is no longer picked in the search, once the decision is recorded.
const PICKED = "vigie-picked";
const DECIDING = "vigie-deciding";
const kept = (key) => JSON.parse(sessionStorage.getItem(key) ?? "[]");

document.querySelector(".deciding form")?.addEventListener("submit", ({ target }) => {
  sessionStorage.setItem(DECIDING, JSON.stringify(new FormData(target).getAll("verbatim").map(decodeURIComponent)));
});
if (document.querySelector(".deciding .done")) {
  const decided = new Set(kept(DECIDING));
  sessionStorage.setItem(PICKED, JSON.stringify(kept(PICKED).filter((id) => !decided.has(id))));
  sessionStorage.removeItem(DECIDING);
}
