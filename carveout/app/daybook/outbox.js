// The outbox: what somebody has written stays in this browser until the server says that it is kept.
//
// Every entry has an id of its own (it is the id of the edit in the store), is put into localStorage before anything is
// sent, and leaves only when the server has answered for that very id. Entries may be sent any number of times: the store
// saves an id once. So a reload, a crash at either end, a lost connection or a second tab loses nothing and doubles nothing.
//
// An entry: {id, kind, ...}. Kinds are the component's affair; the outbox knows three fields besides:
//   changes  [{before, after}]  rows as they were seen and shall be (null: not there)
//   seen     {row id: row}      rows as they were seen when an operation on them was asked for
//   alone    true               what comes later waits for the answer, because it may build upon what comes out of it
// and writes `state` ("waiting" | "held" | "behind") and `problems` ([{cause, remedy}]) into it.
// The server's answer (`data.answer`): {turn, states: {id: {state, problems, rows}}} with state
//   "saved"  kept, also where part of it clashed (the clash then lies in the store), `rows`: what stands now
//   "held"   not kept, somebody has to mend it: it stays here, is not sent again, and shows its problems
//   "behind" not kept, because it builds upon an earlier entry that is held: it is sent again once that one is settled
//   "later"  not kept for a passing reason (disk full, locked, no connection): it is sent again by itself

