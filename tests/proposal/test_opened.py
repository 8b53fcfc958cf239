"""The Word file as a reader sees it: opened by LibreOffice, one or two pages, also when edited there before."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from carveout.language import LANGUAGES, Language
from carveout.model import Job, SiteResult
from carveout.proposal import Format, made, propose, waiting, word
from tests.proposal import cases
from tests.proposal.reading import pages, squeezed, to_pdf, with_body, words_of_docx

pytestmark = pytest.mark.slow


def opened(data: bytes, name: str, folder: Path) -> list[str]:
    path = folder / f"{name}.docx"
    path.write_bytes(data)
    return pages(to_pdf(path, folder))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fullest_job_of_each_site_takes_two_pages_at_most(language: Language, tmp_path: Path) -> None:
    for site in cases.sites():
        proposal = propose(site, cases.fullest(site))
        printed = opened(word.render(proposal, language), site.site, tmp_path)
        assert len(printed) <= 2, site.site
        text = squeezed("".join(printed))
        for told in (proposal.title, proposal.headline, proposal.evidence[0], proposal.tasks[-1].name):
            assert squeezed(told.in_(language)) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_forty_characters_lose_nothing(language: Language, tmp_path: Path) -> None:
    site, job = cases.with_long_names(cases.nursery(), cases.nursery().jobs[0])
    printed = opened(word.render(propose(site, job), language), "long", tmp_path)
    assert len(printed) <= 3
    text = squeezed("".join(printed))
    assert squeezed(cases.LONG) in text
    assert all(squeezed(slot.unit) in text for slot in job.slots)


def test_a_broken_limit_and_no_jobs_are_opened_too(tmp_path: Path) -> None:
    site = cases.care_home()
    job = replace(site.jobs[0], constraints=(*site.jobs[0].constraints, cases.BROKEN))
    (first, *_) = opened(word.render(propose(site, job), "ja"), "broken", tmp_path)
    assert "守れていない限度があります" in squeezed(first)
    files = made([waiting(replace(site, jobs=()))], "ja", [Format.WORD])
    (only,) = opened(next(iter(files.values())), "none", tmp_path)
    assert "まだご提案できる仕事がありません" in squeezed(only)


def test_three_jobs_are_three_documents(tmp_path: Path) -> None:
    site = cases.care_home()
    chosen: list[tuple[SiteResult, Job]] = [(site, job) for job in site.jobs[:3]]
    files = made([propose(*one) for one in chosen], "ja", [Format.WORD])
    assert len(files) == 3
    for (name, data), (_, job) in zip(files.items(), chosen, strict=True):
        assert squeezed(job.title.ja) in squeezed("".join(opened(data, name.removesuffix(".docx"), tmp_path)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_saved_by_a_word_processor_still_works(language: Language, tmp_path: Path) -> None:
    heading = "お願いする仕事" if language == "ja" else "What the person does"
    path = tmp_path / "edited.docx"
    path.write_bytes(with_body(word.template(language), heading, "きりり市の様式"))
    saved = tmp_path / "saved"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(saved), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    template = (saved / "edited.docx").read_bytes()
    assert template != path.read_bytes()
    proposal = cases.a_proposal()
    text = squeezed(words_of_docx(word.render(proposal, language, template)))
    assert "きりり市の様式" in text
    for told in (proposal.title, proposal.tasks[-1].when, proposal.evidence[-1], proposal.channel_reason):
        assert squeezed(told.in_(language)) in text
    assert "{{" not in text
