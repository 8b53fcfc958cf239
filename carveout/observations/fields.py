"""Reads single values out of YAML nodes: text, words, clock times, dates; a wrong one becomes a problem with its line.

Every method returns None (or an empty value) when the value is absent or wrong; wrong ones have been noted by then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from carveout.language import Text
from carveout.observations.clock import DAY, HOUR, clock_minutes, clock_ranges, clock_text, iso_day
from carveout.observations.limits import Limits
from carveout.observations.messages import TYPES
from carveout.observations.problems import FileProblems, guess
from carveout.observations.text import CONTROL, tidy
from carveout.observations.words import all_words, exact, listed
from carveout.observations.yaml_nodes import Listing, Node, Pairs, Scalar, kind_of

Path = tuple[str | int, ...]
_LATE = re.compile(r"(2[4-9]|3[0-9]|4[0-7]):([0-5][0-9])|(48):(00)")
_WHOLE = re.compile(r"[0-9]{1,4}(?:\.0+)?")


def spelled(path: Path) -> str:
    """A path as people read it.

    >>> spelled(("days", 0, "timeline", 3))
    'days[0].timeline[3]'
    """
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


class Fields:
    """Values of one file, its problems and its bounds."""

    def __init__(self, problems: FileProblems, limits: Limits):
        self.problems, self.limits = problems, limits

    def mapping(
        self, node: Node | None, path: Path, allowed: Sequence[str] | None, line: int, field: str = ""
    ) -> dict[str, Node] | None:
        """Keys and values of a mapping. allowed None: any key. Unknown and repeated keys are problems."""
        if not isinstance(node, Pairs):
            if node is not None:
                self.wrong_type(node, "mapping", path, field)
            return None
        found: dict[str, Node] = {}
        for key_node, value in node.pairs():
            if not isinstance(key_node, Scalar):
                self.wrong_type(key_node, "text", path, "")
                continue
            key = key_node.text
            # `on` unquoted is the boolean true to YAML 1.1, and comes back as `true` from tools that rewrite a file.
            if allowed is not None and key not in allowed and key_node.truth and "on" in allowed:
                key = "on"
            if allowed is not None and key not in allowed:
                self.problems.add(
                    "unknown_key", line=key_node.line, place=spelled(path), field=key,
                    key=key, guess=guess(key, allowed), allowed=Text(*2 * (", ".join(allowed),)),
                )  # fmt: skip
            elif key in found:
                self.problems.add(
                    "duplicate_key", line=key_node.line, place=spelled(path), field=key, key=key, first=found[key].line
                )
            else:
                found[key] = value
        return found

    def require(self, found: Mapping[str, Node], keys: Iterable[str], path: Path, line: int) -> bool:
        """Whether all keys stand there with a value; missing ones are problems."""
        whole = True
        for key in keys:
            node = found.get(key)
            if node is None or (isinstance(node, Scalar) and node.is_null):
                self.problems.add("missing_key", line=line, place=spelled(path), field=key, key=key)
                whole = False
        return whole

    def items(self, node: Node | None, path: Path, field: str) -> list[Node]:
        """Items of a list; an absent or empty value is an empty list."""
        if node is None or (isinstance(node, Scalar) and node.is_null):
            return []
        if isinstance(node, Listing):
            return node.items
        self.wrong_type(node, "list", path, field)
        return []

    def text(self, node: Node | None, path: Path, field: str, limit: int | None = None) -> str | None:
        """A string, trimmed and composed; numbers are taken as typed. None if absent or wrong."""
        if node is None or (isinstance(node, Scalar) and node.is_null):
            return None
        if not isinstance(node, Scalar) or node.is_boolean:
            self.wrong_type(node, "text", path, field)
            return None
        return self.checked(node.text, node.line, path, field, limit)

    def checked(self, raw: str, line: int, path: Path, field: str, limit: int | None = None) -> str | None:
        """A string within bounds: not blank, no control characters, not too long."""
        limit = self.limits.id_chars if limit is None else limit
        if len(raw) > limit:
            self.problems.add("too_long", line=line, place=spelled(path), field=field, limit=limit)
        elif CONTROL.search(raw):
            self.problems.add("control_character", line=line, place=spelled(path), field=field, value=raw)
        elif not (value := tidy(raw)):
            self.problems.add("blank", line=line, place=spelled(path), field=field)
        else:
            return value
        return None

    def note(self, node: Node | None, path: Path, field: str = "note") -> str:
        """A remark; blank is no remark."""
        if isinstance(node, Scalar) and not node.text.strip(" \t\r\n\u3000"):
            return ""
        return self.text(node, path, field, self.limits.note_chars) or ""

    def word(self, node: Node | None, path: Path, field: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
        """The code of one of the contract's words."""
        if node is None or (isinstance(node, Scalar) and node.is_null):
            return None
        if not isinstance(node, Scalar) or node.is_boolean or node.is_number:
            self.wrong_type(node, "text", path, field)
            return None
        code = exact(words, node.text)
        if code is None:
            known = all_words(words)
            self.problems.add(
                "not_a_word", line=node.line, place=spelled(path), field=field, value=node.text,
                guess=guess(node.text, known), allowed=listed(words),
            )  # fmt: skip
        return code

    def truth(self, node: Node | None, path: Path, field: str) -> bool:
        """True only if the file says so."""
        if node is None or (isinstance(node, Scalar) and node.is_null):
            return False
        said = node.truth if isinstance(node, Scalar) else None
        if said is None:
            self.wrong_type(node, "true or false", path, field)
        return bool(said)

    def clock(self, node: Node | None, path: Path, field: str) -> int | None:
        """Minutes of a clock time: `HH:MM`, quoted or not, or the number of minutes YAML 1.1 tools make of it.

        No such number is below 60 (they leave 0:30 alone), so a 9 is nine o'clock to its writer, and refused.
        """
        if node is None or (isinstance(node, Scalar) and node.is_null):
            return None
        if not isinstance(node, Scalar) or node.is_boolean:
            self.wrong_type(node, "text", path, field)
            return None
        text = node.text.strip()
        minutes = clock_minutes(text) if len(text) <= 16 else None
        if minutes is None and node.plain and _WHOLE.fullmatch(text) and HOUR <= float(text) <= DAY:
            minutes = int(float(text))
            self.problems.add(
                "minutes_as_number", line=node.line, place=spelled(path), field=field,
                value=text, clock=clock_text(minutes),
            )  # fmt: skip
        if minutes is None:
            self.problems.add("bad_clock", line=node.line, place=spelled(path), field=field, value=node.text)
        return minutes

    def late_clock(self, node: Node | None, path: Path, field: str) -> int | None:
        """Minutes of a clock time that may go on counting past midnight: 25:30 is half past one on the next day."""
        if isinstance(node, Scalar) and (late := _LATE.fullmatch(node.text.strip())):
            hour, minute = (part for part in late.groups() if part is not None)
            return int(hour) * HOUR + int(minute)
        return self.clock(node, path, field)

    def day(self, node: Node | None, path: Path, field: str) -> int | None:
        """Day number of an ISO date."""
        if node is None or (isinstance(node, Scalar) and node.is_null):
            return None
        if not isinstance(node, Scalar) or node.is_boolean:
            self.wrong_type(node, "text", path, field)
            return None
        day = iso_day(node.text)
        if day is None:
            self.problems.add("bad_date", line=node.line, place=spelled(path), field=field, value=node.text)
        return day

    def stretches(self, node: Node | None, path: Path) -> list[tuple[int, int]]:
        """Stretches of duty: one text or a list of texts."""
        if node is None or (isinstance(node, Scalar) and node.is_null):
            return []
        found: list[tuple[int, int]] = []
        for item in node.items if isinstance(node, Listing) else [node]:
            if not isinstance(item, Scalar) or item.is_boolean or item.is_null:
                self.wrong_type(item, "text" if isinstance(node, Listing) else "text or list", path, "on")
                continue
            text = item.text.strip()
            ranges = clock_ranges(text) if len(text) <= self.limits.id_chars else None
            code = "bad_range" if ranges is None else "empty_range" if any(a == b for a, b in ranges) else None
            if code is not None or ranges is None:
                self.problems.add(code or "bad_range", line=item.line, place=spelled(path), field="on", value=item.text)
            else:
                found.extend(ranges)
        return found

    def wrong_type(self, node: Node, expected: str, path: Path, field: str) -> None:
        """Note that a node is not of the kind that belongs there."""
        self.problems.add(
            "wrong_type", line=node.line, place=spelled(path), field=field,
            expected=TYPES[expected], found=TYPES[kind_of(node)],
        )  # fmt: skip
