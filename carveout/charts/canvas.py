"""What a map is drawn with: its words, its measures, and a place to gather traces, shapes and notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from carveout.charts import sheet, style
from carveout.charts.picture import Picture
from carveout.language import Language, Text
from carveout.model import SiteResult

# The narrowest screen on which nothing may be cut or collide: a tablet held upright, less the page's margins.
NARROW_PX = 740
LEFT, RIGHT = 126, 40
LOAD_PX = 84
TASKS_EM = 15.0  # width for the names on a slot's second line

WORDS = {
    "flow": Text("触らない流れ", "Not to be cut"),
    "count": Text("（{tasks}業務・{days}/{of_days}日）", " ({tasks} tasks, {days}/{of_days} days)"),
    "thin": Text("職員が手薄", "Staff are few"),
    "openings": Text("高齢者の出番", "Places for an older worker"),
    "none": Text("この日に開いた出番は見つかっていません", "No opening was found for this day"),
    "more": Text("ほか{n}件", "+{n} more"),
    "work": Text("手元の仕事", "Work at hand"),
    "staff": Text("勤務中の職員", "Staff on duty"),
    "on_duty": Text("勤務している時間（切れ目は休憩）", "On duty (a gap is a break)"),
    "people": Text("{n}人", "{n}"),
    "hour": Text("{n}時", "{n}:00"),
    "untimed": Text("時刻は未定", "no set hour"),
    "peak": Text("{day}曜に集中", "{day} only"),
}


@dataclass(slots=True)
class Canvas:
    """What will be drawn, gathered before the figure is made (one call is far cheaper than many updates)."""

    result: SiteResult
    picture: Picture
    language: Language
    scale: sheet.Scale
    traces: list[Any] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)

    def word(self, key: str, **values: object) -> str:
        """One of `WORDS` in the canvas's language."""
        return WORDS[key].in_(self.language).format(**values)

    def note(self, text: str, x: float, y: float, **more: Any) -> None:
        """Write at a minute of the day and a height; `more` as Plotly's annotations have it."""
        font = {"size": style.TEXT_PX, "color": more.pop("color", style.INK)}
        self.notes.append({"text": text, "x": x, "y": y, "showarrow": False, "font": font, **more})

    def label(self, label: sheet.Label, **more: Any) -> None:
        """Write a label whose place the sheet has found."""
        lines = "<br>".join(style.safe(line) for line in label.lines)
        side = "right" if label.right else "left"
        self.note(lines, label.x, label.y, xanchor=side, align=side, yanchor="middle", **more)

    def margin_label(self, lines: list[str], y: float, **more: Any) -> None:
        """Write to the left of the sheet."""
        text = "<br>".join(style.safe(line) for line in lines)
        self.note(text, 0, y, xref="paper", xanchor="right", xshift=-8, align="right", yanchor="middle", **more)
