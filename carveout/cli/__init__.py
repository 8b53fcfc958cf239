"""What one types: `carveout analyze` and the other commands of `manual`. Each run ends with an exit code, and a reason.

0 done, 1 a mistake of the program itself, 2 the input or the command line cannot be used, 130 stopped by Ctrl+C, 141
the reader of a pipe went away. No traceback reaches a person; CARVEOUT_DEBUG=1 shows it to a developer.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence

from carveout.cli.commands import RUN
from carveout.cli.output import say_problems
from carveout.cli.parser import build, chosen_language
from carveout.errors import CarveoutError, InputError
from carveout.language import Language, Text
from carveout.words import plain

DONE, MISTAKE, UNUSABLE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141

_OURS = Text(
    "プログラムの誤りで止まりました（{what}）。入力のファイルは変わっていません。"
    "CARVEOUT_DEBUG=1 を付けると詳細が出ます。",
    "Stopped by a mistake in the program ({what}). Your files are unchanged. CARVEOUT_DEBUG=1 shows the details.",
)
_FILE = Text("{name} を読み書きできません: {why}", "cannot read or write {name}: {why}")
_STOPPED = Text("中断しました。", "Stopped.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code; `arguments` default to those of the process."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    language = chosen_language(given, os.environ)
    _never_fail_to_print()
    try:
        try:
            options = build(language).parse_args(given)
        except SystemExit as ended:  # argparse ends help with 0 and a wrong command line with 2, both already printed
            return ended.code if isinstance(ended.code, int) else UNUSABLE
        status = RUN[options.command](options, language)
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
        return PIPE_CLOSED
    except KeyboardInterrupt:
        _say(_STOPPED.in_(language))
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("CARVEOUT_DEBUG"):
            raise
        return _failed(error, language)
    return status


def _failed(error: Exception, language: Language) -> int:
    if isinstance(error, InputError):
        say_problems(error.problems, language)
        return UNUSABLE
    if isinstance(error, CarveoutError):
        _say(error.message(language))
        return UNUSABLE
    if isinstance(error, OSError):
        name, why = error.filename or "?", error.strerror or type(error).__name__
        filled = {"name": name, "why": why}
        _say(_FILE.format(filled, filled).in_(language))
        return UNUSABLE
    what = {"what": f"{type(error).__name__}: {error}"}
    _say(_OURS.format(what, what).in_(language))
    return MISTAKE


def _say(message: str) -> None:
    with contextlib.suppress(OSError):
        for line in message.splitlines():
            print(f"carveout: {plain(line)}", file=sys.stderr)


def _never_fail_to_print() -> None:
    """A terminal that cannot show a character gets its code instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _discard_output() -> None:
    """Point standard output at nothing, so that Python's own last flush does not complain about the closed pipe."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
