// The parts of the live screen and how they are drawn. Buttons are made once and only change their words: a button that
// is replaced while a finger lies on it would swallow the tap.

function buildScreen(root, act) {
  const { word, time, label, once } = act;
  const sheets = buildSheets(root, act);
  const button = (name, attributes = {}, ...inside) =>
    el("button", { type: "button", class: name, ...attributes }, ...inside);

  const place = el("span", { class: "where" });
  const hand = el("span", { class: "clock", role: "timer", "aria-live": "off" });
  const state = el("span", { class: "state" });
  const who = button("plain", { onclick: () => sheets.people(who) }, word("people"));
  const end = button("plain", { onclick: () => sheets.end(end) }, word("end"));
  const top = el("div", { class: "top" }, place, hand, state, el("span", { class: "space" }), who, end);
  const notices = el("div", { class: "notices", "aria-live": "polite" });
  const told = el("p", { class: "told", role: "status", "aria-live": "polite" });
  const people = el("div", { class: "people" });
  const also = button("mode", { onclick: once(() => act.setParallel(!act.parallel())) }, word("parallel"));
  const group = button("mode", { onclick: once(() => act.setTogether(act.together() ? null : [...act.memory.who])) });
  const back = button("mode undo", { onclick: once(() => act.undo()) });
  const away = button("mode", { onclick: once(() => act.pause()) });
  const bar = el("div", { class: "bar", role: "toolbar", "aria-label": word("bar") }, also, group, back, away);
  root.replaceChildren(top, notices, people, told, bar, sheets.node);
  root.lang = act.data().language;
  root.style.setProperty("--people", Math.max(1, act.memory.who.length));

  const columns = act.memory.who.map((person) => buildColumn(person, act, sheets));
  people.replaceChildren(...(columns.length ? columns.map((column) => column.node) : [sheets.chooser()]));

  function drawState() {
    const { waiting, held, silent, kept, trouble } = act.box.status();
    const offline = navigator.onLine === false || (silent && waiting);
    let text = word("saved");
    let kind = "good";
    if (!kept) [text, kind] = [word("not_kept"), "bad"];
    else if (waiting && (offline || trouble.length)) [text, kind] = [word("unsent", { n: waiting }), "warn"];
    else if (waiting) [text, kind] = [word("saving", { n: waiting }), "busy"];
    else if (offline) [text, kind] = [word("offline"), "warn"];
    if (held) [text, kind] = [word("held", { n: held }), "bad"];
    say(state, text);
    state.className = `state ${kind}`;
    state.setAttribute("aria-live", kind === "warn" || kind === "bad" ? "polite" : "off"); // "saved" is no news
  }

  let drawn = "";
  function drawNotices() {
    // The most pressing first, and no more than there is room for: what lies below must not be pushed.
    const { memory, box } = act;
    const list = [];
    for (const entry of box.entries().filter((one) => one.state !== "waiting")) {
      const why = (entry.problems || []).map((one) => `${one.cause} ${one.remedy}`).join(" ");
      list.push(["bad", why || word("held", { n: 1 }), [[word("discard"), () => act.discard(entry.id)]]]);
    }
    const begin = act.passed() ? [[word("begin_today"), () => act.beginToday()]] : [];
    if (act.data().closed) list.push(["warn", act.data().closed, [...begin, [word("open_record"), act.data().record_link]]]);
    else if (!act.today()) list.push(["warn", word("not_today", { date: act.data().day.date }), begin]);
    const lost = act.timepiece.lost();
    if (lost > 0) {
      const text = word("clock_back", { n: lost, clock: time(act.now()) });
      list.push(["warn", text, [[word("clock_adopt"), () => act.adoptClock()]]]);
    }
    const { trouble, silent, waiting } = box.status();
    const away = navigator.onLine === false || (silent && waiting > 0);
    if (trouble.length) list.push(["warn", `${trouble[0].cause} ${trouble[0].remedy}`, []]);
    else if (away && memory.who.length) list.push(["calm", word("away"), []]);
    if (act.data().clashes) list.push(["warn", word("clashes", { n: act.data().clashes }), []]);
    for (const one of act.elsewhere()) {
      if (one.others) {
        list.push(["calm", word("elsewhere_others", { n: one.n }), []]);
        continue;
      }
      const href = `${one.page}?${new URLSearchParams({ day: one.day, lang: act.data().language })}`;
      list.push(["warn", word("elsewhere", { n: one.n }), [[word("elsewhere_open"), href]]]);
    }
    if (act.data().doubt) list.push(["warn", word("doubt", { name: act.data().doubt }), []]);
    list.length = Math.min(list.length, memory.who.length && window.innerHeight < 950 ? 1 : 2);
    const key = JSON.stringify(list.map(([kind, text, does]) => [kind, text, does.length]));
    if (key === drawn) return;
    drawn = key;
    notices.replaceChildren(
      ...list.map(([kind, text, does]) => {
        const buttons = does.map(([name, go]) =>
          typeof go === "string"
            ? el("a", { class: "link", href: go, target: "_self" }, name)
            : button("plain", { onclick: once(go) }, name),
        );
        return el("div", { class: `notice ${kind}` }, el("span", {}, text), ...buttons);
      }),
    );
  }

  function draw() {
    const { memory } = act;
    const { day, place_label: where } = act.data();
    const { rows, staff } = act.standing();
    const minute = act.now();
    say(place, `${where} ${day.date}`);
    say(hand, minute >= 0 && minute < 2880 ? time(minute) : ""); // another day than today has no time by this clock
    drawState();
    drawNotices();
    root.classList.toggle("paused", memory.paused !== null);
    above();
    also.setAttribute("aria-pressed", String(act.parallel()));
    shown(bar, memory.who.length > 0);
    shown(group, memory.who.length > 1);
    group.setAttribute("aria-pressed", String(Boolean(act.together())));
    say(group, word(memory.who.length === 2 ? "both" : "together"));
    const last = memory.undo[memory.undo.length - 1];
    back.disabled = !last;
    const what = last ? last.said : "";
    say(back, word("undo"));
    back.setAttribute("aria-label", what ? `${word("undo")}: ${what}` : word("undo"));
    say(away, word(memory.paused === null ? "pause" : "resume"));
    for (const column of columns) column.draw(rows, staff, minute);
    sheets.draw();
  }

  // How many task buttons each person has room for: as many whole rows as fit, six at most; eight buttons at
  // least, even if a small screen then has to be scrolled.
  function room() {
    above();
    const width = people.clientWidth / Math.max(1, columns.length) - 28;
    const wide = width >= 520;
    const across = Math.max(width < 210 ? 1 : 2, Math.floor((width + 6) / (columns.length === 1 ? 146 : 110)));
    root.style.setProperty("--across", across);
    root.style.setProperty("--fixes", wide ? 8 : width < 210 ? 2 : 4);
    const around = top.offsetHeight + 29 + 60 + 24; // what stands above and below the people
    const high = root.clientHeight - around;
    const besides = 240 + (high < 620 ? 64 : 130) + (wide ? 0 : 54); // what stands around the buttons
    const least = Math.max(3, Math.ceil(8 / across));
    return across * Math.max(least, Math.min(6, Math.floor((high - besides + 6) / 66)));
  }

  function above() {
    root.style.setProperty("--above", `${Math.round(root.getBoundingClientRect().top + scrolled(root))}px`);
  }

  return { draw, told, room, node: root };
}

