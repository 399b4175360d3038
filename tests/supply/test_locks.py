"""What is installed is what was asked for: pinned, hashed, and nothing from elsewhere."""

import json
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools.locks import FOLDER, LOCKS, ROOT, canonical, locked, wanted

INSTALLERS = [ROOT / "Makefile", *sorted((ROOT / "ops").glob("Containerfile*"))]
KNOWN_LINE = re.compile(
    r"[A-Za-z0-9._-]+(\[.*\])?==\S+ \\|    --hash=sha256:[0-9a-f]{64}( \\)?|\s*#.*"
)


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_asked_for_stands_in_the_lock_with_a_version_that_fits(lock: str):
    asked = [Requirement(each) for each in wanted(lock)]
    assert asked
    there = locked(lock)
    for each in asked:
        found = there[canonical(each.name)]
        assert each.specifier.contains(found.version), f"{each}: make lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_and_has_the_hashes_of_its_files(lock: str):
    lines = (FOLDER / f"{lock}.txt").read_text().splitlines()
    assert [line for line in lines if line and not KNOWN_LINE.fullmatch(line)] == []
    assert [each.name for each in locked(lock).values() if not each.hashes] == []


def test_what_two_locks_share_is_one_version():
    here, there = locked("dev"), locked("app")
    assert {name for name in here.keys() & there.keys() if here[name] != there[name]} == set()


def test_nobody_installs_without_hashes():
    for path in INSTALLERS:
        text = path.read_text().replace("\\\n", " ")
        lines = [line for line in text.splitlines() if re.search(r"pip install .*-r ", line)]
        assert lines and all("--require-hashes" in line for line in lines), path.name


def test_every_npm_package_is_pinned_by_its_bytes():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    others = {path: each for path, each in packages.items() if path}
    assert others
    assert [path for path, each in others.items() if "integrity" not in each] == []
    assert [path for path, each in others.items() if "resolved" in each] == []


def test_a_changed_lock_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The reading of a lock file itself: versions, extras and hashes."""
    (tmp_path / "app.txt").write_text(
        "one[extra]==1.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"
        "Two_Words==2\n    # via one\n"
    )
    monkeypatch.setattr("tools.locks.FOLDER", tmp_path)
    found = locked("app")
    assert (found["one"].version, found["one"].hashes) == ("1.0", ("sha256:aa", "sha256:bb"))
    assert (found["two-words"].version, found["two-words"].hashes) == ("2", ())
