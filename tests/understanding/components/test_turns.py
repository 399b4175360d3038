"""A turn is taken once, whoever asks again."""

import asyncio
from collections import deque

import pytest
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered

from bot.understanding.turns import Turns, said_in

EVENTS = deque(
    [
        UserUttered("mbo 4", message_id="7"),
        SlotSet("education_level", "mbo4"),
        BotUttered("Hoeveel jaar?", {"buttons": [{"title": "Lang"}], "custom": None}),
        BotUttered(None, {"custom": {"topics": []}}),
        ActionExecuted("action_listen"),
        UserUttered("12 jaar", message_id="8"),
        BotUttered("Mooi", {}),
    ]
)


async def knows_nothing(conversation, turn):
    return None


def test_what_was_said_in_a_turn_is_read_back_from_the_store():
    assert said_in(EVENTS, "7") == [
        {"text": "Hoeveel jaar?", "buttons": [{"title": "Lang"}]},
        {"custom": {"topics": []}},
    ]
    assert said_in(EVENTS, "8") == [{"text": "Mooi"}]
    assert said_in(EVENTS, "9") is None


def test_asked_again_it_is_not_taken_again():
    taken = []

    async def take():
        taken.append(1)
        return [{"text": str(len(taken))}]

    async def ask():
        turns = Turns(knows_nothing)
        first = await turns.once("een", "1", take)
        assert await turns.once("een", "2", take) != first
        assert await turns.once("een", "1", take) == first
        assert await turns.once("twee", "1", take) != first

    asyncio.run(ask())
    assert len(taken) == 3


def test_who_hung_up_finds_it_done():
    async def ask():
        turns, go_on, taken = Turns(knows_nothing), asyncio.Event(), []

        async def take():
            taken.append(1)
            await go_on.wait()
            return [{"text": "ja"}]

        waiting = asyncio.ensure_future(turns.once("een", "1", take))
        await asyncio.sleep(0)
        waiting.cancel()
        again = asyncio.ensure_future(turns.once("een", "1", take))
        await asyncio.sleep(0)
        go_on.set()
        assert await again == [{"text": "ja"}]
        assert taken == [1]

    asyncio.run(ask())


def test_after_a_restart_the_store_is_asked():
    async def ask():
        async def recall(conversation, turn):
            return [{"text": "van toen"}]

        return await Turns(recall).once("een", "1", None)

    assert asyncio.run(ask()) == [{"text": "van toen"}]


def test_a_failure_can_be_asked_again():
    async def ask():
        turns = Turns(knows_nothing)

        async def fail():
            raise ValueError

        async def take():
            return []

        with pytest.raises(ValueError):
            await turns.once("een", "1", fail)
        assert await turns.once("een", "1", take) == []

    asyncio.run(ask())
