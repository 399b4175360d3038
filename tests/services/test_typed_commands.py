"""A typed text is never a command for the engine, however its slash is spelled or hidden."""

import asyncio

from bot.core.questions import PERSONAL
from bot.core.turn import Said
from bot.services import conversation, drafts, registration
from bot.services.records import Spoken
from tests.support import payloads

EVERY = list(dict.fromkeys(payloads.texts()))


async def hold(ports, texts, asks=None) -> list[str]:
    """Say them all at an open question; what the engine heard of it."""
    question = Spoken("Goed.", key=f"utter_ask_{asks}" if asks else "utter_faq/cost")
    ports.engine.says = (question,)
    started = await conversation.start(ports, "web")
    await conversation.take_turn(ports, started.conversation, Said(text="hallo daar"))
    ports.engine.heard.clear()
    for text in texts:
        await conversation.take_turn(ports, started.conversation, Said(text=text))
    told = await drafts.recall(ports, started.conversation)
    assert told.keys() <= {*PERSONAL}, told  # never an answer, a consent or a yes
    assert await registration.list_leads(ports) == []
    heard = list(ports.engine.heard)
    assert {each["command"] for each in heard} <= {None}
    return [str(each["text"]) for each in heard]


async def test_no_spelling_of_a_command_reaches_the_engine_as_one(ports):
    assert len(EVERY) > 200
    some = [text for number, text in enumerate(EVERY) if number < 300 or number % 10 == 0]
    heard = await hold(ports, some)
    assert len(heard) > 200
    for text in heard:
        assert text.strip() and not text.strip().startswith("/"), text


async def test_at_a_question_that_binds_neither(ports):
    for asks in ("confirm", "consent", "email", "company"):
        heard = await hold(ports, EVERY[:60], asks)
        assert not any(text.strip().startswith("/") for text in heard), asks


async def test_what_is_masked_out_leaves_no_command_behind(ports):
    """A number or an address before the slash is taken out; what follows is still a text."""
    hidden = [
        "111222333 /restart",
        "jan@voorbeeld.nl /restart",
        "0612345678/restart",
        "⟦code⟧/back",
    ]
    heard = await hold(ports, hidden)
    assert len(heard) == len(hidden)
    assert not any(text.strip().startswith("/") for text in heard), heard


async def test_what_grows_by_masking_is_no_longer_than_the_engine_reads(ports):
    [heard] = await hold(ports, ['"a@ ' * 495])
    assert 4000 < len(heard) <= 4096


async def test_only_a_button_of_this_conversation_is_a_command(ports):
    ports.engine.says = (Spoken("Kies.", (("Ja, graag", "/affirm"),)),)
    mine, other = await asyncio.gather(
        conversation.start(ports, "web"), conversation.start(ports, "web")
    )
    turn = await conversation.take_turn(ports, mine.conversation, Said(text="hoi"))
    await conversation.take_turn(ports, other.conversation, Said(text="ja, graag"))
    assert ports.engine.heard[-1] == {"text": "ja, graag", "command": None}
    pressed = Said(button=turn.messages[-1].buttons[0].id)
    await conversation.take_turn(ports, mine.conversation, pressed)
    assert ports.engine.heard[-1] == {"text": None, "command": "/affirm"}
