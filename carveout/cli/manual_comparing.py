"""The manual of `compare` and `casebook`."""

from __future__ import annotations

from pathlib import Path

from carveout.cli.manual_parts import DIR, FILE, LANG, PATH, RECORDS, Command, Option
from carveout.language import Text

# Values of `carveout.agreement.Dimension`, which the command line imports only when it needs it (a test compares them).
COMPARED_BY = ("task", "care_class", "pattern")

COMPARE = Command(
    "compare",
    Text("二人の観察者の記録が、どれだけ合うかを見ます", "see how far two observers' records agree"),
    Text(
        "同じ施設・日付・ユニットを二人が観察した記録を比べ、時間ごと・行ごと・業務ごとの一致と、"
        "始まり・終わりのどちらの決め方をそろえるとよいか、それぞれの記録から出る判断の違いを表示します。"
        "違いは誤りではなく、業務の決め方をそろえる手がかりです。"
        "二つのファイルでも、二人分の日が入った一つの YAML でも比べられます。",
        "Compares records that two people made of the same site, date and unit: agreement by time, row by row and "
        "task by task, which definition (start or end) to settle, and where the verdicts that follow differ. A "
        "difference is no fault; it shows what to settle. Give two files, or one YAML that holds both people's days.",
    ),
    "carveout compare jc-01.yaml jc-02.yaml",
    (
        Option(
            ("paths",),
            Text(
                "二人の観察記録（①、②の順）。YAML・CSV・Excel・Parquet",
                "both observers' records, the first one's first (YAML, CSV, Excel, Parquet)",
            ),
            PATH,
            {"nargs": "+", "type": Path},
        ),
        Option(
            ("--by",),
            Text(
                "何を比べるか（task 業務・care_class 直接介護などの別・pattern 流れなどの型。既定は task）",
                "what to compare: tasks, kinds of care (direct, indirect, break), or patterns (default: task)",
            ),
            Text("もの", "WHAT"),
            {"choices": COMPARED_BY, "default": "task"},
        ),
        Option(
            ("--tolerance",),
            Text("同じとみる時刻の差（分。既定は 2）", "minutes within which two times count as the same (default: 2)"),
            Text("分", "MINUTES"),
            {"type": "minutes", "default": 2},
        ),
        Option(
            ("--rows",),
            Text("行ごとの違いも表示します", "also show every row beside its counterpart"),
            more={"action": "store_true"},
        ),
        Option(
            ("--json",),
            Text(
                "結果を JSON（carveout-agreement/1）で書き出します。- は標準出力",
                "write the result as JSON (carveout-agreement/1); - is standard output",
            ),
            FILE,
            {"dest": "json"},
        ),
        LANG,
    ),
)

CASEBOOK = Command(
    "casebook",
    Text(
        "施設どうしを比べ、共通・固有・まだ言えないことを分けます",
        "tell what sites share, what is one's own, and what is open",
    ),
    Text(
        "いくつもの施設の観察記録を読み、どの施設にも共通すること、その施設に固有のこと、まだ言えないことを、"
        "見られた施設の数と区間とともに表示します。次にどの種別の施設を何か所、どの曜日に観察すると分かるかも示します。"
        "--out を付けると、手引きの骨組みを Word と HTML で書き出します。",
        "Reads observed days of several sites and shows what they share, what is one site's own, and what cannot be "
        "said yet, each with the number of sites and an interval, and which further sites and weekdays would tell. "
        "With --out it writes the skeleton of a coordinators' manual as Word and HTML.",
    ),
    "carveout casebook records/ --out manual/",
    (
        RECORDS,
        Option(
            ("--out",),
            Text(
                "手引きの骨組みを書き出すフォルダ（なければ作ります。すでにあるファイルには上書きしません）",
                "folder for the manual's skeleton (made if missing; files that exist are never overwritten)",
            ),
            DIR,
            {"type": Path},
        ),
        Option(
            ("--followup",),
            Text(
                "フォローの記録（carveout-followup/1）。手引きの事例になります",
                "follow-up records (carveout-followup/1), which become the manual's cases",
            ),
            FILE,
            {"type": Path},
        ),
        Option(
            ("--date",),
            Text("手引きの日付（省くと今日）", "date of the manual (default: today)"),
            Text("年-月-日", "YYYY-MM-DD"),
            {"type": "date"},
        ),
        LANG,
    ),
)

COMPARING = (COMPARE, CASEBOOK)
