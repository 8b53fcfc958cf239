"""The skeleton of a coordinators' manual: what sites have in common, what is one site's own, and what is still open."""

from carveout.manual.content import Manual, ManualCase, ManualRow, ManualSection, ManualSite, case_of, manual
from carveout.manual.html import html
from carveout.manual.word import word

__all__ = [
    "Manual",
    "ManualCase",
    "ManualRow",
    "ManualSection",
    "ManualSite",
    "case_of",
    "html",
    "manual",
    "word",
]
