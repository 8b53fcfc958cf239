"""The command line as argparse reads it, worded in either language."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NoReturn, cast

from carveout import __version__
from carveout.cli.manual import COMMANDS, DESCRIPTION, EPILOG, FORMATS
from carveout.language import LANGUAGES, Language, Text
from carveout.words import plain

# What argparse says, in Japanese; the braces hold what it fills in.
_JAPANESE_ERRORS: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.*)", "{0} を指定してください"),
    (r"unrecognized arguments: (.*)", "知らない指定です: {0}"),
    (r"argument (.*): expected one argument", "{0} には値が一つ要ります"),
    (r"argument (.*): invalid choice: (.*?) \(choose from (.*)\)", "{0} に {1} は使えません（使えるもの: {2}）"),
    (r"argument (.*): ignored explicit argument (.*)", "{0} に値は要りません: {1}"),
    (r"ambiguous option: (.*) could match (.*)", "{0} は途中までで、どれか決まりません（{1}）"),
    (r"argument (.*?): (.*)", "{0}: {1}"),
)


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language of a run: --lang, else CARVEOUT_LANG, else LANG, else Japanese.

    >>> chosen_language(["check", "--lang", "en"], {}), chosen_language([], {"LANG": "en_GB.UTF-8"})
    ('en', 'en')
    >>> chosen_language([], {"CARVEOUT_LANG": "ja", "LANG": "en_GB.UTF-8"}), chosen_language([], {"LANG": "C.UTF-8"})
    ('ja', 'ja')
    """
    told = [after for flag, after in pairwise([*arguments, ""]) if flag == "--lang"]
    told += [argument.removeprefix("--lang=") for argument in arguments if argument.startswith("--lang=")]
    for candidate in (*told[-1:], environment.get("CARVEOUT_LANG", ""), environment.get("LANG", "")):
        if candidate[:2] in LANGUAGES:
            return cast(Language, candidate[:2])
    return "ja"


def build(language: Language) -> argparse.ArgumentParser:
    """The whole command line, worded in one language."""
    parser = _Parser(language, prog="carveout", description=DESCRIPTION.in_(language), epilog=EPILOG.in_(language))
    version = Text("版を表示して終わります", "show the version and end").in_(language)
    parser.add_argument("--version", action="version", version=f"carveout {__version__}", help=version)
    title = Text("コマンド", "commands").in_(language)
    choices = parser.add_subparsers(dest="command", metavar=title, required=True, title=title)
    for command in COMMANDS:
        example = Text("例", "Example").in_(language) + ": " + command.example
        one = choices.add_parser(
            command.name,
            language=language,
            help=command.summary.in_(language),
            description=command.description.in_(language),
            epilog=example,
        )
        for option in command.options:
            more = {key: value for key, value in option.more.items() if key != "type"}
            if "type" in option.more:
                more["type"] = _typed(option.more["type"], language)
            if option.metavar is not None:
                more["metavar"] = option.metavar.in_(language)
            one.add_argument(*option.flags, help=option.help.in_(language), **more)
    return parser


def _typed(kind: object, language: Language) -> object:
    """A converter whose complaint is worded in the language of the run."""
    converters = {
        "schemes": _schemes,
        "date": _date,
        "port": _port,
        "formats": _formats,
        "clock": _clock,
        "minutes": _minutes,
    }
    if not isinstance(kind, str):
        return kind
    convert, complaint = converters[kind], _COMPLAINTS[kind].in_(language)

    def converted(given: str) -> object:
        try:
            return convert(given)
        except ValueError:
            raise argparse.ArgumentTypeError(complaint.format(given)) from None

    return converted


_COMPLAINTS = {
    "schemes": Text(
        "「{0}」は +名前 か -名前 を , でつないで書いてください", "write '{0}' as +id or -id, joined by commas"
    ),
    "date": Text("「{0}」は 2026-04-01 のように書いてください", "write '{0}' like 2026-04-01"),
    "formats": Text(
        "「{0}」は docx,html,pdf,xlsx,ics から , でつないで選んでください",
        "choose '{0}' from docx,html,pdf,xlsx,ics, joined by commas",
    ),
    "clock": Text("「{0}」は 9:00 のように書いてください", "write '{0}' like 9:00"),
    "minutes": Text("「{0}」は 0 から 60 の分数で書いてください", "'{0}' must be a number of minutes from 0 to 60"),
    "port": Text("「{0}」は 1 から 65535 の数で書いてください", "'{0}' must be a number from 1 to 65535"),
}


