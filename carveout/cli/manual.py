"""The commands one can type and what their help says, in both languages."""

from __future__ import annotations

from pathlib import Path

from carveout.cli.manual_comparing import COMPARING
from carveout.cli.manual_exchange import EXCHANGE
from carveout.cli.manual_parts import DIR, FILE, LANG, PATH, RECORDS, Command, Option
from carveout.language import Text

FORMATS = ("docx", "html", "pdf", "xlsx", "ics")  # of a proposal
_OVERRIDES = Option(
    ("--overrides",),
    Text(
        "担当者の判断のファイル（YAML・JSON、carveout-overrides/1）。規則の答えを、業務と形ごとに理由を添えて改めます",
        "a coordinator's judgements (YAML or JSON, carveout-overrides/1): answers that replace the rules', each with a "
        "reason",
    ),
    FILE,
    {"type": Path},
)

_AREA = Option(
    ("--area",),
    Text(
        "施設のある都道府県・市町村（例 saitama）。知事の指定がある地域では、週40時間まで組めることがあります",
        "prefecture or municipality of the site (as in saitama); where its governor designated the work, up to 40 "
        "hours a week may be possible",
    ),
    Text("地域", "AREA"),
)

COMMANDS: tuple[Command, ...] = (
    Command(
        "analyze",
        Text(
            "観察記録を分析し、業務ごとの判断と候補となる仕事を表示します",
            "analyse observed days: verdicts and candidate jobs",
        ),
        Text(
            "観察した一日の記録を読み、触らない流れ、職員が手薄になる時間帯、業務ごとの判断（○△×？）とその理由、"
            "候補となる仕事、次に観察することを表示します。同じ施設の複数のファイルは、一つの施設として扱います。",
            "Reads observed days and shows the flows not to be cut, the hours when staff are few, a verdict (○ △ × ？) "
            "for every task, candidate jobs, and what to observe next. Several files of one site count as one site.",
        ),
        "carveout analyze 観察記録/ --json result.json",
        (
            RECORDS,
            Option(
                ("--json",),
                Text(
                    "分析結果を JSON（carveout-analysis/1）で書き出します。- は標準出力",
                    "write the analysis as JSON (carveout-analysis/1); - is standard output",
                ),
                FILE,
                {"dest": "json"},
            ),
            Option(
                ("--graphml",),
                Text(
                    "業務のつながりのグラフを、ユニットごとに GraphML で書き出すフォルダ",
                    "folder for the task graphs, one GraphML file per unit",
                ),
                DIR,
                {"type": Path},
            ),
            Option(
                ("--reasons",),
                Text("表の下に、判断の理由をすべて表示します", "show the reason of every verdict below the table"),
                more={"action": "store_true"},
            ),
            Option(
                ("--schemes",),
                Text(
                    "判断のきまりを切り替えます（+名前 で使う、-名前 で使わない。例 +a,-b）",
                    "switch sets of rules (+id uses one, -id leaves one out, as in +a,-b)",
                ),
                Text("+名前,-名前", "+ID,-ID"),
                {"type": "schemes"},
            ),
            _OVERRIDES,
            _AREA,
            Option(
                ("--date",),
                Text(
                    "この日に有効な法令・きまりで判断します（既定は最後の観察日）",
                    "judge by the law and rules in force on this day (default: the last observed day)",
                ),
                Text("年-月-日", "YYYY-MM-DD"),
                {"type": "date"},
            ),
            LANG,
        ),
    ),
    Command(
        "check",
        Text("観察記録の書き方を確かめます", "check observed days without analysing them"),
        Text(
            "ファイルを読み、直すところを、場所・原因・直し方とともにすべて表示します。ファイルは書き換えません。",
            "Reads the files and lists everything to mend with its place, cause and remedy. Changes no file.",
        ),
        "carveout check 観察記録/2026-06-01.yaml",
        (
            Option(
                ("paths",),
                Text("確かめるファイルかフォルダ", "files or folders to check"),
                PATH,
                {"nargs": "+", "type": Path},
            ),
            LANG,
        ),
    ),
    Command(
        "new",
        Text("観察記録のひな形を作ります", "make a template to fill in"),
        Text(
            "書き込むだけの観察記録のひな形を作ります。すでにあるファイルには上書きしません。",
            "Makes an observation record to fill in. Never overwrites a file that exists.",
        ),
        "carveout new --format xlsx --out 観察記録.xlsx",
        (
            Option(
                ("--format",),
                Text(
                    "ひな形の種類（yaml か xlsx。既定は --out の末尾に従います）",
                    "kind of template (default: by --out)",
                ),
                more={"choices": ("yaml", "xlsx")},
            ),
            Option(
                ("--out",),
                Text(
                    "書き出すファイル（省くと YAML を画面に表示します）",
                    "file to write (without it, YAML on the screen)",
                ),
                FILE,
                {"type": Path},
            ),
            LANG,
        ),
    ),
    Command(
        "propose",
        Text("事業者にお渡しする提案書を作ります", "write the proposal for an employer"),
        Text(
            "候補となる仕事を一つ選び、一、二枚の提案書を Word・HTML・PDF・Excel（時間割）・カレンダーで書き出します。"
            "--job を省くと、選べる仕事の一覧を表示します。人しか知らないこと（指示する人、代わりの人など）は空欄のまま"
            "残すので、Word で書き込むか、--draft のファイルに書いておきます。",
            "Writes a proposal of one or two pages for a candidate job as Word, HTML, PDF, Excel (timetable) and "
            "calendar. Without --job, lists the jobs to choose from. What only people know (who directs, cover on "
            "absence) stays a blank to fill in, in Word or in the file given to --draft.",
        ),
        "carveout propose 観察記録/ --job care-home-a/1 --out 提案書/",
        (
            RECORDS,
            Option(
                ("--job",),
                Text(
                    "提案する仕事の番号（くり返すと一つずつ作ります）",
                    "id of the job to propose (repeat it for several)",
                ),
                Text("番号", "ID"),
                {"action": "append", "default": []},
            ),
            Option(
                ("--out",),
                Text("書き出すフォルダ（なければ作ります）", "folder to write to (made if missing)"),
                DIR,
                {"type": Path},
            ),
            Option(
                ("--formats",),
                Text(
                    "作るファイルの種類（例 docx,pdf。既定はすべて。PDF には Pango が要ります）",
                    "kinds of files (as in docx,pdf; default all; PDF needs Pango)",
                ),
                Text("種類,種類", "KINDS"),
                {"type": "formats"},
            ),
            Option(
                ("--template",),
                Text("センターで整えた Word のひな形（.docx）", "your center's own Word template (.docx)"),
                FILE,
                {"type": Path},
            ),
            Option(
                ("--draft",),
                Text("画面で整えて保存した仕事のファイル（YAML）", "a job shaped in the app and saved (YAML)"),
                FILE,
                {"type": Path},
            ),
            _OVERRIDES,
            _AREA,
            Option(
                ("--date",),
                Text(
                    "提案書の日付。この日に有効な法令・きまりで確かめます（省くと日付は空欄、きまりは最後の観察日）",
                    "date of the proposal, whose law holds (without it the date is a blank, and the law that of the "
                    "last observed day)",
                ),
                Text("年-月-日", "YYYY-MM-DD"),
                {"type": "date"},
            ),
            Option(
                ("--new-template",),
                Text(
                    "Word で直せるひな形をこのファイルに作って終わります",
                    "make a template to edit in Word, and nothing else",
                ),
                FILE,
                {"type": Path},
            ),
            LANG,
        ),
    ),
    *EXCHANGE,
    *COMPARING,
    Command(
        "app",
        Text("ブラウザで使う画面を立ち上げます", "start the app in the browser"),
        Text(
            "この機械の中だけで画面を立ち上げ、開くアドレスを表示します。終わるときは Ctrl+C を押します。",
            "Serves the app on this machine only and prints the address to open. Ctrl+C ends it.",
        ),
        "carveout app",
        (
            Option(
                ("--port",),
                Text("ポート番号（既定は環境変数 PORT、なければ 8501）", "port (default: $PORT, else 8501)"),
                Text("番号", "PORT"),
                {"type": "port"},
            ),
            Option(
                ("--store",),
                Text(
                    "観察記録を保存する場所（ファイル名、または postgresql:// などのアドレス。"
                    "既定は環境変数 CARVEOUT_STORE、なければ利用者のデータ用フォルダ）",
                    "where records are kept: a file, or a database's address such as postgresql://... "
                    "(default: $CARVEOUT_STORE, else your own folder for data)",
                ),
                Text("保存先", "STORE"),
                {},
            ),
            LANG,
        ),
    ),
)

DESCRIPTION = Text(
    "観察した一日から、高齢者に合う仕事を切り出します。",
    "Carve jobs for older workers out of observed workdays.",
)
EPILOG = Text(
    "各コマンドの説明は「carveout コマンド --help」で表示します。\n"
    "終了コード: 0 完了、2 入力や指定が使えない（何も書き出しません）。",
    "Help on a command: carveout COMMAND --help\n"
    "Exit codes: 0 done, 2 the input or options cannot be used (nothing is written).",
)
