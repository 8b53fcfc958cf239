"""Learning to judge: exercises from observed days, answers beside the experts', and repetition at growing intervals."""

from carveout.training.among import Among, QuestionShare, among
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
from carveout.training.from_records import values_of, verdicts_alike
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
from carveout.training.opening import (
    Seen,
    analysed,
    exercise_from,
    in_window,
    open_exercise,
    rows_of,
    seen,
    telling_days,
)
from carveout.training.progress import Day, Progress, TopicProgress, progress
from carveout.training.repeating import due_questions, due_topics, moment, outcomes, reviews_of
from carveout.training.spacing import Due, Review, schedule
from carveout.training.topics import TOPIC, topic_name

__all__ = [
    "FORMAT",
    "REASON",
    "TOPIC",
    "Among",
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
    "QuestionShare",
    "ReasonCode",
    "Review",
    "Seen",
    "TopicProgress",
    "agreement_with_key",
    "among",
    "analysed",
    "due_questions",
    "due_topics",
    "exercise_from",
    "in_window",
    "judge",
    "judge_chains",
    "keys_of",
    "make_exercise",
    "moment",
    "open_exercise",
    "outcomes",
    "progress",
    "read_exercise",
    "reasons_of",
    "reviews_of",
    "rows_of",
    "schedule",
    "seen",
    "telling_days",
    "topic_name",
    "values_of",
    "verdicts_alike",
    "write_exercise",
]
