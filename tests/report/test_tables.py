"""The tables in a terminal: readable in both languages, at any width, without colour, whatever a name holds."""

from __future__ import annotations

import io
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from carveout import tables
from carveout.language import LANGUAGES, Language, Text
from carveout.model import Confidence, Kind, Level, Mode, SiteResult, Suitability, Weekday
from carveout.next_days import what_to_observe_next
from tests.report.built import job, occurrence, site, verdict

HOSTILE = "清掃\x1b[2J\x07\u202e[red]x[/red]\r\n:warning:"


def shown(
    result: SiteResult, *, width: int = 100, language: Language = "ja", reasons: bool = False, colour: bool = False
) -> str:
    stream = io.StringIO()
    console = Console(
        file=stream, width=width, highlight=False, markup=False, emoji=False, force_terminal=colour, no_color=not colour
    )
    tables.show(result, console, language, reasons=reasons)
    return stream.getvalue()


def test_a_coordinator_finds_flow_hours_verdicts_jobs_and_next_steps_in_japanese() -> None:
    text = shown(site(), width=120)
    for expected in (
        "■ 介護老人ホームA（介護施設）",
        "unit-1 10日",
        "06:50-09:20",
        "起床時ケア → 朝食準備",
        "毎日 12:00-12:45  手元の仕事 3.4人分、職員 2.0人",
        "○ 適している  △ 条件付き  × 適当ではない  ？ 判断保留",
        "昼の支え手",
        "週10時間 / 派遣 / 職員にうまれる余裕 週およそ0分（0〜0分）",
        "月曜 11:30-13:30  unit-1  △昼食介助（添う）",
        "× 荷の重さが上限を超えます: 2.5 > 1（指針）",
        "次に観察すること",
        "水・木・金曜をまだ観察していません",
    ):
        assert expected in text
    assert re.search(r"起床時ケア +06:50-09:20 +触らない流れ 1 +×", text)
    assert re.search(r"傾聴 +月・火曜 12:05-25:10 +流れと重なる仕事（手薄） +○", text)


def test_the_same_in_english_holds_no_japanese_but_the_sites_own_words() -> None:
    text = shown(site(name="Home A"), width=120, language="en", reasons=True)
    assert "Verdicts by task" in text
    assert re.search(r"Wake-up care +06:50-09:20 +Flow not to be cut 1 +×", text)
    assert re.search(r"Listening +Mon, Tue 12:05-25:10 +Work beside the flow \(few staff\) +○", text)
    assert "A link of a flow that recurs every day." in text
    assert not re.search(r"[ぁ-んァ-ヶ一-龠]", text)


def test_windows_with_enough_staff_are_left_out() -> None:
    assert "23:50" not in shown(site())


def test_reasons_are_shown_when_asked_with_source_and_confidence() -> None:
    assert "毎日同じ順に" not in shown(site())
    text = shown(site(), reasons=True)
    assert "毎日同じ順に続く流れの一部です。" in text
    assert "確か (10/10日) / rhythmic-chain / 典拠: seed fig. 2" in text


@pytest.mark.parametrize("width", [20, 40, 60, 75, 76, 100, 200])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_is_wider_than_the_terminal_and_nothing_is_lost(width: int, language: Language) -> None:
    long_name = "ながいなまえ" * 8
    result = site(name=long_name, task_labels={"wake_up_care": Text(long_name, "A very long label " * 4)})
    text = shown(result, width=width, language=language, reasons=True)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert text.replace("\n", "").replace(" ", "").count(long_name) >= 1


def test_a_constructed_site_says_so() -> None:
    assert "教材として作った" in shown(site(constructed=True))
    assert "教材として作った" not in shown(site())


def test_one_day_only_is_provisional_everywhere_and_asks_for_another_day() -> None:
    once = Confidence(Level.PROVISIONAL, 1, 1, 0.05)
    result = site(
        days_of_unit={"unit-1": 1}, verdicts=(verdict(confidence=once),), occurrences=(occurrence(100), occurrence(101))
    )
    text = shown(result)
    assert "  ※ 一日だけ、または聞き取りだけの記録です。どの判断も仮のもの" in text
    assert "unit-1 1 day;" in shown(result, language="en")
    assert "06:50-09:20（仮）" in text
    assert "別の日をもう一日観察すると" in text


