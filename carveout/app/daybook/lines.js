// The entry line on top, and beneath it the lines on their way or in need of mending.

// Gives {node, focus(), show(data)}. hooks: send(text), suggest(text, caret), up(), down(), undo(), redo(), draft(text) keeps what is
// half typed and gives it back.
function entryOf(words, hooks) {
  const input = el("input", { type: "text", id: "line", maxlength: "20000", enterkeyhint: "send", "aria-describedby": "line-hint line-next" });
  const help = completer(input, hooks.suggest, words, true);
  const button = el("button", { type: "button", class: "first", onclick: () => (send(), input.focus()) }, words.write, " ", el("kbd", {}, "Enter"));
  const next = el("span", { class: "hint", id: "line-next" });
  const hint = el("p", { class: "hint", id: "line-hint" }, words.hint);
  const node = el("div", { class: "entry" }, el("div", { class: "entry-head" }, el("label", { for: "line" }, words.line), next), el("div", { class: "entry-line" }, el("div", { class: "field" }, input, help.list), button), hint);

  input.value = hooks.draft() || "";
  for (const kind of ["input", "keyup"]) input.addEventListener(kind, () => hooks.draft(input.value));

  function send() {
    const text = input.value.trim();
    if (!text || input.disabled) return;
    help.close();
    input.value = "";
    hooks.draft("");
    hooks.send(text);
  }

  input.addEventListener("keydown", (event) => {
    if (composing(event) || help.key(event)) return;
    const held = event.ctrlKey || event.metaKey;
    const letter = event.key.toLowerCase();
    if (event.key === "Enter") send();
    else if (event.key === "ArrowUp" && !input.value) hooks.up();
    else if (event.key === "ArrowDown" && !input.value) hooks.down();
    else if (held && letter === "z" && !input.value && !event.shiftKey) hooks.undo();
    else if (held && letter === "y" && !input.value) hooks.redo();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    node,
    focus: () => input.focus(),
    show(data, follows) {
      input.disabled = data.closed;
      button.disabled = data.closed;
      say(next, data.closed ? data.closed_said : follows);
      shown(next, Boolean(next.textContent));
    },
  };
}

// Gives {node, show(entries), first()}: an item for every entry that somebody has to mend, and questions about saved ones.
function linesOf(words, outbox, hooks) {
  const node = el("ol", { class: "outbox", "aria-label": words.outbox });
  const items = new Map(); // entry id -> {li, seen, input}
  const asking = el("ol", { class: "outbox" });
  const whole = el("div", {}, node, asking);

  function said(entry) {
    if (entry.kind === "line") return entry.text;
    const wanted = (entry.changes || []).flatMap(({ before, after }) => (after ? Object.keys(after).filter((name) => !before || String(before[name]) !== String(after[name])).map((name) => after[name]) : []));
    return [words.an_edit, ...wanted].join(": ").slice(0, 400);
  }

  function held(entry) {
    const mendable = entry.kind === "line";
    const problems = (entry.problems || []).flatMap((one) => [el("p", {}, one.cause), one.remedy ? el("p", { class: "remedy" }, one.remedy) : null]);
    const message = el("div", { id: `held-${entry.id}`, role: "alert" }, ...problems);
    const input = mendable ? el("input", { type: "text", maxlength: "20000", "aria-label": words.mend_line, "aria-invalid": "true", "aria-describedby": message.id }) : null;
    if (input) {
      input.value = entry.text;
      const [from, to] = entry.problems?.[0]?.span || [0, entry.text.length];
      input.addEventListener("focus", () => input.setSelectionRange(from, to), { once: true }); // what is wrong is marked
    }
    const again = () => {
      outbox.mend(entry.id, mendable ? { text: input.value.trim() || entry.text } : {});
      hooks.back();
    };
    const away = () => {
      outbox.drop(entry.id);
      hooks.back();
    };
    const fixes = (entry.problems || []).flatMap((one) => one.fixes || []);
    const li = el(
      "li",
      { class: "held" },
      message,
      el(
        "div",
        { class: "mend" },
        input ?? el("span", { class: "typed" }, said(entry)),
        ...fixes.map((fix) => el("button", { type: "button", onclick: () => { outbox.mend(entry.id, { text: fix.text }); hooks.back(); } }, fix.said)),
        el("button", { type: "button", onclick: again }, words.again, " ", el("kbd", {}, "Enter")),
        entry.insist ? el("button", { type: "button", onclick: () => { outbox.mend(entry.id, { sure: true }); hooks.back(); } }, words.as_it_is) : null,
        el("button", { type: "button", onclick: away }, words.discard),
      ),
    );
    input?.addEventListener("keydown", (event) => {
      if (composing(event)) return;
      if (event.key === "Enter") again();
      else if (event.key === "Escape" || (event.key === "ArrowDown" && !event.altKey)) hooks.back();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    return { li, input };
  }

  function show(entries) {
    const wanted = entries.filter((entry) => entry.state !== "waiting");
    const ids = new Set(wanted.map((entry) => entry.id));
    for (const [id, item] of items) {
      if (ids.has(id)) continue;
      item.li.remove();
      items.delete(id);
    }
    const focused = [...items].find(([, item]) => item.input && item.input === node.getRootNode().activeElement)?.[0];
    let previous = null;
    for (const entry of wanted) {
      const seen = JSON.stringify([entry.state, entry.problems, entry.text]);
      let item = items.get(entry.id);
      if (!item || item.seen !== seen) {
        const made = held(entry);
        if (item) item.li.replaceWith(made.li);
        item = { ...made, seen };
        items.set(entry.id, item);
      }
      const next = previous ? previous.nextSibling : node.firstChild;
      if (next !== item.li) {
        node.insertBefore(item.li, next);
        bring(item.li);
      }
      previous = item.li;
    }
    if (focused && items.get(focused)?.input !== node.getRootNode().activeElement) items.get(focused)?.input?.focus();
    shown(node, wanted.length > 0);
  }

  // What has just come is in sight, without moving the page.
  function bring(li) {
    const box = whole.parentElement;
    if (box) box.scrollTop += li.getBoundingClientRect().top - box.getBoundingClientRect().top - 32;
  }

  // A saved line with a question: other wordings to take, or to be left as it is. The latest few; the checks know the rest.
  function ask(entry, problems) {
    const gone = (then) => () => {
      li.remove();
      then();
      hooks.back();
    };
    const li = el(
      "li",
      { class: "asked" },
      el("span", {}, words.asked.replace("{text}", entry.text)),
      ...problems.map((one) => el("p", { class: "remedy" }, `${one.cause} ${one.remedy}`)),
      el(
        "div",
        { class: "mend" },
        ...problems.flatMap((one) => one.fixes || []).map((fix) => el("button", { type: "button", onclick: gone(() => hooks.reread(entry, fix.text)) }, fix.said)),
        el("button", { type: "button", onclick: gone(() => {}) }, words.leave_it),
      ),
    );
    asking.prepend(li);
    bring(li);
    while (asking.children.length > 3) asking.lastChild.remove();
  }

  return {
    node: whole,
    show,
    ask,
    // To the last line that has to be mended.
    first() {
      const open = [...items.values()].filter((item) => item.input);
      open.at(-1)?.input.focus();
    },
  };
}

// Two versions of a row, and whose shall stand. Gives {node, show(clashes)}.
function clashesOf(words, hooks) {
  const node = el("div", { role: "region", "aria-label": words.clashes, class: "clashes" });
  let seen = "";

  function worded(row) {
    if (row === null) return words.taken_away;
    if (typeof row === "string") return row;
    const end = row.end === null ? words.going_on : clock(row.end, words);
    const parts = [`${clock(row.start, words)}–${end}`, hooks.label(row.task), row.staff.join(" "), row.trigger ? words[row.trigger] : "", row.note];
    return parts.filter(Boolean).join(" · ");
  }

  function show(clashes) {
    const now = JSON.stringify(clashes);
    if (now === seen) return;
    seen = now;
    node.replaceChildren(
      ...clashes.map((clash) => {
        const keep = (what) => el("button", { type: "button", "data-keep": what, onclick: () => hooks.resolve(clash.id, what) }, words[`keep_${what}`]);
        return el(
          "div",
          { class: "clash", role: "alert" },
          el("h3", {}, words.clash),
          el("dl", {}, el("dt", {}, clash.mine_said), el("dd", {}, worded(clash.mine)), el("dt", {}, clash.theirs_said), el("dd", {}, worded(clash.theirs))),
          el("div", { class: "keep" }, keep("mine"), keep("theirs"), clash.both ? keep("both") : null),
        );
      }),
    );
    shown(node, clashes.length > 0);
  }

  return { node, show };
}
