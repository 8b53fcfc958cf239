"""The manual's headings, the same in Word and HTML."""

from __future__ import annotations

from collections.abc import Mapping

from carveout.casebook import Commonness
from carveout.language import Text

SECTION: Mapping[Commonness, Text] = {
    Commonness.COMMON: Text("どの施設にも共通すること", "What sites have in common"),
    Commonness.SPECIFIC: Text("その施設に固有のこと", "What is specific to some sites"),
    Commonness.UNKNOWN: Text("まだ言えないこと", "What is not yet known"),
}
COLUMNS: Mapping[str, Text] = {
    "task": Text("業務", "Task"),
    "mode": Text("形", "Form"),
    "answer": Text("判断", "Verdict"),
    "context": Text("どんなとき", "Context"),
    "seen": Text("見られた施設", "Sites that show it"),
    "interval": Text("区間", "Interval"),
    "gap": Text("次に要る観察", "Still to observe"),
}
SITES = Text("施設ごとの違い", "How sites differ")
PLANS = Text("次にどこを観察すると分かるか", "What to observe next, and where")
CASES = Text("事例", "Cases")
TOLD = Text("報告書にある事例", "Cases told by the report")
LACKING = Text("ほかと違い、見られなかったこと", "Common elsewhere, not seen here")
OWN = Text("この施設に固有のこと", "Its own")
ALIKE = Text("ほかの施設と違うところは、まだ見つかっていません。", "Nothing sets it apart so far.")
NOTHING = Text("まだ何もありません。", "Nothing yet.")
WRITE_HERE = Text("（ここに現場で得た工夫や注意を書き足してください）", "(Add what practice has taught you here.)")
MADE_UP = Text("教材", "made up")
