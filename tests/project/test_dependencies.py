"""What the project depends on: declared, used, locked with hashes; no address of a machine or index written down."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

LOCKS = ("app", "test")


@cache
def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def declared(lock: str) -> list[Requirement]:
    about = project()
    names = list(about["project"]["dependencies"])  # type: ignore[index, call-overload]
    if lock == "test":
        names += about["dependency-groups"]["test"]  # type: ignore[index]
    return [Requirement(name) for name in names]


def locked(lock: str) -> list[tuple[Requirement, int]]:
    """Every pinned requirement of a lock with the number of its hashes."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    joined = re.sub(r"\s*\\\n\s+", " ", text)
    lines = [line for line in joined.splitlines() if line and not line.lstrip().startswith("#")]
    return [(Requirement(line.split(" --hash")[0]), line.count("--hash=sha256:")) for line in lines]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_one_version_with_hashes_and_nothing_else(lock: str) -> None:
    pins = locked(lock)
    assert len(pins) > 20
    for requirement, hashes in pins:
        assert [s.operator for s in requirement.specifier] == ["=="], requirement
        assert hashes > 0, requirement
        assert requirement.url is None


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_follows_from_what_is_declared(lock: str) -> None:
    pins = {canonicalize_name(r.name): [p for p, _ in locked(lock) if p.name == r.name] for r, _ in locked(lock)}
    for requirement in declared(lock):
        versions = pins.get(canonicalize_name(requirement.name), [])
        assert versions, f"{requirement} is not in requirements/{lock}.txt: run sh script/lock"
        for pin in versions:
            assert requirement.specifier.contains(next(iter(pin.specifier)).version), f"{pin} against {requirement}"


def test_the_test_lock_holds_all_of_the_app_lock_in_the_same_versions() -> None:
    app, test = ({str(requirement) for requirement, _ in locked(lock)} for lock in LOCKS)
    assert app - test == set()


def imported(folder: str) -> set[str]:
    """Top-level names of what the Python files of a folder import from outside it."""
    names = set()
    for path in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
                names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"carveout", "tests"}


def distributions(modules: set[str]) -> set[str]:
    owners = packages_distributions()
    return {canonicalize_name(owners[module][0]) for module in modules if module in owners}


# Loaded by name by what we do import: Streamlit's sign-in, and SQLAlchemy's way to PostgreSQL.
LOADED_BY_OTHERS = {"authlib", "httpx", "psycopg"}


def test_every_declared_dependency_is_used_and_every_used_one_declared() -> None:
    runtime = {canonicalize_name(requirement.name) for requirement in declared("app")}
    used = distributions(imported("carveout"))
    assert used - runtime == set(), "used but not declared"
    assert runtime - used == LOADED_BY_OTHERS, "declared but not used"


def test_what_the_tests_import_is_declared_for_them() -> None:
    known = {canonicalize_name(requirement.name) for requirement in declared("test")} | {"packaging"}
    assert distributions(imported("tests") | imported("benchmarks")) - known == set()


def committed() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_committed_file_names_an_index_or_a_machine() -> None:
    telling = re.compile(
        rb"--find-" + rb"links|--(extra-)?index-" + rb"url|files\.pythonhosted|pypi\." + rb"org|file:/" + rb"/"
        rb"|(?<![\w.])/(work|opt|root|home)/" + rb"\w"
    )
    found = []
    for name in committed():
        for number, line in enumerate((ROOT / name).read_bytes().splitlines(), 1):
            if telling.search(line):
                found.append(f"{name}:{number}: {line[:120]!r}")
    assert found == []


def test_the_locks_are_what_script_lock_would_write() -> None:
    """The cheap half of `sh script/lock --check`, which `.ci/run` runs whole: no declared range changed since."""
    for lock in LOCKS:
        text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
        origins = set(re.findall(r"carveout \(pyproject\.toml(?::(\w+))?\)", text))
        assert origins <= {"", "test"}
        direct = len(re.findall(r"carveout \(pyproject\.toml", text))
        assert direct >= len(declared(lock))
