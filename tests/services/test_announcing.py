"""What we say first reaches people where they are, once, by day, and leaves their question open."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.core.errors import ChatClosed, MessageUnavailable
from bot.core.turn import Said
from bot.services import conversation, deliveries
from bot.services.announcing import tell
from bot.services.deliveries import Courier
from bot.services.records import Spoken
from bot.storage.conversations import HEAD_START
from tests.services.test_deliveries import LATE, Chats

NOON = datetime.fromisoformat("2026-11-30T12:00+01:00")
NIGHT = datetime.fromisoformat("2026-11-30T22:30+01:00")
MORNING = datetime.fromisoformat("2026-12-01T08:00+01:00")
NEWS = "utter_thanks"
ASKED = Spoken("Werkt u in loondienst?", (("Ja", "/affirm"),), "utter_ask_employment")


@pytest.fixture
def chats():
    return Chats()


@pytest.fixture
def ports(ports, clock):
    clock.moment = NOON
    return replace(ports, is_brought=True)


async def told(ports, name, occasion="starts/2027-11/2027-11-08", **more):
    async with ports.work() as work:
        is_new = await tell(ports, work, name, NEWS, occasion=occasion, **more)
        await work.commit()
    return is_new


async def in_chat(ports, engine, chats, address="7"):
    """Somebody in a chat who was asked something, and has it on the screen."""
    name = (await conversation.start(ports, "telegram", address)).conversation
    engine.says = (ASKED,)
    await conversation.take_turn(ports, name, Said(text="past het?", place=1))
    await Courier(ports, chats).bring(name)
    chats.said.clear()
    return name


async def asked(ports, name):
    async with ports.work() as work:
        known = await work.conversations.by_id(name)
        return known.asks, await work.conversations.last_reply(name)


async def test_it_reaches_a_chat_days_later_and_once(ports, engine, chats, clock):
    name = await in_chat(ports, engine, chats)
    clock.moment += timedelta(days=40)
    assert await told(ports, name) and not await told(ports, name)
    for _ in range(2):
        await Courier(ports, chats).bring_due()
    assert chats.said == {"7": [NEWS]}
    assert await told(ports, name, occasion="starts/2027-11/2027-11-15")
    await Courier(ports, chats).bring_due()
    assert chats.said == {"7": [NEWS, NEWS]}


async def test_the_open_question_stays_open_and_its_buttons_work(ports, engine, chats):
    name = await in_chat(ports, engine, chats)
    before = await asked(ports, name)
    await told(ports, name)
    assert await asked(ports, name) == before
    engine.says = (Spoken("Genoteerd.", key="utter_x"),)
    await conversation.take_turn(ports, name, Said(text="ja", place=9))
    assert engine.heard[-1]["command"] == "/affirm", "a typed title is the button of the question"


async def test_it_is_the_turn_that_was_the_latest(ports, engine, chats):
    name = await in_chat(ports, engine, chats)
    await told(ports, name)
    *_, question, news = await conversation.history(ports, name)
    assert (news.said, news.reply.asks) == (None, "employment")
    assert getattr(news.reply, "id", None) == getattr(question.reply, "id", None)
    assert news.reply.messages[-1].buttons == ()


async def test_nobody_is_woken(ports, engine, chats, clock):
    name = await in_chat(ports, engine, chats)
    clock.moment = NIGHT
    await told(ports, name)
    courier = Courier(ports, chats)
    await courier.bring_due()
    assert not chats.said
    clock.moment = MORNING
    await courier.bring_due()
    assert chats.said == {"7": [NEWS]}, "and without a word that it is late"


async def test_what_could_not_be_brought_by_day_is_not_brought_at_night(
    ports, engine, chats, clock
):
    name = await in_chat(ports, engine, chats)
    clock.moment = NIGHT - timedelta(hours=1, minutes=31)
    await told(ports, name)
    chats.problems = [MessageUnavailable("away")]
    await Courier(ports, chats).bring_due()
    clock.moment = NIGHT
    for _ in range(2):
        await Courier(ports, chats).bring_due()
    assert not chats.said
    clock.moment = MORNING
    await Courier(ports, chats).bring_due()
    assert chats.said == {"7": [NEWS]}


async def test_who_writes_at_night_is_awake_and_hears_it_too(ports, engine, chats, clock):
    name = await in_chat(ports, engine, chats)
    clock.moment = NIGHT
    await told(ports, name)
    engine.says = (Spoken("Dag.", key="utter_x"),)
    await conversation.take_turn(ports, name, Said(text="hoi", place=9))
    await Courier(ports, chats).bring(name)
    assert {"Dag.", NEWS} <= set(chats.said["7"])


async def test_what_waits_for_the_morning_holds_up_no_answer(ports, engine, chats, clock):
    name = await in_chat(ports, engine, chats)
    clock.moment = NIGHT
    await told(ports, name)
    engine.says = (Spoken("Dag.", key="utter_x"),)
    await conversation.take_turn(ports, name, Said(text="hoi", place=9))
    clock.moment += HEAD_START
    await Courier(ports, chats).bring_due()
    assert chats.said["7"][-1] == "Dag."
    assert NEWS not in chats.said["7"]


async def test_who_had_closed_his_door_hears_it_when_he_is_back(ports, engine, chats, clock):
    name = await in_chat(ports, engine, chats)
    await told(ports, name)
    courier = Courier(ports, chats)
    chats.problems = [ChatClosed()]
    await courier.bring_due()
    await courier.settle()
    clock.moment += timedelta(days=9)
    await courier.told_again(name)
    await courier.bring(name)
    assert chats.said["7"][-1] == NEWS
    await courier.told_again(name)
    assert not await courier.bring(name)


async def test_late_news_is_not_called_a_late_answer(ports, engine, chats, clock):
    name = await in_chat(ports, engine, chats)
    await told(ports, name)
    clock.moment += deliveries.LATE * 3
    await Courier(ports, chats).bring_due()
    assert LATE not in chats.said["7"]


async def test_on_the_website_it_stands_there_when_somebody_comes_back(ports, engine, chats):
    web = replace(ports, is_brought=False)
    name = (await conversation.start(web, "web")).conversation
    await told(web, name)
    await Courier(ports, chats).bring_due()
    assert not chats.said
    assert [each.reply.messages[-1].text for each in await conversation.history(web, name)][
        -1
    ] == NEWS
    async with ports.work() as work:
        assert await work.deliveries.late(ports.clock.now() + timedelta(days=2)) == 0


async def test_without_commit_nothing_is_told_and_nobody_unknown_is(ports, engine, chats):
    name = await in_chat(ports, engine, chats)
    async with ports.work() as work:
        assert await tell(ports, work, name, NEWS, occasion="x")
    await Courier(ports, chats).bring_due()
    assert not chats.said
    assert not await told(ports, "niemand")


async def test_what_a_visitor_calls_his_message_makes_it_none_of_ours(ports, engine, chats):
    name = await in_chat(ports, engine, chats)
    engine.says = (Spoken("Dag.", key="utter_x"),)
    await conversation.take_turn(ports, name, Said(text="hoi", place=9), "told:starts/x")
    _, last = await asked(ports, name)
    assert last.messages[0].text == "Dag."
