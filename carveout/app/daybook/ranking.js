// What a half-typed word most likely becomes. `carveout.workday.completion` says the same in Python; a test holds the two
// together. data.completion: {tasks: [{code, label, ja, insert, elsewhere, named, also, exact}], staff, units, seen: {lately, following,
// starts}}; named and also are keys already folded there.
const SHOWN = 6;
const ABOUT = 30; // minutes around a time of day that count as that time

const ROWS = { "": "あいうえお", k: "かきくけこ", s: "さしすせそ", t: "たちつてと", n: "なにぬねの", h: "はひふへほ", m: "まみむめも", r: "らりるれろ", g: "がぎぐげご", z: "ざじずぜぞ", d: "だぢづでど", b: "ばびぶべぼ", p: "ぱぴぷぺぽ" };
const SOUNDS = { や: "ya", ゆ: "yu", よ: "yo", わ: "wa", を: "wo", ん: "n", ゔ: "vu", ぁ: "a", ぃ: "i", ぅ: "u", ぇ: "e", ぉ: "o" };
for (const [row, kana] of Object.entries(ROWS)) [...kana].forEach((sign, i) => { SOUNDS[sign] = row + "aiueo"[i]; });
const GLIDES = { ゃ: "ya", ゅ: "yu", ょ: "yo" };
const HABITS = [["sh", "sy"], ["ch", "ty"], ["j", "zy"], ["syi", "si"], ["tyi", "ti"], ["zyi", "zi"], ["tsu", "tu"], ["fu", "hu"], ["di", "zi"], ["du", "zu"], ["yy", "y"]];
const HALF_TYPED = [["sh", "s"], ["ch", "t"], ["ts", "t"], ["j", "z"], ["f", "h"]];
const TIMES = /^[\d０-９:：;.\-‐‑–—−〜～~ー－+＋]*(?:[時分半]|から|まで)*[\d０-９:：時分半\-〜～~－]*(?=[^\d０-９:：]|$)/;
const TRIGGERS = /^(急|随時|予定|planned|on.?demand|urgent)$/i;

const casefolded = (text) => text.normalize("NFKC").toLowerCase();
const folded = (text) => casefolded(text).replace(/[\s_\-‐*※]+/g, "");
const alike = (name) => casefolded(name).replace(/\s+/g, "");

function sounded(kana) {
  const sounds = [];
  let doubled = false;
  for (const sign of kana) {
    if (sign === "っ") {
      doubled = true;
      continue;
    }
    if (sign in GLIDES && sounds.length && sounds.at(-1).endsWith("i")) {
      sounds[sounds.length - 1] = sounds.at(-1).slice(0, -1) + GLIDES[sign];
      continue;
    }
    const sound = SOUNDS[sign] || GLIDES[sign] || sign;
    sounds.push(doubled && !"aiueo".includes(sound[0]) ? sound[0] + sound : sound);
    doubled = false;
  }
  return sounds.join("");
}

