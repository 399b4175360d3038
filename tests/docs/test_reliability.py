"""Every row of the reliability and security tables is there once, and names what really exists."""

import re
from functools import cache
from pathlib import Path

import pytest

from bench.load import STAGES
from bench.stages import NAMES

ROOT = Path(__file__).parents[2]
PAGE, SECURITY = ROOT / "docs/reliability.md", ROOT / "docs/asvs.md"
ROW = re.compile(r"^\| ([FKILD]\d+)\b[^|]*\|([^|]*)\|(.*)\|$", re.MULTILINE)
AREA = re.compile(r"^\| ([A-Z][\w /,]+) \| ([\d., ]+) \|([^|]*)\|(.*)\|$", re.MULTILINE)
IDS = {
    *(f"F{number:02}" for number in range(1, 50)),
    *(f"K{number}" for number in range(13)),
    *(f"I{number}" for number in range(1, 9)),
    *(f"L{number}" for number in range(1, 15)),
    *(f"D{number}" for number in range(1, 13)),
}
CHAPTERS = {"1", "2", "3", "4", "6", "7", "8", "11", "12", "13", "14", "15", "16"}
TEST = re.compile(r"`(tests/[\w/.]+\.(?:py|yml))(?:::(\w+))?`")
LOAD = re.compile(r"`make load STAGE=(D\d+)`")
DECISION = re.compile(r"\]\((adr/\d{4}-[\w-]+\.md)\)")
NOT_YET = re.compile(r"\bnot yet: \w+")


@cache
def written_in(path: Path) -> set[str]:
    """The tests of a file."""
    return set(re.findall(r"^(?:async )?def (test_\w+)\(", path.read_text(), re.MULTILINE))


def rows() -> list[tuple[str, str]]:
    """Each id with what shows it."""
    return [(name, shown) for name, _, shown in ROW.findall(PAGE.read_text())]


def areas() -> list[tuple[str, str, str]]:
    """Each security row: area, requirements, what shows it."""
    return [(area, ids, shown) for area, ids, _, shown in AREA.findall(SECURITY.read_text())]


def test_every_row_is_there_once() -> None:
    found = [name for name, _ in rows()]
    assert sorted(found) == sorted(IDS)


SHOWN = [*rows(), *((area, shown) for area, _, shown in areas())]


@pytest.mark.parametrize(("name", "shown"), SHOWN, ids=[name for name, _ in SHOWN])
def test_a_row_is_shown_by_something_that_exists(name: str, shown: str) -> None:
    tests, stages, decisions = TEST.findall(shown), LOAD.findall(shown), DECISION.findall(shown)
    assert tests or stages or decisions or NOT_YET.search(shown), shown
    for path, function in tests:
        assert (ROOT / path).is_file(), path
        assert not function or function in written_in(ROOT / path), f"{path}::{function}"
    assert set(stages) <= {*STAGES, *NAMES}
    assert [each for each in decisions if not (ROOT / "docs" / each).is_file()] == []
    code = re.findall(r"`([^`]+)`", shown)
    assert len([each for each in code if each.startswith(("tests/", "make "))]) == len(code), code


def test_the_security_rows_cover_every_chapter_that_we_chose() -> None:
    requirements = [each for _, ids, _ in areas() for each in re.findall(r"[\d.]*\d", ids)]
    assert len(requirements) == len(set(requirements)) > 80
    assert {each.split(".")[0] for each in requirements} == CHAPTERS


def test_what_is_not_yet_shown_is_counted(figure) -> None:
    open_rows = [name for name, shown in SHOWN if NOT_YET.search(shown)]
    alone = [name for name, shown in SHOWN if not (TEST.search(shown) or DECISION.search(shown))]
    alone = [name for name in alone if name in open_rows]
    figure(f"rows: {len(SHOWN)}, partly open {len(open_rows)}, nothing yet {' '.join(alone)}")
    assert set(alone) <= IDS | {area for area, _, _ in areas()}


def test_what_waits_for_the_night_is_listed() -> None:
    waits = PAGE.read_text().partition("## What waits for the night")[2]
    listed = set(re.findall(r"^\|(.*?)\|", waits, re.MULTILINE))
    named = {path for cell in listed for path in re.findall(r"`(tests/[\w/]+\.py)`", cell)}
    marked = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("test_*.py")
        if "mark.nightly" in path.read_text() or "INSTAP_DIALOGUE" in path.read_text()
    }
    assert named == marked - {str(Path(__file__).relative_to(ROOT))}