function newId() {
  if (globalThis.crypto && crypto.randomUUID) return crypto.randomUUID();
  // Plain http to another machine has no randomUUID, yet has getRandomValues.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// When the server goes away Streamlit lays a dialog over the page, which takes the focus in the middle of a word. Writing
// goes on without the server here and the sheet says so itself, so the dialog is closed and the focus given back.
// Returns what ends the watch. root: whose focus it is.
function keepWriting(root) {
  let last = null;
  const remember = (event) => {
    last = event.target;
  };
  const giveBack = () => {
    if (last && last.isConnected && root.activeElement !== last) last.focus();
  };
  const watch = new MutationObserver(() => {
    for (const title of document.querySelectorAll("[role=dialog] h2")) {
      if (title.textContent !== "Connection error") continue;
      const had = last;
      title.parentElement.querySelector("button")?.click();
      last = had;
      for (const soon of [0, 30, 120]) setTimeout(giveBack, soon);
    }
  });
  root.addEventListener("focusin", remember);
  watch.observe(document.body, { childList: true });
  return () => {
    root.removeEventListener("focusin", remember);
    watch.disconnect();
  };
}

const OUTBOX_BATCH = 40; // entries per sending: a long list written offline comes in portions
const OUTBOX_PATIENCE = 4000; // ms without an answer after which everything is sent again

// place: "<store id>.<day key>". send(turn, entries): hands over to the server. changed(): the entries or their states
// are others now. told(entry, problems): something to ask about an entry that is kept. Returns the outbox; `close()` it when its component goes.
function openOutbox(place, { send, changed, told = () => {} }) {
  const prefix = `carveout.outbox.${place}/`;
  let entries = [];
  let flight = null; // {turn, ids, timer}
  let later = null; // timer of the next try after a "later"
  let wait = 2000;
  let kept = true; // whether localStorage takes what we write
  let silent = false; // the server has not answered in time
  let trouble = []; // problems of the last "later"
  let last = 0;
  let closed = false;

  const order = (a, b) => a.made - b.made || (a.id < b.id ? -1 : 1);

  function keep(entry) {
    try {
      localStorage.setItem(prefix + entry.id, JSON.stringify(entry));
    } catch (error) {
      kept = false; // storage full or forbidden: it lives in this window only, and the component says so
    }
  }

  function forget(id) {
    entries = entries.filter((entry) => entry.id !== id);
    try {
      localStorage.removeItem(prefix + id);
    } catch (error) {
      kept = false;
    }
  }

  function load() {
    const found = new Map(kept ? [] : entries.map((entry) => [entry.id, entry]));
    try {
      for (let i = 0; i < localStorage.length; i += 1) {
        const key = localStorage.key(i);
        if (!key.startsWith(prefix)) continue;
        try {
          const entry = JSON.parse(localStorage.getItem(key));
          if (entry && typeof entry.id === "string") found.set(entry.id, entry);
        } catch (error) {
          // not ours, or cut off: leave it where it lies
        }
      }
    } catch (error) {
      kept = false;
    }
    entries = Array.from(found.values()).sort(order);
    last = entries.reduce((most, entry) => Math.max(most, entry.made), last);
  }

  function due() {
    const batch = [];
    let blocked = false;
    for (const entry of entries) {
      if (entry.state === "held") blocked = true;
      if (entry.state === "held" || (entry.state === "behind" && blocked)) continue;
      batch.push(entry);
      if (entry.alone || batch.length === OUTBOX_BATCH) break;
    }
    return batch;
  }

  function flush() {
    if (flight || later || closed) return;
    const batch = due();
    if (!batch.length) return;
    const turn = newId();
    const timer = setTimeout(() => {
      flight = null;
      silent = true;
      changed();
      flush();
    }, OUTBOX_PATIENCE);
    flight = { turn, timer };
    send(turn, batch);
  }

  // A later entry was made while an earlier one was on its way: let it start from what has come out of that one.
  function rebase(rows, after) {
    for (const entry of entries) {
      if (order(entry, after) <= 0) continue;
      let touched = false;
      for (const id of Object.keys(entry.seen || {})) {
        if (id in rows) {
          entry.seen[id] = rows[id];
          touched = true;
        }
      }
      for (const change of entry.changes || []) {
        const id = (change.before || change.after).id;
        if (!change.before || !change.after || !rows[id]) continue;
        const next = { ...rows[id] };
        for (const field of Object.keys(change.after)) {
          const same = JSON.stringify(change.before[field]) === JSON.stringify(change.after[field]);
          if (!same) next[field] = change.after[field];
        }
        change.before = rows[id];
        change.after = next;
        touched = true;
      }
      if (touched) keep(entry);
    }
  }

  function take(answer) {
    if (!answer || !answer.states) return flush();
    let again = false;
    for (const entry of [...entries]) {
      const word = answer.states[entry.id];
      if (!word) continue;
      if (word.state === "saved") {
        if (entry.alone) rebase(word.rows || {}, entry);
        forget(entry.id);
        if (word.problems && word.problems.length) told(entry, word.problems);
      } else if (word.state === "held" || word.state === "behind") {
        entry.state = word.state;
        entry.problems = word.problems || [];
        entry.insist = word.sure === true;
        keep(entry);
      } else {
        again = true;
        trouble = word.problems || [];
      }
    }
    if (flight && flight.turn === answer.turn) {
      clearTimeout(flight.timer);
      flight = null;
      silent = false;
      if (!again) {
        wait = 2000;
        trouble = [];
      }
    }
    if (again && !later) {
      later = setTimeout(() => {
        later = null;
        flush();
      }, wait);
      wait = Math.min(wait * 2, 15000);
    }
    changed();
    return flush();
  }

  // Another tab of this browser writes into the same outbox.
  const elsewhere = (event) => {
    if (event.key !== null && !event.key.startsWith(prefix)) return;
    load();
    changed();
    flush();
  };
  window.addEventListener("storage", elsewhere);
  load();
  setTimeout(flush, 0); // what was left of the last time

  return {
    // Keep an entry and send it. Returns it.
    put(entry) {
      last = Math.max(Date.now(), last + 1);
      const whole = { id: newId(), state: "waiting", ...entry, made: last };
      keep(whole);
      entries.push(whole);
      changed();
      flush();
      return whole;
    },
    // A held entry mended: the same entry, other words; it goes out again.
    mend(id, fields) {
      const entry = entries.find((one) => one.id === id);
      if (!entry) return;
      Object.assign(entry, fields, { state: "waiting", problems: [] });
      keep(entry);
      changed();
      flush();
    },
    // Give up an entry that the server holds (it was never kept there).
    drop(id) {
      forget(id);
      changed();
      flush();
    },
    take,
    flush,
    entries: () => entries,
    // What to tell: how many wait, how many need mending, whether the server answers, whether this browser keeps things.
    status: () => ({
      waiting: entries.filter((entry) => entry.state === "waiting").length,
      held: entries.filter((entry) => entry.state !== "waiting").length,
      silent,
      kept,
      trouble,
    }),
    close() {
      closed = true;
      window.removeEventListener("storage", elsewhere);
      if (flight) clearTimeout(flight.timer);
      if (later) clearTimeout(later);
    },
  };
}
