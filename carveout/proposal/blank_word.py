"""Make the shipped Word templates: `python -m carveout.proposal.blank_word`. Centers edit the results in Word itself.

A template holds words and fields in double braces. What repeats or may be missing stands between `{%p ... %}` lines
(paragraphs), `{%tr ... %}` rows and `{%tc ... %}` cells, as docxtpl reads them.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from carveout.language import LANGUAGES, Language
from carveout.proposal import headings
from carveout.proposal.sheets import FONT, GREEN, GREY, PAPER, RED, WORK_FILL, Sheet, Words
from carveout.proposal.zipped import rezipped

if TYPE_CHECKING:
    from docx.document import Document

_WIDTH = 182.0  # mm between the margins
_LETTERHEAD = {
    "ja": "＿＿＿＿＿＿＿＿シルバー人材センター　　担当：＿＿＿＿＿＿＿＿　　電話：＿＿＿＿＿＿＿＿",
    "en": "____________________ Silver Human Resources Center    Contact: ______________    Phone: ______________",
}
_GOOD_MARK = "{% if one.mark == '○' %}{{ one.mark }}{% endif %}"
_MAYBE_MARK = "{% if one.mark != '○' %}{{ one.mark }}{% endif %}"

# Word on Windows and Mac has Yu Gothic; elsewhere this names what stands in for it.
_FONTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    f'<w:font w:name="{FONT}"><w:altName w:val="Noto Sans CJK JP"/><w:charset w:val="80"/><w:family w:val="swiss"/>'
    '<w:pitch w:val="variable"/></w:font></w:fonts>'
)


def blank(language: Language) -> bytes:
    """The template of one language, as the shipped file holds it."""
    import docx  # a fifth of a second

    document = docx.Document()
    _Template(document, language).write()
    stream = io.BytesIO()
    document.save(stream)
    return rezipped(stream.getvalue(), replaced={"word/fontTable.xml": _FONTS.encode()})


class _Template:
    """Writes the sections of the sheet one after the other."""

    def __init__(self, document: Document, language: Language):
        self.sheet = Sheet(document, language)
        self.language = language
        self.h = {name: text.in_(language) for name, text in headings.HEADINGS.items()}
        self.l = {name: text.in_(language) for name, text in headings.LABELS.items()}
        japanese = language == "ja"
        self.colon, self.comma, self.between = ("：", "、", "　") if japanese else (": ", ", ", " ")
        self.opening, self.closing = ("（", "）") if japanese else (" (", ")")

    def write(self) -> None:
        self.sheet.page(_LETTERHEAD[self.language])
        self._head()
        self._broken()
        self._benefit()
        self._tasks()
        self._week()
        self._before_after()
        self._left_alone()
        self._terms()
        self._needs()
        self._steps()
        self._limits()
        self._evidence()
        self.sheet.finish()

    def _head(self) -> None:
        self.sheet.paragraph(line=14).add("{{ employer }}", bold=True, size=11)
        self.sheet.paragraph(before=2, tab=_WIDTH).add(self.h["kind"], bold=True, color=GREEN).add("\t{{ day }}")
        self.sheet.title("{{ title }}")
        self.sheet.paragraph().add("{{ summary }}", bold=True)
        self._when("notice", lambda: self.sheet.framed().add("{{ notice }}"))

    def _when(self, field: str, write: Callable[[], object]) -> None:
        """Paragraphs that stand only where a field has something to say."""
        self.sheet.paragraph().add(f"{{%p if {field} %}}")
        write()
        self.sheet.paragraph().add("{%p endif %}")

    def _repeat(self, loop: str, write: Callable[[], object]) -> None:
        self.sheet.paragraph().add(f"{{%p for {loop} %}}")
        write()
        self.sheet.paragraph().add("{%p endfor %}")

    def _broken(self) -> None:
        def lines() -> None:
            self.sheet.heading("！ " + self.h["broken"], color=RED)
            self._repeat("one in broken", line)

        def line() -> None:
            framed = self.sheet.framed(RED)
            framed.add("{{ one.mark }} {{ one.said }}", bold=True, color=RED)
            self._source(framed.add(" {{ one.note }}", color=RED))

        self._when("broken", lines)

    def _source(self, line: Words) -> None:
        """The source of what the line says, and a mark where its wording has yet to be checked."""
        mark = headings.TO_CHECK_MARK.in_(self.language)
        line.add(
            self.opening + "{{ one.source }}" + self.closing + "{% if one.to_check %}" + mark + "{% endif %}",
            small=True,
        )

    def _benefit(self) -> None:
        self.sheet.heading(self.h["benefit"])
        self._when(
            "headline", lambda: self.sheet.paragraph(line=18).add("{{ headline }}", bold=True, color=GREEN, size=13)
        )
        self._repeat("line in benefits", lambda: self.sheet.bullet().add("{{ line }}"))
        self.sheet.paragraph().add(self.l["freed_time"] + self.colon, bold=True).add("{{ freed_time }}")

    def _tasks(self) -> None:
        self.sheet.heading(self.h["tasks"])
        names = ("task", "mode", "when", "minutes", "often")
        table = self.sheet.table((46, 17, 76, 19, 24), [self.l[name] for name in names])
        table.span("{%tr for one in tasks %}")
        first = table.row(["", "{{ one.mode }}", "{{ one.when }}", "{{ one.minutes }}", "{{ one.often }}"])
        self._marked(first).add(" {{ one.name }}", bold=True)
        table.span("{%tr endfor %}")

        def sometimes() -> None:
            line = self.sheet.paragraph(before=2).add(self.l["sometimes"] + self.colon, bold=True)
            text = f"{self.opening}{{{{ one.mode }}}}{self.comma}{{{{ one.when }}}}{self.closing}"
            text = "{{ one.mark }} {{ one.name }}" + text + "{% if not loop.last %}" + self.comma + "{% endif %}"
            line.add("{% for one in sometimes %}" + text + "{% endfor %}")

        self._when("sometimes", sometimes)
        self.sheet.paragraph(line=10).add(headings.MARKS.in_(self.language), small=True)

    def _marked(self, line: Words) -> Words:
        return line.add(_GOOD_MARK, bold=True, color=GREEN).add(_MAYBE_MARK, bold=True, color="7A4A00")

    def _week(self) -> None:
        self.sheet.heading(self.h["week"])
        table = self.sheet.table((32, 30, 30, 30, 30, 30), [self.l["hours"]], centred=True)
        table.loop_cells(0, "day in week.days", "{{ day }}", bold=True)
        table.span("{%tr for row in week.rows %}")
        table.row(["{{ row.hours }}"], head=True)
        table.loop_cells(
            -1,
            "cell in row.cells",
            "{{ cell.text }}",
            bold=True,
            color=GREEN,
            fill=f"'{WORK_FILL}' if cell.on else '{PAPER}'",
        )
        table.span("{%tr endfor %}")
        table.row([self.l["total"]], head=True)
        table.loop_cells(-1, "total in week.totals", "{{ total }}")
        self._when("week.units", lambda: self.sheet.paragraph().add("{{ week.units }}"))
        space = "" if self.language == "ja" else " "
        self._when(
            "why",
            lambda: self.sheet.paragraph(before=2).add(
                "{% for line in why %}{{ line }}" + space + "{% endfor %}", color=GREY
            ),
        )

    def _before_after(self) -> None:
        def change() -> None:
            self.sheet.heading(self.h["before_after"])
            table = self.sheet.table((66, 30, 56, 30), [self.l[name] for name in ("when", "staff", "change", "eased")])
            table.span("{%tr for row in before_after %}")
            when = table.row(
                ["", "{{ row.staff }}", "{{ row.change }}", "{{ row.minutes }}"],
                fill=f"'FDF0C4' if row.thin else '{PAPER}'",
            )
            when.add("{{ row.when }}", bold=True)
            before, after = ("【", "】") if self.language == "ja" else ("[", "]")
            when.add("{% if row.thin %} " + before + self.l["thin"] + after + "{% endif %}", bold=True, color="6B4E00")
            table.span("{%tr endfor %}")
            self.sheet.paragraph(line=10).add(headings.AVERAGES.in_(self.language), small=True)

        self._when("before_after", change)

    def _left_alone(self) -> None:
        def groups() -> None:
            self.sheet.heading(self.h["left_alone"])
            self._repeat("one in left_alone", group)
            self._when("left_alone_more", lambda: self.sheet.paragraph().add("{{ left_alone_more }}"))

        def group() -> None:
            line = self.sheet.paragraph(hanging=True)
            line.add("{% if one.mark == '×' %}× {% endif %}", bold=True, color=RED)
            line.add("{% if one.mark != '×' %}{{ one.mark }} {% endif %}", bold=True, color=GREY)
            line.add("{{ one.reason }} ")
            slash = " ／ " if self.language == "ja" else " / "
            line.add(
                "{% for line in one.lines %}{{ line }}{% if not loop.last %}" + slash + "{% endif %}{% endfor %}",
                bold=True,
            )

        self._when("left_alone", groups)

    def _terms(self) -> None:
        self.sheet.heading(self.h["terms"])
        table = self.sheet.table((34, 57, 34, 57), [], size=8.5)
        table.pair(self.l["directs"], "{{ directs }}")
        for left, right in (("asks", "place"), ("training", "start"), ("absence", "term"), ("people", "pay")):
            table.pairs([(self.l[name], "{{ " + name + " }}") for name in (left, right)])
        table.pair(self.l["channel"], "{{ channel }}", bold=True).add(
            ("　" if self.language == "ja" else ": ") + "{{ channel_reason }}"
        )
        table.span("{%tr if other_channels %}")
        reason = (
            "{% if one.reason %}"
            + self.colon
            + "{{ one.reason }}{% else %}"
            + headings.NOT_POSSIBLE.in_(self.language)
            + "{% endif %}"
        )
        others = "{% for one in other_channels %}{{ one.mark }} {{ one.name }}" + reason + self.between + "{% endfor %}"
        table.pair(self.l["other_channels"], others)
        table.span("{%tr endif %}")
        table.span("{%tr if remarks %}")
        table.pair(self.l["remarks"], "{{ remarks }}")
        table.span("{%tr endif %}")
        table.keep_together()

    def _needs(self) -> None:
        def needs() -> None:
            self.sheet.heading(self.h["needs"])
            self._repeat("one in needs", need)

        def need() -> None:
            line = self.sheet.paragraph(hanging=True, size=8, line=11)
            self._source(line.add("{% for what in one.whats %}□ {{ what }} {% endfor %}"))

        self._when("needs", needs)

    def _steps(self) -> None:
        def steps() -> None:
            self.sheet.heading(self.h["steps"])
            table = self.sheet.table((36, 46, 100), [], size=8.5)
            table.span("{%tr for one in steps %}")
            fill = f"'EAF7F0' if one.here else '{PAPER}'"
            here = "{% if one.here %}" + self.opening + self.l["here"] + self.closing + "{% endif %}"
            first = table.row(["", "{{ one.hours }}", "{{ one.adds }}"], fill=fill)
            first.add("{% if one.here %}●{% else %}○{% endif %} {{ one.stage }}" + here, bold=True)
            amends = "{% if one.amends %} " + self.l["amends"] + self.colon + "{{ one.amends }}{% endif %}"
            table.last(2).add(amends, small=True)
            table.span("{%tr endfor %}")
            self._when("steps_note", lambda: self.sheet.paragraph().add("{{ steps_note }}", small=True))

        self._when("steps", steps)

    def _limits(self) -> None:
        self.sheet.heading(self.h["limits"])
        line = self.sheet.paragraph(size=8, line=11)
        line.add("{% for one in limits %}").add("{{ one.mark }} ", bold=True, color=GREEN).add("{{ one.said }}")
        self._source(line)
        line.add(" {% endfor %}").add("{% if limits_more %}✓ {{ limits_more }}{% endif %}")

    def _evidence(self) -> None:
        self.sheet.heading(self.h["evidence"])
        space = "" if self.language == "ja" else " "
        self.sheet.paragraph().add("{% for line in evidence %}{{ line }}" + space + "{% endfor %}")
        self._when("to_check", lambda: self.sheet.paragraph().add(headings.TO_CHECK.in_(self.language), small=True))
        self.sheet.paragraph(before=4).add(self.l["checked_by"] + self.colon, bold=True).add("{{ checked_by }}")


def shipped(language: Language) -> Path:
    """Where the template of a language lies in the package."""
    return Path(__file__).parent / "templates" / f"proposal.{language}.docx"


def main(_: Sequence[str] = ()) -> None:
    """Write both templates anew."""
    for language in LANGUAGES:
        shipped(language).write_bytes(blank(language))


if __name__ == "__main__":
    main()
