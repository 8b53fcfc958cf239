// What opens over the live screen from below: all tasks to search, a note, whom one follows, the end of the day.

function buildSheets(root, act) {
  const { word, time, label, once } = act;
  const button = (name, attributes = {}, ...inside) =>
    el("button", { type: "button", class: name, ...attributes }, ...inside);
  const inside = el("div", { class: "inside" });
  const title = el("h2", { id: "sheet-title" });
  const close = button("plain", { onclick: () => shut() }, word("close"));
  const panel = el(
    "div", { class: "panel", role: "dialog", "aria-modal": "true", "aria-labelledby": "sheet-title" },
    el("div", { class: "head" }, title, close), inside,
  );
  const node = el("div", { class: "sheet", hidden: true, onclick: (event) => event.target === node && shut() }, panel);
  let from = null;
  let redraw = null;

  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") shut();
    if (event.key !== "Tab") return;
    const stops = [...panel.querySelectorAll("button:not(:disabled), input, textarea, a[href]")];
    const at = stops.indexOf(root.getRootNode().activeElement);
    const next = event.shiftKey ? at - 1 : at + 1;
    if (next < 0 || next >= stops.length || at < 0) {
      event.preventDefault();
      stops[(next + stops.length) % stops.length].focus();
    }
  });

  function open(name, opener, ...children) {
    say(title, name);
    inside.replaceChildren(...children);
    from = opener;
    node.hidden = false;
    for (const other of root.children) if (other !== node) other.inert = true;
    panel.scrollTop = 0;
    (panel.querySelector("[data-first]") || close).focus();
  }

  function shut() {
    node.hidden = true;
    redraw = null;
    for (const other of root.children) other.inert = false;
    if (from && from.isConnected) from.focus();
  }

  // On a desk one types at once; on a tablet a keyboard that jumps up would hide the rest.
  const types = () => matchMedia("(hover: hover)").matches;

  function search(person, opener) {
    const list = el("div", { class: "all" });
    const field = el("input", {
      type: "search", class: "field", autocomplete: "off", enterkeyhint: "done", "aria-label": word("search"),
      placeholder: word("search"), maxlength: 80,
    });
    if (types()) field.setAttribute("data-first", "");
    const choose = (code) => {
      shut();
      act.begin(person, code);
    };
    const fill = () => {
      const hits = found(act.data().tasks, field.value).map((task) =>
        button("tile", { onclick: once(() => choose(task.code)) }, task.label),
      );
      const typed = field.value.trim();
      const own = typed && !act.data().tasks.some((task) => task.find.includes(searched(typed)));
      if (own) hits.push(button("tile own", { onclick: once(() => choose(typed)) }, word("as_typed", { text: typed })));
      list.replaceChildren(...hits);
    };
    field.addEventListener("input", fill);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing && field.value.trim() && list.firstChild) list.firstChild.click();
    });
    fill();
    open(word("other_of", { who: person }), opener, field, list);
  }

  function note(person, opener) {
    const row = act.aim(act.standing().rows, person);
    if (!row) return;
    const field = el("textarea", { class: "field", rows: 3, maxlength: 500, "aria-label": word("note") });
    if (types()) field.setAttribute("data-first", "");
    field.value = row.note;
    const phrases = word("phrases").split("|").map((phrase) =>
      button("chip", {
        onclick: once(() => {
          field.value = [field.value.trim(), phrase].filter(Boolean).join(word("comma"));
        }),
      }, phrase),
    );
    const save = button("act main", {
      onclick: once(() => {
        shut();
        act.tap({ kind: "note", row: row.id, note: field.value.trim() }, word("said_note", { task: label(row.task) }));
      }),
    }, word("save_note"));
    const chips = el("div", { class: "chips" }, ...phrases);
    open(word("note_of", { task: label(row.task) }), opener, el("p", { class: "hint" }, word("no_names")), chips, field, save);
  }

  // Whom to follow: everybody of the day, and one more person with a number of their own.
  function chooser(done = () => {}) {
    let chosen = [...act.memory.who];
    const list = el("div", { class: "chips" });
    const adding = el("div", { class: "chips" });
    const go = button("act main", { onclick: once(() => { done(); act.follow(chosen); }) }, word("begin"));
    const toggle = (id) => {
      chosen = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(-3);
      fill();
    };
    function fill() {
      const { staff } = act.standing();
      const roles = act.data().roles;
      list.replaceChildren(
        ...staff.map((one) =>
          button("chip", { "aria-pressed": String(chosen.includes(one.id)), onclick: () => toggle(one.id) },
            [one.id, roles[one.role] || one.role].filter(Boolean).join(" ")),
        ),
      );
      const next = nextId(staff.map((one) => one.id));
      const known = [...new Set([...staff.map((one) => one.role).filter(Boolean), ...act.data().usual_roles])].slice(0, 4);
      adding.replaceChildren(
        ...known.map((role) =>
          button("chip new", {
            onclick: once(() => {
              act.addPerson(next, role);
              toggle(next);
            }),
          }, `＋ ${next} ${roles[role] || role}`),
        ),
      );
      go.disabled = !chosen.length;
    }
    fill();
    return el(
      "div", { class: "chooser" }, el("p", { class: "hint" }, word("choose")), list,
      el("p", { class: "hint" }, word("add")), adding, go,
    );
  }

  function people(opener) {
    open(word("people_title"), opener, chooser(shut));
  }

  function end(opener) {
    const body = el("div", { class: "summary" });
    redraw = () => {
      const { rows } = act.standing();
      const items = act.memory.who.map((person) => {
        const own = rows.filter((row) => row.staff.includes(person));
        const open_ = own.filter((row) => row.end === null).map((row) => label(row.task));
        const first = own.length ? time(Math.min(...own.map((row) => row.start))) : "–";
        const text = word("summary", { who: person, n: own.length, clock: first });
        return el("li", {}, open_.length ? `${text} ${word("still", { tasks: open_.join(word("comma")) })}` : text);
      });
      const list = el("ul", {}, ...items);
      if (body.textContent !== list.textContent) body.replaceChildren(list);
    };
    redraw();
    const finish = button("act main", {
      onclick: once(() => {
        act.tap({ kind: "stop", staff: act.memory.who, row: "" }, word("said_end", { clock: "{clock}" }));
        redraw();
      }),
    }, word("end_all"));
    const link = el("a", { class: "link", href: act.data().record_link, target: "_self" }, word("to_record"));
    open(word("end_title"), opener, body, finish, link);
  }

  return {
    node, search, note, people, chooser, end,
    draw: () => redraw && redraw(),
  };
}

// The number a further person gets: s1, s2 -> s3; h01 -> the pattern most people of the day have.
function nextId(ids) {
  const parts = ids.map((id) => /^(.*?)(\d+)$/.exec(id)).filter(Boolean);
  if (!parts.length) return ids.includes("s1") ? "s2" : "s1";
  const counts = new Map();
  for (const [, head] of parts) counts.set(head, (counts.get(head) || 0) + 1);
  const head = [...counts].sort((a, b) => b[1] - a[1])[0][0];
  const own = parts.filter((part) => part[1] === head);
  const width = Math.max(...own.map((part) => part[2].length));
  return head + String(Math.max(...own.map((part) => Number(part[2]))) + 1).padStart(width, "0");
}
