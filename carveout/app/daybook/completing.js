// A list of suggestions under a text field. `suggest(text, caret)` gives {from, to, items: [{insert, word, kind}]}.
//
// Arrow keys walk, Tab takes the first or the chosen one, Enter takes a chosen one only (otherwise Enter is the field's
// own), Escape closes. Under a Japanese input method keys belong to it while it composes; the list follows its kana.
let lists = 0;

function composing(event) {
  return event.isComposing || event.keyCode === 229;
}

function completer(input, suggest, words, spaced) {
  lists += 1;
  const id = `choices-${lists}`;
  const list = el("ul", { class: "choices", role: "listbox", id, "aria-label": words.suggestions, hidden: true });
  let found = null;
  let chosen = -1;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", id);
  input.setAttribute("aria-expanded", "false");
  for (const [name, value] of [["autocomplete", "off"], ["autocapitalize", "off"], ["spellcheck", "false"]]) {
    input.setAttribute(name, value);
  }

  function close() {
    found = null;
    chosen = -1;
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    chosen = index;
    Array.from(list.children).forEach((item, i) => item.setAttribute("aria-selected", String(i === index)));
    if (index < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", `${id}-${index}`);
    return list.children[index].scrollIntoView({ block: "nearest" });
  }

  function accept(index) {
    const { from, to, items } = found;
    const rest = input.value.slice(to);
    const gap = spaced && !/^\s/.test(rest) ? " " : "";
    input.value = input.value.slice(0, from) + items[index].insert + gap + rest;
    const caret = from + items[index].insert.length + (spaced ? 1 : 0);
    input.setSelectionRange(caret, caret);
    close();
  }

  function refresh() {
    const at = input.selectionStart ?? input.value.length;
    const next = suggest(input.value, at);
    if (!next || !next.items.length) return close();
    found = next;
    list.replaceChildren(
      ...next.items.map((item, i) =>
        el(
          "li",
          {
            role: "option", id: `${id}-${i}`, "aria-selected": "false",
            // pointerdown would take the focus out of the field; the tap itself takes the suggestion
            onpointerdown: (event) => event.preventDefault(),
            onclick: () => {
              if (found) accept(i);
              input.focus();
            },
          },
          el("span", { class: "word" }, item.word),
          el("span", { class: "kind" }, item.kind),
        ),
      ),
    );
    list.hidden = false;
    chosen = -1;
    input.setAttribute("aria-expanded", "true");
    return undefined;
  }

  // True where the key was the list's own.
  function key(event) {
    if (!found || composing(event)) return false;
    const n = found.items.length;
    if (event.key === "ArrowDown") choose((chosen + 1) % n);
    else if (event.key === "ArrowUp") choose(chosen <= 0 ? n - 1 : chosen - 1);
    else if (event.key === "Tab" && !event.shiftKey) accept(Math.max(chosen, 0));
    else if (event.key === "Enter" && chosen >= 0) accept(chosen);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  input.addEventListener("input", refresh);
  input.addEventListener("compositionend", refresh);
  input.addEventListener("blur", close);
  return { list, key, close, open: () => found !== null };
}
