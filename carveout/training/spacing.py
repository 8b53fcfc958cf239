"""When to ask again: what was missed comes back soon, what is known ever later.

The intervals are those of the Free Spaced Repetition Scheduler (FSRS, Ye 2022), which keeps a card's difficulty and
stability; a card is a topic of one trainee, so that another task under the same rule serves as the repetition.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from carveout.training.judging import Outcome


@dataclass(frozen=True, slots=True)
class Review:
    """One answered question as the schedule sees it. at: UTC."""

    topic: str
    outcome: Outcome
    at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """When a topic should be asked again, and how well it is likely remembered now (0 to 1)."""

    topic: str
    at: datetime
    recalled: float

    def is_due(self, now: datetime) -> bool:
        """Whether it should be asked by now."""
        return self.at <= now


def schedule(reviews: Iterable[Review], now: datetime) -> tuple[Due, ...]:
    """When each topic comes next, the soonest first; the same reviews always give the same times.

    reviews: in any order. now: UTC; raises ValueError for a time without a zone.

    >>> start = datetime(2026, 11, 2, 9, tzinfo=UTC)
    >>> due = schedule([Review("known", Outcome.RIGHT, start), Review("missed", Outcome.DIFFERENT, start)], start)
    >>> [(one.topic, (one.at - start).days) for one in due]
    [('missed', 1), ('known', 2)]
    """
    if now.tzinfo is None:
        raise ValueError("a time needs its zone")
    from fsrs import Card, Rating, Scheduler

    ratings = {
        Outcome.RIGHT: Rating.Good,
        Outcome.OTHER_REASON: Rating.Hard,
        Outcome.DIFFERENT: Rating.Again,
    }
    # No learning steps of minutes: a coordinator practises once a day at most. No chance: twice the same is the same.
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False, maximum_interval=365)
    cards: dict[str, Card] = {}
    for review in sorted(reviews, key=lambda one: (one.at, one.topic, one.outcome)):
        at = review.at.astimezone(UTC)
        card = cards.get(review.topic) or Card(card_id=1, due=at)
        cards[review.topic], _ = scheduler.review_card(card, ratings[review.outcome], at)
    due = [
        Due(topic, card.due, float(scheduler.get_card_retrievability(card, now.astimezone(UTC))))
        for topic, card in cards.items()
    ]
    return tuple(sorted(due, key=lambda one: (one.at, one.topic)))
