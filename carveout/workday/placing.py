"""Which minutes of the day the times of a line mean, given the row before: midnight, afternoon, minutes alone.

What can be meant in one way only is taken; what can be meant in two is taken in the likelier one and asked about; what
contradicts itself is an error with the likely corrections on offer.
"""

from __future__ import annotations

from dataclasses import dataclass

from carveout.language import Text
from carveout.workday.line_parts import Fix, LineContext, LineProblem
from carveout.workday.messages import LINES, offered, said_clock
from carveout.workday.times import Clock, Span, Times

DAY, HALF_DAY = 1440, 720
EVENING = 1080  # from 18:00 on a smaller end is one past midnight
LONGEST = 720  # minutes a row may run past midnight without a word
_FAR = 360  # minutes after the row before within which 0:20 is the night's
_NEAR = 180  # minutes within which 9:50-10 may mean ten o'clock


@dataclass(frozen=True, slots=True)
class Placed:
    """Minutes of the day a line means, and what is to be said about them."""

    start: int | None
    end: int | None
    problems: tuple[LineProblem, ...]


def problem(code: str, span: Span, *fixes: Fix, **values: object) -> LineProblem:
    """A problem of a line by its code; `values` fill the wording."""
    severity, message = LINES[code]
    cause, remedy = message.worded(**values)
    return LineProblem(code, severity, cause, remedy, span, fixes)


