// What one can do with rows: buttons that name their keys, and a small panel where an action needs a time or a task.
//
// `actionsOf(words, hooks)` gives {node, panel, key(event), refresh()}. hooks: chosen() rows, all() rows, act(op, rows,
// fields, guess), undo(), redo(), edit(), closed(), can(), completer(input).
function actionsOf(words, hooks) {
  const panel = el("div", { class: "panel", role: "group", hidden: true });
  const follow = el("input", { type: "checkbox", checked: true });
  const kinds = [
    { name: "edit", key: "F2", run: () => hooks.edit() },
    { name: "split", key: "S", run: split, when: (rows) => rows.length === 1 },
    { name: "merge", key: "M", run: merge, when: (rows) => rows.length > 1 },
    { name: "fill", key: "G", run: fill, when: (rows) => rows.length === 1 },
    { name: "boundary", key: "B", run: boundary, when: (rows) => rows.length === 1 },
    { name: "shift", key: "T", run: shift, when: (rows) => rows.length > 0 },
    { name: "remove", key: "Delete", run: remove, when: (rows) => rows.length > 0 },
  ];
  const buttons = new Map();
  const named = (name, key) => [words[name], " ", el("kbd", {}, key)];
  for (const kind of kinds) {
    buttons.set(kind.name, el("button", { type: "button", "data-act": kind.name, onclick: () => start(kind) }, ...named(kind.name, kind.key)));
  }
  const undo = el("button", { type: "button", "data-act": "undo", onclick: hooks.undo }, ...named("undo", "Ctrl+Z"));
  const redo = el("button", { type: "button", "data-act": "redo", onclick: hooks.redo }, ...named("redo", "Ctrl+Y"));
  const count = el("span", { class: "hint", "aria-live": "polite" });
  const node = el("div", { class: "bar", role: "toolbar", "aria-label": words.actions }, ...buttons.values(), undo, redo, el("label", {}, follow, ...named("follow", "N")), count);

  function start(kind) {
    const rows = hooks.chosen();
    if (hooks.closed() || (kind.when && !kind.when(rows))) return;
    kind.run(rows);
  }

  // Asks for one thing: a label, a field, a button. `give(value)` gives a message, or "" when all is well.
  function ask(question, value, give, { help = null, more = [], mode = "text" } = {}) {
    const input = el("input", { type: "text", inputmode: mode });
    input.value = value;
    const wrong = el("p", { class: "wrong", role: "alert", hidden: true });
    const list = help ? help(input) : null;
    const done = () => {
      const message = give(input.value);
      if (message) {
        say(wrong, message);
        shown(wrong, true);
        input.focus();
        return;
      }
      close();
    };
    const close = () => {
      shown(panel, false);
      panel.replaceChildren();
      hooks.back();
    };
    panel.replaceChildren(
      el("label", {}, question, el("span", { class: "field" }, input, list ? list.list : null)),
      ...more,
      el("button", { type: "button", class: "first", onclick: done }, ...named("do_it", "Enter")),
      el("button", { type: "button", onclick: close }, ...named("give_up", "Esc")),
      wrong,
    );
    panel.setAttribute("aria-label", question);
    panel.onkeydown = (event) => {
      if (composing(event) || (list && event.target === input && list.key(event))) return;
      if (event.key === "Escape") close();
      else if (event.key === "Enter" && event.target === input) done();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    shown(panel, true);
    input.focus();
    input.select();
  }

  function split([row]) {
    const end = row.end ?? row.start + 60;
    ask(words.split_at, clock(Math.round((row.start + end) / 10) * 5, words), (value) => {
      const at = minutesOf(value, words);
      if (at === null) return words.no_time;
      if (at <= row.start || at >= end) return words.not_inside;
      hooks.act("split", [row], { at, fresh: newId() }, {});
      return "";
    }, { mode: "numeric" });
  }

  function merge(rows) {
    if (new Set(rows.map((row) => row.task)).size > 1) return hooks.tell(words.merge_tasks);
    return hooks.act("merge", rows, {}, {});
  }

  // The stretch without a row behind the chosen one, for its first person.
  function gapBehind(row) {
    const staff = row.staff[0] || "";
    if (row.end === null || !staff) return null;
    const theirs = hooks.all().filter((one) => one.staff.includes(staff) && one.id !== row.id);
    if (theirs.some((one) => one.start <= row.end && (one.end === null || one.end > row.end))) return null;
    const next = theirs.filter((one) => one.start > row.end).sort((a, b) => a.start - b.start)[0];
    return next ? { staff, start: row.end, end: next.start } : null;
  }

  function fill([row]) {
    const gap = gapBehind(row);
    if (!gap) return hooks.tell(words.no_gap);
    const question = words.fill_with.replace("{start}", clock(gap.start, words)).replace("{end}", clock(gap.end, words)).replace("{staff}", gap.staff);
    return ask(question, "", (value) => {
      if (!value.trim()) return words.no_task;
      hooks.act("fill", [row], { gap, task: value.trim(), fresh: newId() }, {});
      return "";
    }, { help: hooks.completer });
  }

  function boundary([row]) {
    const edge = hooks.field() === "start" ? "start" : "end";
    ask(words[`boundary_${edge}`], clock(row[edge], words), (value) => hooks.move(row, edge, value), { mode: "numeric" });
  }

  function shift(rows) {
    ask(words.shift_by.replace("{n}", rows.length), "+5", (value) => {
      const minutes = Number(value.normalize("NFKC").replace(/分|min/g, "").replace(/[−ー―]/g, "-").trim());
      if (!Number.isInteger(minutes) || !minutes || Math.abs(minutes) > DAY) return words.no_minutes;
      const guess = {};
      for (const row of rows) guess[row.id] = { ...plain(row), start: row.start + minutes, end: row.end === null ? null : row.end + minutes };
      hooks.act("shift", rows, { minutes }, guess);
      return "";
    });
  }

  function remove(rows) {
    hooks.act("remove", rows, {}, Object.fromEntries(rows.map((row) => [row.id, null])));
  }

  function key(event) {
    const held = event.ctrlKey || event.metaKey;
    const letter = event.key.length === 1 ? event.key.normalize("NFKC").toLowerCase() : event.key;
    if (held && letter === "z" && !event.shiftKey) hooks.undo();
    else if (held && (letter === "y" || (letter === "z" && event.shiftKey))) hooks.redo();
    else if (held || event.altKey) return false;
    else if (letter === "n") follow.checked = !follow.checked;
    else {
      const kind = kinds.find((one) => one.key.toLowerCase() === letter.toLowerCase() || (one.name === "remove" && letter === "Backspace"));
      if (!kind) return false;
      start(kind);
    }
    return true;
  }

  function refresh() {
    const rows = hooks.chosen();
    const closed = hooks.closed();
    for (const kind of kinds) buttons.get(kind.name).disabled = closed || !rows.length || Boolean(kind.when && !kind.when(rows));
    const can = hooks.can();
    undo.disabled = closed || !can.undo;
    redo.disabled = closed || !can.redo;
    say(count, hooks.picks() ? words.picked.replace("{n}", hooks.picks()) : "");
  }

  return { node, panel, key, refresh, follows: () => follow.checked };
}

// A row without what only the screen knows of it.
function plain(row) {
  const { id, start, end, task, staff, trigger, note } = row;
  return { id, start, end, task, staff, trigger, note };
}
