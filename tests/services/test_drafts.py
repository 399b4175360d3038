"""An address that looks mistyped is kept, asked about once, and changed only by a yes."""

import pytest

from bot.core.turn import Said
from bot.services import conversation, drafts
from bot.services.ports import Ports
from bot.services.records import Spoken
from tests.support.parts import ScriptedEngine

TYPED, MEANT = "kanarie@gmial.com", "kanarie@gmail.com"


async def begin(ports: Ports, typed: str = TYPED) -> str:
    """A conversation in which an address was typed."""
    name = (await conversation.start(ports, "web")).conversation
    await conversation.take_turn(ports, name, Said(text=f"mijn mail is {typed}"))
    return name


async def test_a_mistyped_address_is_kept_as_it_was_given(ports: Ports) -> None:
    draft = await drafts.recall(ports, await begin(ports))
    assert draft["email"] == TYPED
    assert drafts.suggested_email(draft) == MEANT


async def test_neither_address_reaches_the_engine(ports: Ports, engine: ScriptedEngine) -> None:
    name = await begin(ports)
    engine.says = (Spoken("Bedoelt u ⟦email_suggestion⟧?", (("Ja", "/affirm"), ("Nee", "/deny"))),)
    turn = await conversation.take_turn(ports, name, Said(text="leuk zeg"))
    assert turn.messages[0].text == f"Bedoelt u {MEANT}?"
    await conversation.take_turn(ports, name, Said(text=f"ja, {MEANT}"))
    assert "kanarie" not in str(engine.heard)
    assert [each["text"] for each in engine.heard] == [
        "mijn mail is [email]",
        "leuk zeg",
        "ja, [email]",
    ]


async def test_a_yes_takes_the_suggestion_and_asks_to_confirm_anew(ports: Ports) -> None:
    name = await begin(ports)
    await drafts.remember(ports, name, {"confirm": "yes"})
    draft = await drafts.settle_email(ports, name, as_suggested=True)
    assert draft["email"] == MEANT
    assert "confirm" not in draft
    assert drafts.suggested_email(draft) is None


async def test_a_no_keeps_the_address_and_is_not_asked_again(ports: Ports) -> None:
    name = await begin(ports)
    draft = await drafts.settle_email(ports, name, as_suggested=False)
    assert draft["email"] == TYPED
    assert drafts.suggested_email(draft) is None


async def test_a_no_holds_for_that_address_only(ports: Ports) -> None:
    name = await begin(ports)
    await drafts.settle_email(ports, name, as_suggested=False)
    await conversation.take_turn(ports, name, Said(text="nee, kanarie@hotmial.nl"))
    assert drafts.suggested_email(await drafts.recall(ports, name)) == "kanarie@hotmail.nl"


@pytest.mark.parametrize("as_suggested", [True, False])
async def test_settling_twice_is_the_same_as_once(ports: Ports, as_suggested: bool) -> None:
    name = await begin(ports)
    first = await drafts.settle_email(ports, name, as_suggested=as_suggested)
    await drafts.settle_email(ports, name, as_suggested=not as_suggested)
    assert await drafts.settle_email(ports, name, as_suggested=as_suggested) == first


@pytest.mark.parametrize("as_suggested", [True, False])
async def test_an_old_button_does_nothing_to_a_good_address(
    ports: Ports, as_suggested: bool
) -> None:
    name = await begin(ports, "kanarie@voorbeeld.nl")
    before = await drafts.remember(ports, name, {"confirm": "yes"})
    assert await drafts.settle_email(ports, name, as_suggested=as_suggested) == before


async def test_without_a_suggestion_its_place_says_that_there_is_none(
    ports: Ports, engine: ScriptedEngine
) -> None:
    name = await begin(ports, "kanarie@voorbeeld.nl")
    engine.says = (Spoken("Bedoelt u ⟦email_suggestion⟧?"),)
    turn = await conversation.take_turn(ports, name, Said(text="leuk zeg"))
    assert turn.messages[0].text == "Bedoelt u label_none?"
