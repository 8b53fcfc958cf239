"""The Word file: everything on it, from the shipped template or a center's own; failing templates say where and why."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest

from carveout.errors import InputError
from carveout.language import LANGUAGES, Language, Text
from carveout.proposal import propose, word
from carveout.proposal.blank_word import blank, shipped
from carveout.proposal.fields import worded
from carveout.proposal.word_template import MAX_BYTES, MAX_PARTS, field_names
from carveout.proposal.zipped import rezipped
from tests.proposal import cases
from tests.proposal.reading import part, repacked, squeezed, with_body, words_of_docx


def leaves(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [leaf for one in value.values() for leaf in leaves(one)]
    if isinstance(value, list):
        return [leaf for one in value for leaf in leaves(one)]
    return []


LOCAL = "file:" + "//"  # split, for no committed file shall name a place on a disk
# What the shipped template leaves to the calendar, the timetable or the grid.
NOT_SHOWN = {"job", "unit", "hours", "meaning", "answer", "since"}


def shown(value: object) -> list[str]:
    if isinstance(value, dict):
        return [leaf for name, one in value.items() if name not in NOT_SHOWN for leaf in shown(one)]
    if isinstance(value, list):
        return [leaf for one in value for leaf in shown(one)]
    return leaves(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_holds_every_word_of_the_sheet(language: Language) -> None:
    for site, job in (
        (cases.care_home(), cases.fullest(cases.care_home())),
        (cases.nursery(), cases.nursery().jobs[0]),
    ):
        job = replace(job, constraints=(*job.constraints, cases.BROKEN))
        proposal = propose(site, job, on=date(2026, 11, 23))
        text = squeezed(words_of_docx(word.render(proposal, language)))
        proposal = replace(proposal, sometimes=tuple(replace(one, often=Text("", "")) for one in proposal.sometimes))
        for leaf in shown(worded(proposal, language)):
            assert squeezed(leaf) in text, leaf


def test_nothing_of_the_template_language_is_left_in_the_document() -> None:
    text = words_of_docx(word.render(cases.a_proposal(), "ja"))
    assert not re.search(r"\{\{|\}\}|\{%|%\}", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_template_is_what_its_maker_makes(language: Language) -> None:
    made, there = blank(language), shipped(language).read_bytes()
    with zipfile.ZipFile(io.BytesIO(made)) as one, zipfile.ZipFile(io.BytesIO(there)) as other:
        assert sorted(one.namelist()) == sorted(other.namelist())
    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml", "word/fontTable.xml"):
        assert part(made, name) == part(there, name), "python -m carveout.proposal.blank_word"
    assert word.template(language) == there


def test_the_same_proposal_gives_the_same_bytes_dated_by_the_proposal() -> None:
    site = cases.nursery()
    proposal = propose(site, site.jobs[0], on=date(2026, 11, 23))
    assert word.render(proposal, "ja") == word.render(proposal, "ja")
    about = docx.Document(io.BytesIO(word.render(proposal, "ja"))).core_properties
    assert about.title == proposal.title.ja
    assert about.created is not None
    assert about.created.date() == date(2026, 11, 23)
    assert about.author == ""
    with zipfile.ZipFile(io.BytesIO(word.render(proposal, "ja"))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_japanese_is_set_in_a_japanese_face() -> None:
    styles = part(word.render(cases.a_proposal(), "ja"), "word/styles.xml").decode()
    normal = re.search(r'<w:style [^>]*w:styleId="Normal".*?</w:style>', styles, re.DOTALL)
    assert normal
    assert 'w:eastAsia="Yu Gothic"' in normal[0]
    assert 'w:eastAsia="ja-JP"' in normal[0]
    assert b"Noto Sans CJK JP" in part(word.render(cases.a_proposal(), "ja"), "word/fontTable.xml")


def test_the_week_is_a_native_table_with_words_beside_its_colour() -> None:
    proposal = cases.a_proposal()
    document = docx.Document(io.BytesIO(word.render(proposal, "ja")))
    week = next(table for table in document.tables if table.cell(0, 0).text == "時間帯")
    assert [cell.text for cell in week.rows[0].cells] == ["時間帯", *(day.ja for day in proposal.week.days)]
    assert len(week.rows) == len(proposal.week.rows) + 2
    for row, told in zip(week.rows[1:], proposal.week.rows, strict=False):
        for cell, wanted in zip(row.cells[1:], told.cells, strict=True):
            assert cell.text == wanted.text.ja
            assert ('w:fill="CFEADD"' in cell._element.xml) == wanted.on


def test_properties_stand_in_the_order_that_word_demands() -> None:
    document = docx.Document(io.BytesIO(word.render(cases.a_proposal(), "ja")))
    for properties in document.element.body.iter("{*}pPr"):
        names = [child.tag.rpartition("}")[2] for child in properties]
        order = ["pStyle", "keepNext", "pBdr", "shd", "tabs", "snapToGrid", "spacing", "ind", "jc"]
        assert names == [name for name in order if name in names], names


# --- a center's own template


def test_a_changed_template_is_used_in_its_own_words() -> None:
    changed = with_body(word.template("ja"), "お願いする仕事", "きりり市センターからのお願い")
    header = part(changed, "word/header1.xml").decode().replace("シルバー人材センター", "きりり市センター {{ unit }}")
    changed = repacked(changed, word__header1_dot_xml=header.encode())
    proposal = cases.a_proposal()
    text = words_of_docx(word.render(proposal, "ja", changed))
    assert "きりり市センターからのお願い" in text
    assert f"きりり市センター {proposal.unit.ja}" in text
    assert "お願いする仕事" not in text


def test_a_field_that_word_split_into_runs_is_still_a_field() -> None:
    split = "{{ ti</w:t></w:r><w:proofErr w:type='spellStart'/><w:r><w:rPr><w:b/></w:rPr><w:t>tle }}"
    changed = with_body(word.template("ja"), "{{ title }}", split)
    assert cases.a_proposal().title.ja in words_of_docx(word.render(cases.a_proposal(), "ja", changed))


def complaints(template: bytes) -> list[str]:
    """What is said of a template in both languages, the Japanese ones given."""
    with pytest.raises(InputError) as caught:
        word.render(cases.a_proposal(), "ja", template, "ひな形.docx")
    for problem in caught.value.problems:
        assert problem.message("ja").startswith("ひな形.docx")
        assert " → " in problem.message("en")
        assert "Traceback" not in problem.message("ja")
    return [problem.message("ja") for problem in caught.value.problems]


def test_every_unknown_field_is_named_with_its_place_and_the_known_ones_are_listed() -> None:
    template = word.template("ja")
    template = with_body(template, "{{ title }}", "件名：{{ titel }}")
    template = with_body(template, "{{ one.when }}", "{{ one.wann }}")
    said = complaints(template)
    assert len(said) == 2
    assert "「件名：{{ titel }}」" in said[0]
    assert "「titel」という項目はありません" in said[0]
    assert "[one.wann]" in said[1]
    for name in ("title", "tasks.when", "needs.whats", "checked_by"):
        assert name in field_names()
        assert name in said[0]


@pytest.mark.parametrize(
    "tag",
    [
        "{% for one in tasks %}{{ one.name }}",
        "{{ title",
        "{% endif %}",
        "{% if %}x{% endif %}",
        "{{ title | }}",
        "{{ 'x }}",
        "{% nonsense %}",
    ],
)
def test_a_broken_tag_is_explained_where_it_stands(tag: str) -> None:
    (said,) = complaints(with_body(word.template("ja"), "{{ summary }}", f"ここ{tag}"))
    assert "書き方に誤りがあります" in said
    assert "endfor" in said


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ title.__class__ }}",
        "{{ title.upper() }}",
        "{{ range(1000000000) }}",
        "{% for a in range(99999) %}{% endfor %}",
        "{{ 'x' * 1000000000 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{% set x = 1 %}",
        "{% macro m() %}{% endmacro %}",
        "{% include 'x' %}",
        "{% import 'os' as os %}",
        "{{ tasks[0] }}",
        "{{ title | attr('__class__') }}",
        "{{ title | safe }}",
        "{{ lipsum }}",
        "{{ self }}",
        "{{ loop.first }}",
        "{% for a in tasks %}{% for b in tasks %}{% endfor %}{% endfor %}",
        "{% for a in tasks recursive %}{% endfor %}",
        "{% for a, b in tasks %}{% endfor %}",
        "{% for a in 'x' %}{% endfor %}",
        "{% filter upper %}x{% endfilter %}",
        "{% raw %}{{ x }}{% endraw %}{{ cycler }}",
        "{{ title ~ title }}",
    ],
)
def test_what_templates_need_not_do_they_cannot_do(tag: str) -> None:
    escaped = tag.replace("<", "&lt;")
    said = complaints(with_body(word.template("ja"), "{{ summary }}", escaped))
    assert said
    assert all("使えない書き方" in one or "という項目はありません" in one for one in said), said


def test_conditions_loops_and_the_few_filters_work() -> None:
    tag = (
        "{% if broken and not notice or tasks | length > 3 %}多い{% else %}少ない{% endif %}"
        "{% for one in tasks %}{{ loop.index }}.{{ one.name | upper }}{% if not loop.last %}、{% endif %}{% endfor %}"
        "{{ remarks | default('なし', true) }}"
    )
    proposal = cases.a_proposal()
    text = words_of_docx(
        word.render(proposal, "ja", with_body(word.template("ja"), "{{ summary }}", tag.replace(">", "&gt;")))
    )
    assert f"多い1.{proposal.tasks[0].name.ja}、2." in text
    assert "なし" in text


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", "ただの文".encode(), b"\x00" * 4096])
def test_what_is_not_word_is_refused(data: bytes) -> None:
    (said,) = complaints(data)
    assert "Word 文書（.docx）ではありません" in said


def test_a_cut_off_template_a_spreadsheet_and_a_macro_document_are_refused() -> None:
    template = word.template("ja")
    assert "ではありません" in complaints(template[: len(template) // 2])[0]
    from carveout.proposal import excel

    assert "ではありません" in complaints(excel.render(cases.a_proposal(), "ja"))[0]
    types = part(template, "[Content_Types].xml").replace(b"document.main+xml", b"document.macroEnabled.main+xml")
    with_macro = repacked(template, **{"[Content_Types]_dot_xml": types})
    assert "ではありません" in complaints(with_macro)[0]
    assert "マクロ" in complaints(repacked(template, word__vbaProject_dot_bin=b"x"))[0]
    assert "埋め込み" in complaints(repacked(template, word__embeddings__oleObject1_dot_xls=b"x"))[0]


def relation(kind: str, target: str) -> bytes:
    return (
        b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + f'<Relationship Id="rId90" Type="http://x/{kind}" Target="{target}" TargetMode="External"/>'.encode()
        + b"</Relationships>"
    )


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("image", "http://example.test/x.png"),
        ("oleObject", LOCAL + "/C:/x.xls"),
        ("frame", "http://example.test"),
        ("hyperlink", LOCAL + "host/share"),
        ("hyperlink", "javascript:x"),
        ("subDocument", "x.docx"),
    ],
)
def test_templates_that_load_something_from_outside_are_refused(kind: str, target: str) -> None:
    template = repacked(word.template("ja"), word___rels__header1_dot_xml_dot_rels=relation(kind, target))
    (said,) = complaints(template)
    assert "外のファイルへのつながり" in said
    assert target in said


def test_a_link_to_the_centers_page_is_kept_and_the_path_of_its_word_template_is_not() -> None:
    template = repacked(
        word.template("ja"),
        word___rels__header1_dot_xml_dot_rels=relation("hyperlink", "https://center.example.jp"),
        word___rels__settings_dot_xml_dot_rels=relation("attachedTemplate", LOCAL + "/C:/Users/somebody/Normal.dotm"),
        word__settings_dot_xml=part(word.template("ja"), "word/settings.xml").replace(
            b"</w:settings>",
            b'<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
            b'r:id="rId90"/></w:settings>',
        ),
    )
    made = word.render(cases.a_proposal(), "ja", template)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"somebody" not in everything
    assert b"attachedTemplate" not in everything


@pytest.mark.parametrize("code", ["DDEAUTO c:\\\\x", " INCLUDETEXT x", 'INCLUDEPICTURE "http://x"', "DDE a b"])
def test_fields_that_load_something_are_refused(code: str) -> None:
    field = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    template = with_body(word.template("ja"), "<w:r>", field + "<w:r>")
    assert any("読み込むフィールド" in said for said in complaints(template))


def test_bombs_are_refused_before_they_unfold() -> None:
    template = word.template("ja")
    assert "大きすぎます" in complaints(b"x" * (MAX_BYTES + 1))[0]
    assert "大きすぎます" in complaints(repacked(template, word__media__a_dot_png=b"\0" * 41_000_000))[0]
    many = {f"word__m{at}_dot_xml": b"x" for at in range(MAX_PARTS + 1)}
    assert "大きすぎます" in complaints(repacked(template, **many))[0]
    bomb = b'<!DOCTYPE a [<!ENTITY b "c">]>' + part(template, "word/document.xml").partition(b"?>")[2]
    assert "DOCTYPE" in complaints(repacked(template, word__document_dot_xml=bomb))[0]


def test_a_template_whose_xml_is_broken_says_so() -> None:
    (said,) = complaints(repacked(word.template("ja"), word__document_dot_xml=b"<w:document"))
    assert "書き込めません" in said
    assert "--new-template" in said


def test_a_template_whose_properties_are_named_oddly_is_filled_in_with_one_set_of_them() -> None:
    # As LibreOffice names them in some versions: by a relation that python-docx does not know.
    odd = b"http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
    data = word.template("ja")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        usual = archive.read("_rels/.rels")
    named = re.sub(rb"http://[^\"]*/metadata/core-properties", odd, usual)
    assert named != usual
    made = word.render(cases.a_proposal(), "ja", rezipped(data, replaced={"_rels/.rels": named}))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist().count("docProps/core.xml") == 1
        assert archive.testzip() is None
