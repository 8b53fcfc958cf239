"""What follows from a fact: dated, cited rules laid over contexts, and verdicts with their trace."""

from carveout.rules.judge import VerdictTable, judge
from carveout.rules.override_file import read_overrides, write_overrides
from carveout.rules.overrides import Overruled, overrule
from carveout.rules.reading import read_rulebook, rulebook
from carveout.rules.rulebook import Rule, Rulebook, Scheme
from carveout.rules.verdicts import verdicts_of_site

__all__ = [
    "Overruled",
    "Rule",
    "Rulebook",
    "Scheme",
    "VerdictTable",
    "judge",
    "overrule",
    "read_overrides",
    "read_rulebook",
    "rulebook",
    "verdicts_of_site",
    "write_overrides",
]
