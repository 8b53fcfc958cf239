"""How a day is called."""

from __future__ import annotations

from carveout.app.wording import says, t
from carveout.charts.picture import weekday_of
from carveout.store import DayInfo
from carveout.words import WEEKDAY


def dated(day: str) -> str:
    """A date (ISO) with its weekday."""
    return t("choose.dated", day=day, weekday=says(WEEKDAY[weekday_of(day)]))


def day_name(info: DayInfo) -> str:
    """A day as one calls it: date, weekday, unit, observer."""
    return t("archive.between").join(part for part in (dated(info.date), info.unit, info.observer) if part)