def test_what_was_only_told_or_held_back_is_next_to_observe() -> None:
    told = verdict(task="bed_setting", confidence=Confidence(Level.PROVISIONAL, 0, 0, 0.0), rows=())
    held = verdict(task="listening", suitability=Suitability.UNDETERMINED, mode=Mode.ASSIST)
    texts = [advice.ja for advice in what_to_observe_next(site(verdicts=(told, held)))]
    assert any("聞き取りだけ" in text and "bed_setting" in text for text in texts)
    assert any("保留" in text and "傾聴" in text for text in texts)


def test_advice_names_a_few_tasks_and_counts_the_rest() -> None:
    held = tuple(verdict(task=f"t{i}", suitability=Suitability.UNDETERMINED) for i in range(9))
    advice = what_to_observe_next(site(verdicts=held))[-1]
    assert advice.en.endswith("t5 and 3 more")
    assert advice.ja.endswith("t5、ほか3件")


def test_the_same_mark_is_shown_once_per_time_and_context() -> None:
    text = shown(site(chains=(), verdicts=(verdict(), verdict(rule="other-scheme"))))
    (row,) = [line for line in text.splitlines() if "06:50-09:20" in line]
    assert row.count("×") == 1


def test_marks_of_all_modes_stand_in_one_row_and_a_task_is_named_once() -> None:
    marks = {
        Mode.TAKE_OVER: Suitability.UNSUITABLE,
        Mode.ASSIST: Suitability.SUITABLE,
        Mode.PREPARE: Suitability.CONDITIONAL,
        Mode.ADVISE: Suitability.UNDETERMINED,
    }
    said = [verdict(mode=mode, suitability=mark) for mode, mark in marks.items()]
    text = shown(site(chains=(), verdicts=(*said, verdict(start=700, end=710))))
    (row,) = [line for line in text.splitlines() if "06:50-09:20" in line]
    assert re.search(r"× +○ +△ +？", row)
    assert text.partition("次に観察")[0].count("起床時ケア") == 1


def test_work_told_without_hours_has_none() -> None:
    told = {"start": 0, "end": 1440, "evidence": {"told_by": "head"}}
    text = shown(site(verdicts=(verdict(**told, weekdays=(Weekday.MON,)), verdict(**told))))
    assert "00:00" not in text
    assert "月曜 " in text
    assert "時間は未定" in text


@pytest.mark.parametrize("width", [50, 120])
def test_names_from_files_cannot_move_the_cursor_nor_change_colours(width: int) -> None:
    label = Text(HOSTILE, HOSTILE)
    result = site(
        name=HOSTILE,
        units=(HOSTILE,),
        days_of_unit={HOSTILE: 2},
        load={},
        verdicts=(verdict(unit=HOSTILE, task=HOSTILE, rule=HOSTILE, source=HOSTILE, reason=label),),
        jobs=(job(title=label, channel=HOSTILE),),
        task_labels={HOSTILE: label},
    )
    text = shown(result, width=width, reasons=True)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert "\\x1b[2J" in text.replace("\n", "").replace(" ", "")
    assert "[red]" in text.replace("\n", "").replace(" ", "")
    assert "⚠" not in text


def test_colour_only_repeats_the_marks() -> None:
    coloured = shown(site(), colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == shown(site())


def test_no_color_is_obeyed_and_a_pipe_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    tables.show(site(), tables.terminal(screen := Screen()), "ja")
    assert "\x1b[1;31m" in screen.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    tables.show(site(), tables.terminal(screen := Screen()), "ja")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", screen.getvalue())
    tables.show(site(), tables.terminal(pipe := io.StringIO()), "ja")
    assert "\x1b" not in pipe.getvalue()
    assert tables.terminal(pipe).width == 100


def test_an_empty_site_says_so_in_words() -> None:
    text = shown(
        site(
            kind=Kind.OTHER,
            units=(),
            days_of_unit={},
            occurrences=(),
            chains=(),
            windows=(),
            load={},
            verdicts=(),
            jobs=(),
            task_labels={},
        ),
        reasons=True,
    )
    assert "繰り返す流れは見つかりませんでした。" in text
    assert "判断できる業務がありません。" in text
    assert "提案できる仕事は、まだありません。" in text
