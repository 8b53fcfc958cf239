"""The house as a whole: what it ships, what its core may not need, and scripts that run in any POSIX shell."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import carveout
from carveout import bundled
from tests.conftest import ROOT, environment

SH = ("script/app", "script/test", "script/lock", "script/environment")
BASH = (".ci/run", ".ci/wheel")

WITHOUT = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"streamlit", "plotly"}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
from carveout.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_the_core_analyses_where_streamlit_and_plotly_are_absent(tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    command = [sys.executable, "-c", WITHOUT, "analyze", str(bundled.paths()[0]), "--json", str(out)]
    ran = subprocess.run(command, env=environment(), capture_output=True, check=False, timeout=120, cwd="/")
    assert ran.returncode == 0, ran.stderr.decode()
    assert len(json.loads(out.read_bytes())["sites"]) == 1


def test_help_needs_none_of_the_heavy_libraries() -> None:
    heavy = {"numpy", "pandas", "networkx", "scipy", "pyarrow", "openpyxl", "rich", "streamlit", "plotly"}
    program = f"import sys; from carveout.cli import main; main(['--help']); print(sorted(set(sys.modules) & {heavy}))"
    ran = subprocess.run([sys.executable, "-c", program], env=environment(), capture_output=True, check=True, cwd="/")
    assert ran.stdout.decode().splitlines()[-1] == "[]"


def test_both_bundled_sites_are_found_from_the_checkout() -> None:
    assert [path.parent for path in bundled.paths()] == [ROOT / "site_observations"] * len(bundled.paths())
    assert len(bundled.paths()) >= 2


def test_bundled_sites_are_found_where_a_wheel_puts_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "b.yaml").touch()
    (tmp_path / "a.yaml").touch()
    monkeypatch.setattr(bundled, "_INSTALLED", tmp_path)
    assert [path.name for path in bundled.paths()] == ["a.yaml", "b.yaml"]


def test_an_installation_that_lost_them_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "_INSTALLED", tmp_path / "nowhere")
    monkeypatch.setattr(bundled, "_CHECKOUT", tmp_path)
    with pytest.raises(FileNotFoundError):
        bundled.paths()


@pytest.mark.parametrize("script", SH)
def test_sh_scripts_are_posix(script: str) -> None:
    text = (ROOT / script).read_text(encoding="utf-8")
    if script != "script/environment":
        assert text.startswith("#!/bin/sh\n")
        assert "\nset -eu\n" in text
    shell = shutil.which("dash") or "sh"
    subprocess.run([shell, "-n", str(ROOT / script)], check=True)
    bashisms = r"\[\[|^\s*local |^\s*function |<<<|\$'|<\(|&>|\bsource |echo -e|==.*\]|\$\{\w+[,^/@]|=\("
    found = [line for line in text.splitlines() if not line.lstrip().startswith("#") and re.search(bashisms, line)]
    assert found == []


@pytest.mark.parametrize("script", BASH)
def test_bash_scripts_say_so_and_parse(script: str) -> None:
    assert (ROOT / script).read_text(encoding="utf-8").startswith("#!/bin/bash\n")
    subprocess.run(["bash", "-n", str(ROOT / script)], check=True)


def test_the_version_is_one() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", carveout.__version__)
    shown = subprocess.run(
        [sys.executable, "-m", "carveout", "--version"], env=environment(), capture_output=True, check=True, cwd="/"
    )
    assert shown.stdout.decode().strip() == f"carveout {carveout.__version__}"


def test_the_type_marker_and_the_schema_travel_with_the_package() -> None:
    for name in ("py.typed", "analysis.schema.json"):
        assert (ROOT / "carveout" / name).is_file()
