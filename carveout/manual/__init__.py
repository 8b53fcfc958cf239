"""The skeleton of a coordinators' manual: what sites have in common, what is one site's own, and what is still open."""

from carveout.manual.content import (
    Manual,
    ManualCase,
    ManualPlan,
    ManualRow,
    ManualSection,
    ManualSite,
    case_of,
    case_of_story,
    manual,
)
from carveout.manual.html import html
from carveout.manual.word import word

__all__ = [
    "Manual",
    "ManualCase",
    "ManualPlan",
    "ManualRow",
    "ManualSection",
    "ManualSite",
    "case_of",
    "case_of_story",
    "html",
    "manual",
    "word",
]
