"""What is said to an earlier turn: nobody is bound to a question that he did not see."""

from dataclasses import replace

import pytest

from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.turn import Said, Turn
from bot.services import conversation, drafts, registration
from bot.services.ports import Ports
from bot.services.records import Spoken
from tests.services.test_registration import candidate

QUESTION = Spoken("Waar werkt u?", (("In de bouw", '/inform{"sector": "bouw"}'),))
CONFIRM = Spoken("Klopt dit?", (("Ja", '/inform{"confirm": "yes"}'),), "utter_ask_confirm")


@pytest.fixture
def house(ports: Ports, clock) -> Ports:
    facts = FactsFromFiles.load()
    return replace(ports, facts=facts, texts=TextsFromFiles(facts, clock))


async def asked(ports, engine, name: str, *spoken: Spoken) -> Turn:
    """A turn in which the engine says this."""
    engine.says = spoken
    turn = await conversation.take_turn(ports, name, Said(text="hoi"))
    engine.says = (Spoken("Goed."),)
    engine.heard.clear()
    return turn


async def begin(ports) -> str:
    return (await conversation.start(ports, "web")).conversation


def texts(turn: Turn) -> str:
    return "\n".join(message.text for message in turn.messages)


async def test_every_kept_turn_has_a_name_of_its_own_and_keeps_it(house):
    started = await conversation.start(house, "web")
    turns = [
        await conversation.take_turn(house, started.conversation, Said(text="hoi"))
        for _ in range(3)
    ]
    names = [each.id for each in (started.turn, *turns)]
    assert all(names) and len(set(names)) == 4
    history = await conversation.history(house, started.conversation)
    assert [each.reply.id for each in history] == names


async def test_the_same_message_again_is_the_same_turn_also_when_it_names_an_older_one(
    house, engine
):
    started = await conversation.start(house, "web")
    said = Said(text="hoi", turn=started.turn.id)
    first = await conversation.take_turn(house, started.conversation, said, "een")
    assert await conversation.take_turn(house, started.conversation, said, "een") == first
    assert len(engine.heard) == 1


@pytest.mark.parametrize("words", ["ja", "0612345678", "jan@voorbeeld.nl", "wis mijn gegevens", ""])
async def test_words_to_an_earlier_turn_get_the_open_question_again_and_are_not_kept(
    house, engine, words
):
    name = await begin(house)
    older = await asked(house, engine, name, QUESTION)
    latest = await asked(house, engine, name, CONFIRM)
    before = await conversation.history(house, name)
    turn = await conversation.take_turn(house, name, Said(text=words, turn=older.id), "een")
    assert "verder" in turn.messages[0].text and turn.messages[1:] == latest.messages
    assert (turn.id, turn.asks) == (latest.id, "confirm")
    assert engine.heard == [] and await drafts.recall(house, name) == {}
    assert await conversation.history(house, name) == before


async def test_a_button_in_an_old_view_gets_the_open_question_again(house, engine):
    name = await begin(house)
    older = await asked(house, engine, name, QUESTION)
    latest = await asked(house, engine, name, CONFIRM)
    tapped = Said(button=older.messages[0].buttons[0].id, turn=older.id)
    turn = await conversation.take_turn(house, name, tapped)
    assert turn.id == latest.id and engine.heard == []


async def test_who_names_no_turn_or_the_latest_is_heard(house, engine):
    name = await begin(house)
    await asked(house, engine, name, QUESTION)
    latest = await asked(house, engine, name, QUESTION)
    await conversation.take_turn(house, name, Said(text="de bouw", turn=latest.id))
    await conversation.take_turn(house, name, Said(text="de bouw"))
    assert len(engine.heard) == 2


async def test_an_answer_that_was_not_kept_has_the_name_of_the_latest_that_was(house, engine):
    name = await begin(house)
    latest = await asked(house, engine, name, QUESTION)
    engine.is_down = True
    trouble = await conversation.take_turn(house, name, Said(text="hallo", turn=latest.id))
    assert trouble.id == latest.id
    engine.is_down = False
    turn = await conversation.take_turn(house, name, Said(text="hallo", turn=trouble.id))
    assert texts(turn) == "Goed."


async def test_a_button_of_an_earlier_turn_asks_before_it_changes_something(house, engine):
    name = await begin(house)
    older = await asked(house, engine, name, QUESTION)
    await asked(house, engine, name, CONFIRM)
    old = Said(button=older.messages[0].buttons[0].id)
    turn = await conversation.take_turn(house, name, old)
    assert "In de bouw" in texts(turn) and turn.asks == "confirm" and engine.heard == []
    yes, no = turn.messages[-1].buttons
    await conversation.take_turn(house, name, Said(button=yes.id, turn=turn.id))
    assert engine.heard[-1]["command"] == '/inform{"sector": "bouw"}'
    assert no.title.startswith("Nee")


async def test_a_no_to_that_changes_nothing(house, engine):
    name = await begin(house)
    older = await asked(house, engine, name, QUESTION)
    await asked(house, engine, name, CONFIRM)
    old = Said(button=older.messages[0].buttons[0].id)
    turn = await conversation.take_turn(house, name, old)
    await conversation.take_turn(house, name, Said(button=turn.messages[-1].buttons[1].id))
    assert engine.heard == [{"text": None, "command": "/repeat"}]


