"""An update that the library cannot build costs that update only."""

import json
from collections.abc import AsyncIterator

import pytest

from bot.channels import telegram_inbox
from bot.channels.telegram_updates import read
from tests.channels.telegram.test_webhook import JAN, PIET, message, post
from tests.support.fake_telegram import FakeTelegram, fake_telegram
from tests.support.telegram_door import logged, opened

SOME = 12
UNREADABLE = "telegram_update_unreadable"
POLL = {
    "id": "1",
    "question": "Wanneer?",
    "options": [{"text": "ma", "voter_count": 0}, {"text": "di", "voter_count": 0}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
}
CHAT = {"id": JAN, "type": "private", "first_name": "Sjoerd"}
PERSON = {"id": JAN, "is_bot": False, "first_name": "Sjoerd"}
FROM_JAN = {"message_id": 23, "date": 1795985798, "chat": CHAT, "from": PERSON}


def sent(**content: object) -> dict[str, object]:
    """An update with a message that has this in it."""
    return {"message": {**FROM_JAN, **content}}


def tapped(**content: object) -> dict[str, object]:
    """An update with a tap."""
    tap = {"id": "1", "from": PERSON, "chat_instance": "1", "data": "x", "message": FROM_JAN}
    return {"callback_query": tap | content}


SHAPES = {
    "a poll of an older server": sent(poll=POLL),
    "a photo without a size": sent(photo=[{"file_id": "p"}]),
    "a photo that is no list": sent(photo=5),
    "an entity without a place": sent(text="hallo", entities=[{"type": "bold"}]),
    "entities that are words": sent(text="hallo", entities="vet"),
    "a day that is a word": sent(date="gisteren", text="hallo"),
    "a day beyond the calendar": sent(date=10**18, text="hallo"),
    "no message number": {"message": {"date": 1, "chat": CHAT, "text": "hallo"}},
    "a chat that is a number": sent(chat=JAN, text="hallo"),
    "a chat without a number": sent(chat={"type": "private"}, text="hallo"),
    "a chat whose number is a word": sent(chat=CHAT | {"id": "jan"}, text="hallo"),
    "a chat whose number is a list": sent(chat=CHAT | {"id": [1]}, text="hallo"),
    "a sender without a name": sent(**{"from": {"id": JAN}, "text": "hallo"}),
    "a sender that is a list": sent(**{"from": [1], "text": "hallo"}),
    "a contact without a number": sent(contact={"first_name": "Jan"}),
    "a forward of an unknown kind": sent(text="hallo", forward_origin={"type": "user"}),
    "an answer to nothing": sent(text="hallo", reply_to_message={"text": "wat"}),
    "a keyboard of words": sent(text="hallo", reply_markup={"inline_keyboard": "ja"}),
    "a voice without a length": sent(voice={"file_id": "v"}),
    "a message that is a word": {"message": "hallo"},
    "a message that is a list": {"message": [FROM_JAN]},
    "an edited message that is true": {"edited_message": True},
    "a tap by nobody": {"callback_query": {"id": "1", "data": "x"}},
    "a tap that is a number": {"callback_query": 7},
    "a tap on a message without a chat": tapped(message={"message_id": 1}),
    "a member that is a word": {"my_chat_member": {**FROM_JAN, "new_chat_member": "weg"}},
}
SAYS_NOTHING = [
    {"message": {"message_id": 1, "date": 1, "text": "zonder gesprek"}},
    {"my_chat_member": {"chat": CHAT, "from": PERSON, "date": 1}},
    {},
    {"message": None},
    {"horoscope": {"chat": CHAT, "text": "wat geen bibliotheek kent"}},
]
NAMELESS = [
    None,
    5,
    "hallo",
    [],
    [message(1, "x")],
    {},
    sent(text="zonder nummer"),
    {"update_id": "1011", **sent(text="een woord als nummer")},
    {"update_id": None, **sent(text="geen nummer")},
    {"update_id": True, **sent(text="ja als nummer")},
    {"update_id": -4, **sent(text="min vier")},
    {"update_id": 2**63, **sent(text="te groot")},
    {"update_id": 1.5, **sent(text="half")},
]


@pytest.fixture
async def api() -> AsyncIterator[FakeTelegram]:
    async with fake_telegram(is_local=True) as fake:
        yield fake


@pytest.fixture(autouse=True)
def nonsense_in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telegram_inbox, "AFTER_NONSENSE", 0.02)


def told(events: list[dict[str, object]]) -> list[dict[str, object]]:
    return [each for each in events if each["event"] not in ("telegram_open", "telegram_broke")]


