"""A log line is one line of JSON with allowed names, whatever is thrown at it."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import log
from tests.support.patience import PATIENCE

ROOT = Path(__file__).parents[1]
NASTY = 'Jan\nINFO alles is goed\r\n{"event": "purged"}\x1b[31m\u2028'


def written(work: str) -> str:
    """What a process of its own, set up as ours are, writes while it does this."""
    code = f"import logging\nfrom bot import log\nlog.configure()\nlog = log.get_logger()\n{work}"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    assert done.stdout == ""
    return done.stderr


def test_a_newline_in_a_value_makes_no_second_line() -> None:
    [line] = written(f"log.info('purged', error={NASTY!r})").splitlines()
    told = json.loads(line)
    assert (told["error"], told["event"], told["level"]) == (NASTY, "purged", "info")


def test_a_newline_in_an_event_makes_no_second_line() -> None:
    [line] = written(f"log.warning({NASTY!r})").splitlines()
    assert json.loads(line)["event"] == NASTY and json.loads(line)["level"] == "warning"


def test_a_name_that_is_not_allowed_is_left_out_with_its_value() -> None:
    names = ["text", "name", "email", "token", "said", "body", "phone"]
    lines = written(f"for name in {names}: log.error('broke', **{{name: 'kanarie'}})").splitlines()
    assert [json.loads(line)["kind"] for line in lines] == [f"dropped:{name}" for name in names]
    assert "kanarie" not in "".join(lines)


def test_an_exception_is_not_told_in_its_own_words() -> None:
    told = written("try: raise ValueError('kanarie')\nexcept ValueError: log.exception('broke')")
    assert json.loads(told)["event"] == "broke" and "kanarie" not in told


@pytest.mark.parametrize("level", ["warning", "error", "critical"])
def test_a_library_tells_its_name_and_level_and_never_its_words(level: str) -> None:
    names = ["httpx", "sqlalchemy.engine", "uvicorn.error", "rasa_sdk", "telegram.ext", "another"]
    told = written(f"for name in {names}: logging.getLogger(name).{level}('kanarie %s', 'kanarie')")
    assert "kanarie" not in told
    assert ("another" in told) == (level != "warning")


def test_the_moment_is_in_utc() -> None:
    assert json.loads(written("log.info('purged')"))["timestamp"].endswith("Z")


def test_no_allowed_name_is_that_of_a_person() -> None:
    personal = {"name", "email", "phone", "company", "text", "said", "city", "token", "question"}
    assert not personal & log.ALLOWED


def calls_of_the_log() -> Iterator[tuple[str, str]]:
    """Where something is logged, with each name that stands in that line."""
    for path in sorted((*ROOT.glob("bot/**/*.py"), *ROOT.glob("actions/*.py"))):
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if isinstance(node.func.value, ast.Name) and node.func.value.id == "log":
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                yield from ((place, each.arg) for each in node.keywords if each.arg)


def test_no_name_that_we_log_is_dropped() -> None:
    assert [(place, name) for place, name in calls_of_the_log() if name not in log.ALLOWED] == []
