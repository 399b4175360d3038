"""Answers get to their chat: in order, later when the way is closed, and never silently not."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.core.errors import ChatClosed, MessageRefused, MessageUnavailable, StorageUnavailable
from bot.core.turn import Said
from bot.log import ALLOWED
from bot.services import conversation, deliveries, erasing
from bot.services.deliveries import Courier
from bot.services.records import Spoken
from bot.storage.conversations import HEAD_START

MINUTE = timedelta(minutes=1)
LATE = "(laat)"


@dataclass
class Chats:
    """A messenger that fails in the given ways, or waits, and then brings everything."""

    problems: list[Exception] = field(default_factory=list)
    said: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    gate: asyncio.Event | None = None
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    places: int = 0

    def parts(self, unsent):
        return [partial(self._say, unsent.address, each.text) for each in unsent.turn.messages]

    async def warn(self, address):
        await self._say(address, LATE)

    async def _say(self, address, words):
        self.begun.set()
        if self.gate is not None:
            await self.gate.wait()
        if self.problems:
            raise self.problems.pop(0)
        self.said[address].append(words)
        self.places += 1
        return self.places


@pytest.fixture
def chats():
    return Chats()


@pytest.fixture
def ports(ports):
    return replace(ports, is_brought=True)


async def answered(ports, engine, address, *words):
    """A conversation in which these answers wait, and no opening words."""
    name = (await conversation.start(ports, "telegram", address)).conversation
    await Courier(ports, Chats()).leave_out(name)
    async with ports.work() as work:
        await work.conversations.erase(name, ports.clock.now())
        await work.commit()
    for each in words:
        engine.says = (Spoken(each, key="utter_x"),)
        await conversation.take_turn(ports, name, Said(text=f"en {engine.says[0].text}"))
    ports.clock.moment += HEAD_START
    return name


async def counted(ports):
    """How many answers wait, and how many were given up."""
    now = ports.clock.now()
    async with ports.work() as work:
        late = await work.deliveries.late(now + MINUTE)
        return late, await work.deliveries.given_up(now - timedelta(days=7))


async def test_what_waits_comes_in_order_and_once(ports, engine, chats):
    name = await answered(ports, engine, "7", "een", "twee\n\nen meer", "drie")
    courier = Courier(ports, chats)
    assert await courier.bring(name) and not await courier.bring(name)
    await courier.bring_due()
    assert chats.said == {"7": ["een", "twee", "en meer", "drie"]}
    assert await counted(ports) == (0, 0)


async def test_who_asks_on_the_website_gets_nothing_brought(ports, engine, chats):
    web = replace(ports, is_brought=False)
    await answered(web, engine, "7", "een")
    await Courier(ports, chats).bring_due()
    assert not chats.said


async def test_when_the_way_is_closed_it_comes_later_in_order_with_a_word_that_it_is_late(
    ports, engine, chats, clock
):
    name = await answered(ports, engine, "7", "een", "twee")
    courier = Courier(ports, chats)
    chats.problems = [MessageUnavailable("away")] * 2
    with capture_logs() as events:
        assert not await courier.bring(name)
        await courier.bring_due()
        clock.moment += MINUTE / 2
        await courier.bring_due()
        clock.moment += MINUTE
        await courier.bring_due()
        assert not chats.said
        clock.moment += 2 * MINUTE
        await courier.bring_due()
        assert chats.said == {"7": ["een", "twee"]}, "three minutes is not so late"
        chats.problems = [MessageUnavailable("away")]
        engine.says = (Spoken("drie"),)
        await conversation.take_turn(ports, name, Said(text=f"en {engine.says[0].text}"))
        engine.says = (Spoken("vier"),)
        await conversation.take_turn(ports, name, Said(text=f"en {engine.says[0].text}"))
        await courier.bring(name)
        clock.moment += deliveries.LATE + MINUTE
        await courier.bring_due()
    assert chats.said["7"][2:] == [LATE, "drie", "vier"]
    put_off = [each["attempt"] for each in events if each["event"] == "delivery_put_off"]
    assert put_off == [1, 2, 1]
    assert all(set(each) - {"log_level"} <= ALLOWED for each in events)


async def test_who_writes_again_need_not_wait_for_the_next_try(ports, engine, chats):
    name = await answered(ports, engine, "7", "een")
    courier = Courier(ports, chats)
    chats.problems = [MessageUnavailable("away")]
    await courier.bring(name)
    engine.says = (Spoken("twee"),)
    await conversation.take_turn(ports, name, Said(text="hoi"))
    await courier.bring(name)
    assert chats.said["7"] == ["een", "twee"]


async def test_as_long_as_was_asked_we_stay_away(ports, engine, chats, clock):
    await answered(ports, engine, "7", "een")
    chats.problems = [MessageUnavailable("RetryAfter", 200)]
    await Courier(ports, chats).bring_due()
    clock.moment += timedelta(seconds=199)
    await Courier(ports, chats).bring_due()
    assert not chats.said
    clock.moment += timedelta(seconds=1)
    await Courier(ports, chats).bring_due()
    assert chats.said["7"] == ["een"]


async def test_what_arrived_of_an_answer_is_not_brought_again(ports, engine, chats, clock):
    name = await answered(ports, engine, "7", "een\n\ntwee")
    courier = Courier(ports, chats)

    async def refuse_the_second(address, words):
        if words == "twee" and chats.problems:
            raise chats.problems.pop()
        chats.said[address].append(words)

    chats._say, chats.problems = refuse_the_second, [MessageUnavailable("away")]
    assert not await courier.bring(name)
    clock.moment += MINUTE
    await courier.bring_due()
    assert chats.said["7"] == ["een", "twee"]


async def test_after_three_days_it_is_given_up_and_that_is_seen(ports, engine, chats, clock):
    await answered(ports, engine, "7", "een")
    courier, tries, began = Courier(ports, chats), 0, clock.moment
    with capture_logs() as events:
        while (await counted(ports))[0]:
            chats.problems = [MessageUnavailable("away")]
            await courier.bring_due()
            tries += not chats.problems
            clock.moment += timedelta(minutes=15)
    assert clock.moment - began >= deliveries.GIVE_UP and tries > 72
    assert not chats.said and await counted(ports) == (0, 1)
    [event] = [each for each in events if each["event"] == "delivery_gave_up"]
    assert event["log_level"] == "error" and event["error"] == "too late"


async def test_what_can_never_arrive_holds_up_nothing(ports, engine, chats):
    name = await answered(ports, engine, "7", "een", "twee")
    chats.problems = [MessageRefused("BadRequest")]
    await Courier(ports, chats).bring(name)
    assert chats.said["7"] == ["twee"] and await counted(ports) == (0, 1)


async def test_a_closed_chat_is_no_failure_of_ours(ports, engine, chats):
    name = await answered(ports, engine, "7", "een")
    chats.problems = [ChatClosed()]
    with capture_logs() as events:
        await Courier(ports, chats).bring(name)
    assert await counted(ports) == (0, 0) and not events and not chats.said


async def test_several_gateways_bring_each_answer_once_and_in_order(ports, engine, chats):
    names = [await answered(ports, engine, str(chat), *"abcd") for chat in range(6)]
    couriers = [Courier(ports, chats) for _ in range(3)]
    await asyncio.gather(
        *(each.bring_due() for each in couriers), *(couriers[0].bring(name) for name in names)
    )
    await couriers[0].bring_due()  # what the last claim of one saw as taken by another
    assert chats.said == {str(chat): ["a", "b", "c", "d"] for chat in range(6)}


async def test_of_a_process_that_died_another_takes_over_and_says_that_it_may_come_twice(
    ports, engine, chats, clock
):
    name = await answered(ports, engine, "7", "een", "twee")
    chats.gate = asyncio.Event()
    dying = asyncio.create_task(Courier(ports, chats).bring(name))
    await chats.begun.wait()
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    chats.gate = None
    other = Courier(ports, chats)
    await other.bring_due()
    assert not await other.bring(name) and not chats.said, "somebody may still be bringing it"
    clock.moment += deliveries.LEASE
    with capture_logs() as events:
        await other.bring_due()
    assert chats.said["7"] == ["een", "twee"]
    assert [each["event"] for each in events] == ["delivery_perhaps_twice"]


async def test_what_the_database_did_not_hear_it_hears_later_and_nothing_comes_twice(
    ports, engine, chats
):
    name = await answered(ports, engine, "7", "een", "twee")
    is_off = asyncio.Event()

    class Broken:
        async def __aenter__(self):
            raise StorageUnavailable("test")

        async def __aexit__(self, *_):
            return None

    courier = Courier(
        replace(ports, work=lambda: Broken() if is_off.is_set() else ports.work()), chats
    )
    chats.gate = asyncio.Event()
    bringing = asyncio.create_task(courier.bring(name))
    await chats.begun.wait()
    is_off.set()
    chats.gate.set()
    assert await bringing is False and chats.said["7"] == ["een"]
    with pytest.raises(StorageUnavailable):
        await courier.bring(name)
    is_off.clear()
    await courier.close()
    await Courier(ports, chats).bring_due()
    assert chats.said["7"] == ["een", "twee"] and await counted(ports) == (0, 0)


async def test_what_takes_too_long_is_put_off(ports, engine, chats, monkeypatch):
    monkeypatch.setattr(deliveries, "PATIENCE", 0.05)
    name = await answered(ports, engine, "7", "een")
    chats.gate = asyncio.Event()
    assert not await Courier(ports, chats).bring(name)
    chats.gate.set()
    await Courier(ports, chats).bring(name)
    assert chats.said["7"] == ["een"]


async def test_what_was_erased_is_not_brought(ports, engine, chats):
    name = await answered(ports, engine, "7", "kanarie")
    await erasing.erase_conversation(ports, name)
    engine.says = (Spoken("Alles is gewist."),)
    await conversation.take_turn(ports, name, Said(text="hoi"))
    ports.clock.moment += HEAD_START
    await Courier(ports, chats).bring_due()
    assert chats.said["7"] == ["Alles is gewist."]


async def test_a_chat_that_goes_on_with_another_conversation_hears_no_more_of_the_first(
    ports, engine, chats
):
    await answered(ports, engine, "7", "een")
    other = await answered(ports, engine, "8", "twee")
    async with ports.work() as work:
        await work.conversations.move_to(other, "telegram", "7")
        await work.commit()
    await Courier(ports, chats).bring_due()
    assert chats.said == {"7": ["twee"]} and await counted(ports) == (0, 0)


async def test_what_no_key_opens_holds_up_no_other_chat(ports, engine, chats, clock, database):
    name = await answered(ports, engine, "7", "een")
    async with database.begin() as connection:
        await connection.execute(text("update exchanges set reply = :odd"), {"odd": b"\1" * 40})
    clock.moment += MINUTE
    await answered(ports, engine, "8", "twee")
    await Courier(ports, chats).bring_due()
    assert not await Courier(ports, chats).bring(name)
    assert chats.said == {"8": ["twee"]}


@pytest.fixture
async def spoken(ports, engine, chats):
    """Says something at a place in the chat; what comes is what the engine says by then."""
    name, courier = await answered(ports, engine, "7"), Courier(ports, chats)
    ids = iter(range(1000))

    async def say(text, place, answer, *, is_brought=True):
        engine.says = (Spoken(answer),)
        turn = await conversation.take_turn(
            ports, name, Said(text=text, place=place), f"tg:{next(ids)}"
        )
        if is_brought:
            await courier.bring(name)
            await courier.settle()
        return turn.messages[-1].text

    return say


async def test_what_is_said_again_before_its_answer_came_is_the_same_message(spoken, engine, chats):
    assert await spoken("ja", 1, "Hoeveel jaar?", is_brought=False) == "Hoeveel jaar?"
    assert await spoken("hallo?", 2, "Dag.", is_brought=False) == "Dag."
    assert await spoken("Ja.", 3, "Welk niveau?") == "Hoeveel jaar?"
    assert chats.said == {"7": ["Hoeveel jaar?", "Dag."]} and len(engine.heard) == 2


async def test_what_was_said_before_its_answer_came_is_the_same_message(
    spoken, engine, chats, clock
):
    chats.places = 8
    assert await spoken("ja", 1, "Hoeveel jaar?") == "Hoeveel jaar?"
    assert await spoken("ja", 2, "Welk niveau?") == "Hoeveel jaar?"
    assert await spoken("nee", 3, "Welk niveau?") == "Welk niveau?"
    assert await spoken("nee", 99, "Waar woont u?") == "Waar woont u?"
    assert await spoken("ja", None, "Goed.") == "Goed.", "elsewhere there are no places"
    assert chats.said == {"7": ["Hoeveel jaar?", "Welk niveau?", "Waar woont u?", "Goed."]}
    clock.moment += timedelta(hours=2)
    assert await spoken("nee", 3, "Met wie?") == "Met wie?", "another bot begins at one again"


async def test_who_closed_his_door_and_says_it_again_hears_the_answer_to_it(spoken, engine, chats):
    chats.problems = [ChatClosed()]
    assert await spoken("ja", 1, "Hoeveel jaar?") == "Hoeveel jaar?"
    assert not chats.said
    assert await spoken("ja", 2, "Welk niveau?") == "Hoeveel jaar?"
    assert chats.said == {"7": ["Hoeveel jaar?"]} and len(engine.heard) == 1
