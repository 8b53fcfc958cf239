"""Small pieces of wording that every part of a sheet is made of, in both languages at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from carveout import words
from carveout.language import LANGUAGES, Language, Text
from carveout.model import WEEKDAYS, Job, SiteResult, Weekday

NOTHING = Text("", "")
_MORE = Text("ほか{n}件", "{n} more")


def same(text: str) -> Text:
    """A name or answer that reads the same in both languages."""
    return Text(text, text)


def both(text: Text, **values: object) -> Text:
    """Fill both wordings; a `Text` among the values is put in in the wording's own language.

    >>> both(Text("{what}を{n}回", "{what}, {n} times"), what=Text("清掃", "cleaning"), n=2).en
    'cleaning, 2 times'
    """
    ja, en = (
        {key: value.in_(language) if isinstance(value, Text) else value for key, value in values.items()}
        for language in LANGUAGES
    )
    return text.format(ja, en)


def joined(texts: Iterable[Text], ja: str = "、", en: str = ", ") -> Text:
    """Texts as one list in a line; empty ones are left out.

    >>> joined([Text("月", "Mon"), Text("", ""), Text("火", "Tue")]).ja
    '月、火'
    """
    said = [text for text in texts if text != NOTHING]
    return Text(ja.join(text.ja for text in said), en.join(text.en for text in said))


def sentences(texts: Iterable[Text]) -> Text:
    """Sentences one after the other."""
    return joined(texts, "", " ")


def some(texts: Sequence[Text], most: int, more: Text = _MORE) -> Text:
    """A list of at most so many, and how many more there are.

    >>> some([Text("あ", "a"), Text("い", "b"), Text("う", "c")], 2).en
    'a, 2 more'
    """
    if len(texts) <= most:
        return joined(texts)
    kept = texts[: most - 1]
    return joined([*kept, both(more, n=len(texts) - len(kept))])


def label_of(result: SiteResult, code: str) -> Text:
    """A task as people call it."""
    return result.task_labels.get(code, same(code))


def days_of(days: Iterable[Weekday]) -> Text:
    """Weekdays in the order of the week, each once; three or more in a row are said as from - to.

    >>> days_of([Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.FRI])
    Text(ja='月〜水・金曜', en='Mon-Wed, Fri')
    """
    chosen = set(days)
    if not chosen:
        return NOTHING
    runs: list[list[int]] = []
    for at in (at for at, day in enumerate(WEEKDAYS) if day in chosen):
        if runs and at == runs[-1][-1] + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    parts = [part for run in runs for part in _run(run)]
    said = joined(parts, "・", ", ")
    return Text(f"{said.ja}曜", said.en)


def _run(run: list[int]) -> list[Text]:
    names = [words.WEEKDAY[WEEKDAYS[at]] for at in run]
    return names if len(names) < 3 else [Text(f"{names[0].ja}〜{names[-1].ja}", f"{names[0].en}-{names[-1].en}")]


def figure(value: float) -> str:
    """A figure as one says it: at most two places.

    >>> figure(10.0), figure(3.25), figure(2 / 3)
    ('10', '3.25', '0.67')
    """
    return f"{round(value, 2):g}"


def letters(job: Job) -> dict[str, str]:
    """A letter for each unit of a job in several units, in the order of the week; nothing for one unit."""
    order = sorted(job.slots, key=lambda slot: (WEEKDAYS.index(slot.weekday), slot.start, slot.unit))
    units = list(dict.fromkeys(slot.unit for slot in order))
    return {unit: _letter(at) for at, unit in enumerate(units)} if len(units) > 1 else {}


def _letter(at: int) -> str:
    return chr(ord("A") + at) if at < 26 else str(at + 1)


def inside(label: Text) -> Text:
    """A task's name as it stands inside a sentence.

    >>> inside(Text("リネン交換", "Linen change")).en
    'linen change'
    """
    en = label.en if label.en[1:2].isupper() else label.en[:1].lower() + label.en[1:]
    return Text(label.ja, en)


def clean(text: str) -> str:
    r"""A text safe for every kind of file: nothing hidden, and no code point that XML does not know.

    >>> clean("清掃\x1b\ufffe")
    '清掃\\x1b\\ufffe'
    """
    return "".join(f"\\u{ord(c) & 0xFFFF:04x}" if _no_character(c) else c for c in words.plain(text))


def _no_character(character: str) -> bool:
    """Whether a code point is one of those that never stand for a character (U+FFFE, U+FFFF and their like)."""
    code = ord(character)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


def in_(texts: Iterable[Text], language: Language) -> list[str]:
    """Texts in one language, clean."""
    return [clean(text.in_(language)) for text in texts]
