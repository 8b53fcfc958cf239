"""How far two observers of one day, or judges of one exercise, agree: minute by minute, row by row, beyond chance."""

from carveout.agreement.coefficients import ac1, ac1_of_many, cohen, cross, fleiss, observed
from carveout.agreement.events import TOLERANCE, Cue, EventAgreement, Pair, TaskAgreement, event_agreement
from carveout.agreement.minutes import Interval, MinuteAgreement, by_task, elementary, minute_agreement, of_state

__all__ = [
    "TOLERANCE",
    "Cue",
    "EventAgreement",
    "Interval",
    "MinuteAgreement",
    "Pair",
    "TaskAgreement",
    "ac1",
    "ac1_of_many",
    "by_task",
    "cohen",
    "cross",
    "elementary",
    "event_agreement",
    "fleiss",
    "minute_agreement",
    "observed",
    "of_state",
]
