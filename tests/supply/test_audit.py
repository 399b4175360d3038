"""`make audit`: a flaw that nobody judged fails, and no answer is never a good answer."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests.supply.fake_advisories import Advisories, running_advisories
from tools.accepted import Accepted, problems, read
from tools.audit import audit, names
from tools.locks import LOCKS, locked

TODAY = date(2026, 11, 25)
UNTIL = TODAY + timedelta(days=90)
NOWHERE = "http://127.0.0.1:9"
AIOHTTP = Accepted("aiohttp", "app", "client only", UNTIL, ids=("CVE-2026-0001",))


def test_what_we_accepted_is_still_locked_in_date_and_stands_there_once():
    today = date.today()
    assert list(problems(read(), today, names())) == []


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (Accepted("nosuch", "app", "why", UNTIL, ids=("A",)), "is not locked"),
        (Accepted("ruff", "app", "why", UNTIL, ids=("A",)), "is not locked"),
        (Accepted("httpx", "app", "why", TODAY - timedelta(1), ids=("A",)), "judge it again"),
        (Accepted("httpx", "app", "why", TODAY + timedelta(500), ids=("A",)), "than a year"),
        (Accepted("httpx", "app", "why", UNTIL), "name ids"),
        (Accepted("httpx", "app", " ", UNTIL, ids=("A",)), "say why"),
        (Accepted("httpx", "app", "why", UNTIL, ids=("A", "A")), "twice"),
    ],
)
def test_an_entry_that_says_too_little_is_named(entry: Accepted, problem: str):
    [found] = problems([entry], TODAY, names())
    assert problem in found


def test_a_flaw_that_stands_in_two_entries_is_named():
    [found] = problems([AIOHTTP, AIOHTTP], TODAY, names())
    assert "twice" in found


def test_without_a_network_it_says_that_it_knows_nothing(capsys: pytest.CaptureFixture[str]):
    assert audit(f"{NOWHERE}/v1/query", NOWHERE, [AIOHTTP], TODAY) == 3
    said = capsys.readouterr().out
    assert said.startswith("NOT AUDITED") and "Nothing is known of today" in said


@pytest.fixture
def source() -> Iterator[Advisories]:
    with running_advisories() as known:
        yield known


def status(source: Advisories, *entries: Accepted) -> int:
    return audit(f"{source.url}/v1/query", source.url, list(entries), TODAY)


def test_a_source_that_knows_no_old_flaw_is_not_believed(
    source: Advisories, capsys: pytest.CaptureFixture[str]
):
    source.python.clear()
    assert status(source) == 3
    assert "does not know the flaws of jinja2" in capsys.readouterr().out


@pytest.mark.browser  # for npm
def test_everything_that_is_locked_is_asked_and_the_judged_is_let_through(
    source: Advisories, capsys: pytest.CaptureFixture[str]
):
    sanic = Accepted("sanic", "app", "not served with", UNTIL, ids=("CVE-2026-0002",))
    source.python |= {"aiohttp": ["CVE-2026-0001"], "sanic": ["CVE-2026-0002"]}
    assert status(source, AIOHTTP, sanic) == 0
    assert source.asked >= {name for lock in LOCKS for name in locked(lock)}
    assert "2 known flaws" in capsys.readouterr().out


@pytest.mark.browser
def test_what_nobody_judged_fails(source: Advisories, capsys: pytest.CaptureFixture[str]):
    source.python |= {"aiohttp": ["CVE-2026-0001", "CVE-2026-0003"], "starlette": ["CVE-2026-4"]}
    source.npm = {
        "esbuild": [
            {
                "id": 1,
                "url": "https://github.com/advisories/GHSA-aaaa-bbbb-cccc",
                "title": "x",
                "severity": "high",
                "vulnerable_versions": "*",
            }
        ]
    }
    assert status(source, AIOHTTP) == 1
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in said[:-1]] == ["aiohttp", "starlette", "esbuild"]
    assert "CVE-2026-0003" in said[0] and "GHSA-aaaa-bbbb-cccc" in said[2]


@pytest.mark.browser
def test_npm_that_does_not_answer_is_no_good_answer_either(source: Advisories):
    source.npm = None
    assert status(source) == 3
