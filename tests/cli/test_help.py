"""Every command and option is explained in both languages, and the README shows every command."""

from __future__ import annotations

import re

import pytest

from carveout.cli import main
from carveout.cli.commands import RUN
from carveout.cli.manual import COMMANDS, Command
from carveout.language import LANGUAGES, Language
from tests.conftest import ROOT

JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


def test_every_command_that_runs_is_documented_and_every_documented_one_runs() -> None:
    assert [command.name for command in COMMANDS] == list(RUN)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
def test_every_word_of_help_exists_in_both_languages(command: Command) -> None:
    texts = [command.summary, command.description, *(option.help for option in command.options)]
    texts += [option.metavar for option in command.options if option.metavar is not None]
    for text in texts:
        assert JAPANESE.search(text.ja) or text.ja == "PATH"
        assert text.en
        assert not JAPANESE.search(text.en)
    assert command.example.startswith(f"carveout {command.name}")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_help_shows_every_option_and_ends_well(
    command: Command, language: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command.name, "--help", "--lang", language]) == 0
    shown = capsys.readouterr().out
    squeezed = re.sub(r"\s+", "", shown)
    assert re.sub(r"\s+", "", command.description.in_(language)) in squeezed
    for option in command.options:
        assert re.sub(r"\s+", "", option.help.in_(language)) in squeezed
        assert all(flag in shown for flag in option.flags if flag.startswith("-"))
    assert command.example in shown
    assert ("使い方" in shown) == (language == "ja")


def test_the_list_of_commands_names_them_all_and_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    for command in COMMANDS:
        assert re.search(rf"^ +{command.name} +{re.escape(command.summary.en[:20])}", shown, flags=re.MULTILINE)
    assert "Exit codes" in shown


def test_the_readme_shows_every_command_in_both_languages() -> None:
    japanese, _, english = (ROOT / "README.md").read_text(encoding="utf-8").partition("# In English")
    for command in COMMANDS:
        assert f"`carveout {command.name}`" in japanese
        assert f"carveout {command.name}" in english


def test_the_readme_names_no_command_or_option_that_does_not_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    known = {command.name for command in COMMANDS}
    assert set(re.findall(r"(?:python -m |`)carveout (\w+)", readme)) == known
    flags = {flag for command in COMMANDS for option in command.options for flag in option.flags} | {"--help"}
    assert set(re.findall(r"--[a-z]+", readme)) - flags == set()


@pytest.mark.parametrize(
    ("arguments", "japanese", "english"),
    [
        ([], "コマンド を指定してください", "required: command"),
        (["analyse"], "'analyse' は使えません", "invalid choice: 'analyse'"),
        (["analyze", "--date", "1.4.2026"], "2026-04-01 のように", "like 2026-04-01"),
        (["analyze", "--date", "2026-02-30"], "2026-04-01 のように", "like 2026-04-01"),
        (["analyze", "--schemes", "mie"], "+名前 か -名前", "as +id or -id"),
        (["analyze", "--nope"], "知らない指定です: --nope", "unrecognized arguments: --nope"),
        (["analyze", "--json"], "--json には値が一つ要ります", "--json: expected one argument"),
        (["check"], "ファイル・フォルダ を指定してください", "required: PATH"),
        (["new", "--format", "pdf"], "'pdf' は使えません", "invalid choice: 'pdf'"),
        (["app", "--port", "70000"], "1 から 65535", "1 to 65535"),
        (["app", "--port", "x\x1b[2J"], "x\\x1b[2J", "x\\x1b[2J"),
    ],
)
def test_a_wrong_command_line_is_explained_in_both_languages(
    arguments: list[str],
    japanese: str,
    english: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for language, expected in (("ja", japanese), ("en", english)):
        monkeypatch.setenv("CARVEOUT_LANG", language)
        assert main(arguments) == 2
        said = capsys.readouterr()
        assert expected in said.err
        assert said.out == ""
        assert "\x1b" not in said.err


def test_schemes_may_begin_with_a_minus(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", "--schemes", "-no-such-scheme"]) == 2
    assert "mie-abc" in capsys.readouterr().err
