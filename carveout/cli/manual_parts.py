"""What the manual is made of: commands, their options, and the words several of them share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from carveout.language import LANGUAGES, Text


@dataclass(frozen=True, slots=True)
class Option:
    """One option or argument of a command: its flags (or name), its help, and what argparse needs besides."""

    flags: tuple[str, ...]
    help: Text
    metavar: Text | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Command:
    """One command: a line for the list, a paragraph for its own help, an example to copy."""

    name: str
    summary: Text
    description: Text
    example: str
    options: tuple[Option, ...]


PATH = Text("ファイル・フォルダ", "PATH")
FILE = Text("ファイル", "FILE")
DIR = Text("フォルダ", "DIR")
RECORDS = Option(
    ("paths",),
    Text(
        "観察記録（YAML・CSV・Excel・Parquet）のファイルかフォルダ。省くと付属の二施設を使います",
        "files or folders of observed days (YAML, CSV, Excel, Parquet); without any, the two bundled sites",
    ),
    PATH,
    {"nargs": "*", "type": Path},
)
LANG = Option(
    ("--lang",),
    Text("表示の言語（ja 日本語・en 英語。既定は日本語）", "language of the output (ja or en; default ja)"),
    more={"choices": LANGUAGES},
)
