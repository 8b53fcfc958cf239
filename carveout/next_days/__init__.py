"""What to observe next: which further day would tell most, and advice in words."""

from carveout.next_days.advice import what_to_observe_next
from carveout.next_days.gain import DayToObserve, best_days, days_worth_observing

__all__ = ["DayToObserve", "best_days", "days_worth_observing", "what_to_observe_next"]
