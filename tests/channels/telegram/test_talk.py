"""The door on Telegram, through a Bot API on loopback: what people do there, and what they hear."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from socket import socket

import httpx
import pytest
from telegram.error import Conflict

from bot import log
from bot.channels import telegram as door_module
from bot.channels import telegram_inbox, telegram_lanes, telegram_outbox, telegram_talk
from bot.channels.telegram import TelegramDoor
from bot.channels.telegram_commands import COMMANDS, read
from bot.channels.telegram_lanes import Lanes
from bot.channels.telegram_outbox import LIMIT, size, split
from bot.channels.telegram_webhook import secret_of
from bot.core.errors import StorageUnavailable
from bot.services.ports import Ports
from bot.services.records import Spoken
from tests.support.fake_telegram import TOKEN, FakeTelegram, fake_telegram, served
from tests.support.telegram_door import logged, opened, until

JAN, PIET, GROUP = 7_000_000_501, 7_000_000_502, -700
QUESTION = Spoken("Bent u in loondienst?", (("Ja", "/affirm"), ("Nee", "/deny")), "utter_ask_x")


@pytest.fixture
async def api() -> AsyncIterator[FakeTelegram]:
    async with fake_telegram() as fake:
        yield fake


@pytest.fixture
async def door(ports: Ports, api: FakeTelegram) -> AsyncIterator[None]:
    async with opened(ports, api):
        yield


@pytest.fixture
async def jan(door: None, api: FakeTelegram) -> int:
    """Somebody who has started already, and heard one thing."""
    await api.say(JAN, "/start")
    await api.await_messages(JAN, 1)
    return JAN


async def conversation_of(ports: Ports, chat: int) -> str:
    async with ports.work() as work:
        found = await work.conversations.by_address("telegram", str(chat))
    assert found is not None
    return found.id


# Beginning


@pytest.mark.parametrize(
    "text", ["/start", "/start poster_mbo-2026", "/START", "/start@instap_bot"]
)
async def test_start_gives_the_opening_words_with_their_buttons(door, api, engine, text):
    await api.say(JAN, text)
    [opening] = await api.await_messages(JAN, 1)
    assert opening.text == "utter_greet"
    assert list(opening.buttons) == ["Past het?", "Wat kost het?"]
    assert engine.heard == []


async def test_who_types_before_starting_hears_the_opening_words_first(door, api, engine):
    await api.say(JAN, "is er plaats?")
    said = await api.await_messages(JAN, 2)
    assert [bubble.text for bubble in said] == ["utter_greet", "Antwoord op is er plaats?"]


@pytest.mark.parametrize(
    ("words", "heard"),
    [("wat kost het", '/faq{"topic": "cost"}'), ("past het?", "/check_eligibility"), ("ja", "ja")],
)
async def test_first_words_are_answered_though_a_button_of_the_opening_says_the_same(
    door, api, engine, words, heard
):
    await api.say(JAN, words)
    said = await api.await_messages(JAN, 2)
    assert [bubble.text for bubble in said] == ["utter_greet", f"Antwoord op {heard}"]
    assert engine.heard == [heard]


async def test_who_begins_with_hello_is_not_greeted_twice(door, api, engine):
    engine.says["hallo"] = (Spoken("utter_greet", (("Past het?", "/x"),), "utter_greet"),)
    await api.say(JAN, "hallo")
    await api.say(JAN, "ook mooi")
    said = await api.await_messages(JAN, 2)
    assert [bubble.text for bubble in said] == ["utter_greet", "Antwoord op ook mooi"]


async def campaign_of(ports: Ports, chat: int) -> object:
    async with ports.work() as work:
        found = await work.conversations.by_address("telegram", str(chat))
    return found.draft.get("campaign")


@pytest.mark.parametrize("name", ["poster_mbo-2026", "a", "x" * 64])
async def test_the_name_of_a_poster_is_kept_and_the_engine_hears_nothing(
    door, api, engine, ports, name
):
    await api.say(JAN, f"/start {name}")
    [opening] = await api.await_messages(JAN, 1)
    await api.say(JAN, "mooi weer")
    await api.await_messages(JAN, 2)
    assert opening.text == "utter_greet"
    assert await campaign_of(ports, JAN) == name
    assert engine.heard == ["mooi weer"]


@pytest.mark.parametrize("name", ["x" * 65, "twee woorden", "<b>", "é", "a/b"])
async def test_what_cannot_be_the_name_of_a_poster_is_no_error(door, api, ports, name):
    await api.say(JAN, f"/start {name}")
    await api.say(JAN, "mooi weer")
    said = await api.await_messages(JAN, 2)
    assert [each.text for each in said] == ["utter_greet", "Antwoord op mooi weer"]
    assert await campaign_of(ports, JAN) is None


async def test_the_first_poster_counts_and_does_not_hide_how_long_one_was_away(
    door, api, engine, ports
):
    await api.say(JAN, "/start eerste")
    await api.await_messages(JAN, 1)
    ports.clock.moment += timedelta(days=2)
    await api.say(JAN, "/start tweede")
    said = await api.await_messages(JAN, 2)
    assert said[1].text.startswith("utter_welcome_back_day")
    assert await campaign_of(ports, JAN) == "eerste"


async def test_starting_again_goes_on_with_the_same_conversation(jan, api, engine, ports):
    before = await conversation_of(ports, JAN)
    await api.say(JAN, "/start nogmaals")
    await api.await_messages(JAN, 2)
    assert engine.heard == ["hallo"]
    assert await conversation_of(ports, JAN) == before


async def test_the_menu_and_the_description_are_set(door, api):
    await api.await_calls("setMyShortDescription", 2)
    for language in ("", "nl"):
        menu = api.commands[language]
        assert [each["command"] for each in menu] == list(COMMANDS)
        assert menu[1]["description"] == "telegram_command_help"
        assert api.descriptions[language] == {
            "long": "telegram_description",
            "short": "telegram_short_description",
        }


async def test_without_texts_for_the_menu_it_still_answers(ports, api):
    ports.texts.missing = frozenset({"telegram_command_start"})
    with logged() as events:
        async with opened(ports, api):
            await api.say(JAN, "/start")
            await api.await_messages(JAN, 1)
    assert {"telegram_menu_not_set"} <= {event["event"] for event in events}


async def test_a_webhook_is_put_away_and_nothing_that_waited_is_dropped(ports, api):
    await api.say(JAN, "ik schreef u vannacht")
    async with opened(ports, api):
        await api.await_messages(JAN, 2)
    assert api.called("deleteWebhook") == [{"drop_pending_updates": "false"}]


# Commands


WAYS = {"mens": "/ask_human", "stop": "/cancel", "opnieuw": '/restart{"sure": "yes"}'}
"""What works in every state, typed or tapped: the engine hears no words to make something of."""


@pytest.mark.parametrize(("command", "words"), list(COMMANDS.items()))
async def test_a_command_is_what_somebody_would_type_for_it(jan, api, engine, command, words):
    await api.say(JAN, f"/{command}")
    await api.await_messages(JAN, 2)
    await api.say(JAN, words)
    await api.await_messages(JAN, 3)
    assert engine.heard == [WAYS.get(command, words)] * 2


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/bestaatniet", (None, "bestaatniet")),
        ("/kosten van de opleiding", (None, "kosten van de opleiding")),
        ('/affirm{"x": 1}', (None, 'affirm{"x": 1}')),
        ("  /Help  ", ("help", "wat kunt u?")),
        ("/mens bel mij morgen", ("mens", "ik wil iemand spreken\nbel mij morgen")),
        ("vmbo/mbo", (None, "vmbo/mbo")),
        ("/", (None, "")),
    ],
)
def test_what_a_text_with_a_slash_means(typed, meant):
    assert read(typed) == meant


# Buttons


async def test_a_button_is_answered_used_and_put_away(jan, api, engine):
    await api.press(JAN, "Wat kost het?")
    said = await api.await_messages(JAN, 2)
    assert engine.heard == ['/faq{"topic": "cost"}']
    assert len(api.called("answerCallbackQuery")) == 1
    assert said[0].buttons == {}
    assert said[0].text == "utter_greet\n\n➜ Wat kost het?"
    methods = [method for method, _ in api.calls]
    assert methods.index("answerCallbackQuery") < methods.index("editMessageText")


async def test_buttons_stand_one_in_a_row_under_short_ids(jan, api, engine):
    [sent] = api.called("sendMessage")
    rows = sent["reply_markup"]["inline_keyboard"]
    assert [len(row) for row in rows] == [1, 1]
    assert all(len(row[0]["callback_data"].encode()) <= 64 for row in rows)
    assert "cost" not in str(rows)


async def test_a_double_tap_is_one_answer(jan, api, engine):
    [opening] = api.messages(JAN)
    name = opening.buttons["Past het?"]
    for _ in range(2):
        await api.press_as_was(JAN, opening, "Past het?", name)
    await api.say(JAN, "mooi weer")
    said = await api.await_messages(JAN, 3)
    assert engine.heard == ["/check_eligibility", "mooi weer"]
    assert len(said) == 3
    assert len(api.called("answerCallbackQuery")) == 2


async def test_a_button_of_what_was_erased_is_old(jan, api, engine, ports):
    [opening] = api.messages(JAN)
    async with ports.work() as work:
        known = await work.conversations.by_address("telegram", str(JAN))
        await work.conversations.erase(known.id, ports.clock.now())
        await work.commit()
    await api.press_as_was(JAN, opening, "Past het?", opening.buttons["Past het?"])
    said = await api.await_messages(JAN, 2)
    assert said[1].text == "utter_old_button"
    assert said[0].buttons == {}
    assert said[0].text == "utter_greet"
    assert engine.heard == []


async def test_a_button_of_somebody_else_is_refused(jan, api, engine):
    name = api.messages(JAN)[0].buttons["Past het?"]
    await api.say(PIET, "/start")
    [opening] = await api.await_messages(PIET, 1)
    await api.press_as_was(PIET, opening, "Past het?", name)
    assert (await api.await_messages(PIET, 2))[1].text == "utter_old_button"
    assert engine.heard == []


async def test_when_the_engine_is_down_the_button_stays(jan, api, engine):
    engine.is_down = True
    await api.press(JAN, "Past het?")
    assert (await api.await_messages(JAN, 2))[1].text == "utter_trouble"
    engine.is_down = False
    await api.press(JAN, "Past het?")
    said = await api.await_messages(JAN, 3)
    assert said[2].text == "Antwoord op /check_eligibility"
    assert said[0].buttons == {}


async def test_a_tap_of_long_ago_is_still_followed(jan, api, engine):
    api.fail_next("answerCallbackQuery", 500)
    api.fail_next("editMessageText", 500)
    await api.press(JAN, "Past het?")
    assert (await api.await_messages(JAN, 2))[1].text == "Antwoord op /check_eligibility"


# What is not text

VOICE = {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}}
PLACE = {"location": {"latitude": 52.5, "longitude": 6.1}}
FILE = {"document": {"file_id": "d", "file_unique_id": "d", "file_name": "cv.pdf"}}
STICKER = {
    "sticker": {
        "file_id": "s",
        "file_unique_id": "s",
        "type": "regular",
        "width": 9,
        "height": 9,
        "is_animated": False,
        "is_video": False,
    }
}
ROUND = {"video_note": {"file_id": "n", "file_unique_id": "n", "length": 9, "duration": 3}}
PHONE = Spoken("Op welk nummer bent u bereikbaar?", key="utter_ask_phone")
REGION = Spoken("In welke plaats woont u?", key="utter_ask_region")


@pytest.mark.parametrize("content", [VOICE, PLACE, FILE, STICKER, ROUND])
async def test_what_is_no_text_gets_a_kind_word(jan, api, engine, content):
    await api.send(JAN, **content)
    assert (await api.await_messages(JAN, 2))[1].text == "utter_text_only"
    assert engine.heard == []


async def test_a_photo_gets_one_word_and_so_does_an_album(jan, api, engine):
    await api.send_photo(JAN)
    for _ in range(3):
        await api.send_photo(JAN, media_group_id="album-1")
    await api.say(JAN, "mooi weer")
    said = await api.await_messages(JAN, 4)
    assert [each.text for each in said[1:]] == ["utter_text_only"] * 2 + ["Antwoord op mooi weer"]


PHOTO = {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]}
FILM = {"video": {"file_id": "f", "file_unique_id": "f", "width": 9, "height": 9, "duration": 3}}
SOUND = {"audio": {"file_id": "a", "file_unique_id": "a", "duration": 3}}
FORWARDED = {
    "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Piet"},
    **PHOTO,
}
NOT_SEEN = "utter_file_not_seen\n\nAntwoord op "


@pytest.mark.parametrize("content", [PHOTO, FILE, VOICE, FILM, SOUND, FORWARDED])
async def test_words_under_a_picture_are_read_and_the_picture_is_not(jan, api, engine, content):
    await api.send(JAN, **content, caption=" Wat kost de opleiding? ")
    said = await api.await_messages(JAN, 2)
    assert said[1].text == f"{NOT_SEEN}Wat kost de opleiding?"
    assert engine.heard == ["Wat kost de opleiding?"]


async def test_a_command_under_a_picture_is_one_and_spaces_are_no_words(jan, api, engine):
    await api.send_photo(JAN, caption="/mens")
    await api.send_photo(JAN, caption="  \n ")
    said = await api.await_messages(JAN, 3)
    assert [each.text for each in said[1:]] == [f"{NOT_SEEN}{WAYS['mens']}", "utter_text_only"]


async def test_the_longest_caption_is_read_whole(jan, api, engine):
    words = "woord " * 170 + "einde"
    await api.send_photo(JAN, caption=words)
    await api.await_messages(JAN, 2)
    assert engine.heard == [words]


@pytest.mark.parametrize("place", range(3))
async def test_of_an_album_the_words_are_read_wherever_they_stand(jan, api, engine, place):
    for each in range(3):
        words = {"caption": "Past het bij mij?"} if each == place else {}
        await api.send_photo(JAN, media_group_id="album-1", **words)
    await api.say(JAN, "mooi weer")
    said = await api.await_messages(JAN, 3)
    seen = [each.text for each in said[1:]]
    assert seen == [f"{NOT_SEEN}Past het bij mij?", "Antwoord op mooi weer"]


async def test_words_of_an_album_that_come_one_by_one_at_our_address(ports, engine, monkeypatch):
    monkeypatch.setattr(telegram_talk, "ALBUM", 2.0)
    local = FakeTelegram(is_local=True)
    async with served(local.app) as local.url, opened(ports, local, mode="webhook"):
        await local.say(JAN, "/start")
        await local.await_messages(JAN, 1)
        for words in ({}, {}, {"caption": "Voor wie?"}):
            await local.send_photo(JAN, media_group_id="album-1", **words)
        await local.await_messages(JAN, 2)
        assert local.texts(JAN)[1:] == [f"{NOT_SEEN}Voor wie?"]
        await local.let_go()


@pytest.mark.parametrize("number", ["31612345678", "+31612345678"])
async def test_somebodys_own_number_is_passed_on(jan, api, engine, number):
    await api.send(JAN, contact={"phone_number": number, "first_name": "Jan", "user_id": JAN})
    await api.await_messages(JAN, 2)
    assert engine.heard == ["+31612345678"]


@pytest.mark.parametrize("whose", [{"user_id": PIET}, {}])
async def test_the_number_of_somebody_else_is_refused(jan, api, engine, whose):
    await api.send(JAN, contact={"phone_number": "31612345678", "first_name": "P", **whose})
    assert (await api.await_messages(JAN, 2))[1].text == "utter_contact_of_another"
    assert engine.heard == []


async def test_ones_own_number_is_shared_with_a_button_that_goes_away(jan, api, engine):
    engine.says |= {"bel mij": (PHONE,), "+31612345678": (REGION,)}
    await api.say(JAN, "bel mij")
    await api.await_messages(JAN, 2)
    assert api.below(JAN) == ["label_share_number"]
    [markup] = [each["reply_markup"] for each in api.called("sendMessage")[1:]]
    assert markup["one_time_keyboard"] and markup["resize_keyboard"]
    await api.share_number(JAN, "31612345678")
    assert (await api.await_messages(JAN, 3))[2].text.endswith(REGION.text)
    assert api.below(JAN) == []
    assert engine.heard[1:] == ["+31612345678"]
    await api.say(JAN, "Zwolle")
    await api.await_messages(JAN, 4)
    assert "reply_markup" not in api.called("sendMessage")[-1]


async def test_a_number_may_be_typed_and_a_question_in_between_keeps_the_button(jan, api, engine):
    engine.says |= {"bel mij": (PHONE,), "waarom?": (replace(PHONE, text="Daarom. Nummer?"),)}
    engine.says["0612345678"] = (REGION,)
    await api.say(JAN, "bel mij")
    await api.say(JAN, "waarom?")
    await api.await_messages(JAN, 3)
    assert api.below(JAN) == ["label_share_number"]
    await api.say(JAN, "0612345678")
    await api.await_messages(JAN, 4)
    assert api.below(JAN) == []


async def test_buttons_go_first_and_the_shared_number_goes_with_the_next_message(jan, api, engine):
    engine.says |= {"bel mij": (PHONE,), "0612345678": (QUESTION,)}
    await api.say(JAN, "bel mij")
    await api.say(JAN, "0612345678")
    said = await api.await_messages(JAN, 3)
    assert list(said[2].buttons) == ["Ja", "Nee"]
    assert api.below(JAN) == ["label_share_number"]
    await api.press(JAN, "Ja")
    await api.await_messages(JAN, 4)
    assert api.below(JAN) == []


async def test_the_button_goes_away_after_a_restart_too(ports, api, engine):
    engine.says |= {"bel mij": (PHONE,), "0612345678": (REGION,)}
    async with opened(ports, api):
        await api.say(JAN, "bel mij")
        await api.await_messages(JAN, 2)
    assert api.below(JAN) == ["label_share_number"]
    async with opened(ports, api):
        await api.say(JAN, "0612345678")
        await api.await_messages(JAN, 3)
    assert api.below(JAN) == []


async def test_an_edited_message_is_not_read(jan, api, engine):
    await api.edit(JAN, "ik bedoel zes jaar")
    assert (await api.await_messages(JAN, 2))[1].text == "utter_edited"
    assert engine.heard == []


async def test_an_edited_caption_hears_the_same(jan, api, engine):
    await api._push({"edited_message": api._from_person(JAN, {**PHOTO, "caption": "nee, zes"})})
    assert (await api.await_messages(JAN, 2))[1].text == "utter_edited"
    assert engine.heard == []


async def test_what_nobody_typed_gets_no_answer(jan, api, engine):
    await api.send(JAN, message_auto_delete_timer_changed={"message_auto_delete_time": 86400})
    await api.say(JAN, "mooi weer")
    said = await api.await_messages(JAN, 2)
    assert [each.text for each in said[1:]] == ["Antwoord op mooi weer"]


async def test_a_group_is_sent_away_once(door, api, engine):
    await api.say_in_group(GROUP, "/start")
    await api.await_messages(GROUP, 1)
    await api.say_in_group(GROUP, "hallo?")
    await api.until(lambda: not api.pending())
    assert api.texts(GROUP) == ["utter_private_chats_only"]
    assert engine.heard == []


# Order and pace


async def test_messages_of_one_chat_are_answered_in_order(jan, api, engine):
    engine.gates["een"] = asyncio.Event()
    for text in ("een", "twee", "drie"):
        await api.say(JAN, text)
    await api.await_calls("sendChatAction")
    assert api.texts(JAN) == ["utter_greet"]
    engine.gates["een"].set()
    await api.await_messages(JAN, 4)
    assert engine.heard == ["een", "twee", "drie"]
    assert api.texts(JAN)[1:] == ["Antwoord op een", "Antwoord op twee", "Antwoord op drie"]


async def test_one_slow_chat_keeps_nobody_waiting(jan, api, engine):
    engine.gates["traag"] = asyncio.Event()
    await api.say(JAN, "traag")
    await api.await_calls("sendChatAction")
    await api.say(PIET, "/start")
    await api.await_messages(PIET, 1)
    assert api.texts(JAN) == ["utter_greet"]
    engine.gates["traag"].set()
    await api.await_messages(JAN, 2)


async def test_typing_is_shown_while_we_think_and_not_after(jan, api, engine):
    engine.gates["moeilijk"] = asyncio.Event()
    await api.say(JAN, "moeilijk")
    [typing] = await api.await_calls("sendChatAction")
    assert typing == {"chat_id": str(JAN), "action": "typing"}
    engine.gates["moeilijk"].set()
    await api.await_messages(JAN, 2)
    methods = [method for method, _ in api.calls if method in ("sendChatAction", "sendMessage")]
    assert methods == ["sendMessage", "sendChatAction", "sendMessage"]


async def test_a_turn_is_one_message_with_the_buttons_under_it(jan, api, engine):
    engine.says["x"] = (Spoken("Eerst dit.\n\nDan dat.", key="utter_y"), QUESTION)
    await api.say(JAN, "x")
    answer = (await api.await_messages(JAN, 2))[1]
    assert answer.text == "Eerst dit.\n\nDan dat.\n\nBent u in loondienst?"
    assert list(answer.buttons) == ["Ja", "Nee"]


async def test_a_chat_gets_one_message_a_second(door, api, engine, monkeypatch):
    monkeypatch.setattr(telegram_outbox, "GAP", 1.0)
    await api.say(JAN, "een")
    await api.say(PIET, "/start")
    await api.say(JAN, "twee")
    said = await api.await_messages(JAN, 3)
    moments = [bubble.at for bubble in said]
    gaps = [later - sooner for sooner, later in zip(moments, moments[1:], strict=False)]
    assert all(gap >= 1.0 for gap in gaps), gaps
    assert api.messages(PIET)[0].at < moments[1]


async def test_all_chats_together_get_thirty_messages_a_second(door, api, engine, monkeypatch):
    monkeypatch.setattr(telegram_outbox, "GAP_OF_ALL", 1 / 30)
    people, began = range(1000, 1030), time.monotonic()
    for person in people:
        await api.say(person, "/start")
    for person in people:
        await api.await_messages(person, 1)
    last = max(api.messages(person)[0].at for person in people)
    assert last - began >= (len(people) - 1) / 30


async def test_too_many_messages_at_once_is_said_once(jan, api, engine):
    engine.gates["0"] = asyncio.Event()
    await api.say(JAN, "0")
    await api.await_calls("sendChatAction")
    for number in range(1, 40):
        await api.say(JAN, str(number))
    await api.say(PIET, "/start")
    await api.await_messages(PIET, 1)
    engine.gates["0"].set()
    await api.until(lambda: not api.pending())
    assert api.texts(JAN).count("utter_busy") == 1
    assert engine.heard == [str(number) for number in range(telegram_lanes.MOST_WAITING)]


async def test_an_idle_chat_leaves_nothing_behind():
    async def nothing(*_things: object) -> None:
        return None

    lanes = Lanes(nothing, nothing)
    lanes.put(JAN, object(), 0.0)
    assert len(lanes) == 1
    await lanes.close(1)
    assert len(lanes) == 0


# Long texts


def test_a_long_text_is_cut_where_a_sentence_ends():
    text = " ".join(f"Dit is zin nummer {number} van een lang verhaal." for number in range(300))
    parts = split(text)
    assert all(size(part) <= LIMIT and part.endswith(".") for part in parts)
    assert " ".join(parts) == text
    assert len(parts) == 4


@pytest.mark.parametrize("text", ["woord " * 2000, "x" * 9000, "👷" * 4097, "a\n\n" * 3000])
def test_a_text_without_sentences_is_cut_as_well(text):
    parts = split(text)
    assert all(0 < size(part) <= LIMIT for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize("text", ["Kort.", "2.5 jaar is 0.5 te kort.", "x" * LIMIT])
def test_a_short_text_stays_whole(text):
    assert split(text) == [text]


async def test_the_last_part_has_the_buttons(jan, api, engine):
    long = " ".join(["Een zin die wat zegt."] * 250)
    engine.says["lang"] = (replace(QUESTION, text=f"{long}\n\nEn u?"),)
    await api.say(JAN, "lang")
    said = (await api.await_messages(JAN, 3))[1:]
    assert [list(bubble.buttons) for bubble in said] == [[], ["Ja", "Nee"]]


# Files

OFFER = (Spoken("Dit is van u bewaard.", key="utter_export"), Spoken(signs={"files": ["my_data"]}))


async def test_a_file_comes_as_a_document_after_the_text(jan, api, engine):
    engine.says["mijn gegevens"] = OFFER
    await api.say(JAN, "ik hou van duiven 🕊 en ruïnes")
    await api.say(JAN, "mijn gegevens")
    await api.until(lambda: len(api.documents(JAN)) == 1)
    [document] = api.documents(JAN)
    assert (document.name, document.kind) == ("mijn-gegevens.txt", "text/plain")
    assert "ik hou van duiven 🕊 en ruïnes" in document.content.decode()
    assert "Dit is van u bewaard." in document.content.decode()
    methods = [method for method, _ in api.calls if method.startswith("send")]
    assert methods[-2:] == ["sendMessage", "sendDocument"]


async def test_the_document_of_one_chat_has_nothing_of_another(jan, api, engine):
    engine.says["mijn gegevens"] = OFFER
    await api.say(JAN, "mijn kanarie zingt")
    await api.await_messages(JAN, 2)
    await api.say(PIET, "mijn gegevens")
    await api.until(lambda: len(api.documents(PIET)) == 1)
    assert b"kanarie" not in api.documents(PIET)[0].content
    assert api.documents(JAN) == []


async def test_a_document_that_does_not_arrive_is_tried_again(jan, api, engine):
    engine.says["mijn gegevens"] = OFFER
    api.fail_next("sendDocument", 500, times=2)
    await api.say(JAN, "mijn gegevens")
    await api.until(lambda: len(api.documents(JAN)) == 1)
    assert api.texts(JAN)[1:] == ["Dit is van u bewaard."]


async def test_a_document_that_cannot_be_sent_comes_later_and_the_text_not_twice(jan, api, engine):
    engine.says["mijn gegevens"] = OFFER
    api.fail_next("sendDocument", 500, times=telegram_outbox.ATTEMPTS)
    with logged() as events:
        await api.say(JAN, "mijn gegevens")
        await api.say(JAN, "en?")
        await api.await_messages(JAN, 3)
    assert [(each["event"], each["attempt"]) for each in events] == [("delivery_put_off", 1)]
    assert api.texts(JAN)[1:] == ["Dit is van u bewaard.", "Antwoord op en?"]
    assert len(api.documents(JAN)) == 1


# When something does not work


async def test_a_failing_telegram_is_tried_again(jan, api, engine):
    api.fail_next("sendMessage", 500, times=3)
    await api.say(JAN, "hoi")
    assert (await api.await_messages(JAN, 2))[1].text == "Antwoord op hoi"


async def test_a_telegram_that_does_not_answer_is_asked_again(ports, api, engine, monkeypatch):
    monkeypatch.setattr(door_module, "PATIENCE", 1.0)
    async with opened(ports, api):
        await api.say(JAN, "/start")
        await api.await_messages(JAN, 1)
        api.be_silent("sendMessage", times=2)
        await api.say(JAN, "hoi")
        await api.await_messages(JAN, 2)
    assert api.texts(JAN)[1:] == ["Antwoord op hoi"]
    assert [each.get("failed", False) for each in api.called("sendMessage")[1:]] == [
        True,
        True,
        False,
    ]


async def test_flood_control_is_obeyed(jan, api, engine):
    api.fail_next("sendMessage", 429, retry_after=1)
    before = asyncio.get_running_loop().time()
    await api.say(JAN, "hoi")
    await api.await_messages(JAN, 2)
    assert asyncio.get_running_loop().time() - before >= 1
    assert engine.heard == ["hoi"]


async def test_who_blocked_us_is_left_alone(jan, api, engine):
    api.blocked.add(JAN)
    with logged() as events:
        await api.say(JAN, "hoi")
        await api.until(lambda: not api.pending())
    assert [event["event"] for event in events] == ["telegram_blocked"]
    assert len(api.called("sendMessage")) == 2
    api.blocked.clear()
    await api.say(JAN, "leuk bedacht")
    await api.await_messages(JAN, 2)


async def test_nothing_goes_to_who_blocked_us_until_he_writes_again(jan, api, engine):
    engine.gates["traag"] = asyncio.Event()
    engine.says["traag"] = (Spoken("Een zin die wat zegt. " * 500, key="utter_x"),)
    await api.say(JAN, "traag")
    await api.await_calls("sendChatAction")
    api.blocked.add(JAN)
    engine.gates["traag"].set()
    with logged() as events:
        await api.block(JAN)
        await api.until(lambda: not api.pending())
    tried = len(api.called("sendMessage"))
    assert tried == 2, "the rest of a long answer is not tried"
    assert {event["event"] for event in events} == {"telegram_blocked"}
    await api.block(JAN, is_over=True)
    await api.until(lambda: not api.pending())
    assert len(api.called("sendMessage")) == tried, "who comes back hears nothing unasked"
    await api.say(JAN, "leuk bedacht")
    assert (await api.await_messages(JAN, 2))[1].text == "Antwoord op leuk bedacht"


async def test_words_that_nobody_kept_are_given_up_after_a_while(jan, api, engine):
    api.fail_next("sendMessage", 500, times=telegram_outbox.ATTEMPTS)
    with logged() as events:
        await api.send_photo(JAN)
        await api.say(JAN, "en?")
        await api.await_messages(JAN, 2)
    assert [event["event"] for event in events] == ["telegram_not_done"]
    assert api.texts(JAN)[1] == "Antwoord op en?"


async def test_when_the_engine_is_down_somebody_hears_it(jan, api, engine):
    engine.is_down = True
    await api.say(JAN, "hoi")
    assert (await api.await_messages(JAN, 2))[1].text == "utter_trouble"


async def test_when_the_database_is_down_somebody_hears_it(ports, api):
    class Broken:
        async def __aenter__(self) -> None:
            raise StorageUnavailable("test")

        async def __aexit__(self, *_: object) -> None:
            return None

    async with opened(replace(ports, work=Broken), api):
        await api.say(JAN, "mijn adres is Dorpsstraat 1")
        with logged() as events:
            assert (await api.await_messages(JAN, 1))[0].text == "utter_trouble"
    assert "Dorpsstraat" not in str(events)


async def test_when_even_that_cannot_be_said_the_door_stays_open(ports, api, engine):
    ports.texts.missing = frozenset({"utter_greet", "utter_trouble"})
    async with opened(ports, api):
        await api.say(JAN, "hoi")
        await api.until(lambda: not api.pending())
        ports.texts.missing = frozenset()
        await api.say(JAN, "hoi?")
        await api.await_messages(JAN, 2)


async def test_what_nobody_foresaw_does_not_close_the_door(jan, api, engine, monkeypatch):
    monkeypatch.setattr(door_module, "AFTER_BREAKING", 0.05)
    with logged() as events:
        api.fail_next("getUpdates", 429, retry_after="straks")
        await api.say(JAN, "hoe laat?")
        await api.until(lambda: len(api.called("getMe")) + len(api.called("deleteWebhook")) > 2)
        await api.say(JAN, "hoi")
        await api.await_messages(JAN, 3)
    assert "telegram_broke" in {event["event"] for event in events}


async def test_a_second_poller_is_noticed(jan, api, engine):
    await api.until(lambda: not api.pending())
    with logged() as events:
        async with httpx.AsyncClient(trust_env=False) as other:
            await other.get(f"{api.url}/bot{TOKEN}/getUpdates")
        await api.say(JAN, "hoi")
        await api.await_messages(JAN, 2)
    assert "telegram_second_poller" in {event["event"] for event in events}


async def test_a_second_poller_is_not_hammered_and_said_for_as_long_as_it_lasts(
    jan, api, engine, monkeypatch
):
    pauses: list[float] = []
    monkeypatch.setattr(telegram_inbox, "_pause", lambda _error, times: pauses.append(times) or 0)
    await api.until(lambda: not api.pending())
    with logged() as events:
        async with httpx.AsyncClient(trust_env=False) as other:
            for times in range(1, 5):
                asked = len(api.called("getUpdates"))
                await other.get(f"{api.url}/bot{TOKEN}/getUpdates")
                await api.until(lambda asked=asked: len(api.called("getUpdates")) >= asked + 2)
                assert len(pauses) == times
    assert pauses == [1, 2, 3, 4], "an answer in between does not make it less"
    said = [each["count"] for each in events if each["event"] == "telegram_second_poller"]
    assert said == pauses


@pytest.mark.parametrize(("times", "pause"), [(1, 0.5), (3, 2.0), (6, 16.0), (7, 30.0), (99, 30.0)])
def test_a_conflict_is_waited_out_ever_longer(times, pause):
    assert telegram_inbox._pause(Conflict("test"), times) == pause


async def test_a_webhook_that_somebody_sets_meanwhile_is_put_away(ports, engine):
    async with fake_telegram(is_local=True) as api, opened(ports, api):
        await api.await_calls("getUpdates")
        with logged() as events:
            async with httpx.AsyncClient(trust_env=False) as other:
                body = {"url": "http://127.0.0.1:9/elders"}
                await other.post(f"{api.url}/bot{TOKEN}/setWebhook", json=body)
            await api.say(JAN, "/start")
            await api.await_messages(JAN, 1)
    assert "telegram_webhook_in_the_way" in {event["event"] for event in events}


async def test_telegram_may_be_away_when_we_start(ports, engine):
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    door = TelegramDoor(ports, TOKEN, f"http://127.0.0.1:{port}")
    with logged() as events:
        await door.start()
        await until(lambda: events)
        async with fake_telegram(port) as api:
            await api.say(JAN, "/start")
            await api.await_messages(JAN, 1)
            await door.stop()
    assert events[0]["event"] == "telegram_unreachable"


async def test_the_token_stands_in_no_log(ports, api, caplog, capsys):
    log.configure()
    wrong = "123456:niet-het-goede-token"
    with caplog.at_level(logging.DEBUG, "bot"):
        async with opened(ports, api, wrong):
            await api.until(lambda: api.strangers > 1)
        async with opened(ports, api):
            api.fail_next("getUpdates", 500)
            api.fail_next("setMyCommands", 500)
            api.fail_next("sendMessage", 500)
            await api.say(JAN, "/start")
            await api.await_messages(JAN, 1)
    printed = caplog.text + "".join(capsys.readouterr())
    assert "telegram_token_refused" in printed
    assert wrong not in printed
    assert TOKEN not in printed
    assert secret_of(TOKEN) not in printed
    assert str(JAN) not in printed


# Stopping and starting


async def test_a_door_that_was_never_opened_can_be_closed(ports, api):
    await TelegramDoor(ports, TOKEN, api.url).stop()


async def test_closing_right_after_opening_leaves_no_task(ports, api):
    before = asyncio.all_tasks()
    async with opened(ports, api):
        pass
    mine = {task for task in asyncio.all_tasks() - before if "bot/channels" in str(task)}
    assert mine == set()


async def test_what_was_answered_is_confirmed_when_we_stop(ports, api, engine):
    async with opened(ports, api):
        await api.say(JAN, "/start")
        await api.await_messages(JAN, 1)
    assert api.pending() == []


async def test_what_was_not_answered_comes_again_after_a_restart(ports, api, engine, monkeypatch):
    monkeypatch.setattr(door_module, "GRACE", 0.05)
    engine.gates["belangrijk"] = asyncio.Event()
    async with opened(ports, api):
        await api.say(JAN, "/start")
        await api.await_messages(JAN, 1)
        number = await api.say(JAN, "belangrijk")
        await until(lambda: engine.heard)
    assert [update["update_id"] for update in api.pending()] == [number]
    engine.gates["belangrijk"].set()
    async with opened(ports, api):
        await api.await_messages(JAN, 2)
    assert api.texts(JAN)[1] == "Antwoord op belangrijk"
    assert len(set(engine.turns)) == 1, "the engine can tell that it is the same turn"


async def test_an_update_that_comes_twice_is_one_turn(ports, api, engine):
    async with opened(ports, api):
        await api.say(JAN, "/start")
        await api.await_messages(JAN, 1)
        engine.gates["een keer"] = asyncio.Event()
        await api.say(JAN, "een keer")
        await api.await_calls("sendChatAction")
        update = api.pending()[-1]
        engine.gates["een keer"].set()
        await api.await_messages(JAN, 2)
    await api.push_again(update)
    async with opened(ports, api):
        await api.say(JAN, "mooi weer")
        await api.await_messages(JAN, 3)
    assert engine.heard == ["een keer", "mooi weer"]
    assert api.texts(JAN)[1:] == ["Antwoord op een keer", "Antwoord op mooi weer"]


# The Bot API of these tests is as strict as the real one


@pytest.mark.parametrize(
    ("call", "body", "code", "description"),
    [
        ("sendPigeon", {}, 404, "Not Found"),
        ("sendMessage", {"chat_id": JAN, "text": " "}, 400, "Bad Request: message text is empty"),
        (
            "sendMessage",
            {"chat_id": JAN, "text": "x" * 4097},
            400,
            "Bad Request: message is too long",
        ),
        ("sendMessage", {"chat_id": 9, "text": "x"}, 400, "Bad Request: chat not found"),
        (
            "sendMessage",
            {"chat_id": JAN, "text": "x", "reply_markup": {"buttons": []}},
            400,
            "Bad Request: can't parse reply keyboard markup JSON object",
        ),
        (
            "sendMessage",
            {
                "chat_id": JAN,
                "text": "x",
                "reply_markup": {"remove_keyboard": True, "inline_keyboard": []},
            },
            400,
            "Bad Request: can't parse reply keyboard markup JSON object",
        ),
        (
            "sendMessage",
            {"chat_id": JAN, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
            400,
            "Bad Request: can't parse inline keyboard button: "
            "Text buttons are unallowed in the inline keyboard",
        ),
        (
            "sendMessage",
            {
                "chat_id": JAN,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]},
            },
            400,
            "Bad Request: BUTTON_DATA_INVALID",
        ),
        (
            "setWebhook",
            {"url": "http://bot.example.nl/x"},
            400,
            "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            "setWebhook",
            {"url": "https://bot.example.nl:8080/x"},
            400,
            "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        (
            "setWebhook",
            {"url": "https://bot.example.nl/x", "secret_token": "a b"},
            400,
            "Bad Request: secret token contains unallowed characters",
        ),
        (
            "sendDocument",
            {"chat_id": JAN},
            400,
            "Bad Request: there is no document in the request",
        ),
        (
            "sendMessage",
            {
                "chat_id": JAN,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "é" * 33}]]},
            },
            400,
            "Bad Request: BUTTON_DATA_INVALID",
        ),
    ],
)
async def test_the_fake_refuses_what_telegram_refuses(api, call, body, code, description):
    await api.say(JAN, "hoi")
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(f"{api.url}/bot{TOKEN}/{call}", json=body)
    assert answer.status_code == code
    assert answer.json() == {"ok": False, "error_code": code, "description": description}


async def test_the_fake_refuses_an_empty_file(api):
    await api.say(JAN, "hoi")
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(
            f"{api.url}/bot{TOKEN}/sendDocument",
            data={"chat_id": JAN},
            files={"document": ("leeg.txt", b"")},
        )
    assert answer.json()["description"] == "Bad Request: file must be non-empty"


async def test_the_fake_gives_no_updates_while_a_webhook_is_set():
    async with fake_telegram(is_local=True) as api, httpx.AsyncClient(trust_env=False) as client:
        address = f"{api.url}/bot{TOKEN}"
        await client.post(f"{address}/setWebhook", json={"url": "http://127.0.0.1:9/elders"})
        answer = await client.get(f"{address}/getUpdates")
        assert answer.status_code == 409
        assert "while webhook is active" in answer.json()["description"]
        info = (await client.get(f"{address}/getWebhookInfo")).json()["result"]
        assert info["url"] == "http://127.0.0.1:9/elders"
        await client.post(f"{address}/deleteWebhook")
        assert (await client.get(f"{address}/getUpdates")).status_code == 200


async def test_the_fake_knows_one_token(api):
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{api.url}/bot1:x/getMe")
    assert answer.status_code == 401


# What stood on the screen

COMPANY = Spoken("Bij welk bedrijf werkt u?", key="utter_ask_company")
EMPLOYMENT = Spoken(
    "Werkt u in loondienst?", (("Ja", "/affirm"), ("Nee", "/deny")), "utter_ask_employment"
)
SUMMARY = Spoken(
    "Klopt dit?",
    (("Ja, meld mij aan", '/inform{"confirm": "yes"}'), ("Nee", '/inform{"confirm": "no"}')),
    "utter_ask_confirm",
)


async def typed_ahead(api, engine, first, second):
    """Two messages, of which the second was sent before the first was answered."""
    seen = len(api.messages(JAN))
    engine.gates[first] = asyncio.Event()
    await api.say(JAN, first)
    await api.until(lambda: first in engine.heard)
    await api.say(JAN, second)
    engine.gates[first].set()
    return (await api.await_messages(JAN, seen + 2))[seen:]


@pytest.mark.parametrize("yes", ["ja", "Ja hoor, prima!", "ja, meld mij aan", "\N{THUMBS UP SIGN}"])
async def test_a_yes_typed_before_the_summary_was_there_confirms_nothing(jan, api, engine, yes):
    engine.says["mooi weer"] = (SUMMARY,)
    summary, again = await typed_ahead(api, engine, "mooi weer", yes)
    assert engine.heard == ["mooi weer"]
    assert again.text.endswith(summary.text) and again.text != summary.text
    assert list(again.buttons) == ["Ja, meld mij aan", "Nee"]
    await api.say(JAN, yes)
    await api.until(lambda: len(engine.heard) == 2)
    assert engine.heard[-1] == '/inform{"confirm": "yes"}'


@pytest.mark.parametrize("question", [EMPLOYMENT, SUMMARY])
async def test_what_has_its_own_meaning_counts_whenever_it_was_typed(jan, api, engine, question):
    engine.says["mooi weer"] = (question,)
    await typed_ahead(api, engine, "mooi weer", "wat kost het eigenlijk?")
    await typed_ahead(api, engine, "en verder", "mijn nummer is 0612345678")
    assert engine.heard[-1] == "mijn nummer is 0612345678"


async def test_what_was_typed_ahead_is_no_name_of_a_company(jan, api, engine):
    engine.says["mooi weer"] = (COMPANY,)
    _, again = await typed_ahead(api, engine, "mooi weer", "bedankt alvast")
    assert engine.heard == ["mooi weer"]
    assert COMPANY.text in again.text


@pytest.mark.parametrize(
    ("way", "heard"), [("stop", "/cancel"), ("ik wil een mens spreken", "/ask_human")]
)
async def test_a_way_out_that_was_typed_ahead_is_one(jan, api, engine, way, heard):
    engine.says["mooi weer"] = (COMPANY,)
    await typed_ahead(api, engine, "mooi weer", way)
    assert engine.heard == ["mooi weer", heard]


async def test_a_typed_title_of_a_button_that_sets_something_is_of_what_was_seen(jan, api, engine):
    sets = replace(EMPLOYMENT, buttons=(("Vast contract", '/inform{"employment": "fixed"}'),))
    engine.says["mooi weer"] = (sets,)
    _, again = await typed_ahead(api, engine, "mooi weer", "vast contract?")
    assert engine.heard == ["mooi weer"]
    assert list(again.buttons) == ["Vast contract"]


@pytest.mark.parametrize("is_latest", [True, False])
async def test_a_yes_in_reply_to_an_earlier_question_is_no_yes_to_the_last(
    jan, api, engine, is_latest
):
    engine.says |= {"/check_eligibility": (EMPLOYMENT,), "mooi weer": (SUMMARY,)}
    await api.say(JAN, "past het")
    await api.await_messages(JAN, 2)
    await api.say(JAN, "mooi weer")
    [_, earlier, latest] = await api.await_messages(JAN, 3)
    assert earlier.text.endswith(EMPLOYMENT.text)
    meant = api._shown(JAN, latest if is_latest else earlier)
    await api.say(JAN, "ja", reply_to_message=meant)
    await api.await_messages(JAN, 4)
    assert (engine.heard[2:] == ['/inform{"confirm": "yes"}']) is is_latest


async def test_a_yes_to_the_same_question_asked_again_counts(jan, api, engine):
    engine.says |= {"/check_eligibility": (EMPLOYMENT,), "wat kost het": (EMPLOYMENT,)}
    await api.say(JAN, "past het")
    await api.await_messages(JAN, 2)
    await typed_ahead(api, engine, "wat kost het", "ja")
    assert engine.heard[-1] == "/affirm"


@pytest.mark.parametrize("is_same", [True, False])
async def test_a_yes_to_a_summary_counts_when_the_very_same_was_asked_again(
    jan, api, engine, is_same
):
    """Else who is one answer behind stays so for ever: each yes of his comes too early."""
    other = replace(SUMMARY, text="Klopt dit nu wel?")
    engine.says |= {"mooi weer": (SUMMARY,), "hm": (SUMMARY if is_same else other,)}
    await api.say(JAN, "mooi weer")
    await api.await_messages(JAN, 2)
    await typed_ahead(api, engine, "hm", "ja")
    assert (engine.heard[-1] == '/inform{"confirm": "yes"}') is is_same


# Keyboards of before


def standing(api):
    shown = [each.text for each in api.messages(JAN) if each.buttons]
    return [each.removeprefix("label_progress\n") for each in shown]


async def asked_twice(api, engine):
    """Somebody who typed the answer to a question that has buttons."""
    engine.says |= {"/check_eligibility": (EMPLOYMENT,), "ik ben zzp'er": (QUESTION,)}
    await api.say(JAN, "past het")
    await api.await_messages(JAN, 2)
    await api.say(JAN, "ik ben zzp'er")
    await api.await_messages(JAN, 3)


async def test_a_typed_answer_takes_the_buttons_of_its_question_away(jan, api, engine):
    await asked_twice(api, engine)
    await api.until(lambda: standing(api) == [QUESTION.text])
    await api.say(JAN, "mooi weer")
    await api.until(lambda: standing(api) == [])


async def test_a_tap_takes_the_buttons_of_other_questions_away_too(ports, api, engine):
    async with opened(ports, api):
        await api.say(JAN, "/start")
        await api.await_messages(JAN, 1)
        api.fail_next("editMessageReplyMarkup", 500, times=20)
        await asked_twice(api, engine)
        await api.await_calls("editMessageReplyMarkup", 2)
        api.heal()
        await api.press(JAN, "Nee")
        await api.until(lambda: standing(api) == [])


async def test_buttons_of_before_a_restart_go_too(ports, api, engine):
    engine.says["/check_eligibility"] = (EMPLOYMENT,)
    async with opened(ports, api):
        await api.say(JAN, "past het")
        await api.await_messages(JAN, 2)
        await api.until(lambda: standing(api) == [EMPLOYMENT.text])
    async with opened(ports, api):
        await api.say(JAN, "ik ben zzp'er")
        await api.await_messages(JAN, 3)
        await api.until(lambda: standing(api) == [])


async def test_the_question_that_stays_open_keeps_its_buttons(jan, api, engine):
    engine.says |= {"/check_eligibility": (EMPLOYMENT,), "hm": (replace(EMPLOYMENT, buttons=()),)}
    await api.say(JAN, "past het")
    await api.await_messages(JAN, 2)
    await api.say(JAN, "hm")
    await api.await_messages(JAN, 3)
    await api.until(lambda: not api.pending())
    assert standing(api) == [EMPLOYMENT.text]


async def test_who_cannot_be_answered_now_keeps_the_buttons(jan, api, engine):
    engine.is_down = True
    await api.say(JAN, "past het")
    assert (await api.await_messages(JAN, 2))[1].text == "utter_trouble"
    assert standing(api) == ["utter_greet"]
