"""What every command says and asks before it writes: notes, problems, and whether a file may stand where it should."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from carveout.errors import CarveoutError, Problem
from carveout.language import Language, Text
from carveout.words import plain
from carveout.writing import real, special

RECORDS = (".yaml", ".yml", ".csv", ".xlsx", ".parquet")


class CannotWriteError(CarveoutError):
    """The place to write to cannot take a file."""

    def __init__(self, wording: Text):
        self.wording = wording
        super().__init__(wording.en)

    def message(self, language: Language) -> str:
        """The reason and the remedy."""
        return self.wording.in_(language)


class UsageError(CarveoutError):
    """The command line asks for something that cannot be done."""

    def __init__(self, wording: Text):
        self.wording = wording
        super().__init__(wording.en)

    def message(self, language: Language) -> str:
        """What cannot be done, and what to do instead."""
        return self.wording.in_(language)


BUNDLED = Text(
    "ファイルの指定がないので、付属の二施設（教材として作った記録）を分析します。",
    "no file given: analysing the two bundled sites (records made up for teaching).",
)


def note(message: str) -> None:
    """Tell something beside the output."""
    print(f"carveout: {plain(message)}", file=sys.stderr)


def say_problems(problems: Iterable[Problem], language: Language) -> None:
    """Print problems on standard error, a line each, errors first."""
    word = {"error": Text("エラー", "error"), "warning": Text("注意", "warning")}
    for problem in sorted(problems, key=lambda p: p.severity != "error"):
        print(f"{word[problem.severity].in_(language)}: {plain(problem.message(language))}", file=sys.stderr)


def demand_new(target: Path) -> None:
    """Complain when a template would be written over a file that exists. Raises UsageError."""
    if target.exists():
        name = {"name": str(target)}
        wording = Text(
            "{name} はすでにあります。上書きしませんので、別の名前を指定してください。",
            "{name} exists and will not be overwritten; choose another name.",
        )
        raise UsageError(wording.format(name, name))


def demand_writable(target: Path) -> None:
    """Complain before a long analysis, not after it, when `target` cannot be written. Raises CannotWriteError."""
    name = {"name": str(target)}
    if target.is_dir():
        wording = Text("{name} はフォルダです。ファイル名を指定してください。", "{name} is a folder; name a file.")
        raise CannotWriteError(wording.format(name, name))
    folder = real(target).parent
    if not folder.is_dir():
        wording = Text(
            "{name} のフォルダがありません。先に作ってください。", "the folder of {name} does not exist; make it first."
        )
        raise CannotWriteError(wording.format(name, name))
    if not (special(target) or os.access(folder, os.W_OK)):
        wording = Text("{name} のフォルダに書き込めません。", "the folder of {name} cannot be written to.")
        raise CannotWriteError(wording.format(name, name))


def demand_no_record(target: Path, inputs: Iterable[Path]) -> None:
    """Complain when writing to `target` would destroy an observation record: an input, or any file of such a kind.

    `analyze --json record.yaml` names the record where the result goes; nobody means to lose a day's work that way.
    Raises CannotWriteError.
    """
    if not target.is_file():
        return
    if target.suffix.lower() in RECORDS or any(real(path) == real(target) for path in inputs):
        name = {"name": str(target)}
        wording = Text(
            "{name} は観察記録のようなので、上書きしません。結果には別の名前（result.json など）を指定してください。",
            "{name} looks like an observation record and is not overwritten; name another file, such as result.json.",
        )
        raise CannotWriteError(wording.format(name, name))
