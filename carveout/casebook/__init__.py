"""What holds at every site and what only at some: findings counted across sites, and what is still to be observed."""

from carveout.casebook.book import Book, Gap, Standing, casebook
from carveout.casebook.findings import Context, Finding, Sighting, findings_of
from carveout.casebook.neighbours import Difference, Neighbour, differences, nearest
from carveout.casebook.plan import Alike, Plan, alike, plans
from carveout.casebook.rule import Commonness, SortingRule, interval, sorting_rule
from carveout.casebook.stories import Story, stories

__all__ = [
    "Alike",
    "Book",
    "Commonness",
    "Context",
    "Difference",
    "Finding",
    "Gap",
    "Neighbour",
    "Plan",
    "Sighting",
    "SortingRule",
    "Standing",
    "Story",
    "alike",
    "casebook",
    "differences",
    "findings_of",
    "interval",
    "nearest",
    "plans",
    "sorting_rule",
    "stories",
]