// Kana or Latin letters as one spelling for comparing; "" for a text of anything else. longMarks keeps ー as "-".
function romajiKey(text, longMarks = false) {
  let plain = casefolded(text).replace(/[\s・'’]+/g, "");
  plain = plain.replace(/[ァ-ヴ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0x60));
  plain = longMarks ? plain.replaceAll("ー", "-") : plain.replace(/[ー-]/g, "");
  if (/[ぁ-ゔ]/.test(plain)) plain = sounded(plain);
  if (!/^[a-z-]*[a-z][a-z-]*$/.test(plain)) return "";
  for (const [typed, kept] of HABITS) plain = plain.replaceAll(typed, kept);
  return plain.replace(/n+/g, "n");
}

function keysOf(fragment) {
  const typed = fragment.toLowerCase();
  const halves = HALF_TYPED.filter(([half]) => typed.endsWith(half)).map(([half, short]) => romajiKey(typed.slice(0, -half.length) + short));
  return [...new Set([folded(fragment), romajiKey(fragment, true), ...halves])].filter(Boolean);
}

function tierOf(entry, keys) {
  if (entry.named.some((one) => keys.some((key) => one.startsWith(key)))) return 0;
  if (entry.also.some((one) => keys.some((key) => one.startsWith(key)))) return 1;
  if (keys[0].length === 1 && keys[0] < "\x80") return null;
  if (entry.named[0].includes(keys[0])) return 2;
  return entry.also.some((one) => one.includes(keys[0])) ? 3 : null;
}

function weightOf(seen, code, last, at) {
  let likely = 0.5 * (seen.lately[code] ?? 0);
  likely += 2 * (seen.following[last]?.[code] ?? 0);
  const starts = seen.starts[code] ?? [];
  if (at !== null && starts.length) likely += starts.filter((start) => Math.abs(start - at) <= ABOUT).length / starts.length;
  return likely;
}

function tasksFor(known, fragment, last, at) {
  const keys = keysOf(fragment);
  const found = [];
  for (const entry of known.tasks) {
    const tier = keys.length ? tierOf(entry, keys) : 1;
    const weight = weightOf(known.seen, entry.code, last, at);
    if (tier === null || (!keys.length && !weight)) continue;
    found.push({ entry, rank: [tier, -weight, Number(entry.elsewhere), [...entry.ja].length, entry.ja] });
  }
  const order = (a, b) => {
    const i = a.rank.findIndex((value, at) => value !== b.rank[at]);
    return i < 0 ? 0 : a.rank[i] < b.rank[i] ? -1 : 1;
  };
  return found.sort(order).map(({ entry }) => ({ insert: entry.insert, word: entry.label, kind: "task" }));
}

function peopleFor(known, fragment, lately, named) {
  const wanted = alike(fragment);
  const ids = known.staff.filter((one) => !named.includes(one) && alike(one).startsWith(wanted));
  const order = [...ids.filter((one) => lately.includes(one)), ...ids.filter((one) => !lately.includes(one))];
  return order.map((one) => ({ insert: one, word: one, kind: "staff" }));
}

function unitsFor(known, fragment) {
  const wanted = alike(fragment);
  const begun = known.units.filter((unit) => alike(unit).startsWith(wanted));
  const inside = known.units.filter((unit) => alike(unit).includes(wanted) && !begun.includes(unit));
  const quoted = (name) => (/[\s#@"]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
  return [...begun, ...inside].map((unit) => ({ insert: `@${quoted(unit)}`, word: unit, kind: "unit" }));
}

// What the words before the cursor say already. Only the server reads a line to the end; for ranking this is enough.
function saidIn(rest, known) {
  const words = rest.split(/[\s、,，・/／]+/).filter(Boolean);
  const named = known.staff.filter((one) => words.some((word) => alike(word) === alike(one)));
  const task = words.some((word) => !TIMES.exec(word)?.[0] && !/^[@＠#＃]/.test(word) && !TRIGGERS.test(word) && !named.some((one) => alike(one) === alike(word)));
  const clockTime = /(\d{1,2}):(\d{2})/.exec(rest.normalize("NFKC"));
  return { named, task, start: clockTime ? Number(clockTime[1]) * 60 + Number(clockTime[2]) : null };
}

// Suggestions for the word before the cursor: {from, to, items} or null. before: {end, task, staff} of the last own row.
function suggestLine(known, text, at, before, words) {
  let from = at - /[^\s、,，・/／#＃]*$/.exec(text.slice(0, at))[0].length;
  let fragment = text.slice(from, at);
  const given = (items) => ({ from, to: at, items: items.slice(0, SHOWN).map((one) => ({ ...one, kind: words[`kind_${one.kind}`] })) });
  if (/^[@＠]/.test(fragment)) return given(unitsFor(known, fragment.slice(1)));
  const times = TIMES.exec(fragment)?.[0] ?? "";
  if (times.replaceAll("ー", "")) {
    from += times.length;
    fragment = text.slice(from, at);
    if (!fragment) return null;
  }
  const said = saidIn(`${text.slice(0, from)} ${text.slice(at)}`, known);
  const people = peopleFor(known, fragment, before.staff, said.named);
  if (said.task && !fragment) return given(people);
  const found = said.task && people.length ? [] : tasksFor(known, fragment, before.task, said.start ?? before.end);
  return given(fragment ? [...people, ...found] : [...found, ...people]);
}

// The same for a field that holds a task or people only.
function suggestField(known, text, at, field, before, words) {
  const from = field === "staff" ? at - /[^\s、,，・/／]*$/.exec(text.slice(0, at))[0].length : 0;
  const fragment = text.slice(from, at);
  const items = field === "staff" ? peopleFor(known, fragment, before.staff, []) : tasksFor(known, fragment, before.task, before.end);
  return { from, to: field === "staff" ? at : text.length, items: items.slice(0, SHOWN).map((one) => ({ ...one, kind: words[`kind_${one.kind}`] })) };
}

// The code of a typed task where it is one of the labels, else the text as it is.
function codeOf(known, text) {
  const typed = text.trim();
  const key = folded(typed);
  const entry = known.tasks.find((one) => one.code === typed || one.insert === typed || one.label === typed) || known.tasks.find((one) => one.exact.includes(key));
  return entry ? entry.code : typed;
}
