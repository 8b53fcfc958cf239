"""One typed line of a workday: `9:10-9:25 配膳 s1 s2 @ユニット1 急 #こぼした`.

Times come first and everything else in any order; what is not said follows from the row before (it starts where
that ended, the same people go on). Width, kana and the many ways of writing a time are set aside. A line is never
refused and never changed: what is wrong with it stands beside it, with the likely corrections.

- times: `9:10-9:25`, `9時10分から9時25分`, `910 925`, `0910-0925`, `9:10-25`;
  from the row before `-25`, `～9:25`, `+15`, `15分`; `9:10 15分`, `午後1時`, `23:50-0:20`, `翌0:20`; still going on:
  `9:10-`; live: `10分前から`, `10分前に交代`;
- people: ids, `s1,s2`, `s1・s2`, `全員`; `担当:` before what could be taken for something else, `担当:なし` for nobody;
- `@unit`; `急`, `随時`, `予定`; notes in brackets or behind `#`;
- the task: all that is left, or what stands in double quotes. Labels, codes, synonyms and readings count, beginnings of
  labels do not (see `carveout.workday.vocabulary`): they are offered. Unknown tasks are kept as typed.
"""

from __future__ import annotations

import re

from carveout.language import Text
from carveout.workday.line_parts import Fix, Line, LineContext, LineProblem
from carveout.workday.messages import offered
from carveout.workday.names import name_in, next_id
from carveout.workday.placing import Placer, problem
from carveout.workday.times import Span, Times, folded_line
from carveout.workday.vocabulary import Vocabulary
from carveout.workday.words_of_line import WordReader, Words

LIMIT = 1000  # signs of a line
_BARE_NUMBER = re.compile(r"\s*(\d{1,2})(?=\s|$)")
_HIDDEN = "\ufffc"  # stands for signs no time may be read from
_BETWEEN = re.compile(r"[\s,、，・･/／&＆+＋;；→⇒と]+")
_NEAR = 3  # alternatives on offer


def parse(text: str, *, context: LineContext | None = None) -> Line:
    """What a typed line means; never raises, and keeps the text whatever it is.

    >>> from carveout.workday.line_parts import LineContext
    >>> line = parse("９：１０〜９：２５　配膳　s1・s2　急", context=LineContext(staff=("s1", "s2")))
    >>> line.start, line.end, line.task, line.staff, line.trigger.value
    (550, 565, 'serving', ('s1', 's2'), 'on_demand')
    >>> [found.code for found in parse("9:25-9:10 配膳").problems]
    ['end_before_start']
    """
    context = LineContext() if context is None else context
    whole = (0, len(text))
    if not text.strip():
        return Line(text, unit=context.unit, problems=(problem("empty", whole),))
    if len(text) > LIMIT:
        return Line(text, unit=context.unit, problems=(problem("too_long", whole, n=len(text), limit=LIMIT),))
    tasks = context.tasks if isinstance(context.tasks, Vocabulary) else Vocabulary(context.tasks)
    reader = WordReader(text, _masked(text, tasks), context, tasks)
    reader.read()
    return _Reading(text, reader.words, reader.times, context, tasks).line()


def _masked(text: str, tasks: Vocabulary) -> str:
    """The folded line with labels that begin with a digit, quotes and notes hidden from the reading of times."""
    plain = folded_line(text)
    for label in tasks.numbered():
        wanted = folded_line(label)
        at = plain.find(wanted)
        if (
            at >= 0
            and (at == 0 or plain[at - 1].isspace())
            and (plain[at + len(wanted) : at + len(wanted) + 1].strip() in ("", "#", "@"))
        ):
            plain = plain[:at] + _HIDDEN * len(wanted) + plain[at + len(wanted) :]
    return re.sub(r'"(?:[^"]|"")*"|#.*', lambda found: _HIDDEN * len(found[0]), plain, flags=re.S)


