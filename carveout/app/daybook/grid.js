// The day's rows as an accessible grid: one cell can be reached with Tab, arrow keys walk, F2 or Enter edits it.
//
// `gridOf(words, hooks)` gives {node, show(rows, marks, typed), ...}. Rows come as {...row, waiting} in the order to be
// shown; typed: lines [{id, text}] on their way, which stand in grey at the end until they are rows.
// hooks: edit(row, field, value) -> message or "" ; key(event) for the sheet's own keys; suggest(field) ; label(task).
const FIELDS = ["pick", "start", "end", "task", "staff", "trigger", "note"];

function gridOf(words, hooks) {
  const head = el("tr", { role: "row" }, ...FIELDS.map((name) => el("th", { role: "columnheader", scope: "col" }, words[`col_${name}`])));
  const body = el("tbody", { role: "rowgroup" });
  const table = el("table", { role: "grid", "aria-multiselectable": "true", "aria-label": words.grid }, el("thead", { role: "rowgroup" }, head), body);
  const empty = el("p", { class: "empty" }, words.empty);
  const node = el("div", { class: "rows" }, table, empty);
  const lines = new Map(); // row id -> {tr, cells, seen}
  const coming = new Map(); // id of a line on its way -> tr
  let order = []; // ids as shown
  let held = new Map(); // id -> row as shown
  let active = { id: null, field: "task" };
  let picked = new Set();
  let anchor = null;
  let editing = null; // {id, field, close(give: boolean)}

  const text = {
    pick: (row) => (picked.has(row.id) ? "✓" : "○"),
    start: (row) => clock(row.start, words),
    end: (row) => (row.end === null ? words.going_on : clock(row.end, words)),
    task: (row) => hooks.label(row.task),
    staff: (row) => row.staff.join(" "),
    trigger: (row) => (row.trigger ? words[row.trigger] : ""),
    note: (row) => row.note,
  };

  function line(row) {
    const cells = {};
    const tr = el("tr", { role: "row" });
    for (const field of FIELDS) {
      const kind = field === "start" || field === "end" ? `time ${field}` : field === "task" || field === "note" || field === "staff" ? `${field} long` : field;
      cells[field] = el("td", { role: "gridcell", class: kind, tabindex: "-1" }, el("span"));
      if (field === "task") cells[field].append(el("b", { class: "mark", role: "img", hidden: true }, "⚠"));
      cells[field].addEventListener("mousedown", (event) => pressed(event, row.id, field));
      cells[field].addEventListener("dblclick", () => field !== "pick" && edit(row.id, field));
      tr.append(cells[field]);
    }
    return { tr, cells, seen: "" };
  }

  function fillIn(one, row, marks) {
    const mark = marks[row.id];
    const seen = JSON.stringify([row, mark, picked.has(row.id)]);
    if (one.seen === seen) return;
    one.seen = seen;
    for (const field of FIELDS) {
      if (editing && editing.id === row.id && editing.field === field) continue;
      say(one.cells[field].firstChild, text[field](row));
    }
    one.cells.pick.setAttribute("aria-label", `${words.col_pick} ${clock(row.start, words)} ${hooks.label(row.task)}`);
    const badge = one.cells.task.querySelector(".mark");
    if (badge) {
      shown(badge, Boolean(mark));
      badge.className = mark && mark.mild ? "mark mild" : "mark";
      badge.title = mark ? mark.said : "";
      badge.setAttribute("aria-label", badge.title);
    }
    one.tr.setAttribute("aria-selected", String(picked.has(row.id)));
    one.tr.classList.toggle("waiting", Boolean(row.waiting));
    one.tr.classList.toggle("open", row.end === null);
  }

  function showComing(typed) {
    const ids = new Set(typed.map((line) => line.id));
    for (const [id, tr] of coming) {
      if (ids.has(id)) continue;
      tr.remove();
      coming.delete(id);
    }
    let added = false;
    for (const line of typed) {
      let tr = coming.get(line.id);
      if (!tr) {
        const cell = el("td", { role: "gridcell", colspan: FIELDS.length - 1, class: "long" }, el("span", {}, `${line.text} — ${words.saving}`));
        tr = el("tr", { role: "row", class: "waiting coming" }, el("td", { role: "gridcell", class: "pick" }, "…"), cell);
        coming.set(line.id, tr);
        added = true;
      }
      body.append(tr);
    }
    if (added) node.scrollTop = node.scrollHeight;
  }

  function show(rows, marks, typed) {
    const inside = node.getRootNode().activeElement;
    const hadFocus = inside && body.contains(inside) && !editing;
    const place = order.indexOf(active.id);
    const before = held;
    held = new Map(rows.map((row) => [row.id, row]));
    order = rows.map((row) => row.id);
    if (editing && !held.has(editing.id)) editing.close(false);
    for (const [id, one] of lines) {
      if (held.has(id)) continue;
      one.tr.remove();
      lines.delete(id);
    }
    picked = new Set([...picked].filter((id) => held.has(id)));
    let previous = null;
    for (const row of rows) {
      let one = lines.get(row.id);
      if (!one) {
        one = line(row);
        lines.set(row.id, one);
        if (before.size) one.tr.classList.add("new");
      }
      fillIn(one, row, marks);
      const next = previous ? previous.nextSibling : body.firstChild;
      if (next !== one.tr) body.insertBefore(one.tr, next);
      previous = one.tr;
    }
    table.setAttribute("aria-rowcount", String(rows.length + 1));
    showComing(typed);
    shown(empty, !rows.length && !typed.length);
    shown(table, rows.length + typed.length > 0);
    if (!held.has(active.id)) active = { id: order[Math.min(Math.max(place, 0), order.length - 1)] ?? null, field: active.field };
    rove();
    if (hadFocus && node.getRootNode().activeElement !== inside) focus();
  }

  const cell = (id, field) => lines.get(id)?.cells[field];

  function rove() {
    for (const td of body.querySelectorAll('td[tabindex="0"]')) td.setAttribute("tabindex", "-1");
    cell(active.id, active.field)?.setAttribute("tabindex", "0");
  }

  function focus() {
    const td = cell(active.id, active.field);
    if (!td) return;
    td.focus({ preventScroll: true });
    td.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function go(id, field) {
    if (!held.has(id)) return;
    active = { id, field };
    rove();
    focus();
  }

  function pressed(event, id, field) {
    if (editing && editing.id === id && editing.field === field) return;
    event.preventDefault(); // the cell is focused by hand, after an open field has been left
    if (editing) editing.close(true);
    const again = active.id === id && active.field === field && field !== "pick" && cell(id, field) === node.getRootNode().activeElement;
    if (event.shiftKey) {
      extend(id);
    } else if (field === "pick") {
      toggle(id);
    }
    go(id, field);
    if (again && !event.shiftKey) edit(id, field); // a second tap on the same cell
  }

  function refreshPicks() {
    for (const [id, one] of lines) {
      say(one.cells.pick.firstChild, picked.has(id) ? "✓" : "○");
      one.tr.setAttribute("aria-selected", String(picked.has(id)));
      one.seen = "";
    }
    hooks.picked();
  }

  function toggle(id) {
    if (picked.has(id)) picked.delete(id);
    else picked.add(id);
    anchor = id;
    refreshPicks();
  }

  function extend(id) {
    const from = order.indexOf(anchor && held.has(anchor) ? anchor : active.id);
    const to = order.indexOf(id);
    if (!anchor || !held.has(anchor)) anchor = active.id;
    picked = new Set(order.slice(Math.min(from, to), Math.max(from, to) + 1));
    refreshPicks();
  }

  function unpick() {
    picked.clear();
    anchor = null;
    refreshPicks();
  }

  function step(rows, columns) {
    const at = order.indexOf(active.id);
    const id = order[Math.min(Math.max(at + rows, 0), order.length - 1)];
    const field = FIELDS[Math.min(Math.max(FIELDS.indexOf(active.field) + columns, 0), FIELDS.length - 1)];
    go(id, field);
  }

  // Opens a cell for writing; `first` is the sign that opened it.
  function edit(id, field, first) {
    const row = held.get(id);
    const td = cell(id, field);
    if (!row || !td || field === "pick" || hooks.closed()) return;
    if (editing) editing.close(true);
    go(id, field);
    const choice = field === "trigger";
    const was = { start: clock(row.start, words), end: clock(row.end, words), task: hooks.label(row.task), staff: row.staff.join(" "), note: row.note }[field] ?? "";
    const input = choice
      ? el("select", {}, ...["", "planned", "on_demand"].map((value) => el("option", { value }, value ? words[value] : words.no_trigger)))
      : el("input", { type: "text", maxlength: "20000", inputmode: field === "start" || field === "end" ? "numeric" : "text" });
    input.setAttribute("aria-label", `${words[`col_${field}`]} ${clock(row.start, words)} ${hooks.label(row.task)}`);
    input.value = choice ? row.trigger || "" : first ?? was;
    const wrong = el("p", { class: "wrong", role: "alert", hidden: true });
    const help = choice ? null : hooks.completer(input, field);
    const label = td.firstChild;
    label.hidden = true;
    td.append(input, wrong, ...(help ? [help.list] : []));
    // At the last rows there is no room beneath the cell.
    input.addEventListener("input", () => help && help.open() && help.list.scrollIntoView({ block: "nearest" }));
    let closed = false;
    const close = (give) => {
      if (closed) return true;
      const value = input.value;
      if (give && value !== (choice ? row.trigger || "" : was)) {
        // Somebody else's newer row is the ground to write on, unless it is this very field that they changed: that clashes.
        const now = held.get(id) || row;
        const message = hooks.edit(JSON.stringify(now[field]) === JSON.stringify(row[field]) ? now : row, field, value);
        if (message) {
          say(wrong, message);
          shown(wrong, true);
          wrong.scrollIntoView({ block: "nearest" });
          input.setAttribute("aria-invalid", "true");
          return false;
        }
      }
      closed = true;
      editing = null;
      input.remove();
      wrong.remove();
      help?.list.remove();
      label.hidden = false;
      const one = lines.get(id);
      if (one && held.has(id)) say(one.cells[field].firstChild, text[field](held.get(id)));
      return true;
    };
    editing = { id, field, close };
    input.addEventListener("keydown", (event) => {
      if (composing(event)) return;
      if (help && help.key(event)) return;
      event.stopPropagation();
      if (event.key === "Escape") {
        close(false);
        focus();
      } else if (event.key === "Enter" || event.key === "Tab") {
        event.preventDefault();
        if (!close(true)) return;
        if (event.key === "Tab") step(0, event.shiftKey ? -1 : 1);
        else focus();
      }
    });
    // Leaving the field by a tap elsewhere keeps what was written; what cannot be kept stays open beside its message.
    input.addEventListener("blur", () => setTimeout(() => !closed && input.isConnected && close(true), 0));
    input.focus();
    if (!choice && first === undefined) input.select();
    wrong.id = `wrong-${Math.random().toString(36).slice(2)}`;
    input.setAttribute("aria-describedby", wrong.id);
  }

  body.addEventListener("keydown", (event) => {
    if (editing || composing(event)) return;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const far = event.ctrlKey || event.metaKey;
    const moves = {
      ArrowUp: () => step(-1, 0), ArrowDown: () => step(1, 0), ArrowLeft: () => step(0, -1), ArrowRight: () => step(0, 1),
      PageUp: () => step(-10, 0), PageDown: () => step(10, 0),
      Home: () => step(far ? -order.length : 0, -FIELDS.length), End: () => step(far ? order.length : 0, FIELDS.length),
    };
    if (event.shiftKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      const id = order[order.indexOf(active.id) + (event.key === "ArrowUp" ? -1 : 1)];
      if (id) {
        extend(id);
        go(id, active.field);
      } else extend(active.id);
    } else if (moves[event.key] && !event.altKey) moves[event.key]();
    else if (event.key === " " && plain) toggle(active.id);
    else if ((event.key === "Enter" || event.key === "F2") && plain) {
      if (active.field === "pick") toggle(active.id);
      else edit(active.id, active.field);
    } else if (plain && /^[0-9０-９]$/.test(event.key) && (active.field === "start" || active.field === "end")) {
      edit(active.id, active.field, event.key);
    } else if (!hooks.key(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    node, show, edit, unpick, go,
    busy: () => editing !== null,
    focus: () => (order.length ? focus() : null),
    active: () => ({ row: held.get(active.id) || null, field: active.field }),
    // The rows an action is about: the selected ones in the order shown, else the one the cursor stands on.
    chosen: () => (picked.size ? order.filter((id) => picked.has(id)) : order.filter((id) => id === active.id)).map((id) => held.get(id)),
    picks: () => picked.size,
    // Brings a row into sight without taking the focus.
    reveal(id) {
      const one = lines.get(id);
      if (!one) return;
      const top = one.tr.offsetTop - head.offsetHeight;
      if (top < node.scrollTop || top + one.tr.offsetHeight > node.scrollTop + node.clientHeight - head.offsetHeight) {
        node.scrollTop = Math.max(0, top - node.clientHeight / 2);
      }
    },
  };
}
