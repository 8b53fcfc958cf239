"""Which fragments make a job: work that may be offered, bundled into a week that people would work and sign.

`bundle` proposes, `shape` evaluates what a coordinator makes of it, `offers` tells what there is to choose from, and a
draft is kept as a `carveout-job/1` file.
"""

from carveout.jobs.aims import aims
from carveout.jobs.bundling import bundle, family_of
from carveout.jobs.draft import ANSWERS, Draft, DraftSlot, draft_of, with_slots
from carveout.jobs.draft_file import read_draft, write_draft
from carveout.jobs.offers import WorkOffer, offers
from carveout.jobs.shaping import Bench, bench, policy_of, shape

__all__ = [
    "ANSWERS",
    "Bench",
    "Draft",
    "DraftSlot",
    "WorkOffer",
    "aims",
    "bench",
    "bundle",
    "draft_of",
    "family_of",
    "offers",
    "policy_of",
    "read_draft",
    "shape",
    "with_slots",
    "write_draft",
]