async def test_the_others_of_the_batch_are_answered_in_order(ports, api, engine):
    odd = {}
    for place, (name, shape) in enumerate(SHAPES.items()):
        if place % SOME == 0:
            await api.say(JAN, f"woord {place // SOME}")
        number = next(api._numbers)
        odd[number] = name
        await api.push_again({"update_id": number, **shape})
    await api.say(PIET, "laatste")
    count = -(-len(SHAPES) // SOME)
    with logged() as events:
        async with opened(ports, api):
            await api.await_messages(JAN, 1 + count)
            await api.await_messages(PIET, 2)
            await api.until(lambda: not api.pending())
    answers = [f"Antwoord op woord {number}" for number in range(count)]
    assert api.texts(JAN) == ["utter_greet", *answers]
    assert api.texts(PIET) == ["utter_greet", "Antwoord op laatste"]
    assert "telegram_broke" not in [each["event"] for each in events]
    unreadable = told(events)
    assert [odd[each["update"]] for each in unreadable] == list(odd.values())
    assert {each["event"] for each in unreadable} == {UNREADABLE}
    assert all(set(each) == {"event", "log_level", "error", "update"} for each in unreadable)
    assert all(str(each["error"]).isidentifier() for each in unreadable)


async def test_one_alone_is_confirmed_and_does_not_come_again(ports, api, engine):
    with logged() as events:
        async with opened(ports, api):
            await api.push_again({"update_id": next(api._numbers), **sent(poll=POLL)})
            await api.until(lambda: not api.pending())
    assert [each["event"] for each in told(events)] == [UNREADABLE]


async def test_what_is_built_and_says_nothing_gets_no_answer(ports, api, engine):
    async with opened(ports, api):
        await api.say(JAN, "een")
        for shape in SAYS_NOTHING:
            await api.push_again({"update_id": next(api._numbers), **shape})
        await api.say(JAN, "twee")
        await api.await_messages(JAN, 3)
    assert api.texts(JAN) == ["utter_greet", "Antwoord op een", "Antwoord op twee"]


async def test_what_has_no_number_holds_nobody_up_and_goes_with_the_next(ports, api, engine):
    with logged() as events:
        async with opened(ports, api):
            for nameless in NAMELESS:
                await api.push_again(nameless)
            await api.await_calls("getUpdates", 3)
            await api.say(JAN, "een")
            await api.await_messages(JAN, 2)
            await api.until(lambda: not api.pending())
    assert api.texts(JAN) == ["utter_greet", "Antwoord op een"]
    assert [each["event"] for each in told(events)] == [UNREADABLE]


async def test_what_cannot_be_built_while_the_door_closes_closes_it_all_the_same(
    ports, api, engine
):
    async with opened(ports, api) as door:
        await api.say(JAN, "een")
        await api.await_messages(JAN, 2)
        for shape in SHAPES.values():
            await api.push_again({"update_id": next(api._numbers), **shape})
        await api.push_again(None)
        await door.stop()
    assert api.called("getUpdates")[-1]["limit"] == "1"


async def test_an_answer_that_is_no_list_is_asked_for_again(ports, api, engine, monkeypatch):
    monkeypatch.setattr(telegram_inbox, "_pause", lambda _error, _times: 0.01)
    wrong, right = [{}, None, True, "hallo", {"update_id": 1}, 0], api._on_getupdates

    async def first_wrong(params):
        return wrong.pop() if wrong else await right(params)

    api._on_getupdates = first_wrong
    async with opened(ports, api):
        await api.say(JAN, "een")
        await api.await_messages(JAN, 2)
    assert api.texts(JAN) == ["utter_greet", "Antwoord op een"]


async def test_what_is_brought_to_our_address_is_passed_over_too(ports, api, engine):
    with logged() as events:
        async with opened(ports, api, mode="webhook"):
            await api.await_calls("setWebhook")
            for number, shape in enumerate(SHAPES.values(), 5001):
                assert (await post(api, {"update_id": number, **shape})).status_code == 200
            for nameless in NAMELESS:
                body = json.dumps(nameless).encode()
                assert (await post(api, body)).status_code == 200
            await api.say(JAN, "een")
            await api.await_messages(JAN, 2)
    assert api.texts(JAN) == ["utter_greet", "Antwoord op een"]
    assert [each["event"] for each in told(events)] == [UNREADABLE] * (len(SHAPES) + len(NAMELESS))


async def test_what_was_kept_and_can_no_longer_be_read_is_settled_at_the_start(ports, api, engine):
    async with ports.work() as work:
        await work.updates.add(9001, json.dumps({"update_id": 9001, **sent(poll=POLL)}), now(ports))
        await work.commit()
    async with opened(ports, api, mode="webhook"):
        await api.say(JAN, "een")
        await api.await_messages(JAN, 2)
    async with ports.work() as work:
        assert await work.updates.waiting(now(ports).replace(year=2000)) == []


def now(ports):
    return ports.clock.now()


def test_what_can_be_read_is_read():
    found = read(message(7, "hallo"), None)
    assert (found.number, found.problem, found.update.message.text) == (7, None, "hallo")


async def test_what_telegram_says_of_our_own_messages_may_be_odd_too(ports, api, engine):
    api._shown = lambda _chat, _bubble: {"message_id": 5, "date": "gisteren"}
    with logged() as events:
        async with opened(ports, api):
            await api.say(JAN, "/start")
            await api.await_messages(JAN, 1)
            await api.press(JAN, "Past het?")
            await api.await_messages(JAN, 2)
            await api.say(JAN, "een")
            await api.await_messages(JAN, 3)
    assert api.texts(JAN)[1:] == ["Antwoord op /check_eligibility", "Antwoord op een"]
    assert {each["event"] for each in told(events)} == {"telegram_answer_unreadable"}
