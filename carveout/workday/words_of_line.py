"""What stands in a typed line besides times: task, people, unit, trigger, note, in any order.

A word is, in this order: one of the day's people, a trigger, everybody, a list of people, the unit, somebody unknown
(an id or what looks like a name), and else part of the task. Labels of several words are looked for before their parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from carveout.model import Trigger
from carveout.observations.text import alike, folded
from carveout.observations.words import TRIGGERS, find
from carveout.workday.line_parts import LineContext
from carveout.workday.names import name_like
from carveout.workday.times import AGO_AHEAD, INSIDE, SWITCH, Span, Times
from carveout.workday.vocabulary import Vocabulary

LABEL_WORDS = 6  # the longest label looked for, in words
LONGEST_LABEL = 80  # signs; nobody's word for a task is longer
_ON_DEMAND = frozenset(folded(word) for word in ("急", "急に", "急ぎ", "急な", "!", "!!", "突発的", "臨時", "呼ばれて"))
_EVERYBODY = frozenset(
    folded(word) for word in ("全員", "みんな", "皆", "全職員", "職員全員", "all", "everyone", "everybody")
)
_STROKES = frozenset("-‐‑‒–—―−─━〜~～ー－→⇒|｜/／:：;；.…・")
_DITTO = frozenset(folded(word) for word in ("〃", "同上", "同じ", "同", "ditto"))
_NOBODY = frozenset(folded(word) for word in ("なし", "無し", "不明", "none", "nobody"))
NIGHT = frozenset(folded(word) for word in ("夜勤", "深夜勤", "準夜勤", "準夜", "night"))
_SHIFTS = frozenset(folded(word) for word in ("早番", "日勤", "遅番", "早出", "遅出"))
_PEOPLE_APART = re.compile(r"[,、，・･/／&＆+＋;；と]+")
_APART = re.compile(r"[^,、，。・･/／&＆+＋;；→⇒と]+")
_ID = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]{1,4}[-_－]?[0-9０-９]{1,3}|[A-ZＡ-Ｚ]")
_POLITE = re.compile(r"(?P<stem>.+?)(?:さん|サン|職員|介護士|看護師|保育士)")
_FORCED = re.compile(r"(?:担当|職員|staff)[:：]", re.I)
_LISTED = re.compile(
    r'(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<bare>[^\s,、，・･/／&＆＋#＃@＠"]+))(?P<more>[,、，・･/／&＆＋]?)'
)
_QUOTED = re.compile(r'"((?:[^"]|"")*)"|“([^”]*)”')
_UNIT_END = re.compile(r'[\s#＃@＠"、,]|$')
_WORD = re.compile(r'[^\s#＃@＠"“]+')
_SKIPPED = re.compile(r"[\s、,。，]+")
# What stands before the first time: bullets, ①, "3." or "(3)", and the day's date.
_BULLET = re.compile(r"(?:[・●○■□◆◇▶※*＊•\u2460-\u2473]+|[(（]?\d{1,2}(?:[)）]|[.．](?=\s)))\s*(?=\S)")
_DATE = re.compile(r"(?:\d{4}[-/.年])?\d{1,2}(?:月\d{1,2}日|/\d{1,2}(?!\d))\s*|\d{4}[-.]\d{1,2}[-.]\d{1,2}(?!\d)\s*")
_OPENING, _CLOSING = "（([［「【", "）)]］」】"


@dataclass(slots=True)
class Words:
    """What was found, with its places in the line."""

    task: list[tuple[str, Span, str | None]] = field(default_factory=list)
    staff: dict[str, Span] = field(default_factory=dict)
    unknown_staff: dict[str, Span] = field(default_factory=dict)
    names: dict[str, Span] = field(default_factory=dict)
    nobody: bool = False
    unit: str = ""
    unit_span: Span = (0, 0)
    unit_known: bool = True
    trigger: Trigger | None = None
    notes: list[str] = field(default_factory=list)
    note_spans: list[Span] = field(default_factory=list)
    shift: str = ""
    shift_span: Span = (0, 0)
    night: bool = False
    date: Span | None = None


class WordReader:
    """Reads one line from left to right into `words` and `times`."""

    def __init__(self, text: str, masked: str, context: LineContext, tasks: Vocabulary):
        self.text, self.masked, self.context, self.tasks = text, masked, context, tasks
        self.words, self.times = Words(), Times()
        self.people = {alike(name): name for name in context.staff}
        self.units = {alike(name): name for name in context.units}

    def read(self) -> None:
        """Read all of it."""
        at = bullet.end() if (bullet := _BULLET.match(self.text)) else 0
        if (date := _DATE.match(self.masked, at)) is not None:
            self.words.date, at = date.span(), date.end()
        lead = True
        while at < len(self.text):
            if (skipped := _SKIPPED.match(self.text, at)) is not None:
                at = skipped.end()
                continue
            here = self.times.take(self.masked, at, lead=lead)
            if here == at:
                lead = False
                here = self._sign(at) or self._word(at)
            at = max(here, at + 1)

    def _sign(self, at: int) -> int:
        """What a sign introduces: note, unit, brackets, quotes, people. 0 if none stands here."""
        sign = self.text[at]
        if sign in "#＃":
            self._note(self.text[at + 1 :], (at, len(self.text)))
            return len(self.text)
        if sign in "@＠":
            return self._unit(at)
        if sign in _OPENING:
            return self._bracket(at)
        if (quoted := _QUOTED.match(self.text, at)) is not None:
            literal = (quoted[1] or quoted[2] or "").replace('""', '"').strip()
            if literal:
                self.words.task.append((literal, quoted.span(), self.tasks.resolve(literal) or literal))
            return quoted.end()
        if (forced := _FORCED.match(self.text, at)) is not None:
            return self._forced(forced.end())
        return 0

    def _note(self, note: str, span: Span) -> None:
        if note.strip():
            self.words.notes.append(note.strip())
            self.words.note_spans.append(span)

    def _bracket(self, at: int) -> int:
        """Words in brackets: a trigger or known people alone are just that, all else is a note."""
        closing = _CLOSING[_OPENING.index(self.text[at])]
        others = "）)" if closing in "）)" else closing
        ends = [where for sign in others if (where := self.text.find(sign, at)) > 0]
        end = min(ends) if ends else len(self.text)
        inside = self.text[at + 1 : end].strip()
        trigger = _trigger(inside)
        if trigger is not None:
            self.words.trigger = trigger
        elif self._people_known(inside):
            self._people(inside, (at + 1, at + 1 + len(inside)))
        else:
            self._note(inside, (at, min(end + 1, len(self.text))))
        return end + 1

    def _unit(self, at: int) -> int:
        """`@ユニット1`: the longest known unit that stands there, else the word."""
        begin = at + 1
        while begin < len(self.text) and self.text[begin].isspace():
            begin += 1
        quoted = _QUOTED.match(self.text, begin)
        end = quoted.end() if quoted else begin
        name = (quoted[1] or quoted[2] or "").replace('""', '"') if quoted else ""
        if not quoted:
            for known in sorted(self.units.values(), key=len, reverse=True):
                piece = self.text[begin : begin + len(known)]
                if alike(piece) == alike(known) and _UNIT_END.match(self.text, begin + len(known)):
                    name, end = known, begin + len(known)
                    break
            else:
                match = _WORD.match(self.text, begin)
                name, end = (match[0].strip("、,"), match.end()) if match else ("", begin)
        if name:
            known_unit = self.units.get(alike(name)) or self._ending(name)
            self.words.unit, self.words.unit_known = known_unit or name, known_unit is not None
            self.words.unit_span = (at, end)
        return end

    def _ending(self, name: str) -> str | None:
        """`@1` for ユニット1, where one unit alone ends so."""
        found = [unit for look, unit in self.units.items() if look.endswith(alike(name))]
        return found[0] if len(found) == 1 else None

    def _forced(self, at: int) -> int:
        """People behind `担当:`, whatever they look like."""
        while (match := _LISTED.match(self.text, at)) is not None:
            quoted = match["quoted"] is not None
            name = match["quoted"].replace('""', '"') if quoted else match["bare"]
            if not quoted and folded(name) in _NOBODY:
                self.words.nobody = True
            elif name.strip():
                self._person(name.strip(), match.span(), quiet=True)
            at = match.end()
            if not match["more"]:
                break
        return at

    def _person(self, name: str, span: Span, *, quiet: bool = False) -> None:
        """Somebody who did it; unknown ones are kept and asked about."""
        known = self.people.get(alike(name))
        self.words.staff.setdefault(known or name, span)
        if known is None and not quiet:
            (self.words.names if name_like(name) else self.words.unknown_staff).setdefault(name, span)

    def _word(self, at: int) -> int:
        """A word or a label of several."""
        match = _WORD.match(self.text, at)
        if match is None:
            return at + 1
        end = self._label(at, match.end())
        if end:
            return end
        word = match[0]
        if (glued := INSIDE.search(self.masked, at + 1, match.end())) is not None:
            word = self.text[at : glued.start()]
        bracket = next((k for k, sign in enumerate(word) if k and sign in _OPENING), None)
        if bracket is not None:
            word = word[:bracket]
        if all(sign in _STROKES for sign in word):
            return at + len(word)  # between the parts of the line
        self._sort(word, (at, at + len(word)))
        return at + len(word)

    def _label(self, at: int, first: int) -> int:
        """Where the longest label ends that begins here and is more than one plain word; 0 if there is none."""
        ends, here = [first], first
        while len(ends) < LABEL_WORDS and (more := re.compile(r'[ \u3000]+[^\s#＃@＠"“]+').match(self.text, here)):
            here = more.end()
            ends.append(here)
        has_bracket = any(sign in _OPENING for sign in self.text[at:first])
        for end in reversed(ends):
            if end == first and not has_bracket:
                break
            phrase = self.text[at:end]
            if folded(phrase) in self.tasks.phrases:
                self.words.task.append((phrase, (at, end), self.tasks.resolve(phrase)))
                return end
        return 0

    def _sort(self, word: str, span: Span) -> None:
        """Say what a word is, and keep it there."""
        words, plain = self.words, folded(word)
        if alike(word) in self.people:
            self._person(word, span)
        elif word not in self.tasks and (trigger := _trigger(word)) is not None:
            words.trigger = trigger
        elif plain in _EVERYBODY and self.context.staff:
            for name in self.context.staff:
                words.staff.setdefault(name, span)
        elif plain in _DITTO and (last := self.context.last_task):
            words.task.append((word, span, self.tasks.resolve(last) or last))
        elif plain in NIGHT or plain in _SHIFTS:
            words.shift, words.shift_span, words.night = word, span, words.night or plain in NIGHT
        elif (code := self.tasks.resolve(word)) is not None:
            words.task.append((word, span, code))
        elif not any(read(word, span) for read in (self._people, self._listed, self._switched, self._glued)):
            if alike(word) in self.units:
                words.unit, words.unit_span = self.units[alike(word)], span
            elif _ID.fullmatch(word) or name_like(word):
                self._person(word, span)
            else:
                words.task.append((word, span, None))

    def _people(self, word: str, span: Span) -> bool:
        """`s1・s2`, `s1、佐藤`, `Aさん`, `職員A`."""
        parts = [part for part in _PEOPLE_APART.split(word) if part]
        names = [self._politely(part) for part in parts]
        known = [alike(name) in self.people for name in names]
        likely = [has or bool(_ID.fullmatch(name)) or name_like(name) for has, name in zip(known, names, strict=True)]
        if not parts or not all(likely) or not (len(parts) > 1 or any(known) or names[0] != word):
            return False
        for name in names:
            self._person(name, span)
        return True

    def _listed(self, word: str, span: Span) -> bool:
        """`配膳・s1` and `配膳→下膳`: tasks and people one after the other, each known."""
        parts = [(match[0], match.start()) for match in _APART.finditer(word)]
        if len(parts) < 2 or not all(alike(part) in self.people or self.tasks.resolve(part) for part, _ in parts):
            return False
        for part, begin in parts:
            self._sort(part, (span[0] + begin, span[0] + begin + len(part)))
        return True

    def _politely(self, word: str) -> str:
        """An id without what politeness adds: Aさん, s1さん, A職員, 職員A."""
        polite = _POLITE.fullmatch(word)
        stem = polite["stem"] if polite else word.removeprefix("職員") if word != "職員" else word
        return stem if alike(stem) in self.people or _ID.fullmatch(stem) else word

    def _switched(self, word: str, span: Span) -> bool:
        """`入浴介助に`, `入浴介助に交代`, and 交代 alone behind a time."""
        if word[-1] in "にへを" and (code := self.tasks.resolve(word[:-1])) is not None:
            self.words.task.append((word[:-1], (span[0], span[1] - 1), code))
            return True
        match = SWITCH.fullmatch(word)
        live = self.times.anything or self.context.now is not None or AGO_AHEAD.search(self.masked, span[1])
        if match is None or not live:
            return False
        task = match["task"]
        code = self.tasks.resolve(task) if task else None
        if task and code is None:
            return False
        self.times.switch = True
        if task:
            self.words.task.append((task, (span[0], span[0] + len(task)), code))
        return True

    def _glued(self, word: str, span: Span) -> bool:
        """`配膳s1・s2` and `s1が配膳`: a task and known people without a space between."""
        if len(word) > LONGEST_LABEL:
            return False
        for cut in range(len(word) - 1, 0, -1):
            head, tail = word[:cut], word[cut:]
            code = self.tasks.resolve(head) if self._people_known(tail) else None
            if code is not None:
                self.words.task.append((head, (span[0], span[0] + cut), code))
                return self._people(tail, (span[0] + cut, span[1])) or True
        for name in sorted(self.context.staff, key=len, reverse=True):
            rest = re.sub(r"^(?:さん)?(?:が|は|の|:|：)", "", word[len(name) :])
            code = self.tasks.resolve(rest) if alike(word[: len(name)]) == alike(name) and rest else None
            if code is not None:
                self._person(name, (span[0], span[0] + len(name)))
                self.words.task.append((rest, (span[1] - len(rest), span[1]), code))
                return True
        return False

    def _people_known(self, text: str) -> bool:
        parts = [part for part in _PEOPLE_APART.split(text) if part]
        return bool(parts) and all(alike(part) in self.people for part in parts)


def _trigger(word: str) -> Trigger | None:
    plain = folded(word)
    if plain in _ON_DEMAND:
        return Trigger.ON_DEMAND
    code = find(TRIGGERS, word)
    return None if code is None else Trigger(code)