// How far what lies around an element is scrolled.
function scrolled(node) {
  const main = document.querySelector("[data-testid=stMain]");
  return main && main.contains(node.getRootNode().host || node) ? main.scrollTop : 0;
}

function buildColumn(person, act, sheets) {
  const { word, time, label, once, memory } = act;
  const button = (name, attributes = {}, ...inside) =>
    el("button", { type: "button", class: name, ...attributes }, ...inside);
  const name = el("h2", { class: "name" });
  const joins = button("joins", {
    onclick: once(() => {
      const chosen = act.together() || [];
      act.setTogether(chosen.includes(person) ? chosen.filter((one) => one !== person) : [...chosen, person]);
    }),
  });
  const lines = el("div", { class: "lines" });
  const urgent = button("fix", { onclick: once(() => act.urgent(person)) }, word("urgent"));
  const note = button("fix", { onclick: once(() => sheets.note(person, note)) }, word("note"));
  const earlier = button("fix", { onclick: () => act.nudge(person, -1), "aria-label": word("earlier") }, "−1");
  const later = button("fix", { onclick: () => act.nudge(person, 1), "aria-label": word("later") }, "+1");
  const backs = BACK.map((minutes) => {
    const at = el("small");
    const node = button(
      "fix ago", { onclick: once(() => act.move(person, act.now() - minutes)) }, word("ago", { n: minutes }), at,
    );
    return { node, at, minutes };
  });
  const fixing = el("p", { class: "fixing" });
  const fixes = el(
    "div", { class: "fixes", role: "group" }, urgent, note, earlier, later, ...backs.map((one) => one.node),
  );
  const tiles = el("div", { class: "tiles", role: "group", "aria-label": word("tasks_of", { who: person }) });
  const free = button("act", { onclick: once(() => act.stop(person)) }, word("free"));
  const rest = button("act", { onclick: once(() => act.begin(person, act.data().rest)) }, word("break"));
  const more = button("act", { onclick: () => sheets.search(person, more) }, word("other"));
  const acts = el("div", { class: "acts" }, free, rest, more);
  const node = el(
    "section", { class: "person", "aria-label": person }, el("div", { class: "head" }, name, joins), lines, fixing, fixes,
    tiles, acts,
  );
  const made = new Map(); // code -> its button, as long as it lies here
  const shownLines = new Map(); // row id -> its parts

  function drawTiles(busy) {
    const codes = memory.places;
    for (const code of codes) {
      if (!made.has(code)) made.set(code, button("tile", { onclick: once(() => act.begin(person, code)) }));
    }
    const wanted = codes.map((code) => made.get(code));
    if (wanted.length !== tiles.children.length || wanted.some((one, index) => tiles.children[index] !== one)) {
      tiles.replaceChildren(...wanted);
    }
    codes.forEach((code, index) => {
      say(wanted[index], label(code));
      wanted[index].setAttribute("aria-pressed", String(busy.includes(code)));
    });
  }

  function line(row) {
    const what = el("b");
    const since = el("span", { class: "since" });
    const pick = button("line", { onclick: () => act.aimAt(person, row.id) }, what, since);
    const end = button("ends", { onclick: once(() => act.stop(person, row.id)) }, word("end_row"));
    return { node: el("div", { class: "running" }, pick, end), what, since, pick, end };
  }

  function drawLines(rows, minute, aimed) {
    const runs = rows.filter((row) => row.end === null && row.staff.includes(person)).sort((a, b) => b.start - a.start);
    for (const id of [...shownLines.keys()]) if (!runs.some((row) => row.id === id)) shownLines.delete(id);
    const nodes = runs.map((row) => {
      if (!shownLines.has(row.id)) shownLines.set(row.id, line(row));
      const parts = shownLines.get(row.id);
      const others = row.staff.filter((one) => one !== person);
      const marks = [row.trigger === "on_demand" ? word("urgent") : "", others.length ? `＋${others.join("・")}` : ""];
      say(parts.what, [label(row.task), ...marks].filter(Boolean).join(" "));
      const passed = Math.max(0, minute - row.start);
      say(parts.since, word(passed ? "since" : "just_now", { n: passed, clock: time(row.start) }));
      parts.pick.setAttribute("aria-pressed", String(aimed && aimed.id === row.id));
      parts.end.setAttribute("aria-label", word("end_of", { task: label(row.task) }));
      return parts.node;
    });
    if (!runs.length) nodes.push(idle(rows, minute));
    nodes.push(earlierRows(rows));
    if (nodes.length !== lines.children.length || nodes.some((one, index) => lines.children[index] !== one)) {
      lines.replaceChildren(...nodes);
    }
  }

  // What came before, the latest first, as far as there is room.
  const past = el("ul", { class: "past" });
  let listed = "";
  function earlierRows(rows) {
    const over = rows.filter((row) => row.end !== null && row.staff.includes(person));
    over.sort((a, b) => b.end - a.end || b.start - a.start);
    const texts = over.slice(0, 4).map((row) => `${time(row.start)}–${time(row.end)} ${label(row.task)}`);
    if (texts.join("\n") !== listed) {
      listed = texts.join("\n");
      past.replaceChildren(...texts.map((text) => el("li", {}, text)));
    }
    return past;
  }

  const nothing = el("p", { class: "idle" });
  function idle(rows, minute) {
    const ends = rows.filter((row) => row.staff.includes(person) && row.end !== null).map((row) => row.end);
    const since = ends.length ? Math.max(...ends) : null;
    const passed = since === null ? 0 : Math.max(0, minute - since);
    const paused = memory.paused;
    if (paused !== null) say(nothing, word("paused", { clock: time(paused) }));
    else say(nothing, since === null ? word("not_begun") : word("idle", { n: passed, clock: time(since) }));
    return nothing;
  }

  function drawFixes(aimed, minute) {
    const edge = aimed ? (aimed.end === null ? aimed.start : aimed.end) : null;
    const runs = Boolean(aimed && aimed.end === null);
    const title = !aimed ? "" : word(runs ? "fix_start" : "fix_end", { task: label(aimed.task), clock: time(edge) });
    say(fixing, title);
    fixing.title = title;
    fixes.setAttribute("aria-label", title || word("fix"));
    urgent.disabled = !runs;
    urgent.setAttribute("aria-pressed", String(runs && aimed.trigger === "on_demand"));
    note.disabled = !aimed;
    note.setAttribute("aria-pressed", String(Boolean(aimed && aimed.note)));
    for (const one of [earlier, later]) one.disabled = !aimed;
    for (const one of backs) {
      one.node.disabled = !aimed;
      say(one.at, time(minute - one.minutes));
    }
  }

  return {
    node,
    draw(rows, staff, minute) {
      const known = staff.find((one) => one.id === person);
      const role = known && known.role ? act.data().roles[known.role] || known.role : "";
      say(name, [person, role].filter(Boolean).join(" "));
      const chosen = act.together();
      shown(joins, Boolean(chosen));
      joins.setAttribute("aria-pressed", String(Boolean(chosen && chosen.includes(person))));
      say(joins, word("joins"));
      const aimed = act.aim(rows, person);
      drawLines(rows, minute, aimed);
      drawFixes(aimed, minute);
      const busy = rows.filter((row) => row.end === null && row.staff.includes(person)).map((row) => row.task);
      drawTiles(busy);
      free.disabled = !busy.length;
      rest.setAttribute("aria-pressed", String(busy.includes(act.data().rest)));
    },
  };
}
