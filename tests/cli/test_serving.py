"""`carveout app`: on this machine only, on a free port, and clear words when it cannot be."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from carveout.cli import main, serving

Started = list[tuple[str, list[str], dict[str, str]]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """What would have been started, instead of starting it."""
    calls: Started = []
    monkeypatch.setattr(serving.os, "execve", lambda path, command, env: calls.append((path, command, env)))
    monkeypatch.setattr(serving.os, "chdir", lambda path: None)
    monkeypatch.setattr(serving.subprocess, "run", lambda *a, **k: type("Ended", (), {"returncode": 0})())
    monkeypatch.delenv("PORT", raising=False)
    return calls


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_it_serves_on_loopback_without_asking_or_counting(started: Started, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["app", "--port", "18765", "--lang", "en"]) == 0
    ((path, command, env),) = started
    assert path == sys.executable
    assert Path(command[4]).is_file()
    assert "--server.address=127.0.0.1" in command
    assert "--server.port=18765" in command
    assert "--server.headless=true" in command
    assert "--browser.gatherUsageStats=false" in command
    assert env["CARVEOUT_LANG"] == "en"
    assert (Path(env["PYTHONPATH"].split(os.pathsep)[0]) / "carveout").is_dir()
    assert "http://127.0.0.1:18765" in capsys.readouterr().err


def test_the_port_may_come_from_the_environment(started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "18766")
    assert main(["app"]) == 0
    assert "--server.port=18766" in started[0][1]


def test_a_wrong_port_in_the_environment_is_told(
    started: Started, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "eighty")
    assert main(["app"]) == 2
    assert "PORT" in capsys.readouterr().err
    assert started == []


def test_a_port_in_use_is_told_when_asked_for(started: Started, taken: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["app", "--port", str(taken)]) == 2
    assert f"ポート {taken} は使われています" in capsys.readouterr().err
    assert started == []


def test_another_port_is_found_when_none_was_asked_for(
    started: Started, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "_USUAL", taken)
    assert main(["app"]) == 0
    (chosen,) = (int(part.split("=")[1]) for part in started[0][1] if part.startswith("--server.port="))
    assert taken < chosen < taken + 20


def test_without_streamlit_the_rest_works_and_the_app_says_what_is_missing(
    started: Started, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serving, "find_spec", lambda name: None)
    assert main(["app"]) == 2
    assert "streamlit" in capsys.readouterr().err
    assert started == []


@pytest.mark.browser
def test_the_app_answers_in_a_browser(app_url: str, browser_page: object) -> None:
    browser_page.goto(app_url)  # type: ignore[attr-defined]
    browser_page.get_by_text("切り出し").first.wait_for()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("records.sqlite", "sqlite:///{here}/records.sqlite"),
        ("sqlite:///records.sqlite", "sqlite:///{here}/records.sqlite"),
        ("sqlite:////srv/records.sqlite", "sqlite:////srv/records.sqlite"),
        ("postgresql://center/records", "postgresql://center/records"),
    ],
)
def test_a_store_is_handed_on_as_seen_from_the_folder_one_is_in(
    given: str, expected: str, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["app", "--port", "18767", "--store", given]) == 0
    monkeypatch.setenv("CARVEOUT_STORE", given)
    assert main(["app", "--port", "18767"]) == 0
    assert [env["CARVEOUT_STORE"] for _, _, env in started] == [expected.format(here=Path.cwd())] * 2
