"""Progress of long work, on a terminal only: files and pipes get none of it."""

from __future__ import annotations

import time
from types import TracebackType
from typing import IO, TYPE_CHECKING

from carveout.language import Language, Text
from carveout.words import plain

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

_PATIENCE = 0.7  # seconds before anything is drawn: short work leaves no trace
_STAGES = {
    "detect": Text("流れと重なりを調べています", "looking for flows and overlaps"),
    "judge": Text("きまりに照らしています", "judging by the rules"),
    "write": Text("結果を書き出しています", "writing the result"),
}


class Progress:
    """Called with how much is done, of how much, and what; draws a bar once the work has lasted a moment."""

    def __init__(self, stream: IO[str], language: Language):
        self._stream = stream
        self._language = language
        self._shown = stream.isatty()
        self._began = time.monotonic()
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.pause()

    def __call__(self, done: int, total: int, what: str) -> None:
        """Tell that `done` of `total` is reached (0: unknown). what: a stage of the analysis, or a file's name."""
        if not self._shown or time.monotonic() - self._began < _PATIENCE:
            return
        if self._bar is None:
            self._start()
        if self._bar is not None and self._task is not None:
            description = _STAGES[what].in_(self._language) if what in _STAGES else plain(what)
            self._bar.update(self._task, description=description, completed=done, total=total or None)

    def pause(self) -> None:
        """Take the bar away, so that something can be printed; the next call draws it again."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _start(self) -> None:
        # rich is imported only when there is a bar to draw: most runs are over before that.
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
        self._bar = Bar(*columns, console=Console(file=self._stream), transient=True)
        self._bar.start()
        self._task = self._bar.add_task("", total=None)
