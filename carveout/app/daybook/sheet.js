// The day sheet: the entry line, what waits or has to be mended, the clashes, the actions, the rows.
//
// `data`: {place, words, rows, completion, labels, marks, clashes, can, closed, answer, today}. What leaves by
// `setTriggerValue("send", {turn, entries})` is answered in `data.answer`; whose version of a clash shall stand goes by
// `setTriggerValue("command", ...)`: that is no record, and one that is lost is simply pressed again.
const HERE = Symbol("this text of the module"); // another one comes when the server has been brought up to date meanwhile
const taskLists = new Map(); // a list of tasks comes once, and is known by its name from then on

export default function (component) {
  const { data, parentElement } = component;
  let sheet = parentElement.carveoutSheet;
  if (sheet && (sheet.place !== data.place || sheet.of !== HERE)) {
    sheet.close();
    sheet = null;
  }
  if (!sheet) {
    sheet = openSheet(parentElement, data);
    parentElement.carveoutSheet = sheet;
  }
  sheet.trigger = component.setTriggerValue;
  sheet.show(data);
  const mine = sheet;
  return () =>
    setTimeout(() => {
      // Streamlit may call this for a drawing that a newer one has overtaken: only a sheet out of the page is over.
      const host = parentElement.host || parentElement;
      if (host.isConnected) return;
      mine.close();
      if (parentElement.carveoutSheet === mine) delete parentElement.carveoutSheet;
    }, 0);
}

