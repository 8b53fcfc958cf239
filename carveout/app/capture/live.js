// The live screen: one column per person, a button per task; what is tapped is shown at once and kept before it is sent.
//
// Built from: daybook/building.js (el, say, shown, clock), daybook/outbox.js (newId, openOutbox, keepWriting), taps.js
// (what a tap means), clock.js (the observer's clock), places.js (which task lies where), memory.js (what this browser
// keeps), sheets.js (what opens over the screen), screen.js (its parts).

const TAP_KINDS = ["start", "stop", "move", "mark", "note"];
const DOUBLE = 400; // ms within which a second tap on the same button is a trembling finger
const CALM = 8000; // ms without a touch before buttons may change
const UNDOABLE = 30; // taps one can take back
const BACK = [2, 5, 10, 15]; // "switched N minutes ago"
const NOON = 2160; // a day is recorded until noon of the next

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

const fixedOf = new Map(); // version -> what stays the same from tap to tap

function openLive(root, place, send) {
  const memory = openMemory(place);
  const steady = () => performance.now();
  const timepiece = openClock(memory.clock, { wall: () => Date.now(), steady });
  let data = null;
  let together = null; // ids chosen to do the next task together, or null
  let parallel = false;
  let target = {}; // person -> the row that is corrected, if not the latest
  let touched = 0;
  let down = false;
  let room = 12; // task buttons there is room for
  let half = null; // the half hour for which the buttons were laid
  let screen = null;
  let measured = ""; // the window for which the room was measured
  const box = openOutbox(place, { send: (turn, entries) => send(turn, entries), changed: () => data && draw() });

  const word = (name, values = {}) => filled(data.words[name], values);
  const time = (minutes) => clock(minutes, { next_day: data.words.next_day });
  function label(code) {
    if (code === data.rest) return word("break");
    return (data.tasks.find((task) => task.code === code) || { label: code }).label;
  }
  const now = () => minuteOf(timepiece.read(), data.day.date);
  const today = () => !data.closed && now() >= 0 && now() < NOON;
  const passed = () => now() < 0 || now() >= 1440; // another date than today's

  // The day as it will stand once everything waiting has arrived.
  function standing() {
    let rows = data.day.rows;
    let staff = data.day.staff;
    for (const entry of box.entries()) {
      if (entry.state === "held") continue;
      if (entry.kind === "undo") rows = changed(rows, entry.changes);
      else if (entry.kind === "person") {
        if (!staff.some((one) => one.id === entry.person.id)) staff = [...staff, entry.person];
      } else if (TAP_KINDS.includes(entry.kind)) {
        const known = entry.kind === "start" && rows.some((row) => row.id === entry.row);
        if (!known) rows = changed(rows, meaning(rows, entry).changes);
      }
    }
    return { rows, staff };
  }

  // What a person's corrections are about: the row chosen, else the latest that runs, else the last that ended.
  function aim(rows, person) {
    const own = rows.filter((row) => row.staff.includes(person));
    const runs = own.filter((row) => row.end === null);
    const chosen = runs.find((row) => row.id === target[person]);
    if (chosen) return chosen;
    const latest = (list, edge) => list.reduce((best, row) => (!best || row[edge] >= best[edge] ? row : best), null);
    return latest(runs, "start") || latest(own, "end");
  }

  function announce(text, kind = "") {
    say(screen.told, text);
    screen.told.className = `told ${kind}`;
  }

  // Keep a tap, show it, send it. said: what is announced and what undoing names; refused: what is said where it does
  // nothing; looks: it belongs to a pause of the observer. Gives whether it did anything.
  function tap(fields, said, { refused, looks = false } = {}) {
    if (!today()) {
      announce(word("not_today_short"), "warn");
      return false;
    }
    const back = timepiece.lost();
    const at = now();
    const whole = { id: newId(), at, late: word("note_late", { clock: time(at) }), note: "", trigger: null, ...fields };
    if (back > 0 && fields.kind === "start") whole.note = word("note_clock", { clock: time(at - back) });
    const { rows } = standing();
    const meant = meaning(rows, whole);
    if (!meant.changes.length) {
      announce(meant.refused ? refused || word("nothing") : word("as_before"), "warn");
      return false;
    }
    const done = filled(said, { clock: time(meant.at) });
    memory.undo = [...memory.undo, { id: whole.id, said: done, changes: meant.changes, pause: looks }].slice(-UNDOABLE);
    memory.clock = timepiece.keep();
    memory.keep();
    box.put(whole);
    const moved = fields.kind === "move" && meant.at !== fields.to;
    const bounded = moved ? word("bounded", { clock: time(meant.at) }) : "";
    const late = fields.kind === "start" && meant.at !== at ? word("late", { clock: time(meant.at) }) : "";
    const replaced = meant.changes.find(({ before, after }) => before && !after);
    const slipped = replaced ? word("slipped", { task: label(replaced.before.task) }) : "";
    announce([done, bounded, late, slipped].filter(Boolean).join(" "));
    return true;
  }

  function begin(person, code) {
    const staff = together ? [...new Set([person, ...together])] : [person];
    const values = { who: staff.join("・"), task: label(code), clock: "{clock}" };
    const said = word(parallel ? "said_parallel" : "said_start", values);
    const row = newId().replaceAll("-", "");
    const done = tap({ kind: "start", staff, task: code, row, parallel }, said, {
      refused: word("runs_already", values),
    });
    if (done && memory.paused !== null) memory.paused = null;
    parallel = false;
    together = null;
    for (const name of staff) delete target[name];
    if (done && code !== data.rest && !memory.places.includes(code)) {
      memory.places = withOne(memory.places, code, ranking());
    }
    memory.keep();
    draw();
  }

  function stop(person, row = "") {
    tap({ kind: "stop", staff: [person], row }, word("said_stop", { who: person, clock: "{clock}" }));
  }

  // The observer looks away: what runs ends, and the record says that what follows was not seen (rather than idle).
  function pause() {
    if (memory.paused !== null) {
      memory.paused = null;
      announce(word("said_resume"));
    } else if (today()) {
      const { rows } = standing();
      const at = now();
      const note = word("note_pause", { clock: time(at) });
      const said = word("said_pause", { clock: "{clock}" });
      const free = memory.who.filter((person) => !running(rows, person).length);
      for (const row of new Set(free.map((person) => aim(rows, person)).filter(Boolean))) {
        tap({ kind: "note", row: row.id, note: noted(row, note).note }, said, { looks: true });
      }
      memory.paused = at;
      if (free.length < memory.who.length) tap({ kind: "stop", staff: memory.who, row: "", note }, said, { looks: true });
      announce(filled(said, { clock: time(at) }));
    } else announce(word("not_today_short"), "warn");
    memory.keep();
    draw();
  }

  function move(person, to) {
    const row = aim(standing().rows, person);
    if (!row) return;
    const edge = row.end === null ? "start" : "end";
    const said = word(edge === "start" ? "said_moved" : "said_moved_end", { task: label(row.task), clock: "{clock}" });
    tap({ kind: "move", row: row.id, to, edge, staff: row.staff }, said);
  }

  function nudge(person, minutes) {
    const row = aim(standing().rows, person);
    if (row) move(person, (row.end === null ? row.start : row.end) + minutes);
  }

  function urgent(person) {
    const row = aim(standing().rows, person);
    if (!row || row.end !== null) return;
    const on = row.trigger !== "on_demand";
    const said = word(on ? "said_urgent" : "said_not_urgent", { task: label(row.task) });
    tap({ kind: "mark", row: row.id, trigger: on ? "on_demand" : null }, said);
  }

  function undo() {
    const last = memory.undo.pop();
    if (!last) return;
    if (last.pause) memory.paused = null;
    memory.keep();
    box.put({ kind: "undo", of: last.id, changes: inverse(last.changes) });
    announce(word("said_undone", { what: last.said }));
  }

  // Give up what the server holds; it was never kept there, so there is nothing to undo.
  function discard(id) {
    memory.undo = memory.undo.filter((one) => one.id !== id);
    memory.keep();
    box.drop(id);
  }

  function follow(who) {
    memory.who = who.slice(0, 3);
    memory.keep();
    screen = null;
    draw();
  }

  function addPerson(id, role) {
    box.put({ kind: "person", person: { id, role }, at: now() });
  }

  function ranking() {
    const codes = data.tasks.map((task) => task.code);
    return ranked(codes, data.usual, standing().rows, now());
  }

  // Lay the buttons anew: when the half hour changes and nobody touches the screen, never under a finger.
  function lay(force) {
    const at = Math.floor(now() / 30);
    if (!force && (at === half || down || steady() - touched < CALM)) return;
    half = at;
    const places = placed(memory.places, ranking(), Math.min(room, data.tasks.length));
    if (places.join("\n") !== memory.places.join("\n")) {
      memory.places = places;
      memory.keep();
    }
  }

  function draw() {
    if (!screen || screen.language !== data.language || screen.who !== memory.who.join("\n")) {
      screen = buildScreen(root, actions);
      screen.language = data.language;
      screen.who = memory.who.join("\n");
      measured = "";
    }
    const size = `${window.innerWidth}x${window.innerHeight}`;
    if (size !== measured && memory.who.length) {
      measured = size;
      room = screen.room();
      lay(true);
    }
    screen.draw();
  }

  const guarded = new WeakMap();
  // Wraps what a button does: a trembling finger counts once.
  const once = (act) => (event) => {
    const button = event.currentTarget;
    const before = guarded.get(button) ?? -Infinity;
    guarded.set(button, steady());
    if (steady() - before >= DOUBLE) act(event);
  };

  const actions = {
    word, time, label, now, today, passed, standing, aim, tap, begin, stop, pause, move, nudge, urgent, undo, discard, follow,
    addPerson, once, elsewhere: () => waitingElsewhere(place), box, memory, timepiece,
    beginToday: () => root.carveoutLive.today(),
    data: () => data,
    parallel: () => parallel,
    together: () => together,
    setParallel: (on) => { parallel = on; draw(); },
    setTogether: (who) => { together = who; draw(); },
    aimAt: (person, row) => { target[person] = row; draw(); },
    adoptClock() { timepiece.adopt(); memory.clock = timepiece.keep(); memory.keep(); draw(); },
  };

  const press = () => { down = true; touched = steady(); };
  const lift = () => { down = false; touched = steady(); };
  root.addEventListener("pointerdown", press);
  for (const kind of ["pointerup", "pointercancel"]) window.addEventListener(kind, lift);
  const tick = setInterval(() => {
    if (!data || document.hidden) return;
    timepiece.read();
    lay(false);
    draw();
  }, 2000);
  const unwatched = keepWriting(root.getRootNode()); // no dialog over the buttons while the server is away
  const wake = () => data && draw();
  // Back from a locked screen or another window: somebody may have corrected the day meanwhile.
  const look = () => !document.hidden && data && root.carveoutLive.look();
  // Without a connection no page comes back before the connection does: whoever would leave it is asked first.
  const leaving = (event) => {
    const { waiting, silent } = box.status();
    if (waiting && (silent || navigator.onLine === false)) event.preventDefault();
  };
  window.addEventListener("beforeunload", leaving);
  window.addEventListener("storage", memory.heard);
  for (const kind of ["online", "offline", "resize"]) window.addEventListener(kind, wake);
  document.addEventListener("visibilitychange", wake);
  document.addEventListener("visibilitychange", look);

  return {
    place,
    update(next) {
      data = next;
      box.take(next.answer);
      draw();
      box.flush();
    },
    close() {
      clearInterval(tick);
      unwatched();
      window.removeEventListener("beforeunload", leaving);
      window.removeEventListener("storage", memory.heard);
      box.close();
      root.removeEventListener("pointerdown", press);
      for (const kind of ["pointerup", "pointercancel"]) window.removeEventListener(kind, lift);
      for (const kind of ["online", "offline", "resize"]) window.removeEventListener(kind, wake);
      document.removeEventListener("visibilitychange", wake);
      document.removeEventListener("visibilitychange", look);
    },
  };
}

export default function live({ parentElement, data, setTriggerValue }) {
  if (data.fixed) fixedOf.set(data.version, data.fixed);
  const fixed = fixedOf.get(data.version);
  if (!fixed) {
    setTriggerValue("lacking", data.version);
    return undefined;
  }
  const root = parentElement.querySelector(".live");
  let open = root.carveoutLive;
  if (!open || open.place !== data.place) {
    if (open) open.close();
    open = openLive(root, data.place, (turn, entries) => root.carveoutLive.hand(turn, entries));
    root.carveoutLive = open;
  }
  open.hand = (turn, entries) => setTriggerValue("sent", { turn, entries });
  open.today = () => setTriggerValue("today", Date.now());
  open.look = () => setTriggerValue("looked", Date.now());
  open.update({ ...fixed, ...data });
  const mine = open;
  return () =>
    setTimeout(() => {
      // Streamlit may call this for a drawing that a newer one has overtaken: only a screen out of the page is over.
      if ((parentElement.host || parentElement).isConnected) return;
      mine.close();
      if (root.carveoutLive === mine) root.carveoutLive = null;
    }, 0);
}
