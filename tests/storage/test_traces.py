"""Erasing reaches the engine's own store, also when that did not work the first time."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.errors import StorageUnavailable
from bot.core.turn import Said
from bot.services import conversation, erasing, registration, retention
from bot.services.records import Spoken
from bot.storage.traces import EngineTraces
from bot.storage.work import sqlite_file
from tests.services.test_registration import candidate

AS_RASA_MAKES_IT = """
CREATE TABLE events (
  id INTEGER NOT NULL PRIMARY KEY, sender_id VARCHAR(255) NOT NULL,
  type_name VARCHAR(255) NOT NULL, timestamp FLOAT, intent_name VARCHAR(255),
  action_name VARCHAR(255), data TEXT)
"""
MINUTE = timedelta(minutes=1)


class BreaksOnce(EngineTraces):
    """The store as it is, but for the first call."""

    is_whole = False

    async def forget(self, conversation: str) -> None:
        if not self.is_whole:
            self.is_whole = True
            raise StorageUnavailable("test")
        await super().forget(conversation)


@pytest.fixture
async def events(database):
    """Whom the engine knows something of; and how it comes to know it."""

    async def known() -> set[str]:
        async with database.connect() as connection:
            rows = await connection.exec_driver_sql("SELECT sender_id FROM events")
            return {row[0] for row in rows}

    async def hear(number: int, name: str, text: str = "mijn kanarie") -> None:
        data = json.dumps({"event": "user", "text": text}).replace("'", "''")
        async with database.begin() as connection:
            await connection.exec_driver_sql(
                "INSERT INTO events (id, sender_id, type_name, data) "
                f"VALUES ({number}, '{name}', 'user', '{data}')"
            )

    async with database.begin() as connection:
        await connection.exec_driver_sql(AS_RASA_MAKES_IT)
    known.hear = hear
    yield known
    async with database.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE events")


async def test_what_one_erases_is_gone_from_there_and_of_others_nothing(ports, events):
    mine = (await conversation.start(ports, "web")).conversation
    await events.hear(1, mine)
    await events.hear(2, mine)
    await events.hear(3, "another")
    await erasing.erase(ports, mine)
    assert await events() == {"another"}


async def test_what_was_erased_cannot_be_read_in_the_file_either(ports, events, database):
    file = sqlite_file(database)
    if file is None:
        pytest.skip("PostgreSQL cleans up by itself")
    mine = (await conversation.start(ports, "web")).conversation
    await events.hear(1, mine, "kanarie in Zwolle " * 20)
    assert b"kanarie in Zwolle" in file.read_bytes()
    await erasing.erase(ports, mine)
    assert b"kanarie in Zwolle" not in file.read_bytes()


async def test_what_the_engine_keeps_of_the_turn_that_erased_is_gone_after_it(
    ports, events, engine
):
    mine = (await conversation.start(ports, "web")).conversation
    await erasing.erase(ports, mine)
    await events.hear(1, mine)  # Rasa writes down a turn, and all before it, when it ended
    engine.says = (Spoken("Alles is gewist.", signs={"erased": True}),)
    await conversation.take_turn(ports, mine, Said(text="ja"))
    assert await events() == set()


@pytest.mark.parametrize("erase", [erasing.erase, erasing.erase_conversation])
async def test_what_could_not_be_forgotten_at_once_is_forgotten_by_a_round(
    ports, events, clock, erase
):
    broken = replace(ports, traces=BreaksOnce(ports.traces._database))
    mine = (await conversation.start(ports, "web")).conversation
    await events.hear(1, mine)
    with pytest.raises(StorageUnavailable):
        await erase(broken, mine)
    assert await events() == {mine}
    clock.moment += MINUTE
    await retention.purge(broken)
    assert await events() == set()
    await events.hear(2, mine)  # what is said later, is no longer of before
    await retention.purge(broken)
    assert await events() == {mine}


async def test_where_somebody_registered_is_forgotten_too_when_it_failed_elsewhere(
    ports, events, clock
):
    first = await candidate(ports)
    lead = (await registration.register(ports, first)).registration
    elsewhere = (await conversation.start(ports, "web")).conversation
    async with ports.work() as work:
        await work.proofs.add(elsewhere, lead.code, "123456", clock.now())
        await work.proofs.prove(elsewhere, "123456", clock.now(), clock.now())
        await work.commit()
    await events.hear(1, first)
    await events.hear(2, elsewhere)
    with pytest.raises(StorageUnavailable):
        await erasing.erase(
            replace(ports, traces=BreaksOnce(ports.traces._database)), elsewhere, is_self=True
        )
    clock.moment += MINUTE
    await retention.purge(ports)
    assert await events() == set()
