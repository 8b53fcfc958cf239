// Which tasks lie on the buttons, and where. What is usual at this hour and what was done lately comes first; a button
// that stays keeps its place, so that nothing moves under a finger.

const RECENT = 90; // minutes for which something done today counts as recent
const HALF_HOURS = 48;

// How near at hand each task should lie at a minute. usual: code -> [weight per half hour]; rows: today's; codes: every
// task of the site in the catalogue's order. Gives the codes, the nearest first.
function ranked(codes, usual, rows, minute) {
  const half = Math.floor((minute % 1440) / 30);
  const place = (code, at) => ((usual[code] || [])[(at + HALF_HOURS) % HALF_HOURS] || 0);
  const total = (code) => (usual[code] || []).reduce((sum, one) => sum + one, 0);
  const score = new Map(codes.map((code) => [code, 0]));
  for (const code of codes) {
    const near = 2 * place(code, half) + place(code, half + 1) + 0.5 * place(code, half - 1);
    score.set(code, near + 0.02 * total(code));
  }
  const most = Math.max(1, ...score.values());
  for (const row of rows) {
    const since = minute - (row.end === null ? minute : row.end);
    if (since < RECENT && score.has(row.task)) {
      score.set(row.task, Math.max(score.get(row.task), most * (1.5 - since / RECENT)));
    }
  }
  const order = new Map(codes.map((code, index) => [code, index]));
  return [...codes].sort((a, b) => score.get(b) - score.get(a) || order.get(a) - order.get(b));
}

// The tasks of n places: who was there and still belongs there stays where it was; the rest fills what is free.
function placed(previous, wanted, n) {
  const chosen = wanted.slice(0, n);
  const places = previous.slice(0, n).map((code) => (chosen.includes(code) ? code : null));
  while (places.length < Math.min(n, chosen.length)) places.push(null);
  const fresh = chosen.filter((code) => !places.includes(code));
  return places.map((code) => code ?? fresh.shift() ?? null).filter((code) => code !== null);
}

// One task more on the places: on the one that is wanted least.
function withOne(places, code, wanted) {
  if (places.includes(code)) return places;
  const least = places.reduce((worst, one) => (wanted.indexOf(one) > wanted.indexOf(worst) ? one : worst), places[0]);
  return places.map((one) => (one === least ? code : one));
}

// A text as it is searched: width, case and the two kana set aside.
function searched(text) {
  const plain = text.normalize("NFKC").toLowerCase().trim();
  return plain.replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

// Tasks ({code, label, find: [spellings, searched]}) that a text means: those it begins first, then those that hold it.
function found(tasks, text) {
  const wanted = searched(text);
  if (!wanted) return tasks;
  const rank = (task) =>
    task.find.some((one) => one.startsWith(wanted)) ? 0 : task.find.some((one) => one.includes(wanted)) ? 1 : 2;
  return tasks
    .map((task) => [rank(task), task])
    .filter(([rank_]) => rank_ < 2)
    .sort((a, b) => a[0] - b[0])
    .map(([, task]) => task);
}
