"""Nobody is refused for good: the second answer that is not read is kept as it was typed."""

import pytest

from bot.core.dialogue.message import Meaning
from bot.core.turn import Said
from bot.services import conversation, drafts
from bot.services.records import Spoken


async def asked(ports, engine, item: str) -> str:
    """A conversation in which this is the open question, and the engine reads no answer."""
    name = (await conversation.start(ports, "web")).conversation
    question = Spoken("Vraag?", key=f"utter_ask_{item}")
    engine.says = (question,)
    engine.means = Meaning("out_of_scope", 1.0, ("out_of_scope",))
    await conversation.take_turn(ports, name, Said(text="verder"))
    engine.says = (Spoken("Dat lees ik niet.", key=f"utter_invalid_{item}"), question)
    return name


@pytest.mark.parametrize(
    ("item", "text", "heard"),
    [
        ("name", "tjorven klein", {"text": "[naam]", "command": None}),
        ("name", "Klein", {"text": "[naam]", "command": None}),
        ("name", "O", {"text": "[naam]", "command": None}),
        ("company", "goed en klaar", {"text": "[bedrijf]", "command": None}),
        ("region", "Straatsburg", {"text": "…", "command": None}),
    ],
)
async def test_the_second_time_it_is_kept_to_the_letter(ports, engine, item, text, heard):
    name = await asked(ports, engine, item)
    await conversation.take_turn(ports, name, Said(text=text))
    assert item not in await drafts.recall(ports, name)
    await conversation.take_turn(ports, name, Said(text=text))
    draft = await drafts.recall(ports, name)
    assert draft[item] == text and drafts.TRIED not in draft
    assert engine.heard[-1] == heard


@pytest.mark.parametrize(
    "text", ["weet ik niet", "waarom?", "liever niet", "wat kost het?", "jan@", "12", "nee"]
)
async def test_a_question_or_a_refusal_is_never_a_name(ports, engine, text):
    name = await asked(ports, engine, "name")
    for _ in range(3):
        await conversation.take_turn(ports, name, Said(text=text))
    assert "name" not in await drafts.recall(ports, name)


async def test_what_was_answered_in_another_way_is_no_try(ports, engine):
    name = await asked(ports, engine, "name")
    engine.says = (
        Spoken("Natuurlijk.", key="utter_ask_human"),
        Spoken(signs={"topics": ["ask_human"]}),
        Spoken("Vraag?", key="utter_ask_name"),
    )
    for _ in range(2):
        await conversation.take_turn(ports, name, Said(text="iemand spreken"))
    assert "name" not in await drafts.recall(ports, name)


async def test_of_two_addresses_one_asks_and_keeps_none(ports, engine):
    name = await asked(ports, engine, "email")
    turn = await conversation.take_turn(ports, name, Said(text="een@x.nl of twee@x.nl"))
    assert [message.text for message in turn.messages] == ["utter_which_email"]
    assert turn.asks == "email" and "email" not in await drafts.recall(ports, name)
    await conversation.take_turn(ports, name, Said(text="niet een@x.nl maar twee@x.nl"))
    assert (await drafts.recall(ports, name))["email"] == "twee@x.nl"


async def test_half_a_name_changes_half(ports, engine):
    name = await asked(ports, engine, "name")
    await conversation.take_turn(ports, name, Said(text="Jan van der Berg"))
    await conversation.take_turn(ports, name, Said(text="nee, mijn achternaam is Bergh"))
    assert (await drafts.recall(ports, name))["name"] == "Jan Bergh"
    await conversation.take_turn(ports, name, Said(text="mijn voornaam is Piet"))
    assert (await drafts.recall(ports, name))["name"] == "Piet Bergh"


async def test_the_one_that_is_pointed_at_is_kept(ports, engine):
    name = await asked(ports, engine, "email")
    await conversation.take_turn(ports, name, Said(text="a@voorbeeld.nl of b@voorbeeld.nl"))
    assert "email" not in await drafts.recall(ports, name)
    await conversation.take_turn(ports, name, Said(text="doe maar de tweede"))
    assert (await drafts.recall(ports, name))["email"] == "b@voorbeeld.nl"
