"""The fixed words of the sheet: headings and labels, the same on the web page, in Word and in the timetable."""

from __future__ import annotations

from collections.abc import Mapping

from carveout.language import Text

HEADINGS: Mapping[str, Text] = {
    "kind": Text("お仕事のご提案", "A job proposal"),
    "broken": Text("守れていない限度があります", "Limits that this job does not keep"),
    "benefit": Text("期待できること", "What you can expect"),
    "tasks": Text("お願いする仕事", "What the person does"),
    "week": Text("曜日と時間", "Days and hours"),
    "shifts": Text("勤務の一覧", "Shifts"),
    "before_after": Text("手元の仕事の変わり方", "Work at hand, before and after"),
    "picture": Text("曜日ごとの図を見る", "See it day by day"),
    "left_alone": Text("お願いしない仕事（職員の方に続けていただきます）", "What stays with your staff"),
    "terms": Text("進め方と条件", "How it is run"),
    "needs": Text("始める前に整えること", "To arrange before the start"),
    "steps": Text("これからの広げ方", "How it may grow"),
    "limits": Text("確かめた決まり", "Rules it was checked against"),
    "evidence": Text("この案のよりどころ", "What this rests on"),
    "checked": Text("確認", "Checked"),
}

LABELS: Mapping[str, Text] = {
    "task": Text("業務", "Task"),
    "mode": Text("形", "Form"),
    "when": Text("いつ", "When"),
    "minutes": Text("1回の目安", "Each time"),
    "often": Text("見られた日", "Seen on"),
    "sometimes": Text("ときどき（毎回はお約束しません）", "Now and then (not promised each time)"),
    "hours": Text("時間帯", "Hours"),
    "total": Text("1日の計", "Per day"),
    "staff": Text("職員", "Staff"),
    "change": Text("手元の仕事", "Work at hand"),
    "eased": Text("減る分", "Eased by"),
    "thin": Text("手薄", "few staff"),
    "freed_time": Text("空いた時間の使いみち", "What the time is used for"),
    "place": Text("場所", "Place"),
    "directs": Text("指示する人", "Who directs"),
    "asks": Text("困ったときの相談先", "Whom to ask"),
    "training": Text("始める前の研修", "Training first"),
    "channel": Text("契約の形", "Form of contract"),
    "other_channels": Text("ほかの形", "Other forms"),
    "people": Text("人数", "People"),
    "start": Text("始める日", "Start"),
    "term": Text("期間", "For how long"),
    "pay": Text("料金・賃金", "Fee or wage"),
    "absence": Text("休んだときの代わり", "Cover on absence"),
    "remarks": Text("そのほか", "Remarks"),
    "adds": Text("加わること", "What it adds"),
    "amends": Text("契約で改めるところ", "Terms to amend"),
    "here": Text("今回", "this offer"),
    "checked_by": Text("確認した人（役職）", "Checked by (role)"),
    "day": Text("日付", "Date"),
    "source": Text("出典", "Source"),
    "weekday": Text("曜日", "Weekday"),
    "from": Text("始まり", "From"),
    "to": Text("終わり", "To"),
    "unit": Text("場所（ユニット）", "Unit"),
    "limit": Text("決まり・目安", "Rule"),
    "mark": Text("印", "Mark"),
}

TO_CHECK_MARK = Text("※", "*")
TO_CHECK = Text("※ 出典の文言をこれから確かめるものです。", "* The wording has yet to be checked at the source.")
MARKS = Text(
    "○ 適している　△ 条件付き ／ 添う：職員のそばで　代わる：職員に代わって　"
    "備える：現場を離れて　助言する：経験を活かして",
    "○ suitable, △ conditional / Assist: beside staff. Take over: instead of staff. Prepare: away from the floor. "
    "Advise: from experience.",
)
AVERAGES = Text(
    "観察した日の平均で、いちばん楽になる1時間を示します。", "Means over the observed days, for the hour it helps most."
)
NOT_POSSIBLE = Text("（この仕事ではできません）", " (not for this job)")
