"""Which fragments make a job: work that may be offered, bundled into shifts within dated, cited limits."""

from carveout.jobs.bundling import bundle
from carveout.jobs.limits import Limit, Policy, limits

__all__ = ["Limit", "Policy", "bundle", "limits"]