function openSheet(root, first) {
  const words = first.words;
  let data = complete(first);
  let rows = []; // as shown
  const sheet = { of: HERE, place: first.place, show, close, trigger: () => {} };

  // Small things that outlive a reload: the row written last, so that the next line still follows it; the half-typed line.
  const memory = { own: null, line: null };
  function remembered(name, value) {
    const key = `carveout.${name}.${first.place}`;
    try {
      if (value === undefined) return memory[name] ?? localStorage.getItem(key);
      localStorage.setItem(key, value);
    } catch (error) {
      // then it is known until the next reload
    }
    if (value !== undefined) memory[name] = value;
    return memory[name];
  }

  const outbox = openOutbox(first.place, {
    send(turn, entries) {
      const loose = new Set(outbox.entries().filter((entry) => entry.state !== "waiting").map((entry) => entry.row));
      sheet.trigger("send", { turn, known: data.completion.name, entries: entries.map((entry) => (entry.after ? { ...entry, loose: loose.has(entry.after) } : entry)) });
    },
    changed: () => queueMicrotask(draw),
    told(entry, problems) {
      if (entry.kind === "line") {
        lines.ask(entry, problems);
        countWaits();
      } else tell(problems.map((one) => `${one.cause} ${one.remedy}`).join(" "));
    },
  });

  const labels = (task) => data.labels[task] ?? task;
  const grid = gridOf(words, {
    label: labels,
    closed: () => data.closed,
    picked: () => actions.refresh(),
    completer: (input, field) => (field === "task" || field === "staff" ? completer(input, (text, at) => suggestCell(text, at, field), words, false) : null),
    edit: editCell,
    key(event) {
      if (event.key === "Escape") {
        if (grid.picks()) grid.unpick();
        else entry.focus();
        return true;
      }
      return actions.key(event);
    },
  });
  const actions = actionsOf(words, {
    chosen: () => (rows.length ? grid.chosen().filter(Boolean) : []),
    picks: () => grid.picks(),
    all: () => rows,
    act,
    move: (row, edge, value) => editCell(row, edge, value),
    field: () => grid.active().field,
    edit: () => grid.active().row && grid.edit(grid.active().row.id, grid.active().field === "pick" ? "start" : grid.active().field),
    back: () => grid.focus(),
    tell: (text) => tell(text),
    closed: () => data.closed,
    can: () => data.can,
    undo: () => step("undo"),
    redo: () => step("redo"),
    completer: (input) => completer(input, (text, at) => suggestCell(text, at, "task"), words, false),
  });
  const entry = entryOf(words, {
    send: sendLine,
    suggest: (text, at) => (text.trim() ? suggestLine(data.completion, text, at, followed(), words) : null),
    up: () => lines.first(),
    down: () => grid.focus(),
    undo: () => step("undo"),
    redo: () => step("redo"),
    draft: (text) => remembered("line", text),
  });
  const lines = linesOf(words, outbox, {
    back: () => entry.focus(),
    // A saved line in other words: the same row, read again where it stood.
    reread(old, text) {
      const { row, after, now } = old;
      outbox.put({ kind: "line", row, text, after, now, again: true });
    },
  });
  const clashes = clashesOf(words, { label: labels, resolve: (id, keep) => command("resolve", { clash: id, keep }) });
  const count = el("p", { class: "count", hidden: true });
  const waits = el("div", { class: "waits" }, count, lines.node, clashes.node);
  const state = el("p", { class: "state", role: "status", hidden: true });
  const told = el("p", { class: "wrong", role: "alert", hidden: true });
  const quiet = el("div", { class: "quiet", "aria-live": "polite" });
  const node = el("section", { class: "sheet", lang: words.lang, "aria-label": words.sheet }, entry.node, state, waits, actions.node, actions.panel, told, grid.node, quiet);
  // Seen from outside, the focus is on no field but on the sheet: Streamlit's own keys (r, c) must not hear what is typed.
  for (const kind of ["keydown", "keypress", "keyup"]) node.addEventListener(kind, (event) => event.stopPropagation());
  root.append(node);

  function complete(given) {
    const { name, tasks } = given.completion;
    if (tasks) taskLists.set(name, tasks);
    return { ...given, completion: { ...given.completion, tasks: taskLists.get(name) || [] } };
  }

  // The row the next line follows: the last of this hand, else the one that ends last.
  function followed() {
    const latest = (most, row) => (most && (most.end ?? most.start) > (row.end ?? row.start) ? most : row);
    const last = rows.find((row) => row.id === remembered("own")) || rows.reduce(latest, null);
    return last ? { end: last.end, task: last.task, staff: last.staff } : { end: null, task: "", staff: [] };
  }

  // A line goes out with the row it follows, so that "next starts where the last ended" means the last of this hand.
  function sendLine(text) {
    const earlier = outbox.entries().filter((one) => one.kind === "line").at(-1);
    const id = newId();
    const after = earlier ? earlier.row : remembered("own");
    const now = new Date();
    outbox.put({ id, kind: "line", row: id, text, after, now: data.today ? now.getHours() * 60 + now.getMinutes() : null });
    remembered("own", id);
    performance.mark(`line.${id}`);
  }

  function editCell(row, field, value) {
    const before = plain(row);
    const after = { ...before };
    if (field === "start" || field === "end") {
      const at = value.trim() || field === "start" ? minutesOf(value, words) : null;
      if (at === null && (value.trim() || field === "start")) return words.no_time;
      if (field === "end" && at !== null && at < row.start) return words.end_first;
      if (field === "start" && row.end !== null && at > row.end) return words.start_last;
      if (at === row[field]) return "";
      after[field] = at;
      if (at !== null && row[field] !== null && actions.follows()) {
        act("boundary", [row], { edge: field, to: at, follow: true }, { [row.id]: after });
        return "";
      }
    } else if (field === "task") {
      if (!value.trim()) return words.no_task;
      after.task = codeOf(data.completion, value);
    } else if (field === "staff") after.staff = staffOf(value);
    else if (field === "trigger") after.trigger = value || null;
    else after.note = value;
    if (JSON.stringify(before) === JSON.stringify(after)) return "";
    outbox.put({ kind: "put", what: field, changes: [{ before, after }] });
    return "";
  }

  // An operation that the server works out. guess: how the rows will probably look meanwhile.
  function act(op, about, fields, guess) {
    tell("");
    const seen = Object.fromEntries(about.map((row) => [row.id, plain(row)]));
    outbox.put({ kind: "do", op, ...fields, seen, guess, alone: true });
    grid.unpick();
  }

  function step(kind) {
    if (data.closed || (!data.can[kind] && !outbox.status().waiting)) return;
    tell("");
    outbox.put({ kind, alone: true });
  }

  function command(name, fields) {
    sheet.trigger("command", { id: newId(), name, ...fields });
  }

  // The rows as they will be once everything that waits is kept.
  function merged() {
    const found = new Map(data.rows.map((row) => [row.id, row]));
    for (const one of outbox.entries()) {
      if (one.state !== "waiting") continue;
      const wanted = one.kind === "put" ? one.changes.map((change) => [(change.before || change.after).id, change.after]) : Object.entries(one.guess || {});
      for (const [id, after] of wanted) {
        if (after === null) found.delete(id);
        else if (found.has(id) || one.kind === "put") found.set(id, { ...after, waiting: true });
      }
      for (const id of Object.keys(one.seen || {})) if (found.has(id)) found.set(id, { ...found.get(id), waiting: true });
    }
    const late = (row) => row.end ?? Infinity;
    return [...found.values()].sort((a, b) => a.start - b.start || late(a) - late(b) || (a.id < b.id ? -1 : 1));
  }

  function draw() {
    // An operation that cannot be done holds nothing one has written: it is told, and over.
    for (const one of outbox.entries().filter((entry) => entry.state === "held" && entry.alone)) {
      tell(one.problems.map((problem) => `${problem.cause} ${problem.remedy}`).join(" "));
      outbox.drop(one.id);
    }
    rows = merged();
    const typed = outbox.entries().filter((one) => one.kind === "line" && one.state === "waiting" && !one.again);
    grid.show(rows, data.marks, typed);
    lines.show(outbox.entries());
    const { waiting, silent, kept, trouble } = outbox.status();
    const text = trouble.length && waiting ? `${trouble[0].cause} ${trouble[0].remedy} ${words.tried_again}` : silent && waiting ? words.silent.replace("{n}", waiting) : kept ? "" : words.not_kept;
    say(state, text);
    shown(state, Boolean(text));
    actions.refresh();
    countWaits();
  }

  // They share a place of bounded height, so that the rows stay in sight: how many there are has to be said.
  function countWaits() {
    const n = waits.querySelectorAll("li, .clash").length;
    say(count, words.to_mend.replace("{n}", n));
    shown(count, n > 1);
  }

  function show(next) {
    const known = new Set(data.rows.map((row) => row.id));
    const before = new Set(outbox.entries().map((one) => one.row).filter(Boolean));
    data = complete(next);
    outbox.take(next.answer);
    draw();
    const { end } = followed();
    entry.show(next, end !== null ? words.next_from.replace("{time}", clock(end, words)) : "");
    clashes.show(next.clashes);
    countWaits();
    const fresh = next.rows.filter((row) => !known.has(row.id));
    const mine = fresh.filter((row) => before.has(row.id));
    for (const row of mine) {
      const mark = `line.${row.id}`;
      if (performance.getEntriesByName(mark).length) performance.measure("line.kept", mark);
      performance.clearMarks(mark);
    }
    if (mine.length && !grid.busy()) grid.reveal(mine.at(-1).id);
    if (mine.length) say(quiet, words.kept.replace("{n}", mine.length));
    if (next.tell) tell(next.tell);
    if (next.reveal && next.reveal !== sheet.revealed) {
      sheet.revealed = next.reveal;
      const id = next.reveal.split("/")[0];
      grid.reveal(id);
      grid.go(id, "start");
    }
  }

  function tell(text) {
    say(told, text);
    shown(told, Boolean(text));
  }

  const suggestCell = (text, at, field) => suggestField(data.completion, text, at, field, followed(), words);

  const unwatch = keepWriting(root);
  function close() {
    unwatch();
    outbox.close();
    node.remove();
  }

  return sheet;
}
