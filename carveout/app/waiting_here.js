// What still waits in this browser to be saved, of one person: how much in all, and the way to each day.

function waitingOf(hand, store) {
  const counts = new Map();
  try {
    for (let i = 0; i < localStorage.length; i += 1) {
      const [, place] = /^carveout\.outbox\.([^/]+)\//.exec(localStorage.key(i)) || [];
      const [where, day, whose, live] = (place || "").split(".");
      if (whose !== hand || (store && where !== store)) continue;
      const page = live ? "live" : "record";
      const known = counts.get(place) || { page, day, n: 0 };
      counts.set(place, { ...known, n: known.n + 1 });
    }
  } catch (error) {
    return []; // nothing can be kept in this browser, so nothing waits in it
  }
  return [...counts.values()];
}

export default function waiting({ parentElement, data }) {
  const root = parentElement.querySelector(".waiting");
  const found = waitingOf(data.hand, data.store);
  const parts = [];
  if (found.length) {
    const title = document.createElement("p");
    title.textContent = data.words.title.replace("{n}", found.reduce((sum, one) => sum + one.n, 0));
    title.setAttribute("role", "status");
    parts.push(title);
    for (const one of data.store ? found : []) {
      const link = document.createElement("a");
      link.href = `${one.page}?${new URLSearchParams({ day: one.day, lang: data.language })}`;
      link.target = "_self";
      link.textContent = data.words.day.replace("{n}", one.n);
      parts.push(link);
    }
  }
  root.replaceChildren(...parts);
}
