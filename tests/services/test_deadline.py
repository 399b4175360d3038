"""A visitor hears something in time, and what he then sends again is answered once."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.core.errors import StorageUnavailable
from bot.core.turn import Said, Turn
from bot.services import conversation, deadline
from bot.services.records import Asked, Spoken
from tests.support.parts import ScriptedEngine
from tests.support.patience import PATIENCE

ENGINE, TURN = 2.0, 4.0
ASKS_YEARS = Spoken("Hoeveel jaar?", key="utter_ask_years_experience")
ASKS_CONSENT = Spoken("Mag het van uw baas?", key="utter_ask_employer_consent")


@dataclass
class SlowEngine(ScriptedEngine):
    """Answers from the moment that it may; `stuck` are the turns that it keeps."""

    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    stuck: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    async def take_turn(self, asked: Asked) -> Sequence[Spoken]:
        spoken = await super().take_turn(asked)
        if not self.may_answer.is_set():
            self.stuck.release()
            await self.may_answer.wait()
        return spoken


@pytest.fixture
def engine() -> SlowEngine:
    return SlowEngine()


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same deadlines, for who has no time."""
    monkeypatch.setattr(deadline, "ENGINE", ENGINE)
    monkeypatch.setattr(deadline, "TURN", TURN)


@asynccontextmanager
async def standing_still(database: AsyncEngine) -> AsyncIterator[None]:
    """Somebody holds the database, so that nobody else gets an answer of it."""
    async with database.connect() as connection, connection.begin():
        if database.dialect.name == "postgresql":
            await connection.exec_driver_sql("LOCK TABLE conversations, exchanges")
        yield


async def begin(ports) -> str:
    return (await conversation.start(ports, "web")).conversation


async def say(ports, known: str, text: str, client_id: str | None = None) -> Turn:
    async with asyncio.timeout(PATIENCE):
        return await conversation.take_turn(ports, known, Said(text=text), client_id)


def words(turn: Turn) -> list[str]:
    return [message.text for message in turn.messages]


async def replies_to(ports, known: str, text: str) -> list[list[str] | None]:
    """What is kept as the answer to each message of these words."""
    exchanges = await conversation.history(ports, known)
    return [each.reply and words(each.reply) for each in exchanges if each.said == text]


async def test_an_engine_that_hangs_is_told_and_what_it_says_later_is_not_kept(ports, engine):
    known = await begin(ports)
    assert words(await say(ports, known, "hoi", "een")) == ["utter_trouble"]
    engine.may_answer.set()
    await asyncio.sleep(0)
    assert await replies_to(ports, known, "hoi") == [None]
    engine.says = (Spoken("Nu wel."),)
    assert words(await say(ports, known, "hoi", "een")) == ["Nu wel."]
    assert words(await say(ports, known, "hoi", "een")) == ["Nu wel."]
    assert await replies_to(ports, known, "hoi") == [["Nu wel."]]
    assert len(engine.heard) == 2


async def test_who_waits_behind_a_message_that_is_stuck_hears_it_too_and_loses_nothing(
    ports, engine
):
    known = await begin(ports)
    texts = ["een", "twee", "drie", "vier"]
    turns = await asyncio.gather(*(say(ports, known, text, text) for text in texts))
    assert [words(turn) for turn in turns] == [["utter_trouble"]] * 4
    assert engine.heard == [{"text": "een", "command": None}]
    engine.may_answer.set()
    for text in texts:
        engine.says = (Spoken(f"Antwoord op {text}."),)
        for _ in range(2):
            assert words(await say(ports, known, text, text)) == [f"Antwoord op {text}."]
    for text in texts:
        assert await replies_to(ports, known, text) == [[f"Antwoord op {text}."]]


async def test_a_turn_that_cannot_be_ended_does_not_keep_others_from_hearing_something(
    ports, engine
):
    known = await begin(ports)

    async def clings(_asked: Asked) -> Sequence[Spoken]:
        engine.stuck.release()
        try:
            return await asyncio.Event().wait() or ()
        finally:
            await engine.may_answer.wait()

    answers, engine.take_turn = engine.take_turn, clings
    first = asyncio.create_task(say(ports, known, "een", "een"))
    await engine.stuck.acquire()
    assert words(await say(ports, known, "twee", "twee")) == ["utter_trouble"]
    with pytest.raises(StorageUnavailable):
        await first
    engine.take_turn = answers
    engine.may_answer.set()
    for text in ("een", "twee"):
        said = words(await say(ports, known, text, text))
        assert "utter_trouble" not in said
        assert await replies_to(ports, known, text) == [said]


