// Making elements and reading clock times: what every part of the sheet needs.

// An element with attributes and children. Text is always a text node, never markup.
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// Sets a text only where it differs, so that nothing flickers and no reader says it twice.
function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function shown(node, visible) {
  node.hidden = !visible;
}

const DAY = 24 * 60;

// Minutes from the day's midnight as on a clock; after midnight with the word for the next day before it.
function clock(minutes, words) {
  if (minutes === null || minutes === undefined) return "";
  const days = Math.floor(minutes / DAY);
  const within = minutes === DAY ? DAY : minutes - days * DAY;
  const text = `${String(Math.floor(within / 60)).padStart(2, "0")}:${String(within % 60).padStart(2, "0")}`;
  return minutes > DAY ? `${words.next_day}${days > 1 ? days : ""}${text}` : text;
}

// A clock time as people type it (9:10, 910, ９：１０, 9時10分, 午後1:05, 25:10, 翌1:10) in minutes; null where it is none.
function minutesOf(text, words) {
  let rest = text.normalize("NFKC").trim();
  let more = 0;
  for (const word of [words.next_day, "翌日", "翌"]) {
    if (rest.startsWith(word)) {
      rest = rest.slice(word.length).trim();
      more = DAY;
      break;
    }
  }
  const half = /^(午前|午後|am|pm)\s*/i.exec(rest) || /\s*(am|pm)$/i.exec(rest);
  if (half) rest = rest.replace(half[0], "").trim();
  const found = /^(\d{1,2})\s*(?:[:;.時]\s*(\d{1,2})?\s*分?|)$/.exec(rest) || /^(\d{1,2})(\d{2})$/.exec(rest);
  if (!found) return null;
  let hour = Number(found[1]);
  let minute = found[2] ? Number(found[2]) : 0;
  if (/時半$/.test(rest)) minute = 30;
  if (half && /午後|pm/i.test(half[1]) && hour < 12) hour += 12;
  if (half && /午前|am/i.test(half[1]) && hour === 12) hour = 0;
  if (minute > 59 || hour > 48) return null;
  return hour * 60 + minute + more;
}

// Ids of staff as typed into one field.
function staffOf(text) {
  const parts = text.normalize("NFKC").split(/[\s,、，・/／]+/).filter(Boolean);
  return [...new Set(parts)];
}
