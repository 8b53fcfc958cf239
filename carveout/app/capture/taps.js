// What a tap means, as `taps.py` says it: the browser shows it at once, with or without a connection, and the server
// writes it. Both sides must agree to the letter; a test plays the same taps to both.
//
// A row: {id, start, end (null: goes on), task, staff [], trigger (null | "planned" | "on_demand"), note}.
// A tap: {id, kind, at, staff [], task, row, parallel, trigger, note, to, edge}. A change: {before, after}.

const shares = (row, staff) => row.staff.some((name) => staff.includes(name));

function running(rows, person) {
  return rows.filter((row) => row.end === null && row.staff.includes(person));
}

function partId(tap, row) {
  return `${tap.replaceAll("-", "").slice(0, 16)}.${row.slice(0, 40)}`.replaceAll(".", "_");
}

// The change that holds the end comes last.
function endsAt(row, staff, at, tap) {
  const leaving = row.staff.filter((name) => staff.includes(name));
  const staying = row.staff.filter((name) => !staff.includes(name));
  if (!staying.length) return [{ before: row, after: { ...row, end: at } }];
  const piece = { ...row, id: partId(tap, row.id), end: at, staff: leaving };
  return [{ before: row, after: { ...row, staff: staying } }, { before: null, after: piece }];
}

const slip = (row, at) => row.start === at && row.trigger === null && !row.note;

function gone(row, staff) {
  const staying = row.staff.filter((name) => !staff.includes(name));
  return [{ before: row, after: staying.length ? { ...row, staff: staying } : null }];
}

const noted = (row, text) => ({ ...row, note: [row.note, text].filter(Boolean).join(" / ") });

const told = (row, tap, at) => (at === tap.at || !tap.late ? row : noted(row, tap.late));

function start(rows, tap) {
  const busy = rows.filter((row) => row.end === null && row.task === tap.task).flatMap((row) => row.staff);
  const fresh = [...new Set(tap.staff)].filter((name) => !busy.includes(name));
  const left = tap.parallel
    ? []
    : rows.filter((row) => row.end === null && shares(row, tap.staff) && row.task !== tap.task);
  const at = Math.max(tap.at, ...left.map((row) => row.start));
  const changes = left.flatMap((row) =>
    slip(row, tap.at) ? gone(row, tap.staff) : endsAt(row, tap.staff, at, tap.id),
  );
  if (fresh.length) {
    const row = { id: tap.row, start: at, end: null, task: tap.task, staff: fresh };
    const after = told({ ...row, trigger: tap.trigger || null, note: tap.note || "" }, tap, at);
    changes.push({ before: null, after });
  }
  return { changes, at, refused: changes.length ? null : "running" };
}

function stop(rows, tap) {
  const left = rows.filter((row) => row.end === null && shares(row, tap.staff) && (!tap.row || tap.row === row.id));
  const at = Math.max(tap.at, ...left.map((row) => row.start));
  const changes = left.flatMap((row) => {
    const ends = endsAt(row, tap.staff, at, tap.id);
    const last = ends.pop();
    return [...ends, { before: last.before, after: told(noted(last.after, tap.note), tap, at) }];
  });
  return { changes, at, refused: changes.length ? null : "gone" };
}

function move(rows, tap) {
  const row = rows.find((one) => one.id === tap.row);
  if (!row || (tap.edge === "end" && row.end === null)) return { changes: [], at: tap.at, refused: "gone" };
  const others = rows.filter((one) => one.id !== row.id && shares(one, row.staff));
  if (tap.edge === "end") {
    const next = others.filter((one) => one.start >= row.end).map((one) => one.start);
    const high = Math.min(Math.max(tap.at, row.end), ...next);
    const to = Math.max(row.start, Math.min(tap.to, high));
    const changes = to === row.end ? [] : [{ before: row, after: { ...row, end: to } }];
    return { changes, at: to, refused: null };
  }
  const followed = others.filter((one) => one.end === row.start);
  const before = others.filter((one) => one.end !== null && one.end < row.start).map((one) => one.end);
  const low = Math.max(0, ...before, ...followed.map((one) => one.start));
  const high = Math.max(row.start, row.end === null ? tap.at : row.end);
  const to = Math.max(low, Math.min(tap.to, high));
  if (to === row.start) return { changes: [], at: to, refused: null };
  const changes = followed.flatMap((one) => endsAt(one, row.staff, to, tap.id));
  return { changes: [...changes, { before: row, after: { ...row, start: to } }], at: to, refused: null };
}

function mark(rows, tap) {
  const row = rows.find((one) => one.id === tap.row);
  if (!row) return { changes: [], at: tap.at, refused: "gone" };
  const after = tap.kind === "mark" ? { ...row, trigger: tap.trigger || null } : { ...row, note: tap.note || "" };
  const same = after.trigger === row.trigger && after.note === row.note;
  return { changes: same ? [] : [{ before: row, after }], at: tap.at, refused: null };
}

function meaning(rows, tap) {
  if (tap.kind === "start") return start(rows, tap);
  if (tap.kind === "stop") return stop(rows, tap);
  if (tap.kind === "move") return move(rows, tap);
  return mark(rows, tap);
}

// Rows after changes: a row keeps its place, a new one comes last.
function changed(rows, changes) {
  const found = new Map(rows.map((row) => [row.id, row]));
  for (const { before, after } of changes) {
    if (after) found.set(after.id, after);
    else found.delete(before.id);
  }
  return [...found.values()];
}

const inverse = (changes) => [...changes].reverse().map(({ before, after }) => ({ before: after, after: before }));