class _Reading:
    """Joins what was found in one line."""

    def __init__(self, text: str, words: Words, times: Times, context: LineContext, tasks: Vocabulary):
        self.text, self.words, self.times, self.context, self.tasks = text, words, times, context, tasks
        self.problems: list[LineProblem] = []

    def line(self) -> Line:
        """The line, and everything to be said about it."""
        words, context = self.words, self.context
        number = None if self.times.anything else _BARE_NUMBER.match(folded_line(self.text))
        if number is not None:
            self._bare_number(number)
            start = end = None
        else:
            placed = Placer(self.text, self.times, context, night=words.night).placed()
            start, end = placed.start, placed.end
            self.problems += placed.problems
        task, known = self._task()
        self._people()
        self._unit()
        if words.date is not None:
            a, b = words.date
            fix = Fix(self.text[:a] + self.text[b:], Text("日付を消す", "Take the date out"))
            self.problems.append(problem("date_left_out", words.date, fix))
        note = " ".join(words.notes)
        if (name := name_in(note)) is not None:
            self.problems.append(problem("name_in_note", self._note_span(), name=name))
        carried = not words.staff and not words.nobody
        return Line(
            text=self.text,
            start=start,
            end=end,
            task=task,
            known=known,
            staff=context.last_staff if carried else tuple(words.staff),
            carried=carried and bool(context.last_staff),
            unit=words.unit or context.unit,
            trigger=words.trigger,
            note=note,
            switch=self.times.switch,
            switch_back=self.times.ago if self.times.switch else None,
            problems=tuple(sorted(self.problems, key=lambda found: found.severity != "error")),
        )

    def _bare_number(self, number: re.Match[str]) -> None:
        """`25 配膳` may be until 25 past, or 25 minutes."""
        value, (a, b) = number[1], number.span(1)
        fixes = [
            Fix(self.text[:a] + sign + self.text[a:], offered(Text(f"{sign}{value}", f"{sign}{value}")))
            for sign in "-+"
        ]
        self.problems.append(problem("bare_number", (a, b), *fixes, value=value))
        self.words.task = [part for part in self.words.task if part[1] != (a, b)]

    def _task(self) -> tuple[str, bool]:
        """The task's code, or its text as typed, and whether it has a code."""
        parts = self.words.task
        if not parts:
            return self._no_task()
        phrase = self._phrase()
        code = parts[0][2] if len(parts) == 1 else self.tasks.resolve(phrase)
        if code is not None:
            return code, self._named(code)
        codes = {code: (label, span) for label, span, code in reversed(parts) if code is not None}
        if len(codes) > 1:
            self._two_tasks(codes)
            return phrase, False
        if codes:
            (code,) = codes
            extra = [text for text, _, other in parts if other is None]
            if extra:
                self.words.notes.insert(0, " ".join(extra))
                self.problems.append(problem("extra_words", self._span(parts), words=" ".join(extra)))
            return code, self._named(code)
        self._unknown_task(phrase)
        return phrase, False

    def _named(self, code: str) -> bool:
        """Whether a code is one of the site's or the catalogue's (a quoted text stands for itself)."""
        return self.tasks.resolve(code) is not None

    def _no_task(self) -> tuple[str, bool]:
        words, context = self.words, self.context
        if words.shift:
            self._unknown_task(words.shift)
            return words.shift, False
        others = set(words.staff) - set(context.last_staff)
        if self.times.switch and others and context.last_task:  # somebody else took the same task over
            return context.last_task, self._named(context.last_task)
        self.problems.append(problem("no_task", (0, len(self.text))))
        return "", False

    def _phrase(self) -> str:
        """The words of the task as typed, with what stood between them if that was spaces and signs alone."""
        parts = self.words.task
        first, last = parts[0][1][0], parts[-1][1][1]
        between = self.text[first:last]
        joined = " ".join(label for label, _, _ in parts)
        return between if _BETWEEN.sub("", between) == _BETWEEN.sub("", joined) else joined

    def _span(self, parts: list[tuple[str, Span, str | None]]) -> Span:
        return parts[0][1][0], parts[-1][1][1]

    def _two_tasks(self, codes: dict[str, tuple[str, Span]]) -> None:
        parts = self.words.task
        fixes = []
        for code, (label, _) in reversed(codes.items()):
            text = self.text
            for _, (a, b), other in reversed(parts):
                if other is not None and other != code:
                    text = text[:a] + text[b:]
            fixes.append(Fix(re.sub(r"(?<=\s)\s+", "", text).strip(), offered(Text(label, label))))
        first, last = parts[0][1][0], parts[-1][1][1]
        whole = self.text[first:last]
        if '"' not in whole:
            one = Text(f"「{whole}」という一つの業務にする", f"Keep {whole} as one task")
            fixes.append(Fix(f'{self.text[:first]}"{whole}"{self.text[last:]}', one))
        said = "、".join(label for label, _ in reversed(codes.values()))
        self.problems.append(problem("two_tasks", self._span(parts), *fixes, tasks=said))

    def _unknown_task(self, phrase: str) -> None:
        """Free text is kept; the labels one may have meant are on offer."""
        span = self._span(self.words.task) if self.words.task else self.words.shift_span
        near = self.tasks.near(phrase, _NEAR) if phrase else ()
        fixes = [Fix(self.text[: span[0]] + label.ja + self.text[span[1] :], offered(label)) for label in near]
        ja = f"「{'」「'.join(label.ja for label in near)}」ですか。" if near else ""
        en = f"did you mean {' / '.join(label.en for label in near)}? " if near else ""
        self.problems.append(problem("unknown_task", span, *fixes, task=phrase, guess=Text(ja, en)))

    def _people(self) -> None:
        words, context = self.words, self.context
        if context.staff:  # without a list nobody is unknown
            for name, span in words.unknown_staff.items():
                self.problems.append(problem("unknown_staff", span, staff=name))
        for name, span in words.names.items():
            free = next_id((*context.staff, *words.staff))
            ids = [known for known in context.staff if known not in words.staff][:_NEAR]
            a, b = span
            typed = self.text[a:b]
            fixes = [
                Fix(self.text[:a] + typed.replace(name, other) + self.text[b:], offered(Text(other, other)))
                for other in (*ids, free)
            ]
            self.problems.append(problem("name_like", span, *fixes, staff=name, id=ids[0] if ids else free))

    def _unit(self) -> None:
        words = self.words
        if words.unit and not words.unit_known and self.context.units:
            (a, b) = words.unit_span
            known = self.context.units[:_NEAR]
            fixes = [Fix(f"{self.text[:a]}@{unit}{self.text[b:]}", offered(Text(unit, unit))) for unit in known]
            self.problems.append(problem("unknown_unit", (a, b), *fixes, unit=words.unit, units="、".join(known)))

    def _note_span(self) -> Span:
        return self.words.note_spans[0] if self.words.note_spans else (0, len(self.text))
