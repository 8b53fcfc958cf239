"""Strings as people type them made comparable: trimmed and composed, never reinterpreted.

Identifiers keep what was written (`NFC`, trimmed); only headings and fixed words are compared under `folded`, which
also forgives width, case and spaces. NFKC on identifiers would turn a unit called ① into 1: it is for comparing only.
"""

from __future__ import annotations

import re
import unicodedata

# Characters no file of words holds: C0 controls but tab and line breaks. The schema forbids the same ones.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SHOWN_CHARS = 60


def tidy(text: str) -> str:
    r"""Trim and compose a string (NFC), so that the same word typed on two systems is one word.

    >>> tidy("  か\u3099 ")
    'が'
    """
    text = text.strip()
    return text if text.isascii() else unicodedata.normalize("NFC", text).strip()


def folded(text: str) -> str:
    """A string for comparing headings and fixed words: width, case, spaces and underscores do not count.

    >>> folded("Ｎｅｘｔ　Day") == folded("next_day")
    True
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s_\-‐*※]+", "", text)


def alike(name: str) -> str:
    """What two names share that a reader would take for one: width, case and spaces do not count.

    >>> alike("Ｓ 1") == alike("s1"), alike("1-1") == alike("11")
    (True, False)
    """
    if not name.isascii():
        name = unicodedata.normalize("NFKC", name)
    return "".join(name.casefold().split())


def shown(value: object) -> str:
    r"""A user's value for a message: on one line, printable, shortened (a terminal must not obey a file's bytes).

    >>> shown("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    text = str(value)
    if len(text) > _SHOWN_CHARS:
        text = text[:_SHOWN_CHARS] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
