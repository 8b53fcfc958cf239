"""What holds a job: limits of law, scheme, person and evidence, each dated and cited, and what they say of an offer."""

from carveout.constraints.arranging import needs
from carveout.constraints.checks import check
from carveout.constraints.data import Area, Designation, Fact, Limit
from carveout.constraints.forms import channels
from carveout.constraints.numbers import facts, limits
from carveout.constraints.offer import Offer, OfferedTask
from carveout.constraints.policy import Policy, PolicyError
from carveout.constraints.regions import areas

__all__ = [
    "Area",
    "Designation",
    "Fact",
    "Limit",
    "Offer",
    "OfferedTask",
    "Policy",
    "PolicyError",
    "areas",
    "channels",
    "check",
    "facts",
    "limits",
    "needs",
]
