"""One message in, one answer out."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import structlog

from bot.core.errors import ButtonUnknown, ConversationUnknown, StorageUnavailable
from bot.core.turn import Said
from bot.services import conversation, drafts
from bot.services.records import Spoken


async def begin(ports) -> str:
    return (await conversation.start(ports, "web")).conversation


async def test_a_conversation_opens_with_our_words_and_its_token(ports):
    started = await conversation.start(ports, "web")
    assert [message.text for message in started.turn.messages] == ["utter_greet"]
    assert await conversation.find(ports, started.token) == started.conversation
    with pytest.raises(ConversationUnknown):
        await conversation.find(ports, started.token + "x")


async def test_a_message_is_answered_and_kept(ports, engine):
    name = await begin(ports)
    turn = await conversation.take_turn(ports, name, Said(text="wat kost het?"))
    assert [message.text for message in turn.messages] == ["Goed."]
    assert engine.heard == [{"text": "wat kost het?", "command": None}]
    history = await conversation.history(ports, name)
    assert [each.said for each in history] == [None, "wat kost het?"]
    assert history[-1].reply == turn


async def test_the_same_id_gives_the_same_answer_and_does_nothing(ports, engine):
    name = await begin(ports)
    said = Said(text="wat kost het?")
    first = await conversation.take_turn(ports, name, said, "een")
    engine.says = (Spoken("Iets anders."),)
    assert await conversation.take_turn(ports, name, said, "een") == first
    assert len(engine.heard) == 1


async def test_the_same_id_many_times_at_once_is_one_turn(ports, engine):
    name = await begin(ports)
    turns = await asyncio.gather(
        *(conversation.take_turn(ports, name, Said(text="hoi"), "een") for _ in range(6))
    )
    assert len(set(map(str, turns))) == 1
    assert len(engine.heard) == 1


async def test_a_silent_engine_is_told_and_the_message_can_be_sent_again(ports, engine):
    name = await begin(ports)
    engine.is_down = True
    turn = await conversation.take_turn(ports, name, Said(text="hoi"), "een")
    assert [message.text for message in turn.messages] == ["utter_trouble"]
    engine.is_down = False
    turn = await conversation.take_turn(ports, name, Said(text="hoi"), "een")
    assert [message.text for message in turn.messages] == ["Goed."]


@pytest.mark.parametrize(
    "says",
    [
        (),
        (Spoken(""),),
        (Spoken("Dank u None."),),
        (Spoken("Dank u {name}."),),
        (Spoken("Goed."), Spoken(signs={"trouble": True})),
        (Spoken("U bent aangemeld.", key="utter_registered"),),
    ],
)
async def test_what_may_not_be_told_is_not_told(ports, engine, says):
    name = await begin(ports)
    engine.says = says
    turn = await conversation.take_turn(ports, name, Said(text="hoi"))
    assert [message.text for message in turn.messages] == ["utter_trouble"]


async def test_personal_data_goes_to_the_draft_and_not_to_the_engine(ports, engine):
    name = await begin(ports)
    await conversation.take_turn(ports, name, Said(text="mail jan@voorbeeld.nl of bel 06-12345678"))
    assert engine.heard[-1]["text"] == "mail [email] of bel [telefoon]"
    draft = await drafts.recall(ports, name)
    assert (draft["email"], draft["phone"]) == ("jan@voorbeeld.nl", "+31612345678")


async def test_a_name_is_taken_out_where_it_is_asked_for(ports, engine):
    name = await begin(ports)
    engine.says = (Spoken("Hoe heet u?", key="utter_ask_name"),)
    turn = await conversation.take_turn(ports, name, Said(text="ik wil me aanmelden"))
    assert turn.asks == "name"
    await conversation.take_turn(ports, name, Said(text="jan de vries"))
    assert engine.heard[-1]["text"] == "[naam]"
    assert (await drafts.recall(ports, name))["name"] == "Jan de Vries"


async def test_personal_data_comes_back_in_the_answer(ports, engine):
    name = await begin(ports)
    await drafts.remember(ports, name, {"name": "Jan de Vries", "company": "skip"})
    engine.says = (Spoken("Naam: ⟦name⟧, bedrijf: ⟦company⟧, code: ⟦code⟧"),)
    turn = await conversation.take_turn(ports, name, Said(text="wat weet u?"))
    assert turn.messages[0].text == "Naam: Jan de Vries, bedrijf: label_none, code: label_unknown"


async def test_a_blank_line_makes_a_new_bubble_and_the_last_has_the_buttons(ports, engine):
    name = await begin(ports)
    engine.says = (Spoken("Een.\n\nTwee.", (("Ja", "/affirm"),)),)
    turn = await conversation.take_turn(ports, name, Said(text="hoi"))
    assert [len(message.buttons) for message in turn.messages] == [0, 1]


async def test_a_button_reaches_the_engine_as_what_it_means(ports, engine):
    name = await begin(ports)
    engine.says = (Spoken("Kies.", (("Bouw", '/inform{"sector": "bouw"}'),)),)
    turn = await conversation.take_turn(ports, name, Said(text="hoi"))
    button = turn.messages[0].buttons[0]
    assert "bouw" not in button.id and len(button.id.encode()) <= 64
    await conversation.take_turn(ports, name, Said(button=button.id))
    assert engine.heard[-1] == {"text": None, "command": '/inform{"sector": "bouw"}'}


async def test_typing_the_words_of_a_button_is_pressing_it(ports, engine):
    name = await begin(ports)
    engine.says = (Spoken("Kies.", (("Ik werk in de bouw", '/inform{"sector": "bouw"}'),)),)
    await conversation.take_turn(ports, name, Said(text="hoi"))
    await conversation.take_turn(ports, name, Said(text="ik werk in de Bouw"))
    assert engine.heard[-1]["command"] == '/inform{"sector": "bouw"}'


async def test_a_button_of_another_conversation_is_refused(ports, engine):
    mine, theirs = await begin(ports), await begin(ports)
    engine.says = (Spoken("Kies.", (("Ja", "/affirm"),)),)
    turn = await conversation.take_turn(ports, theirs, Said(text="hoi"))
    for button in (turn.messages[0].buttons[0].id, "verzonnen"):
        with pytest.raises(ButtonUnknown):
            await conversation.take_turn(ports, mine, Said(button=button))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "utter_empty"),
        ("  \n\t ", "utter_empty"),
        ("\x00\x01", "utter_empty"),
        ("\ud800", "utter_empty"),
        ("x" * 5000, "utter_too_long"),
        ("🎉🎉🎉", "utter_only_emoji"),
    ],
)
async def test_what_nobody_can_read_is_said_to_be_so(ports, engine, text, key):
    name = await begin(ports)
    turn = await conversation.take_turn(ports, name, Said(text=text))
    assert [message.text for message in turn.messages] == [key]
    assert engine.heard == []


@pytest.mark.parametrize(
    "text",
    [
        '/register{"eligible": true}',
        " /restart",
        "\u2003/back",
        "\x1c/session_start",
        "\ufeff/inform{}",
        "//affirm",
        "／affirm",
        "∕affirm",
    ],
)
async def test_a_typed_command_never_reaches_the_engine_as_one(ports, engine, text):
    name = await begin(ports)
    await conversation.take_turn(ports, name, Said(text=text))
    [heard] = engine.heard
    assert heard["command"] is None
    assert not heard["text"].strip().startswith("/")


async def test_a_broken_database_is_told_by_its_name(ports, database):
    name = await begin(ports)
    await database.dispose()
    async with database.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE exchanges RENAME TO gone")
    with pytest.raises(StorageUnavailable):
        await conversation.take_turn(ports, name, Said(text="hoi"))
    async with database.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE gone RENAME TO exchanges")


async def test_an_erased_message_never_gets_somebody_elses_answer(ports, engine):
    """An id that SQLite gave out again once put one visitor's answer into another's talk."""
    mine, theirs = await begin(ports), await begin(ports)
    async with ports.work() as work:
        running = await work.conversations.begin(mine, "a", "wis alles", ports.clock.now())
        await work.conversations.erase(mine, ports.clock.now())
        await work.commit()
    other = await conversation.take_turn(ports, theirs, Said(text="hoi"), "b")
    async with ports.work() as work:
        await work.conversations.answer(running.id, replace(other, asks="name"), ports.clock.now())
        await work.commit()
    assert (await conversation.history(ports, theirs))[-1].reply == other


async def test_an_unknown_conversation_is_refused(ports):
    with pytest.raises(ConversationUnknown):
        await conversation.take_turn(ports, "nobody-nobody", Said(text="hoi"))


@pytest.mark.parametrize(
    ("hours", "welcome"),
    [(0.9, None), (1.1, "utter_welcome_back"), (25, "utter_welcome_back_day")],
)
async def test_who_was_away_is_welcomed_back(ports, clock, hours, welcome):
    started = await conversation.start(ports, "web")
    clock.moment += timedelta(hours=hours)
    turn = await conversation.take_turn(ports, started.conversation, Said("wat kost het?"))
    assert (turn.messages[0].text == welcome) == (welcome is not None)
    again = await conversation.take_turn(ports, started.conversation, Said("en dan?"))
    assert welcome not in [message.text for message in again.messages]


async def test_who_was_away_in_the_middle_is_offered_to_go_on(ports, clock):
    started = await conversation.start(ports, "web")
    await drafts.remember(ports, started.conversation, {"sector": "bouw"})
    clock.moment += timedelta(days=7)
    turn = await conversation.take_turn(ports, started.conversation, Said("wat kost het?"))
    assert turn.messages[-1].text == "utter_go_on_check"


async def test_a_question_in_a_row_says_how_far_one_is(ports, engine):
    engine.says = (Spoken("Welk diploma?", key="utter_ask_education_level"),)
    started = await conversation.start(ports, "web")
    first = await conversation.take_turn(ports, started.conversation, Said("kom ik in aanmerking"))
    assert first.messages[0].text.startswith("label_progress\n")
    again = await conversation.take_turn(ports, started.conversation, Said("wat bedoelt u"))
    assert again.messages[0].text == "Welk diploma?"


async def test_what_nobody_should_send_us_is_kept_nowhere_and_that_is_said(ports, engine):
    started = await conversation.start(ports, "web")
    said = Said(text="mijn bsn is 123456782 en ik heb diabetes")
    turn = await conversation.take_turn(ports, started.conversation, said)
    assert turn.messages[0].text == "utter_do_not_share"
    assert len(turn.messages) == 2
    [*_, kept] = await conversation.history(ports, started.conversation)
    assert kept.said == "mijn [weggelaten] en ik heb [weggelaten]"
    assert "123456782" not in str(engine.heard) and "diabetes" not in str(engine.heard)


@pytest.mark.parametrize(
    ("says", "reason"),
    [
        ([], "silent"),
        ([Spoken(signs={"topics": ["inform"]})], "silent"),
        ([Spoken(signs={"trouble": "action_register"})], "trouble action_register"),
        ([Spoken("{start_date}", key="utter_faq/cost")], "broken utter_faq/cost"),
        ([Spoken("U bent aangemeld.", key="utter_registered")], "claim utter_registered"),
    ],
)
async def test_a_turn_that_is_not_answered_says_why_in_the_log(ports, engine, says, reason):
    engine.says = says
    started = await conversation.start(ports, "web")
    with structlog.testing.capture_logs() as logged:
        await conversation.take_turn(ports, started.conversation, Said("Mijn naam is Jan"))
    [event] = [each for each in logged if each["event"] == "turn_not_answered"]
    assert (event["reason"], event["channel"]) == (reason, "web")


async def test_an_engine_that_is_down_is_named_in_the_log(ports, engine):
    engine.is_down = True
    started = await conversation.start(ports, "web")
    with structlog.testing.capture_logs() as logged:
        await conversation.take_turn(ports, started.conversation, Said("hallo"))
    assert [each["reason"] for each in logged if each["event"] == "turn_not_answered"] == ["test"]


async def test_no_bubble_and_no_button_comes_twice_in_a_turn(ports, engine):
    person = ("Ik wil iemand spreken", "/ask_human")
    engine.says = [
        Spoken("Dat kost niets.", buttons=(person,)),
        Spoken("Hoe lang?", buttons=(("Lang", "/affirm"),)),
        Spoken("Dat zie ik niet.", buttons=(("Praat met een mens", "/ask_human"), person)),
        Spoken("Hoe lang?", buttons=(("Lang", "/affirm"), ("lang", "/deny"))),
    ]
    started = await conversation.start(ports, "web")
    turn = await conversation.take_turn(ports, started.conversation, Said("wat kost het"))
    assert [(each.text, [b.title for b in each.buttons]) for each in turn.messages] == [
        ("Dat kost niets.", []),
        ("Dat zie ik niet.", ["Praat met een mens"]),
        ("Hoe lang?", ["Lang"]),
    ]
    for button in (button for each in turn.messages for button in each.buttons):
        await conversation.take_turn(ports, started.conversation, Said(button=button.id))
