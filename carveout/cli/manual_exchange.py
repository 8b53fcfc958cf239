"""The manual of `import` and `export`."""

from __future__ import annotations

from pathlib import Path

from carveout.cli.manual_parts import DIR, FILE, LANG, PATH, Command, Option
from carveout.language import Text

# Ids of `carveout.exchange`, which the command line imports only when it needs it (a test compares them).
READ = ("yaml", "csv", "xlsx", "parquet", "xes", "boris", "boris-tabular", "wombat", "timestudy", "table")
WRITTEN = ("xes", "boris", "boris-tabular", "csv", "xlsx", "yaml", "wombat", "timestudy")

_ID = Text("番号", "ID")
_KIND = Text("種類", "KIND")

IMPORT = Command(
    "import",
    Text("ほかのソフトの記録を観察記録にします", "turn files of other programs into observation records"),
    Text(
        "BORIS、XES（プロセスマイニング）、WOMBAT、タイムスタディの表、見出しのあるCSV・Excelを読み、観察記録（YAML）を"
        "書き出します。何の列か、どの業務か分からないものは、黙って捨てずにすべて表示します。"
        "--new-mapping で対応表を作り、直して --mapping に渡すと、次からは尋ねません。",
        "Reads BORIS, XES (process mining), WOMBAT, time-study tables, and any CSV or Excel table with headings, and "
        "writes observation records (YAML). Whatever is not understood is shown, never dropped in silence. Make a "
        "mapping with --new-mapping, correct it, and give it with --mapping: the next file needs no questions.",
    ),
    "carveout import day1.csv --out records/ --site care-home-a",
    (
        Option(("files",), Text("読み込むファイル", "files to read"), FILE, {"nargs": "+", "type": Path}),
        Option(
            ("--out",),
            Text(
                "書き出すフォルダ（なければ作ります。すでにあるファイルには上書きしません）",
                "folder to write to (made if missing; files that exist are never overwritten)",
            ),
            DIR,
            {"type": Path, "required": True},
        ),
        Option(
            ("--mapping",),
            Text("列・業務・職員の対応表（JSON）", "mapping of columns, tasks and staff (JSON)"),
            FILE,
            {"type": Path},
        ),
        Option(
            ("--new-mapping",),
            Text(
                "読み取ったとおりの対応表を、このファイルに書き出します（人の名前も入るので、手もとに置いてください）",
                "write the mapping as it was understood to this file (it holds names of people: keep it to yourself)",
            ),
            FILE,
            {"type": Path, "dest": "new_mapping"},
        ),
        Option(
            ("--from",),
            Text("ファイルの形式（省くと中身から見分けます）", "format of the files (default: told by their content)"),
            _KIND,
            {"choices": READ, "dest": "source"},
        ),
        Option(("--site",), Text("施設の番号", "id of the site"), _ID),
        Option(
            ("--kind",),
            Text("施設の種別", "kind of site"),
            _KIND,
            {"choices": ("care_home", "nursery", "other")},
        ),
        Option(
            ("--date",),
            Text(
                "観察した日（ファイルにないか、違うとき）",
                "observed day, where the file tells none or a wrong one",
            ),
            Text("年-月-日", "YYYY-MM-DD"),
            {"type": "date"},
        ),
        Option(
            ("--start",),
            Text(
                "観察を始めた時刻（時刻が開始からの秒数のとき。例 9:00）",
                "when the observation started, where times count from its start (as in 9:00)",
            ),
            Text("時刻", "TIME"),
            {"type": "clock"},
        ),
        LANG,
    ),
)

EXPORT = Command(
    "export",
    Text("観察記録をほかのソフトの形で書き出します", "write observed days for other programs"),
    Text(
        "観察記録を、XES（PM4Py・ProM・Disco）、BORIS、CSV、Excel、WOMBAT、タイムスタディ（1時間ごとの分数）の"
        "形で書き出します。その形に入らないものがあれば表示します。すでにあるファイルには上書きしません。",
        "Writes observed days as XES (PM4Py, ProM, Disco), BORIS, CSV, Excel, WOMBAT or a time study (minutes by hour) "
        "and says what of them does not fit into such a file. Never overwrites a file that exists.",
    ),
    "carveout export records/ --format xes --out days.xes",
    (
        Option(
            ("paths",),
            Text("観察記録のファイルかフォルダ", "files or folders of observed days"),
            PATH,
            {"nargs": "+", "type": Path},
        ),
        Option(
            ("--format",),
            Text("書き出す形式", "format to write"),
            _KIND,
            {"choices": WRITTEN, "required": True},
        ),
        Option(
            ("--out",),
            Text("書き出すファイル", "file to write"),
            FILE,
            {"type": Path, "required": True},
        ),
        Option(
            ("--site",),
            Text("書き出す施設の番号（記録が二施設以上のとき）", "id of the site to write, where there are several"),
            _ID,
        ),
        LANG,
    ),
)

EXCHANGE = (IMPORT, EXPORT)
