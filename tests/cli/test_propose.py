"""`carveout propose`: the list of jobs, the files, what is refused, and nothing half-written."""

from __future__ import annotations

import io
import os
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from carveout import bundled
from carveout.cli import main
from carveout.jobs import draft_of, write_draft
from carveout.model import Weekday
from carveout.proposal import Format, propose, word, write_all
from tests.cli.days import document, write
from tests.proposal import cases
from tests.proposal.reading import Page, with_body, words_of_docx

KINDS = ("docx", "html", "pdf", "xlsx", "ics")


@pytest.fixture(autouse=True)
def japanese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CARVEOUT_LANG", raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


def home() -> str:
    return str(next(path for path in bundled.paths() if "care-home" in path.name))


def test_without_a_job_the_jobs_to_choose_from_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["propose", home()]) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert [line.split("  ")[0] for line in lines] == [job.id for job in cases.care_home().jobs]
    assert f"--job {cases.care_home().jobs[0].id}" in said.err


def test_every_kind_of_file_is_written_and_named_after_the_job(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "folder"
    assert main(["propose", home(), "--job", "care-home-a/1", "--out", str(out), "--date", "2026-11-23"]) == 0
    assert sorted(path.name for path in out.iterdir()) == sorted(f"proposal-care-home-a-1.{kind}" for kind in KINDS)
    assert "2026年11月23日" in words_of_docx((out / "proposal-care-home-a-1.docx").read_bytes())
    assert capsys.readouterr().err.count("を作りました") == len(KINDS)


def test_the_same_command_writes_the_same_bytes_in_any_order_of_hashing(
    tmp_path: Path, carveout_command: object
) -> None:
    for seed in ("1", "2"):
        ran = carveout_command(  # type: ignore[operator]
            "propose", home(), "--job", "care-home-a/1", "--out", tmp_path / seed, PYTHONHASHSEED=seed, TZ=f"UTC+{seed}"
        )
        assert ran.returncode == 0, ran.stderr.decode()
    for kind in KINDS:
        name = f"proposal-care-home-a-1.{kind}"
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), kind


def test_several_jobs_are_several_sheets_and_one_named_twice_is_one(tmp_path: Path) -> None:
    chosen = [job.id for job in cases.care_home().jobs[:3]]
    arguments = [part for job in (*chosen, chosen[0]) for part in ("--job", job)]
    assert main(["propose", home(), *arguments, "--out", str(tmp_path), "--formats", "docx,ics"]) == 0
    assert len(list(tmp_path.glob("*.docx"))) == len(list(tmp_path.glob("*.ics"))) == 3
    assert len(list(tmp_path.iterdir())) == 6


def test_english_is_written_on_request(tmp_path: Path) -> None:
    command = ["propose", home(), "--job", "care-home-a/1", "--out", str(tmp_path), "--formats", "html", "--lang", "en"]
    assert main(command) == 0
    page = (tmp_path / "proposal-care-home-a-1.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert "What the person does" in page


def test_an_unknown_job_is_refused_with_the_known_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main(["propose", home(), "--job", "care-home-a/99", "--out", str(out)]) == 2
    said = capsys.readouterr().err
    assert "care-home-a/99" in said
    assert "care-home-a/1" in said
    assert not out.exists()


def test_a_job_needs_a_folder_to_write_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["propose", home(), "--job", "care-home-a/1"]) == 2
    assert "--out" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_to_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert main(["propose", home(), "--job", "care-home-a/1", "--out", str(tmp_path / "x")]) == 2
    assert "書き込めません" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "out"
    place.write_text("mine")
    assert main(["propose", home(), "--job", "care-home-a/1", "--out", str(place)]) == 2
    assert "ファイルです" in capsys.readouterr().err
    assert place.read_text() == "mine"


def test_an_unknown_kind_of_file_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["propose", home(), "--formats", "docx,odt"]) == 2
    assert "docx,html,pdf,xlsx,ics" in capsys.readouterr().err


