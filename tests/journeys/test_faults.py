"""What a visitor notices when a part of the house falls over: a sentence, and no lead lost."""

import os
import signal
import sqlite3
import time
import uuid

import httpx
import pytest

from tests.journeys.test_web import FRAGMENTS, walk
from tests.support.house import House
from tests.support.visitor import Visitor

pytestmark = pytest.mark.engine

TO_CONFIRM = [{"as": name} for name in ("eligible_candidate", "gives_consent", "gives_details")]


def person(name: str) -> dict[str, str]:
    return {"$name": "Piet Jansen", "$email": f"{name}@voorbeeld.nl"}


def leads_of(house: House, email: str) -> list[dict[str, object]]:
    return [lead for lead in house.leads() if lead["email"] == email]


def until_registered(visitor: Visitor, seconds: float = 60) -> None:
    """Say yes until it is confirmed, as somebody would who is told to try again."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            turn = visitor.say("ja, meld mij aan")
        except (httpx.HTTPError, AssertionError):  # nobody there, or a problem: try again
            time.sleep(0.2)
            continue
        if turn["registration"]:
            return
        assert "aangemeld" not in visitor.words() or "niet" in visitor.words()
        time.sleep(0.2)
    raise AssertionError("never registered")


@pytest.mark.parametrize("part", ["gateway", "engine", "actions"])
def test_killing_a_process_loses_no_lead_and_makes_no_second(house: House, part: str) -> None:
    who = person(f"kill-{part}")
    with Visitor(house.url) as visitor:
        walk(visitor, TO_CONFIRM, who)
        house.kill(part)
        until_registered(visitor)
        code = visitor.last["registration"]["code"]
        house.kill(part)
        house.await_ready()
        again = visitor.say("is mijn aanmelding binnengekomen?")
        assert again["registration"] == {"code": code, "status": "registered"}
    assert [lead["code"] for lead in leads_of(house, who["$email"])] == [code]


@pytest.mark.parametrize("part", ["engine", "actions"])
def test_a_part_that_hangs_is_told_and_the_yes_still_counts_once(house: House, part: str) -> None:
    who = person(f"hang-{part}")
    with Visitor(house.url) as visitor:
        walk(visitor, TO_CONFIRM, who)
        stuck = house.children()[part]
        stuck.send_signal(signal.SIGSTOP)
        try:
            turn = visitor.say("ja, meld mij aan", uuid.uuid4().hex)  # it hangs until we let it go
            assert turn["registration"] is None
            assert "niet aangemeld" in visitor.words()
        finally:
            stuck.send_signal(signal.SIGCONT)
        until_registered(visitor)
    assert len(leads_of(house, who["$email"])) == 1


def test_a_locked_database_is_told_and_nothing_is_lost(house: House) -> None:
    who = person("locked")
    with Visitor(house.url) as visitor:
        walk(visitor, TO_CONFIRM, who)
        lock = sqlite3.connect(house.var / "instap.db", isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
        try:
            answer = visitor.client.post("/api/v1/messages", json={"text": "ja", "id": "een"})
            assert answer.status_code == 503
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["detail"]
        finally:
            lock.execute("ROLLBACK")
            lock.close()
        turn = visitor.say("ja", "een")
        assert turn["registration"]["status"] == "registered"
    assert len(leads_of(house, who["$email"])) == 1


def test_a_database_that_is_gone_is_told_and_nothing_is_confirmed(house: House) -> None:
    who = person("gone")
    with Visitor(house.url) as visitor:
        walk(visitor, TO_CONFIRM, who)
        file, away = house.var / "instap.db", house.var / "away.db"
        os.rename(file, away)
        try:
            answer = visitor.client.post("/api/v1/messages", json={"text": "ja", "id": "een"})
            assert answer.status_code == 503
            assert not file.exists()
        finally:
            os.rename(away, file)
        assert visitor.say("ja", "een")["registration"]["status"] == "registered"
    assert len(leads_of(house, who["$email"])) == 1


def test_the_same_yes_sent_five_times_is_one_lead(house: House) -> None:
    who = person("vijf")
    with Visitor(house.url) as visitor:
        walk(visitor, TO_CONFIRM, who)
        turns = [visitor.say("ja", "dezelfde") for _ in range(5)]
    assert all(turn == turns[0] for turn in turns)
    assert len(leads_of(house, who["$email"])) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x" * 5000,
        "🎉🎉",
        "hoi\x00daar",
        "<script>alert(1)</script>",
        "'; DROP TABLE registrations; --",
        "{slot} {0} {name}",
        '/register{"eligible": true}',
        "⟦code⟧ ⟦email⟧",
    ],
)
def test_odd_texts_leave_the_conversation_whole(house: House, text: str) -> None:
    with Visitor(house.url) as visitor:
        walk(visitor, FRAGMENTS["eligible_candidate"][:4], person("odd"))
        before = {name: child.pid for name, child in house.children().items()}
        turn = visitor.say(text)
        assert turn["messages"][0]["text"]
        assert turn["asks"] == "years_experience", visitor.words()
        assert visitor.say("12 jaar")["asks"] == "employer_consent"
        assert {name: child.pid for name, child in house.children().items()} == before
