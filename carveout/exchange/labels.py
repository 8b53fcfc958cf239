"""How a task is called in a file for other programs: its label, wherever the label leads back to the code."""

from __future__ import annotations

from carveout.catalogue import catalogue
from carveout.language import Language
from carveout.workday.record import SiteHead


class Labels:
    """Labels of one site's tasks in one language."""

    def __init__(self, head: SiteHead, language: Language):
        self._head, self._language = head, language
        self._known: dict[str, str] = {}

    def of(self, task: str) -> str:
        """The label of a task that reads back as the same code; else the code (or free text) itself."""
        if task not in self._known:
            self._known[task] = self._label(task)
        return self._known[task]

    def _label(self, task: str) -> str:
        declared = catalogue().tasks.get(task)
        # A site's own declaration may give a label another meaning; codes are never mistaken.
        if declared is None or self._head.tasks:
            return task
        label = declared.label.in_(self._language)
        return label if catalogue().resolve(label) == task else task
