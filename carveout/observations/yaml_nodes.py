"""YAML text as light nodes that know their line, composed within bounds.

libyaml's events are turned into three small node types instead of PyYAML's own nodes: that is eight times faster and
keeps the text of a scalar as typed, so that an unquoted 12:03 is 12:03 and never the number 723. Aliases share the node
they name; they count as often as they are used, so a "billion laughs" file is refused before anything grows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml

from carveout.language import Text
from carveout.observations.limits import Limits
from carveout.observations.problems import FileProblems, silent

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE = frozenset(("true", "True", "TRUE"))
_FALSE = frozenset(("false", "False", "FALSE"))
# YAML 1.1 calls these booleans too; as text (an id "on", a unit "no") they are taken as written.
_ALSO_TRUE = frozenset(("yes", "Yes", "YES", "on", "On", "ON"))
_ALSO_FALSE = frozenset(("no", "No", "NO", "off", "Off", "OFF"))
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_PLAIN_TAGS = frozenset("tag:yaml.org,2002:" + name for name in ("int", "float", "bool", "null", "timestamp"))
_OTHER_TAGS = frozenset("tag:yaml.org,2002:" + name for name in ("str", "map", "seq"))
_PROGRESS_EVERY = 1 << 16


@dataclass(slots=True)
class Scalar:
    """A value as typed; `plain` if it stood without quotes."""

    text: str
    plain: bool
    line: int

    @property
    def is_null(self) -> bool:
        """Whether this says "nothing"."""
        return self.plain and self.text in _NULLS

    @property
    def truth(self) -> bool | None:
        """True or false where an unquoted word says so, else None."""
        if not self.plain:
            return None
        if self.text in _TRUE or self.text in _ALSO_TRUE:
            return True
        return False if self.text in _FALSE or self.text in _ALSO_FALSE else None

    @property
    def is_boolean(self) -> bool:
        """Whether this is a boolean in every YAML (`true`, `false`), hence no text."""
        return self.plain and (self.text in _TRUE or self.text in _FALSE)

    @property
    def is_number(self) -> bool:
        """Whether this is an unquoted number."""
        return self.plain and _NUMBER.fullmatch(self.text) is not None


@dataclass(slots=True)
class Listing:
    """A list of nodes."""

    items: list[Node]
    line: int


@dataclass(slots=True)
class Pairs:
    """A mapping as it stands in the file: keys and values in turn, duplicates included."""

    items: list[Node]
    line: int

    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """Key and value of each entry."""
        items = iter(self.items)
        return zip(items, items, strict=True)


Node = Scalar | Listing | Pairs


def kind_of(node: Node) -> str:
    """What a node is, as a key of `messages.TYPES`."""
    if isinstance(node, Listing):
        return "list"
    if isinstance(node, Pairs):
        return "mapping"
    if node.is_null:
        return "nothing"
    if node.is_boolean:
        return "true or false"
    return "number" if node.is_number else "text"


class _RefusedError(Exception):
    """The file breaks a bound; the problem is noted already."""


def compose(text: str, problems: FileProblems, limits: Limits, advance: Callable[[float], None] = silent) -> list[Node]:
    """The documents of a YAML text. What cannot be composed is a problem; documents before it are still given.

    advance: told from time to time which share of the text has been read.
    """
    composer = _Composer(problems, limits, len(text), advance)
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            composer.take(event)
    except _RefusedError:
        pass
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or type(error).__name__
        if mark is not None:
            line = mark.line + 1
        else:  # a character no YAML may hold: only its place in the bytes is known
            line = text.encode()[: getattr(error, "position", None) or 0].count(b"\n") + 1
        problems.add("yaml_syntax", line=line, reason=_reason(reason))
    return composer.documents


def _reason(problem: str) -> str | Text:
    """The parser's English for the commonest slips, worded for people."""
    for start, wording in _REASONS.items():
        if problem.startswith(start):
            return wording
    return problem


_REASONS = {
    "mapping values are not allowed": Text("「:」の位置か字下げ", "a colon or the indentation"),
    "did not find expected key": Text("字下げがそろっていない", "uneven indentation"),
    "did not find expected '-' indicator": Text("字下げがそろっていない", "uneven indentation"),
    "could not find expected ':'": Text("「:」がない", "a missing colon"),
    "did not find expected ',' or": Text("かっこか「,」の抜け", "a missing bracket or comma"),
    "found character that cannot start": Text("ここに置けない文字（タブなど）", "a misplaced character such as a tab"),
    "found unexpected end of stream": Text("引用符が閉じていない", "an unclosed quote"),
    "control characters are not allowed": Text("目に見えない制御文字", "an invisible control character"),
}  # fmt: skip


class _Composer:
    """Builds nodes from events without recursion; counts every node, also those an alias repeats."""

    def __init__(self, problems: FileProblems, limits: Limits, length: int, advance: Callable[[float], None]):
        self.documents: list[Node] = []
        self._problems, self._limits = problems, limits
        self._length, self._advance, self._next = max(1, length), advance, _PROGRESS_EVERY
        self._stack: list[tuple[Listing | Pairs, str | None, int]] = []
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._count = 0

    def take(self, event: yaml.Event) -> None:
        """Work one event in."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._open(event, kind is yaml.MappingStartEvent)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            node, anchor, before = self._stack.pop()
            self._place(node, anchor, before)
        elif kind is yaml.AliasEvent:
            self._alias(event)
        elif kind is yaml.DocumentStartEvent:
            self._anchors.clear()

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        mark = event.start_mark
        plain = not event.style
        if event.tag is not None and not event.implicit[0]:
            self._check_tag(event.tag, mark.line + 1)
            plain = event.tag in _PLAIN_TAGS
        before = self._count
        self._counted(1, mark.line + 1)
        if self._count >= self._next:
            self._next = self._count + _PROGRESS_EVERY
            self._advance(mark.index / self._length)
        self._place(Scalar(event.value, plain, mark.line + 1), event.anchor, before)

    def _open(self, event: yaml.CollectionStartEvent, mapping: bool) -> None:
        line = event.start_mark.line + 1
        if event.tag is not None and not event.implicit:
            self._check_tag(event.tag, line)
        if len(self._stack) >= self._limits.yaml_depth:
            self._problems.add("yaml_nested", line=line, limit=self._limits.yaml_depth)
            raise _RefusedError
        before = self._count
        self._counted(1, line)
        self._stack.append((Pairs([], line) if mapping else Listing([], line), event.anchor, before))

    def _alias(self, event: yaml.AliasEvent) -> None:
        line = event.start_mark.line + 1
        if event.anchor not in self._anchors:  # unknown, or a list that would hold itself
            self._problems.add("yaml_alias", line=line, name=event.anchor)
            raise _RefusedError
        node, weight = self._anchors[event.anchor]
        self._counted(weight, line)
        self._place(node, None, 0)

    def _place(self, node: Node, anchor: str | None, before: int) -> None:
        if anchor is not None:
            self._anchors[anchor] = (node, self._count - before)
        if self._stack:
            self._stack[-1][0].items.append(node)
        else:
            self.documents.append(node)

    def _counted(self, n: int, line: int) -> None:
        self._count += n
        if self._count > self._limits.yaml_nodes:
            self._problems.add("yaml_bomb", line=line, limit=f"{self._limits.yaml_nodes:,}")
            raise _RefusedError

    def _check_tag(self, tag: str, line: int) -> None:
        if tag not in _PLAIN_TAGS and tag not in _OTHER_TAGS and tag != "!":
            self._problems.add("yaml_tag", line=line, tag=tag)
