"""What holds at every site and what only at some: findings counted across sites, and what is still to be observed."""

from carveout.casebook.book import Book, Gap, Standing, casebook
from carveout.casebook.findings import Context, Finding, Sighting, findings_of
from carveout.casebook.neighbours import Difference, Neighbour, differences, nearest
from carveout.casebook.rule import Commonness, SortingRule, interval, sorting_rule

__all__ = [
    "Book",
    "Commonness",
    "Context",
    "Difference",
    "Finding",
    "Gap",
    "Neighbour",
    "Sighting",
    "SortingRule",
    "Standing",
    "casebook",
    "differences",
    "findings_of",
    "interval",
    "nearest",
    "sorting_rule",
]
