"""Learning to judge: exercises from observed days, answers beside the experts', and repetition at growing intervals."""

from carveout.training.exercise import (
    FORMAT,
    REASON,
    ChainQuestion,
    Exercise,
    Key,
    Question,
    ReasonCode,
    read_exercise,
    write_exercise,
)
from carveout.training.judging import (
    Answer,
    ChainsJudged,
    Judged,
    KeyAgreement,
    Outcome,
    agreement_with_key,
    judge,
    judge_chains,
)
from carveout.training.making import keys_of, make_exercise, reasons_of
from carveout.training.progress import Day, Progress, TopicProgress, progress
from carveout.training.spacing import Due, Review, schedule

__all__ = [
    "FORMAT",
    "REASON",
    "Answer",
    "ChainQuestion",
    "ChainsJudged",
    "Day",
    "Due",
    "Exercise",
    "Judged",
    "Key",
    "KeyAgreement",
    "Outcome",
    "Progress",
    "Question",
    "ReasonCode",
    "Review",
    "TopicProgress",
    "agreement_with_key",
    "judge",
    "judge_chains",
    "keys_of",
    "make_exercise",
    "progress",
    "read_exercise",
    "reasons_of",
    "schedule",
    "write_exercise",
]