@pytest.mark.parametrize(
    "payload",
    [
        '/inform{"consent": "yes"}',
        '/inform{"confirm": "yes"}',
        '/withdraw_registration{"sure": "yes"}',
        '/delete_my_data{"sure": "yes"}',
        "/affirm",
    ],
)
async def test_a_yes_that_binds_never_works_from_an_earlier_turn(house, engine, payload):
    name = await begin(house)
    older = await asked(house, engine, name, Spoken("Zeker?", (("Ja", payload),)))
    latest = await asked(house, engine, name, CONFIRM)
    old = Said(button=older.messages[0].buttons[0].id)
    turn = await conversation.take_turn(house, name, old)
    assert turn.id == latest.id and turn.messages[1:] == latest.messages and engine.heard == []


async def test_a_second_tap_that_would_say_the_same_changes_nothing(house, engine):
    name = await begin(house)
    older = await asked(house, engine, name, QUESTION)
    await drafts.remember(house, name, {"sector": "bouw"})
    latest = await asked(house, engine, name, CONFIRM)
    old = Said(button=older.messages[0].buttons[0].id)
    assert (await conversation.take_turn(house, name, old)).id == latest.id


@pytest.mark.parametrize("payload", ['/faq{"topic": "cost"}', "/help", "/ask_human"])
async def test_a_harmless_button_works_for_ever(house, engine, payload):
    name = await begin(house)
    older = await asked(house, engine, name, Spoken("Kies.", (("Kosten", payload),)))
    await asked(house, engine, name, CONFIRM)
    await conversation.take_turn(house, name, Said(button=older.messages[0].buttons[0].id))
    assert engine.heard == [{"text": None, "command": payload}]


async def test_in_a_chat_the_open_question_comes_again_with_buttons_that_work(house, engine):
    chat = replace(house, is_brought=True)
    name = (await conversation.start(chat, "telegram", "1")).conversation
    older = await asked(chat, engine, name, QUESTION)
    latest = await asked(chat, engine, name, CONFIRM)
    turn = await conversation.take_turn(chat, name, Said(text="ja", turn=older.id), "tg:1")
    assert turn.id != latest.id and turn.asks == "confirm" and engine.heard == []
    assert (await conversation.history(chat, name))[-1].said is None
    await conversation.take_turn(chat, name, Said(button=turn.messages[-1].buttons[0].id))
    assert engine.heard[-1]["command"] == '/inform{"confirm": "yes"}'


async def test_what_is_no_longer_so_is_not_said_again(house, engine):
    name = await candidate(house)
    await registration.register(house, name)
    older = await asked(house, engine, name, QUESTION)
    await asked(house, engine, name, Spoken("U bent aangemeld."))
    await registration.withdraw(house, name)
    turn = await conversation.take_turn(house, name, Said(text="ja", turn=older.id))
    assert "aangemeld." not in texts(turn) and "aanmelding staat" in texts(turn)
    assert turn.registration.status == "withdrawn"


async def test_who_is_behind_again_and_again_hears_once_a_turn_that_we_went_on(house, engine):
    """Else each turn grows by a bubble, takes longer to bring, and is missed again."""
    name = await begin(house)
    old = await asked(house, engine, name, QUESTION)
    await asked(house, engine, name, CONFIRM)
    turns = [
        await conversation.take_turn(house, name, Said(text="ja", turn=old.id)) for _ in range(3)
    ]
    assert len({len(each.messages) for each in turns}) == 1
    assert texts(turns[-1]).count("verder in dit gesprek") == 1


async def test_a_button_of_an_earlier_turn_answers_the_same_question_when_it_is_open(house, engine):
    name = await begin(house)
    sector = replace(QUESTION, key="utter_ask_sector")
    older = await asked(house, engine, name, sector)
    await asked(house, engine, name, sector)
    await conversation.take_turn(house, name, Said(button=older.messages[0].buttons[0].id))
    assert engine.heard == [{"text": None, "command": '/inform{"sector": "bouw"}'}]


async def test_the_same_question_asked_again_binds_only_with_its_own_buttons(house, engine):
    name = await begin(house)
    older = await asked(house, engine, name, CONFIRM)
    latest = await asked(house, engine, name, CONFIRM)
    old = Said(button=older.messages[0].buttons[0].id)
    assert (await conversation.take_turn(house, name, old)).id == latest.id
    assert engine.heard == []


@pytest.mark.parametrize("unread", ["", "🎉🎉", "x" * 2001])
async def test_after_what_nobody_can_read_the_open_question_stands_there_to_be_answered(
    house, engine, unread
):
    name = await begin(house)
    yes_no = (*CONFIRM.buttons, ("Nee", '/inform{"confirm": "no"}'))
    await asked(house, engine, name, replace(CONFIRM, buttons=yes_no))
    engine.says = (replace(CONFIRM, buttons=yes_no),)
    for _ in range(2):
        turn = await conversation.take_turn(house, name, Said(text=unread))
        assert [message.text for message in turn.messages][1:] == ["Klopt dit?"]
    assert engine.heard == [{"text": None, "command": "/repeat"}] * 2
    assert (turn.asks, turn.topics) == ("confirm", ())
    await conversation.take_turn(house, name, Said(text="ja", turn=turn.id))
    assert engine.heard[-1]["command"] == '/inform{"confirm": "yes"}'
