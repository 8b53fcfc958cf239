"""Small files that hold one YAML (or JSON) document: a shaped job, a coordinator's judgements."""

from __future__ import annotations

import re

from carveout.observations.limits import Limits
from carveout.observations.problems import FileProblems
from carveout.observations.yaml_nodes import Node, Scalar, compose

_HALVES = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def one_document(data: bytes, problems: FileProblems, limits: Limits) -> Node | None:
    """The one document of a file; None, with a problem, where there is none, more than one, or no text at all."""
    if len(data) > limits.yaml_bytes:
        problems.add("too_large", limit=f"{limits.yaml_bytes // 1024} KB")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.add("not_text")
        return None
    if text.lstrip()[:1] == "{":  # JSON escapes what lies beyond 16 bits as two halves, which YAML does not read
        text = _HALVES.sub(_joined, text)
    found = [d for d in compose(text, problems, limits) if not (isinstance(d, Scalar) and d.is_null)]
    if problems.has_errors:
        return None
    if len(found) != 1:
        problems.add("several_documents" if found else "empty_file", line=found[1].line if found else None)
        return None
    return found[0]


def _joined(halves: re.Match[str]) -> str:
    """The character that two escaped halves stand for."""
    high, low = int(halves[2], 16) - 0xD800, int(halves[3], 16) - 0xDC00
    return halves[1] + chr(0x10000 + (high << 10) + low)