def _schemes(given: str) -> dict[str, bool]:
    switched = {}
    for part in given.split(","):
        sign, name = part.strip()[:1], part.strip()[1:]
        if sign not in ("+", "-") or not name:
            raise ValueError(part)
        switched[name] = sign == "+"
    return switched


def _date(given: str) -> date:
    if not re.fullmatch(r"(?:19|20|21)\d{2}-\d{2}-\d{2}", given):  # as in documents: no slip, and weeks can follow
        raise ValueError(given)
    return date.fromisoformat(given)


def _formats(given: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip().lower() for part in given.split(",")))
    if not set(chosen) <= set(FORMATS):
        raise ValueError(given)
    return chosen


def _clock(given: str) -> str:
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?", given):
        raise ValueError(given)
    return given


def _minutes(given: str) -> int:
    minutes = int(given)
    if not 0 <= minutes <= 60:
        raise ValueError(given)
    return minutes


def _port(given: str) -> int:
    port = int(given)
    if not 1 <= port <= 65535:
        raise ValueError(given)
    return port


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks both languages and counts full-width characters as two cells."""

    def __init__(self, language: Language = "ja", **more: Any):
        super().__init__(formatter_class=_Help, add_help=False, allow_abbrev=False, **more)
        self._language = language
        self._positionals.title = Text("指定するもの", "arguments").in_(language)
        self._optionals.title = Text("オプション", "options").in_(language)
        shown = Text("この説明を表示して終わります", "show this help and end").in_(language)
        self.add_argument("-h", "--help", action="help", help=shown)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse, after joining `--schemes -a` to `--schemes=-a`, which argparse would take for an option."""
        given = list(sys.argv[1:] if args is None else args)
        while "--schemes" in given[:-1]:
            at = given.index("--schemes")
            given[at : at + 2] = [f"--schemes={given[at + 1]}"]
        return super().parse_known_args(given, namespace)

    def format_usage(self) -> str:
        """The usage line with its heading in the right language."""
        return self._worded(super().format_usage())

    def format_help(self) -> str:
        """The help with its headings in the right language."""
        return self._worded(super().format_help())

    def _worded(self, text: str) -> str:
        return text.replace("usage: ", "使い方: ", 1) if self._language == "ja" else text

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command line, how to get help, and end with 2."""
        if self._language == "ja":
            for pattern, wording in _JAPANESE_ERRORS:
                found = re.fullmatch(pattern, message, flags=re.DOTALL)
                if found:
                    message = wording.format(*found.groups())
                    break
        hint = Text("説明: {prog} --help", "help: {prog} --help").in_(self._language).format(prog=self.prog)
        self.exit(2, f"carveout: {plain(message)}\n{hint}\n")


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help whose lines fit the terminal, full-width characters counted as two cells."""

    def __init__(self, prog: str):
        # argparse pads by characters, which full-width names break: each option's help gets lines of its own.
        position = 6 if " " in prog else 22
        width = min(shutil.get_terminal_size((80, 24)).columns, 96) - 2
        super().__init__(prog, max_help_position=position, width=width)

    def _format_action(self, action: argparse.Action) -> str:
        text = super()._format_action(action)
        return text.partition("\n")[2] if action.nargs == argparse.PARSER else text

    def _split_lines(self, text: str, width: int) -> list[str]:
        return _wrapped(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        lines = [line for part in text.splitlines() for line in _wrapped(part, width - len(indent))]
        return "\n".join(indent + line for line in lines)


def _wrapped(text: str, width: int) -> list[str]:
    """Break at spaces, and between full-width characters anywhere but before a closing mark."""
    lines, line, cells = [], "", 0
    for piece in re.findall(r"[\x21-\x7e]+ ?|.", text):
        size = sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in piece)
        if line and cells + len(piece.rstrip()) + size - len(piece) > width and piece[0] not in "、。）」":
            lines.append(line.rstrip())
            line, cells = "", 0
        line += piece
        cells += size
    return [*lines, line.rstrip()]
