"""The area that `--area` names: the prefecture or municipality whose governor's designations hold."""

from __future__ import annotations

from carveout.cli.output import UsageError
from carveout.language import Text

_NO_AREA = Text(
    "「{area}」という地域は登録されていません。選べる地域: {known}",
    "there is no area {area}. Areas to choose from: {known}",
)


def demand_area(area: str | None) -> None:
    """Complain about an area nothing is known of: its job would pass for checked. Raises UsageError."""
    if not area:
        return
    from carveout.constraints import areas

    if area not in areas():
        names = [(f"{name}（{one.label.ja}）", f"{name} ({one.label.en})") for name, one in areas().items()]
        ja, en = ({"area": area, "known": sep.join(pair[at] for pair in names)} for at, sep in enumerate(("、", ", ")))
        raise UsageError(_NO_AREA.format(ja, en))
