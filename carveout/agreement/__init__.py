"""How far two observers of one day, or judges of one exercise, agree: minute by minute, row by row, beyond chance."""

from carveout.agreement.coefficients import ac1, ac1_of_many, cohen, cross, fleiss, observed
from carveout.agreement.compared import Dimension, JudgedAlike, judged_alike, named_by
from carveout.agreement.events import TOLERANCE, Cue, EventAgreement, Pair, TaskAgreement, event_agreement
from carveout.agreement.minutes import Interval, MinuteAgreement, by_task, elementary, minute_agreement, of_state
from carveout.agreement.records import (
    Record,
    TwoRecords,
    labels_of,
    pairs_among,
    records_of,
    resolved,
)

__all__ = [
    "TOLERANCE",
    "Cue",
    "Dimension",
    "EventAgreement",
    "Interval",
    "JudgedAlike",
    "MinuteAgreement",
    "Pair",
    "Record",
    "TaskAgreement",
    "TwoRecords",
    "ac1",
    "ac1_of_many",
    "by_task",
    "cohen",
    "cross",
    "elementary",
    "event_agreement",
    "fleiss",
    "judged_alike",
    "labels_of",
    "minute_agreement",
    "named_by",
    "observed",
    "of_state",
    "pairs_among",
    "records_of",
    "resolved",
]
