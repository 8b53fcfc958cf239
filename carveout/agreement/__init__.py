"""How far two observers of one day, or judges of one exercise, agree: minute by minute, row by row, beyond chance."""

from carveout.agreement.coefficients import ac1, ac1_of_many, cohen, cross, fleiss, observed
from carveout.agreement.compared import Dimension, JudgedAlike, judged_alike, named_by
from carveout.agreement.events import TOLERANCE, Cue, EventAgreement, Pair, TaskAgreement, event_agreement
from carveout.agreement.minutes import Interval, MinuteAgreement, by_task, elementary, minute_agreement, of_state

__all__ = [
    "TOLERANCE",
    "Cue",
    "Dimension",
    "EventAgreement",
    "Interval",
    "JudgedAlike",
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
    "judged_alike",
    "minute_agreement",
    "named_by",
    "observed",
    "of_state",
]