def test_a_template_of_ones_own_is_used_and_a_broken_one_stops_everything(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "own.docx"
    own.write_bytes(with_body(word.template("ja"), "お願いする仕事", "きりり市の様式"))
    out = tmp_path / "out"
    command = ["propose", home(), "--job", "care-home-a/1", "--out", str(out), "--template", str(own)]
    assert main([*command, "--formats", "docx"]) == 0
    assert "きりり市の様式" in words_of_docx((out / "proposal-care-home-a-1.docx").read_bytes())
    own.write_bytes(with_body(word.template("ja"), "{{ title }}", "{{ titel }}"))
    fresh = tmp_path / "fresh"
    assert main(["propose", home(), "--job", "care-home-a/1", "--out", str(fresh), "--template", str(own)]) == 2
    said = capsys.readouterr().err
    assert "own.docx" in said
    assert "titel" in said
    assert not fresh.exists()


def test_a_new_template_is_made_to_edit_and_never_over_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ひな形.docx"
    assert main(["propose", "--new-template", str(out), "--lang", "en"]) == 0
    assert out.read_bytes() == word.template("en")
    assert main(["propose", "--new-template", str(out)]) == 2
    assert "上書きしません" in capsys.readouterr().err
    assert main(["propose", "--new-template", str(tmp_path / "x.doc")]) == 2


def test_without_pango_the_rest_is_written_unless_pdf_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    command = ["propose", home(), "--job", "care-home-a/1", "--out"]
    assert main([*command, str(tmp_path / "all")]) == 0
    assert sorted(path.suffix for path in (tmp_path / "all").iterdir()) == [".docx", ".html", ".ics", ".xlsx"]
    assert "Pango" in capsys.readouterr().err
    assert main([*command, str(tmp_path / "pdf"), "--formats", "pdf"]) == 2
    assert "libpango" in capsys.readouterr().err
    assert not (tmp_path / "pdf").exists()


def test_a_full_disk_leaves_the_files_of_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = ["propose", home(), "--job", "care-home-a/1", "--out", str(tmp_path), "--formats", "html,ics,xlsx"]
    assert main(command) == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    calls: list[int] = []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 3:
            raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr(os, "fsync", full)
    assert main([*command, "--lang", "en"]) == 2
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_shaped_job_is_read_from_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = cases.care_home()
    draft = replace(draft_of(site, site.jobs[0]), people=2, answers={"asks": "副主任", "directs": "フロア主任"})
    path = tmp_path / "job.yaml"
    path.write_bytes(write_draft(draft))
    out = tmp_path / "out"
    assert main(["propose", home(), "--draft", str(path), "--out", str(out), "--formats", "docx,xlsx"]) == 0
    text = words_of_docx((out / "proposal-care-home-a-1.docx").read_bytes())
    assert "副主任" in text
    assert "フロア主任" in text
    assert "2人で分け合います" in text
    assert openpyxl.load_workbook(io.BytesIO((out / "proposal-care-home-a-1.xlsx").read_bytes())).sheetnames
    path.write_text("format: nonsense", encoding="utf-8")
    assert main(["propose", home(), "--draft", str(path), "--out", str(out)]) == 2
    path.write_bytes(write_draft(replace(draft, site="elsewhere")))
    assert main(["propose", home(), "--draft", str(path), "--out", str(out)]) == 2
    assert "elsewhere" in capsys.readouterr().err


def test_a_draft_without_hours_an_unknown_area_and_a_day_out_of_reach_are_refused_with_the_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site, out = cases.care_home(), tmp_path / "out"
    path = tmp_path / "job.yaml"
    path.write_bytes(write_draft(replace(draft_of(site, site.jobs[0]), slots=())))
    job = ["propose", home(), "--out", str(out), "--formats", "html"]
    told = {
        "曜日と時間": ["--draft", str(path)],
        "埼玉県": ["--job", "care-home-a/1", "--area", "atlantis"],
        "--date を見直して": ["--job", "care-home-a/1", "--date", "2010-01-01"],
        "2026-04-01 のように": ["--job", "care-home-a/1", "--date", "9999-12-31"],
    }
    for said, more in told.items():
        assert main([*job, *more]) == 2
        assert said in capsys.readouterr().err
    assert not out.exists()


def test_the_rules_of_an_area_are_those_it_is_checked_against(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = cases.nursery()
    draft = draft_of(site, site.jobs[0])
    days = list(Weekday)[:5]
    long = tuple(replace(draft.slots[0], weekday=day, start=510, end=870) for day in days)  # 30 hours
    path = tmp_path / "job.yaml"
    path.write_bytes(write_draft(replace(draft, slots=long)))
    nursery = str(next(path for path in bundled.paths() if "nursery" in path.name))
    command = ["propose", nursery, "--draft", str(path), "--formats", "html", "--out"]
    sheets = {}
    for name, area in (("none", []), ("area", ["--area", "saitama"])):
        assert main([*command, str(tmp_path / name), *area]) == 0
        (page,) = (tmp_path / name).iterdir()
        sheets[name] = "".join(Page(page.read_text(encoding="utf-8")).text)
    assert "守れていない限度" in capsys.readouterr().err
    assert "週20時間を超え" in sheets["none"]
    assert "埼玉県" in sheets["area"]
    assert "埼玉県" not in sheets["none"]


def test_a_site_without_jobs_says_so_and_gets_a_sheet_on_request(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day = write(tmp_path, document(1))
    assert main(["propose", str(day)]) == 0
    said = capsys.readouterr()
    assert "まだありません" in said.out
    assert "--out" in said.out
    out = tmp_path / "out"
    assert main(["propose", str(day), "--out", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == [f"proposal-home.{kind}" for kind in ("docx", "html", "pdf")]
    assert "1日だけの観察" in words_of_docx((out / "proposal-home.docx").read_bytes())
    assert main(["propose", str(day), "--job", "home/1", "--out", str(out)]) == 2


def test_names_that_would_leave_the_folder_stay_inside(tmp_path: Path) -> None:
    site = cases.care_home()
    jobs = [replace(site.jobs[0], id="../../x/1"), replace(site.jobs[0], id="../../X/1")]
    written = write_all([propose(site, job) for job in jobs], "ja", tmp_path / "out", [Format.HTML])
    assert len({path.name.casefold() for path in written}) == 2
    assert all(path.parent == tmp_path / "out" for path in written)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
