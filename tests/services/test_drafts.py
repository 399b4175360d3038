"""An address that looks mistyped is said back; which of the two is kept, the visitor says."""

from dataclasses import replace

import pytest

from bot.content.facts import FactsFromFiles
from bot.content.texts import TextsFromFiles
from bot.core.turn import Said, Turn
from bot.services import conversation, drafts, my_data
from bot.services.ports import Ports
from bot.services.records import Spoken
from tests.support.parts import ScriptedEngine

TYPED, MEANT = "kanarie@gmial.com", "kanarie@gmail.com"
YES, NO = 0, 1
FACTS = FactsFromFiles.load()


@pytest.fixture
def ports(ports: Ports) -> Ports:
    """With the real texts, which have buttons."""
    return replace(ports, texts=TextsFromFiles(FACTS, ports.clock))


async def begin(ports: Ports, typed: str = TYPED) -> tuple[str, Turn]:
    """A conversation in which an address was typed, and what is said to that."""
    name = (await conversation.start(ports, "web")).conversation
    return name, await conversation.take_turn(ports, name, Said(text=f"mijn mail is {typed}"))


async def press(ports: Ports, name: str, turn: Turn, which: int) -> None:
    button = turn.messages[-1].buttons[which].id
    await conversation.take_turn(ports, name, Said(button=button))


async def test_a_mistyped_address_is_said_back_and_not_kept(ports: Ports) -> None:
    name, turn = await begin(ports)
    assert [each.text for each in turn.messages] == [f"Bedoelt u misschien {MEANT}?"]
    assert "email" not in await drafts.recall(ports, name)


async def test_a_yes_keeps_what_was_meant(ports: Ports) -> None:
    name, turn = await begin(ports)
    await press(ports, name, turn, YES)
    assert (await drafts.recall(ports, name))["email"] == MEANT


async def test_a_no_keeps_what_was_typed_and_is_not_asked_again(ports: Ports) -> None:
    name, turn = await begin(ports)
    await press(ports, name, turn, NO)
    assert (await drafts.recall(ports, name))["email"] == TYPED
    again = await conversation.take_turn(ports, name, Said(text=f"mijn mail is {TYPED}"))
    assert [each.text for each in again.messages] != [f"Bedoelt u misschien {MEANT}?"]


async def test_a_no_holds_for_that_address_only(ports: Ports) -> None:
    name, turn = await begin(ports)
    await press(ports, name, turn, NO)
    again = await conversation.take_turn(ports, name, Said(text="nee, kanarie@hotmial.nl"))
    assert [each.text for each in again.messages] == ["Bedoelt u misschien kanarie@hotmail.nl?"]


async def test_who_types_it_once_more_means_it(ports: Ports) -> None:
    name, _ = await begin(ports)
    await conversation.take_turn(ports, name, Said(text=TYPED))
    assert (await drafts.recall(ports, name))["email"] == TYPED


async def test_neither_address_reaches_the_engine(ports: Ports, engine: ScriptedEngine) -> None:
    engine.says = (Spoken("Goed."),)
    name, turn = await begin(ports)
    await press(ports, name, turn, YES)
    await conversation.take_turn(ports, name, Said(text=f"dus {MEANT}"))
    assert engine.heard and "kanarie" not in str(engine.heard)


async def test_what_waits_for_a_yes_stands_in_the_file_of_ones_own_data(ports: Ports) -> None:
    name, _ = await begin(ports)
    assert MEANT in (await my_data.file_of(ports, name)).content.decode()