async def test_sent_again_while_the_first_is_still_worked_on_it_is_one_turn(ports, engine):
    known = await begin(ports)
    first = asyncio.create_task(say(ports, known, "hoi", "een"))
    await engine.stuck.acquire()
    again = asyncio.create_task(say(ports, known, "hoi", "een"))
    await asyncio.sleep(0)
    engine.may_answer.set()
    assert words(await first) == words(await again) == ["Goed."]
    assert len(engine.heard) == 1


async def test_other_conversations_do_not_wait(ports, engine):
    mine, theirs = await begin(ports), await begin(ports)
    stuck = asyncio.create_task(say(ports, mine, "hoi"))
    await engine.stuck.acquire()
    assert words(await say(ports, theirs, "")) == ["utter_empty"]
    assert not stuck.done()
    await stuck


async def test_who_is_about_to_register_hears_that_he_is_not(ports, engine):
    known = await begin(ports)
    engine.may_answer.set()
    engine.says = (Spoken("Klopt het?", key="utter_ask_confirm"),)
    assert (await say(ports, known, "verder")).asks == "confirm"
    engine.may_answer.clear()
    turns = await asyncio.gather(*(say(ports, known, "ja") for _ in range(2)))
    assert [words(turn) for turn in turns] == [["utter_trouble_registration"]] * 2
    assert {turn.asks for turn in turns} == {"confirm"}


async def test_an_answer_and_the_question_beside_it_are_one_turn(ports, engine):
    """Two turns could be heard by half: "12 jaar" is then taken for the answer to the next."""
    known = await begin(ports)
    engine.may_answer.set()
    engine.says = (ASKS_YEARS,)
    assert (await say(ports, known, "verder")).asks == "years_experience"
    engine.says = (Spoken("Genoteerd."), ASKS_CONSENT)
    both = "12 jaar. en wat kost het?"
    turn = await say(ports, known, both, "een")
    assert len(engine.heard) == 2
    assert engine.read_texts[-1] == "wat kost het?"
    assert turn.asks == "employer_consent"
    assert await say(ports, known, both, "een") == turn
    assert len(engine.heard) == 2


async def test_the_time_before_a_turn_counts(ports, engine):
    known = await begin(ports)
    engine.may_answer.set()
    long_ago = deadline.now() - ENGINE
    turn = await conversation.take_turn(ports, known, Said(text="hoi"), "een", long_ago)
    assert words(turn) == ["utter_trouble"] and engine.heard == []
    assert words(await say(ports, known, "hoi", "een")) == ["Goed."]


async def test_a_database_that_stands_still_is_told_in_time(ports, engine, database):
    known = await begin(ports)
    engine.may_answer.set()
    async with standing_still(database):
        with pytest.raises(StorageUnavailable):
            await say(ports, known, "hoi", "een")
        with pytest.raises(StorageUnavailable):
            await say(ports, known, "hoi", "een")
    assert words(await until_free(ports, known, "een")) == ["Goed."]
    assert await replies_to(ports, known, "hoi") == [["Goed."]]


async def test_an_answer_that_could_not_be_kept_in_time_is_given_once_later(
    ports, engine, database
):
    known = await begin(ports)
    turn = asyncio.create_task(say(ports, known, "hoi", "een"))
    await engine.stuck.acquire()
    async with standing_still(database):
        engine.may_answer.set()
        with pytest.raises(StorageUnavailable):
            await turn
    engine.says = (Spoken("Later."),)
    given = words(await until_free(ports, known, "een"))
    assert await replies_to(ports, known, "hoi") == [given]
    assert words(await say(ports, known, "hoi", "een")) == given


async def until_free(ports, known: str, client_id: str) -> Turn:
    """Send it again until what was let go has cleaned up behind it, as a client would."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                turn = await say(ports, known, "hoi", client_id)
            except StorageUnavailable:
                continue
            if words(turn) != ["utter_trouble"]:
                return turn


async def test_somebody_at_another_door_hears_something_too(ports, engine):
    known = await begin(ports)
    async with asyncio.timeout(PATIENCE):
        turn = await conversation.go_on(ports, known)
    assert words(turn) == ["utter_passage_arrived", "utter_trouble"]


async def test_who_waited_before_we_began_has_less_time_but_always_some(monkeypatch):
    monkeypatch.setattr(deadline, "ENGINE", 10.0)
    now = deadline.now()
    assert deadline.counted_from(now - 2) == now - 2
    least = deadline.counted_from(now - 3600) + deadline.ENGINE - now
    assert deadline.LEAST <= least < deadline.ENGINE
