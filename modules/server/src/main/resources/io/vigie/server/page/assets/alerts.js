// New alerts are counted; the page changes only when it is asked to.

const news = document.getElementById("news");
let count = 0;
let last = "";
let events = null;

function listen() {
  if (!news || document.hidden) return;
  // Behind the last one that was counted, or what the page shows: nothing is missed while the tab was hidden.
  const address = new URL(news.dataset.live, location.href);
  if (last !== "") address.searchParams.set("lastEventId", last);
  events = new EventSource(address);
  events.addEventListener("alert", told);
  events.addEventListener("gap", told);
}

function told(event) {
  last = event.lastEventId;
  count++;
  news.hidden = false;
  const words = count === 1 ? news.dataset.one : news.dataset.other;
  news.querySelector("a").textContent = words.replace("{0}", new Intl.NumberFormat(document.documentElement.lang).format(count));
}

document.addEventListener("visibilitychange", () => {
  events?.close();
  listen();
});

listen();