class Placer:
    """Places the times of one line."""

    def __init__(self, text: str, times: Times, context: LineContext, *, night: bool = False):
        self.text, self.times, self.context, self.night = text, times, context, night
        self.problems: list[LineProblem] = []

    def placed(self) -> Placed:
        """Start and end, with every problem of the times."""
        times = self.times
        for clock in (times.start, times.end):
            if clock is not None and clock.bad:
                self._note("bad_clock", clock.span, *self._of_next_day(), value=self.text[slice(*clock.span)])
                return Placed(None, None, tuple(self.problems))
        if times.ago is not None:
            start, end = self._ago(times.ago)
        elif times.start is not None:
            start = self._start(times.start)
            end = self._end_of(start, times.start, times.end)
        elif times.end is not None:
            start, end = self._up_to(times.end)
        else:
            start, end = self._lasting()
        self._look_at(start, end)
        if any(found.code == "outside_the_day" for found in self.problems):
            start = end = None
        return Placed(start, end, tuple(self.problems))

    def _note(self, code: str, span: Span | None = None, *fixes: Fix, **values: object) -> None:
        whole = self.times.spans or [(0, len(self.text))]
        self.problems.append(problem(code, span or (whole[0][0], whole[-1][1]), *fixes, **values))

    def _fix(self, span: Span, clock: int) -> Fix:
        return Fix(self.text[: span[0]] + typed_clock(clock) + self.text[span[1] :], offered(said_clock(clock)))

    def _of_next_day(self) -> tuple[Fix, ...]:
        """25:10 may be ten past one the next morning."""
        wrong = [clock for clock in (self.times.end, self.times.start) if clock is not None and clock.bad]
        if any(clock.bare or not DAY <= clock.minutes < DAY + HALF_DAY for clock in wrong):
            return ()
        text = self.text
        for clock in sorted(wrong, key=lambda clock: -clock.span[0]):
            text = text[: clock.span[0]] + typed_clock(clock.minutes) + text[clock.span[1] :]
        said = [said_clock(clock.minutes) for clock in reversed(wrong)]
        return (Fix(text, offered(Text("〜".join(one.ja for one in said), " - ".join(one.en for one in said)))),)

    def _start(self, clock: Clock) -> int:
        """A start; in the small hours after a row of the evening it is the next day's."""
        if clock.next_day:
            return clock.minutes + DAY
        before = self.context.last_end
        later = clock.minutes + DAY
        if before is None or clock.half or clock.minutes >= HALF_DAY or before < EVENING or later - before > _FAR:
            return clock.minutes
        if later < before - _NEAR:
            return clock.minutes
        self._note("taken_as_next_day", clock.span, clock=later)
        return later

    def _end_of(self, start: int, first: Clock, last: Clock | None) -> int | None:
        if last is None:
            if self.times.length is not None:
                return start + self.times.length
            if self.context.now is None and not self.times.open_end and not self.times.switch:
                self._note("open_end", first.span)
            return None
        return self._later(start, last, first)

    def _later(self, start: int, last: Clock, first: Clock | None) -> int:
        """An end after a start: minutes alone, afternoon and midnight filled in."""
        if last.only_minutes:
            if first is not None and first.bare:  # 9-10: hours both
                return last.minutes * 60
            return self._minutes_alone(start, last, alone=first is None)
        end = last.minutes + (DAY if last.next_day else 0)
        if end < start and first is not None and first.half in ("pm", "noon", "evening", "night") and not last.half:
            end += HALF_DAY if start <= end + HALF_DAY else 0
        if first is not None and last.half == "pm" and not first.half and end - start > _FAR:
            self._note("morning_kept", first.span, self._fix(first.span, first.minutes + HALF_DAY), clock=first.minutes)
        if end >= start:
            return end
        past_midnight = end + DAY - start
        if start >= DAY or self.night or (start >= EVENING and past_midnight <= LONGEST):
            return end + DAY
        self._note("end_before_start", last.span, *self._instead(start, end, first, last), start=start, end=end)
        return end

    def _instead(self, start: int, end: int, first: Clock | None, last: Clock) -> tuple[Fix, ...]:
        """What 11:30-1:15 and 9:25-9:10 may have meant."""
        fixes = []
        if not last.half and start < end + HALF_DAY <= start + 480:
            fixes.append(self._fix(last.span, end + HALF_DAY))
        if first is not None and start - end <= 480:
            text, (a, b), (c, d) = self.text, first.span, last.span
            swapped = text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]
            said = Text(f"{said_clock(end).ja}〜{said_clock(start).ja}", f"{said_clock(end).en}-{said_clock(start).en}")
            fixes.append(Fix(swapped, offered(said)))
        if start >= HALF_DAY and end + DAY - start <= LONGEST:
            fixes.append(self._fix(last.span, end + DAY))
        return tuple(fixes)

    def _minutes_alone(self, start: int, last: Clock, *, alone: bool) -> int:
        """`-25`: the next time the clock shows that minute; `9:50-10` is ten o'clock rather than 10:10."""
        if last.minutes > 59:
            self._note("bad_clock", last.span, value=self.text[slice(*last.span)])
            return start
        by_minute = start - start % 60 + last.minutes
        by_minute += 60 if by_minute <= start else 0
        by_hour = last.minutes * 60
        if alone or self.text[last.span[0]] in "0０" or not start < by_hour <= start + _NEAR or last.minutes > 24:
            return by_minute
        taken, other = (by_hour, by_minute) if last.minutes <= start % 60 else (by_minute, by_hour)
        if taken != other:
            self._note("two_readings", last.span, self._fix(last.span, other), clock=taken, other=other)
        return taken

    def _up_to(self, last: Clock) -> tuple[int | None, int | None]:
        """`～9:25`: from where the row before ended, or so long before."""
        before = self.context.last_end
        if self.times.length is not None:
            end = last.minutes + (DAY if last.next_day else 0)
            return end - self.times.length, end
        if before is None:
            self._note("no_row_before", last.span)
            return None, None
        return before, self._later(before, last, None)

    def _lasting(self) -> tuple[int | None, int | None]:
        """`+15`, `15分`, or no time at all: from where the row before ended, live until or from now."""
        before, now, length = self.context.last_end, self.context.now, self.times.length
        if length is None:
            if before is None and now is None:
                self._note("no_time", (0, len(self.text)))
                return None, None
            if now is None:
                self._note("open_end", (0, len(self.text)))
            return (before if now is None else now), None
        if before is not None:
            return before, before + length
        if now is not None:
            return now - length, now
        self._note("no_row_before")
        return None, None

    def _ago(self, ago: int) -> tuple[int | None, int | None]:
        """`10分前から`, `10分前まで`: counted from now."""
        now, before = self.context.now, self.context.last_end
        if now is None:
            self._note("no_now")
            return None, None
        at = now - ago
        if self.times.ago_is_end:
            if before is None and self.times.length is None:
                self._note("no_row_before")
                return None, None
            return (at - self.times.length if self.times.length is not None else before), at
        if self.times.end is not None:
            return at, self._later(at, self.times.end, None)
        return at, None if self.times.length is None else at + self.times.length

    def _look_at(self, start: int | None, end: int | None) -> None:
        if start is None:
            return
        if start < 0 or (end or start) > 2 * DAY:
            self._note("outside_the_day")
        elif end == start:
            self._note("zero_length")
        elif end is not None and end < start and not any(found.code == "end_before_start" for found in self.problems):
            self._note("end_before_start", start=start, end=end)


def typed_clock(minutes: int) -> str:
    """A clock time as one types it; past midnight with 翌.

    >>> typed_clock(545), typed_clock(1440), typed_clock(1460)
    ('9:05', '24:00', '翌0:20')
    """
    return said_clock(minutes).ja
