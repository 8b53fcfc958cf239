"""The format as JSON Schema 2020-12, for programs that write or check documents themselves."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def schema() -> dict[str, Any]:
    """The JSON Schema of `carveout-observation/1` (check it with a validator that asserts `format: date`).

    >>> schema()["title"]
    'carveout-observation/1'
    """
    text = files("carveout.observations").joinpath("schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
