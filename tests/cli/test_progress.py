"""Progress is drawn on a terminal when work lasts, and nowhere else."""

from __future__ import annotations

import io

import pytest

from carveout.cli import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def worked(stream: io.StringIO, *, name: str = "detect") -> str:
    with progress.Progress(stream, "ja") as tell:
        tell(1, 4, name)
        tell(2, 4, name)
        tell.pause()
        stream.write("|between|")
        tell(3, 4, name)
    return stream.getvalue()


def test_a_terminal_is_shown_the_stage_and_left_clean_for_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    monkeypatch.setenv("TERM", "xterm")
    shown = worked(Terminal())
    before, between, after = shown.partition("|between|")
    assert between
    assert "流れと重なりを調べています" in before
    assert "流れと重なりを調べています" in after
    assert before.endswith("\x1b[2K") or before.rstrip("\r").endswith(("\x1b[2K", "\x1b[?25h", "\x1b[1A"))


def test_short_work_and_pipes_are_shown_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert worked(Terminal()) == "|between|"
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    assert worked(io.StringIO()) == "|between|"


def test_a_file_name_cannot_control_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    monkeypatch.setenv("TERM", "xterm")
    shown = worked(Terminal(), name="a\x1b]0;title\x07[red].yaml")
    assert "\x07" not in shown
    assert "\\x1b]0;title\\x07[red].yaml" in shown
